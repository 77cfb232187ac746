"""How large a request each endpoint takes, as far as its refusals have shown.

Row 21 of the classification: a server in front of a relay limits the body (nginx: 1 MB unless
told otherwise), which says nothing about the endpoint and will be so again tomorrow. What was
refused once is not sent there again while another endpoint can be asked.
"""

from collections.abc import Iterable


class BodyLimits:
    """The smallest refused size of each endpoint, in bytes."""

    def __init__(self) -> None:
        self._refused: dict[str, int] = {}

    def refused(self, endpoint_id: str, size_bytes: int) -> None:
        """Remember that a body of this size was too large."""
        self._refused[endpoint_id] = min(size_bytes, self._refused.get(endpoint_id, size_bytes))

    def accepted(self, endpoint_id: str, size_bytes: int) -> None:
        """Forget the limit if a body beyond it was taken after all."""
        if self._refused and self._refused.get(endpoint_id, size_bytes + 1) <= size_bytes:
            del self._refused[endpoint_id]

    def too_small_for(self, size_bytes: int) -> frozenset[str]:
        """Return the ids of the endpoints that would refuse a body of this size."""
        if not self._refused:
            return frozenset()
        return frozenset(key for key, limit in self._refused.items() if limit <= size_bytes)

    def keep_only(self, endpoint_ids: Iterable[str]) -> None:
        """Forget every other endpoint."""
        kept = set(endpoint_ids)
        self._refused = {key: limit for key, limit in self._refused.items() if key in kept}
