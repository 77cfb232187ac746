"""The engine: accepts requests, tries endpoints in order, relays the answer."""
