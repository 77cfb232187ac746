"""Finds every Claude Code on this computer, and what starts it."""
