"""How long the loop keeps anybody waiting: a beat on it, and the longest time between two."""

import asyncio
import gc
import time
from dataclasses import dataclass
from typing import Self

_BEAT_S = 0.002


@dataclass(frozen=True, slots=True)
class Stall:
    """The longest times between two beats while something was done.

    The wall time holds what other programs took of the processor as well; the CPU time is this
    thread's own. They need not come from the same pair of beats.
    """

    wall_ms: float
    cpu_ms: float
    total_cpu_ms: float
    """All that the thread computed meanwhile, in however many turns."""
    collecting_ms: float
    """The longest collection of garbage, by the wall clock."""


class Heart:
    """Beats every two milliseconds on the running loop for as long as the block runs."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._collecting_since_s = 0.0
        self.begin()

    def __enter__(self) -> Self:
        gc.callbacks.append(self._collecting)
        self._beat()
        return self

    def __exit__(self, *_: object) -> None:
        gc.callbacks.remove(self._collecting)
        if self._timer is not None:
            self._timer.cancel()

    def begin(self) -> None:
        """Forget the gaps so far."""
        self._wall_s, self._cpu_s = time.perf_counter(), time.thread_time()
        self._begun_cpu_s = self._cpu_s
        self._longest_wall_s = self._longest_cpu_s = self._longest_collection_s = 0.0

    def stall(self) -> Stall:
        """The longest gaps since `begin`."""
        self._note()
        return Stall(
            max(0.0, self._longest_wall_s - _BEAT_S) * 1e3,
            self._longest_cpu_s * 1e3,
            (self._cpu_s - self._begun_cpu_s) * 1e3,
            self._longest_collection_s * 1e3,
        )

    def _collecting(self, phase: str, _: dict[str, int]) -> None:
        now_s = time.perf_counter()
        if phase == "start":
            self._collecting_since_s = now_s
        else:
            took_s = now_s - self._collecting_since_s
            self._longest_collection_s = max(self._longest_collection_s, took_s)

    def _beat(self) -> None:
        self._note()
        self._timer = self._loop.call_later(_BEAT_S, self._beat)

    def _note(self) -> None:
        wall_s, cpu_s = time.perf_counter(), time.thread_time()
        self._longest_wall_s = max(self._longest_wall_s, wall_s - self._wall_s)
        self._longest_cpu_s = max(self._longest_cpu_s, cpu_s - self._cpu_s)
        self._wall_s, self._cpu_s = wall_s, cpu_s
