"""Starting with the session, in the way of each system."""
