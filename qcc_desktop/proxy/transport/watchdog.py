"""A deadline that moves without touching a timer."""

import asyncio
import math
from collections.abc import Callable


class Watchdog:
    """Calls ``bite`` once a deadline has passed.

    Moving the deadline back only changes a number; the timer, due earlier, looks again when it
    fires. So requests that end in milliseconds leave no cancelled timers of minutes behind.
    ``due_s`` is asked then for the deadline that holds now (`math.inf` for none); it may
    differ from the one watched for last, as with silence that is counted from the latest byte.
    """

    __slots__ = ("_bite", "_due_s", "_loop", "_timer", "_timer_due_s", "watched_s")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        *,
        due_s: Callable[[float], float],
        bite: Callable[[], None],
    ) -> None:
        self._loop = loop
        self._due_s = due_s
        self._bite = bite
        self._timer: asyncio.Handle | None = None
        self._timer_due_s = 0.0
        self.watched_s = math.inf
        """The deadline watched for last."""

    def watch(self, now_s: float, allowed_s: float | None) -> None:
        """Move the deadline to ``allowed_s`` from now; None lifts it."""
        if allowed_s is None:
            self.watched_s = math.inf
            return
        self.watched_s = due_s = now_s + allowed_s
        if self._timer is not None:
            if self._timer_due_s <= due_s:
                return
            self._timer.cancel()
        self._arm(due_s, allowed_s)

    def stop(self) -> None:
        """Cancel the timer for good and let go of whom it served."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._due_s = _never
        self._bite = _nothing

    def _arm(self, due_s: float, delay_s: float) -> None:
        self._timer_due_s = due_s
        self._timer = self._loop.call_later(delay_s, self._look)

    def _look(self) -> None:
        self._timer = None
        now_s = self._loop.time()
        due_s = self._due_s(now_s)
        if due_s == math.inf:
            return
        if now_s < due_s:
            self._arm(due_s, due_s - now_s)
        else:
            self._bite()


def _never(_: float) -> float:
    return math.inf


def _nothing() -> None:
    return
