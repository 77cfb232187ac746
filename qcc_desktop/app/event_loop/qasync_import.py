"""qasync bound to PySide6, and the protected members of asyncio that our loops rely on.

qasync picks its Qt binding at import from ``QT_API``, which Spyder, Anaconda and others export
(``pyqt5`` as a rule), or else takes the first binding it can import, PyQt5 before PySide6. The
variable is put back at once, because the terminals we start inherit our environment.
"""

import asyncio
import os
from typing import TYPE_CHECKING

import PySide6.QtCore

_VARIABLE = "QT_API"
_foreign_choice = os.environ.get(_VARIABLE)
os.environ[_VARIABLE] = PySide6.__name__.lower()
try:
    import qasync
finally:
    if _foreign_choice is None:
        del os.environ[_VARIABLE]
    else:
        os.environ[_VARIABLE] = _foreign_choice

if TYPE_CHECKING:
    import socket
    from collections import deque
    from collections.abc import Callable
    from contextvars import Context
    from selectors import SelectorKey
    from typing import Protocol

    from PySide6.QtWidgets import QApplication

    class Handle(asyncio.Handle):
        """A scheduled callback."""

        _context: Context
        _source_traceback: list[object]

    class TimerHandle(Handle, asyncio.TimerHandle):
        """A delayed callback."""

        _scheduled: bool  # it is in the heap
        _when: float

    class QasyncLoop(asyncio.BaseEventLoop):
        """The loop of this system: on asyncio's selector, or on its proactor (Windows)."""

        _clock_resolution: float
        _csock: socket.socket
        _current_handle: Handle | None
        _debug: bool
        _ready: deque[Handle]
        _scheduled: list[TimerHandle]
        _stopping: bool
        _thread_id: int | None
        _timer_cancelled_count: int

        def __init__(self, app: QApplication) -> None: ...
        def _before_run_forever(self) -> None: ...
        def _after_run_forever(self) -> None: ...
        def _check_closed(self) -> None: ...
        def _check_running(self) -> None: ...
        def _asyncgen_firstiter_hook(self, agen: object) -> None: ...
        def _asyncgen_finalizer_hook(self, agen: object) -> None: ...
        def _make_self_pipe(self) -> None: ...
        def _process_events(self, events: list[tuple[SelectorKey, int]]) -> None: ...
        def _set_coroutine_origin_tracking(self, enabled: bool, /) -> None: ...  # noqa: FBT001

    class PollingSelector(Protocol):
        """A selector whose own descriptor tells that some of its sockets are ready."""

        def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
            """Events of the sockets that are ready."""

        def fileno(self) -> int:
            """The descriptor that is readable while some socket is ready."""

        def close(self) -> None:
            """Give the descriptor back."""

    class SelectorMethods(asyncio.SelectorEventLoop):
        """asyncio's own ways with sockets."""

        _add_reader: Callable[..., Handle]
        _remove_reader: Callable[..., bool]
        _add_writer: Callable[..., Handle]
        _remove_writer: Callable[..., bool]
else:
    PollingSelector = object
    SelectorMethods = asyncio.SelectorEventLoop
    Handle = asyncio.Handle
    TimerHandle = asyncio.TimerHandle
    QasyncLoop = qasync.QEventLoop

__all__ = [
    "Handle",
    "PollingSelector",
    "QasyncLoop",
    "SelectorMethods",
    "TimerHandle",
    "qasync",
]
