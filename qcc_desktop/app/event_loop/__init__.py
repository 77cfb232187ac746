"""The asyncio loop that runs inside Qt's."""
