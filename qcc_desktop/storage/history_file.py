"""The file that history and sessions are kept in, as the loop sees it: nothing here waits.

One thread reads and writes it. What is noted lies in memory until a second later, when everything
that came meanwhile is written at once. While the file cannot be written (a full disk, another
program's lock) it stays in memory, within bounds, and is tried again; the proxy never notices.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from qcc_desktop.core.usage import HistoryTrouble
from qcc_desktop.runtime.clock import Clock
from qcc_desktop.storage.history_calls import Bell, Job, Part, Stop, T, Tidy

if TYPE_CHECKING:
    from sqlite3 import Connection

_log = logging.getLogger(__name__)
COLLECT_S = 1.0
"""So long is collected before it is written: the most that a sudden end costs."""


class HistoryFile:
    """Owns the file from `start` to `stop`; before and after, everything is kept in memory."""

    def __init__(self, path: Path, clock: Clock, *, collect_s: float = COLLECT_S) -> None:
        self.path = path
        self.parts: list[Part] = []
        """What is kept in it; complete before `start`."""
        self.trouble: HistoryTrouble | None = None
        """What is wrong with it now."""
        self._clock = clock
        self._collect_s = collect_s
        self._bell = Bell()
        self._over: Future[None] | None = None
        self.wake = self._bell.wake
        """Say that something was noted; well below a microsecond most of the time."""

    def start(self) -> None:
        """Begin; a second start does nothing."""
        if self._over is None:
            self._over = Future()
            # A daemon: a disk that hangs must not keep the program from ending.
            threading.Thread(
                target=self._run, args=(self._over,), name="history", daemon=True
            ).start()

    async def ask(self, work: Callable[["Connection | None"], T]) -> T:
        """Return what ``work`` returns: done by the thread, after what was noted so far.

        It gets None where there is no usable file.
        """
        if self._over is None:
            for part in self.parts:
                part.gather()
            return work(None)
        outcome: Future[T] = Future()
        self._bell.call(Job(work, outcome))
        return await asyncio.wrap_future(outcome)

    def request_tidying(self) -> None:
        """Have what is too old deleted soon: what "too old" means has changed."""
        if self._over is not None:
            self._bell.call(Tidy())

    async def stop(self) -> None:
        """Write what is left and close the file; twice does nothing."""
        over, self._over = self._over, None
        if over is not None:
            self._bell.call(Stop())
            await asyncio.wrap_future(over)

    def _run(self, over: "Future[None]") -> None:
        try:
            # SQLite is loaded here: 8 ms that no start of the program waits for.
            module = import_module("qcc_desktop.storage.history_thread")
            module.HistoryThread(
                self.path, self._clock, self.parts, self._bell, self._troubled
            ).run(self._collect_s)
        except Exception:  # noqa: BLE001 - a boundary: the program goes on without
            _log.exception("The history is kept in memory only")
            self._go_on_without()
        finally:
            if over.set_running_or_notify_cancel():
                over.set_result(None)

    def _go_on_without(self) -> None:
        """Answer what is asked from memory until the end is called, or a start would wait on."""
        called = None
        while not isinstance(called, Stop):
            called = self._bell.wait(threading.TIMEOUT_MAX, self._collect_s)
            for part in self.parts:
                part.gather()
            if isinstance(called, Job):
                called.answer(partial(called.work, None))

    def _troubled(self, trouble: HistoryTrouble | None) -> None:
        self.trouble = trouble
