"""Endpoints that were removed, until each removal can no longer be taken back."""

from collections import deque
from collections.abc import Sequence

from qcc_desktop.services.endpoints import RemovedEndpoint

KEPT = 20
"""More removals are not remembered: a removed endpoint holds its key."""

Removal = tuple[RemovedEndpoint, ...]
"""What was removed at once."""


class Removals:
    """The removals of this run, taken back newest first."""

    def __init__(self) -> None:
        self._removed: deque[Removal] = deque(maxlen=KEPT)

    def __len__(self) -> int:
        return len(self._removed)

    @property
    def endpoints(self) -> int:
        """How many endpoints can be brought back."""
        return sum(len(removal) for removal in self._removed)

    @property
    def newest(self) -> Removal | None:
        """The one that is taken back next."""
        return self._removed[-1] if self._removed else None

    def add(self, removed: Sequence[RemovedEndpoint]) -> None:
        """Remember what was removed now."""
        if removed:
            self._removed.append(tuple(removed))

    def take(self) -> Removal | None:
        """Return the newest one and forget it; None when there is none."""
        return self._removed.pop() if self._removed else None

    def put_back(self, removed: Removal) -> None:
        """Remember one that could not be undone, behind those that may be luckier."""
        if len(self._removed) < KEPT:
            self._removed.appendleft(removed)
