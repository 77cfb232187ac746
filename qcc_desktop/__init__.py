"""QCC Desktop: a tray program whose local proxy keeps Claude Code working."""

__version__ = "0.1.0"
