"""Signals that reach their Python handlers although Qt, in C++, does the waiting.

Python runs a handler only when the main thread executes Python. On Unix the interpreter's C
handler writes to a wakeup descriptor, which the event loop reads. Windows has no descriptor that
our shape of loop reads, so there a timer lets Python run four times a second.
"""

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

PULSE_MS = 250
"""How often Python gets to run on systems without a wakeup descriptor."""


def on_main_thread() -> bool:
    """Whether this is the only thread that may touch signal handlers."""
    return threading.current_thread() is threading.main_thread()


@contextmanager
def wakeup_fd(fd: int, *, keep: "Callable[[], bool]") -> "Iterator[None]":
    """Has signal numbers written to `fd`, then to where they went before unless `keep()`."""
    previous = signal.set_wakeup_fd(fd)
    try:
        yield
    finally:
        if not keep():
            signal.set_wakeup_fd(previous)


def keep_waking(fd: int) -> None:
    """Has signal numbers written to `fd` after asyncio switched that off."""
    signal.set_wakeup_fd(fd)


@contextmanager
def python_pulse() -> "Iterator[None]":
    """Runs a line of Python every `PULSE_MS`, so that pending handlers are called."""
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(PULSE_MS)
    try:
        yield
    finally:
        timer.stop()


@contextmanager
def interrupt_to(handler: "Callable[[int, FrameType | None], None]") -> "Iterator[None]":
    """Calls `handler` instead of Python's default for SIGINT; anyone else's handler stays.

    The default raises KeyboardInterrupt wherever Python happens to be, which is as a rule the
    first line of a Qt slot: PySide prints it and goes on.
    """
    take_interrupt(handler)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) == handler:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def take_interrupt(handler: "Callable[[int, FrameType | None], None]") -> None:
    """Puts `handler` in the place of Python's default for SIGINT, if that is what is there."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, handler)
