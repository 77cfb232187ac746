"""Decisions only: values, policies and state machines, without I/O, clock or loop."""
