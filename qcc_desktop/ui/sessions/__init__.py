"""The sessions page."""
