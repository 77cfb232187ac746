"""The endpoints page: presenter, model, view, editor."""
