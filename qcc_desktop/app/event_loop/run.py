"""Running, stopping and closing a Qt event loop the way asyncio promises it."""
# ruff: noqa: SLF001 - an event loop is a subclass of asyncio's and uses its protected members

import asyncio
import sys
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from typing_extensions import override

from qcc_desktop.app.event_loop import signals
from qcc_desktop.app.event_loop.qasync_import import QasyncLoop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from PySide6.QtWidgets import QApplication

_QUIT = (
    "Event loop stopped before Future completed: the Qt application was quit"
    " while asyncio was running (QApplication.quit(), or the last window closed)."
)


class RunningLoop(QasyncLoop):
    """qasync's loop with asyncio's own bookkeeping, driven through `QApplication.exec`.

    `stop` lets the current batch of callbacks finish, then ends Qt's loop together with any menu
    or dialog loop opened inside it. What a callback raises beyond `Exception` (and SIGINT, where
    Python's default handler is in place) ends it too and comes out of `run_forever`.
    """

    # qasync replaces these by versions of its own, built on one Qt timer per callback.
    _add_callback = asyncio.BaseEventLoop._add_callback  # type: ignore[attr-defined]
    call_later = asyncio.BaseEventLoop.call_later
    call_soon = asyncio.BaseEventLoop.call_soon
    call_soon_threadsafe = asyncio.BaseEventLoop.call_soon_threadsafe
    is_running = asyncio.BaseEventLoop.is_running
    run_in_executor = asyncio.BaseEventLoop.run_in_executor
    run_until_complete = asyncio.BaseEventLoop.run_until_complete
    set_default_executor = asyncio.BaseEventLoop.set_default_executor  # type: ignore[assignment]
    set_exception_handler = asyncio.BaseEventLoop.set_exception_handler
    default_exception_handler = asyncio.BaseEventLoop.default_exception_handler
    call_exception_handler = asyncio.BaseEventLoop.call_exception_handler
    get_debug = asyncio.BaseEventLoop.get_debug
    set_debug = asyncio.BaseEventLoop.set_debug

    def __init__(self, app: "QApplication") -> None:
        self._app = app
        self._failure: BaseException | None = None
        super().__init__(app)

    def _start_turns(self) -> None:
        """Ask for the first turn; the loop counts as running."""
        raise NotImplementedError  # `turn` fills it in for every shape

    def _end_turns(self) -> None:
        """Let no turn begin any more."""
        raise NotImplementedError  # `turn` fills it in for every shape

    def _ask_turn(self) -> None:
        """Have a turn run soon."""
        raise NotImplementedError  # `turn` fills it in for every shape

    @override
    def run_forever(self) -> None:
        """Run until `stop`.

        Raises:
            RuntimeError: Qt's loop ended by itself, because the application was quit.
        """
        self._check_closed()
        self._check_running()
        with self._running(), self._signals():
            self._start_turns()
            try:
                self._app.exec()
            finally:
                self._end_turns()
            stopped, failure = self._stopping, self._failure
        if failure is not None:
            raise failure
        if not stopped:
            raise RuntimeError(_QUIT)

    @contextmanager
    def _running(self) -> "Iterator[None]":
        self._set_coroutine_origin_tracking(self._debug)
        hooks = sys.get_asyncgen_hooks()
        try:
            self._thread_id = threading.get_ident()
            sys.set_asyncgen_hooks(
                firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook
            )
            asyncio._set_running_loop(self)
            self._before_run_forever()
            try:
                yield
            finally:
                self._after_run_forever()
        finally:
            self._stopping, self._failure, self._thread_id = False, None, None
            asyncio._set_running_loop(None)
            self._set_coroutine_origin_tracking(False)  # noqa: FBT003 - asyncio's signature
            sys.set_asyncgen_hooks(*hooks)

    @contextmanager
    def _signals(self) -> "Iterator[None]":
        with ExitStack() as stack:
            if signals.on_main_thread():
                fd = self._signal_fd()
                stack.enter_context(
                    signals.python_pulse()
                    if fd is None
                    else signals.wakeup_fd(fd, keep=self._has_signal_handlers)
                )
                stack.enter_context(signals.interrupt_to(self._on_sigint))
            yield

    def _signal_fd(self) -> int | None:
        """The end of the self-pipe that is read by this loop; None on Windows."""
        return None if sys.platform == "win32" else self._csock.fileno()

    def _has_signal_handlers(self) -> bool:
        return bool(getattr(self, "_signal_handlers", None))

    def _is_ending(self) -> bool:
        return self._stopping or self._failure is not None

    def _on_sigint(self, _signum: int, _frame: "FrameType | None") -> None:
        if self._failure is not None:
            raise KeyboardInterrupt  # a second Ctrl-C: some callback does not come back
        self._fail(KeyboardInterrupt())

    def _fail(self, failure: BaseException) -> None:
        """End every Qt loop; `failure` comes out of `run_forever`."""
        if self._failure is None:
            self._failure = failure
        self._app.exit()

    @override
    def remove_signal_handler(self, sig: int) -> bool:
        """Remove a handler; other signals keep reaching Python while the loop runs."""
        removed = super().remove_signal_handler(sig)
        fd = self._signal_fd() if self.is_running() else None
        if fd is not None and signals.on_main_thread():
            signals.keep_waking(fd)
            signals.take_interrupt(self._on_sigint)
        return removed

    @override
    def stop(self) -> None:
        """End `run_forever` once the callbacks now ready have run."""
        self._stopping = True
        self._ask_turn()
