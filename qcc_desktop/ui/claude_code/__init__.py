"""The claude_code page."""
