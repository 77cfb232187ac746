"""Notices that the computer slept, from gaps between two looks at the clocks.

The monotonic clock stands still while a Linux computer sleeps and goes on elsewhere; so both
are looked at: the wall clock ran ahead of it, or far more of it passed than was waited for.
"""

from collections.abc import Callable

from qcc_desktop.runtime.clock import Clock
from qcc_desktop.runtime.periodic import Periodic

LOOK_S = 10.0
_SLEPT_S = 30.0


class WakeWatch:
    """Calls ``on_wake`` at the first look after a sleep."""

    def __init__(self, clock: Clock, on_wake: Callable[[], None]) -> None:
        self._clock = clock
        self._on_wake = on_wake
        self._last = (clock.now_s(), clock.wall_s())
        self._looks = Periodic("watch for sleep", self._look, lambda: LOOK_S)

    def start(self) -> None:
        """Begin to look."""
        self._looks.start()

    async def stop(self) -> None:
        """Look no more."""
        await self._looks.stop()

    def look(self) -> None:
        """Compare the clocks with the last time."""
        now = (self._clock.now_s(), self._clock.wall_s())
        passed_s, wall_passed_s = now[0] - self._last[0], now[1] - self._last[1]
        self._last = now
        if wall_passed_s - passed_s > _SLEPT_S or passed_s > LOOK_S + _SLEPT_S:
            self._on_wake()

    async def _look(self) -> None:
        self.look()
