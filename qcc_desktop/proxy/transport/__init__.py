"""HTTP/1.1 towards the endpoints, behind httpx's transport interface."""
