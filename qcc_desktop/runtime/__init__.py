"""Helpers of the event loop: no network, no disk, no Qt."""
