"""Turns of asyncio inside Qt's event loop, and how Qt is asked for the next one.

asyncio's own ready queue and timer heap stay in charge; Qt only waits. A *turn* runs asyncio
iterations. It is asked for by a posted event when callbacks are ready and by one precise timer
for the head of the heap; a shape may add a third way, for sockets.

A callback may open a Qt loop of its own (a menu, a dialog). Turns go on inside it:

- every turn takes from the left of the same ready queue, so nothing is lost, run twice or
  reordered; the turn outside, once resumed, gives up the rest of its batch and looks afresh;
- the task being stepped is left for the turn and entered again after it, because asyncio refuses
  to step one task inside another;
- a callback whose context is already entered by a suspended one waits for that one to return,
  because a context cannot be entered twice.
"""
# ruff: noqa: SLF001 - an event loop is a subclass of asyncio's and uses its protected members

import asyncio
import asyncio.tasks
import heapq
import logging
import math
from asyncio.base_events import _format_handle  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from typing_extensions import override

from qcc_desktop.app.event_loop.qasync_import import Handle, TimerHandle
from qcc_desktop.app.event_loop.run import RunningLoop

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

    from PySide6.QtWidgets import QApplication

TURN_BUDGET_S = 0.002
"""A turn begins no further iteration after this long, so that Qt gets to paint.

The way back through Qt costs some 5 µs, a quarter of a percent of it.
"""

_LONGEST_WAIT_S = 24 * 3600
_SWEEP_ABOVE = 100  # these three as in asyncio.base_events
_SWEEP_FRACTION = 0.5

_logger = logging.getLogger("asyncio")  # where asyncio reports slow callbacks


class _Waker(QObject):
    """Carries one posted event to the loop; `asked` may be emitted from any thread."""

    asked = Signal()

    def __init__(self, on_delivery: "Callable[[], None]") -> None:
        super().__init__()
        self._on_delivery = on_delivery
        self.asked.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _deliver(self) -> None:
        self._on_delivery()


class TurnLoop(RunningLoop):
    """Ready queue, timer heap and turns, for both shapes.

    A shape says how sockets are looked at (`_poll`) and how a Qt loop opened by a callback is
    noticed (`_before_batch`, `_notice_nested_qt`).
    """

    def __init__(self, app: "QApplication") -> None:
        self._busy = False  # the ready queue will be looked at before Qt waits
        self._posted = False  # the posted event is on its way
        self._disturbed = False  # a turn ran inside the callback now running
        self._leftover = False  # a batch failed, handles of ready sockets are still in the queue
        self._suspended: list[Handle] = []  # callbacks with a Qt loop inside them
        self._held: list[Handle] = []  # ready, but their context is in use
        self._alarm_at_s = math.inf
        self._waker = _Waker(self._on_wake)
        self._alarm = QTimer()
        self._alarm.setSingleShot(True)
        self._alarm.setTimerType(Qt.TimerType.PreciseTimer)
        self._alarm.timeout.connect(self._on_alarm)
        super().__init__(app)

    def _poll(self) -> None:
        """Make callbacks of ready sockets ready, without waiting."""

    def _before_batch(self) -> None:
        """Called before callbacks run, any of which may open a Qt loop."""

    # Asking Qt for turns ------------------------------------------------------------------

    def _call_soon(
        self,
        callback: "Callable[..., object]",
        args: tuple[object, ...],
        context: "Context | None",
    ) -> Handle:
        handle = Handle(callback, args, self, context)
        if handle._source_traceback:
            del handle._source_traceback[-1]
        self._ready.append(handle)
        # First append, then look: the end of a turn does the opposite, so a handle added by
        # another thread meanwhile is seen by one of the two.
        if not self._busy and not self._posted:
            self._ask_turn()
        return handle

    @override
    def call_at(
        self,
        when: float,
        callback: "Callable[..., object]",
        *args: object,
        context: "Context | None" = None,
    ) -> TimerHandle:
        """Like `call_later`, at an absolute time of `time()`."""
        timer = asyncio.BaseEventLoop.call_at(self, when, callback, *args, context=context)
        timer = cast("TimerHandle", timer)
        if timer._source_traceback:
            del timer._source_traceback[-1]
        if not self._busy and self._thread_id is not None:
            self._set_alarm()
        return timer

    def _write_to_self(self) -> None:
        """Wake Qt, from any thread; asyncio calls it after adding to the ready queue."""
        if not self._busy and not self._posted:
            self._ask_turn()

    @override
    def _ask_turn(self) -> None:
        if self._thread_id is not None:
            self._posted = True
            self._waker.asked.emit()

    def _set_alarm(self) -> None:
        if self._scheduled:
            self._ring_at(self._scheduled[0]._when)

    def _ring_at(self, when_s: float) -> None:
        """Have a turn run then; an earlier alarm stays set, a turn too many does no harm."""
        if when_s < self._alarm_at_s:
            self._alarm_at_s = when_s
            wait_s = min(max(0, when_s - self.time()), _LONGEST_WAIT_S)
            self._alarm.start(math.ceil(wait_s * 1000))

    def _plan(self) -> None:
        """Ask for what the queue and the heap need once Qt has control."""
        self._busy = False
        if self._ready and not self._posted:
            self._ask_turn()
        self._set_alarm()

    def _notice_nested_qt(self) -> None:
        """Called when Qt's loop goes round: inside a callback that means a loop of its own."""
        if self._busy:
            self._plan()

    @override
    def _start_turns(self) -> None:
        self._ask_turn()

    @override
    def _end_turns(self) -> None:
        self._alarm.stop()
        self._alarm_at_s = math.inf

    @override
    def close(self) -> None:
        """Release everything; the loop must not be running."""
        if not self.is_closed() and not self.is_running():
            self._waker.asked.disconnect()
            self._alarm.timeout.disconnect()
        super().close()

    def _on_wake(self) -> None:
        self._posted = False
        self._turn()

    def _on_alarm(self) -> None:
        self._alarm_at_s = math.inf
        self._turn()

    # Turns --------------------------------------------------------------------------------

    def _turn(self) -> None:
        """Run asyncio until nothing is ready or Qt is due, inside whatever is running now."""
        if self._thread_id is None:
            return
        task = asyncio.current_task(self)
        if task is not None:
            asyncio.tasks._leave_task(self, task)
        suspended = self._current_handle
        if suspended is not None:
            self._suspended.append(suspended)
        self._busy = True
        try:
            self._iterate_within_budget()
        except BaseException as failure:  # noqa: BLE001 - PySide would print it and go on
            self._recover()
            self._leftover = True
            self._fail(failure)
        finally:
            self._current_handle = suspended
            if suspended is not None:
                self._suspended.pop()
                self._disturbed = True
            if task is not None:
                asyncio.tasks._enter_task(self, task)
        if self._is_ending():
            self._app.exit()
        self._plan()

    def _iterate_within_budget(self) -> None:
        if self._failure is not None:
            return
        until_s = self.time() + TURN_BUDGET_S
        self._iterate()
        while self._ready and not self._is_ending() and self.time() < until_s:
            self._iterate()

    def _iterate(self) -> None:
        """What asyncio's `_run_once` does, without the waiting."""
        if self._scheduled:
            self._drop_cancelled()
        self._poll()
        if self._scheduled:
            self._move_due()
        if self._ready:
            self._before_batch()
            self._run_batch()

    def _drop_cancelled(self) -> None:
        """Keep cancelled time-outs from piling up until they are due."""
        heap = self._scheduled
        if len(heap) > _SWEEP_ABOVE and self._timer_cancelled_count > _SWEEP_FRACTION * len(heap):
            for handle in heap:
                if handle._cancelled:
                    handle._scheduled = False
            self._scheduled = [handle for handle in heap if not handle._cancelled]
            heapq.heapify(self._scheduled)
            self._timer_cancelled_count = 0
            return
        while heap and heap[0].cancelled():
            self._timer_cancelled_count -= 1
            heapq.heappop(heap)._scheduled = False

    def _move_due(self) -> None:
        until_s = self.time() + self._clock_resolution
        while self._scheduled and self._scheduled[0]._when < until_s:
            handle = heapq.heappop(self._scheduled)
            handle._scheduled = False
            self._ready.append(handle)

    def _run_batch(self) -> None:
        """Run what is ready now, not what it adds; give up after a turn inside a callback."""
        ready, suspended, run = self._ready, self._suspended, self._run_handle
        for _ in range(len(ready)):
            handle = ready.popleft()
            if handle._cancelled:
                continue
            if suspended and self._must_wait(handle):
                self._held.append(handle)
                continue
            self._current_handle = handle
            run(handle)
            if self._disturbed:
                self._recover()
                return
        self._current_handle = None
        self._leftover = False

    @property
    def _run_handle(self) -> "Callable[[Handle], None]":
        return self._run_timed if self._debug else Handle._run

    def _run_timed(self, handle: Handle) -> None:
        start_s = self.time()
        handle._run()
        took_s = self.time() - start_s
        if took_s >= self.slow_callback_duration:
            _logger.warning("Executing %s took %.3f seconds", _format_handle(handle), took_s)

    def _must_wait(self, handle: Handle) -> bool:
        return any(handle._context is other._context for other in self._suspended)

    def _recover(self) -> None:
        """Take up the turn again after one or more ran inside the last callback."""
        self._current_handle = None
        self._disturbed = False
        self._busy = True
        self._ready.extendleft(reversed(self._held))
        self._held.clear()
