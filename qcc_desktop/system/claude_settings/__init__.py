"""Claude Code's own settings files: pointed at the proxy, and put back."""
