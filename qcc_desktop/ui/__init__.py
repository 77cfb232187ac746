"""Qt widgets, models and presenters."""
