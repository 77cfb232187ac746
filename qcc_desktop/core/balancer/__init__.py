"""Which endpoint of several equally good ones is asked."""
