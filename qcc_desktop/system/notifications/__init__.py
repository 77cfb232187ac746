"""Messages on the person's desktop that tell of a click."""
