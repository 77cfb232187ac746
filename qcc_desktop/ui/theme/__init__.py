"""Colours, pictures and measures of the interface."""
