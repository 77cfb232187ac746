"""The page of Claude Code: launch it, find it, lead it to the proxy, see what is wrong."""
