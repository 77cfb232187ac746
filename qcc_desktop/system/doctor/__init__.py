"""Looks at what may keep Claude Code from being answered on this computer; changes nothing."""
