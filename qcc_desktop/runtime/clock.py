"""Time as an argument: the only module that reads a clock."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Monotonic and wall time."""

    def now_s(self) -> float:
        """Return monotonic seconds."""
        ...

    def wall_s(self) -> float:
        """Return seconds since the epoch."""
        ...


class SystemClock:
    """The computer's clocks."""

    def now_s(self) -> float:
        """Return monotonic seconds, also counting sleep where the system does."""
        return time.monotonic()

    def wall_s(self) -> float:
        """Return seconds since the epoch."""
        return time.time()  # noqa: TID251 - the one place that reads the wall clock


def utc(wall_s: float) -> datetime:
    """Return ``wall_s`` (epoch seconds) as an aware UTC datetime."""
    return datetime.fromtimestamp(wall_s, UTC)
