"""Which endpoint has answered which kind of request: proof of what it can do.

Consulted only when an endpoint refuses a feature (row 11 of the classification): another one is
asked then if it has answered the same model with the same betas before.
"""

from collections import OrderedDict

_MOST_KINDS = 256
Kind = tuple[str, bytes]
"""Model and the value of ``anthropic-beta``."""


class Capabilities:
    """A bounded memory, the kinds seen last are kept."""

    def __init__(self) -> None:
        self._proved: OrderedDict[tuple[str, Kind], None] = OrderedDict()

    def prove(self, endpoint_id: str, kind: Kind) -> None:
        """Remember that the endpoint answered such a request."""
        entry = (endpoint_id, kind)
        self._proved[entry] = None
        self._proved.move_to_end(entry)
        if len(self._proved) > _MOST_KINDS:
            self._proved.popitem(last=False)

    def proved(self, kind: Kind) -> frozenset[str]:
        """Return the ids of the endpoints that answered such a request."""
        return frozenset(owner for owner, each in self._proved if each == kind)
