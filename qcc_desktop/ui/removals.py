"""Remembers the endpoints that were removed here, so that each of them can be brought back."""

from collections import deque

from qcc_desktop.services.endpoints import RemovedEndpoint

KEPT = 20
"""More is not remembered: a removed endpoint holds its key."""


class Removals:
    """The removed endpoints of this run, taken back newest first."""

    def __init__(self) -> None:
        self._removed: deque[RemovedEndpoint] = deque(maxlen=KEPT)

    def __len__(self) -> int:
        return len(self._removed)

    @property
    def newest(self) -> RemovedEndpoint | None:
        """The one that is brought back next."""
        return self._removed[-1] if self._removed else None

    def add(self, removed: RemovedEndpoint) -> None:
        """Remember one that was removed now."""
        self._removed.append(removed)

    def take(self) -> RemovedEndpoint | None:
        """Return the newest one and forget it; None when there is none."""
        return self._removed.pop() if self._removed else None

    def put_back(self, removed: RemovedEndpoint) -> None:
        """Remember one that could not be restored, behind those that may be luckier."""
        if len(self._removed) < KEPT:
            self._removed.appendleft(removed)
