"""The demo: simulated endpoints that fail and recover while simulated sessions talk."""
