"""What a user can do, one verb per method."""
