"""Puts a new version in the place of this one, and back."""
