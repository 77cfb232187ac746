"""Which endpoints wait to be verified in the background, and when each is due.

Whether an endpoint in the queue gets ordinary traffic meanwhile is for its owner to say. Each
check that fails doubles the time to the next one, up to ten times the configured interval; a
check that says nothing (this computer is offline) leaves it as it is.
"""

from dataclasses import dataclass

from qcc_desktop.core.breaker import jittered
from qcc_desktop.core.errors import BugError

GROWTH_CAP = 10.0


@dataclass(slots=True)
class Waiting:
    """One endpoint in the queue; ``failed`` counts its checks that failed in a row."""

    since_s: float
    due_s: float
    failed: int = 0
    is_probing: bool = False


class FailureQueue:
    """The queue; ``interval_s`` is how long to wait before the first check."""

    __slots__ = ("_waiting", "interval_s")

    def __init__(self, interval_s: float = 60.0) -> None:
        self.interval_s = interval_s
        self._waiting: dict[str, Waiting] = {}

    def __contains__(self, endpoint_id: object) -> bool:
        return endpoint_id in self._waiting

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, endpoint_id: str, now_s: float, due_s: float) -> None:
        """Queue an endpoint for ``due_s``; one that waits already is only put off to then."""
        waiting = self._waiting.setdefault(endpoint_id, Waiting(now_s, due_s))
        waiting.due_s = max(waiting.due_s, due_s)

    def discard(self, endpoint_id: str) -> bool:
        """Take an endpoint out; tell whether it was in."""
        return self._waiting.pop(endpoint_id, None) is not None

    def hasten(self, endpoint_id: str, now_s: float) -> None:
        """Make an endpoint due at once, queued or not; the waiting time starts small again."""
        waiting = self._waiting.setdefault(endpoint_id, Waiting(now_s, now_s))
        waiting.due_s = now_s
        waiting.failed = 0

    def admit(self, endpoint_id: str, now_s: float) -> None:
        """Let an endpoint be checked that need not wait for it; no change if it waits."""
        self._waiting.setdefault(endpoint_id, Waiting(now_s, now_s))

    def hasten_all(self, now_s: float) -> None:
        """Make every endpoint due at once."""
        for endpoint_id in self._waiting:
            self.hasten(endpoint_id, now_s)

    def due(self, now_s: float) -> tuple[str, ...]:
        """Return the endpoints to verify now, longest due first."""
        ready = [
            (waiting.due_s, endpoint_id)
            for endpoint_id, waiting in self._waiting.items()
            if waiting.due_s <= now_s and not waiting.is_probing
        ]
        return tuple(endpoint_id for _, endpoint_id in sorted(ready))

    def due_s(self, endpoint_id: str) -> float | None:
        """Return when this endpoint is due; None when it does not wait."""
        waiting = self._waiting.get(endpoint_id)
        return None if waiting is None else waiting.due_s

    def is_probing(self, endpoint_id: str) -> bool:
        """Tell whether a check of this endpoint is under way."""
        waiting = self._waiting.get(endpoint_id)
        return waiting is not None and waiting.is_probing

    @property
    def next_due_s(self) -> float | None:
        """When the next check is due; None when nothing waits that is not being checked."""
        times = (item.due_s for item in self._waiting.values() if not item.is_probing)
        return min(times, default=None)

    def began(self, endpoint_id: str) -> None:
        """Note that a check of this endpoint started.

        Raises:
            BugError: when it does not wait, or is being checked already.
        """
        waiting = self._waiting.get(endpoint_id)
        if waiting is None or waiting.is_probing:
            raise BugError("A check began of an endpoint that did not wait for one.")
        waiting.is_probing = True

    def failed(
        self, endpoint_id: str, now_s: float, chance: float, *, not_before_s: float = 0.0
    ) -> None:
        """Note that the check failed: the next one comes later."""
        waiting = self._waiting.get(endpoint_id)
        if waiting is not None:
            waiting.failed += 1
            self._rest(waiting, now_s, chance, not_before_s)

    def said_nothing(self, endpoint_id: str, now_s: float, chance: float) -> None:
        """Note that the check ended without a verdict: the next one comes as this one did."""
        waiting = self._waiting.get(endpoint_id)
        if waiting is not None:
            self._rest(waiting, now_s, chance, 0.0)

    def _rest(self, waiting: Waiting, now_s: float, chance: float, not_before_s: float) -> None:
        factor = min(2.0 ** min(waiting.failed, 10), GROWTH_CAP)
        waiting.is_probing = False
        waiting.due_s = max(now_s + jittered(self.interval_s * factor, chance), not_before_s)
