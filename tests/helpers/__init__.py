"""Scripted upstreams and the event streams they send."""
