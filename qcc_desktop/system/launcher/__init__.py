"""Opens Claude Code through the proxy."""
