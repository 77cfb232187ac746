"""Any program of callbacks, timers and cancellations runs in the order of plain asyncio."""

import asyncio
import selectors
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from qcc_desktop.app.event_loop.factory import new_loop
from qcc_desktop.app.event_loop.turn import TurnLoop
from tests.ui.conftest import ALL_SHAPES


@dataclass(frozen=True)
class Soon:
    then: "tuple[Step, ...]" = ()


@dataclass(frozen=True)
class FromThread:
    then: "tuple[Step, ...]" = ()


@dataclass(frozen=True)
class Later:
    delay_ms: int
    then: "tuple[Step, ...]" = ()


@dataclass(frozen=True)
class Cancel:
    which: int


Step = Soon | FromThread | Later | Cancel
DELAYS_MS = st.sampled_from([-10, 0, 10, 10, 20, 30, 500])


def steps(then: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(Soon, then),
        st.builds(FromThread, then),
        st.builds(Later, DELAYS_MS, then),
        st.builds(Cancel, st.integers(0, 20)),
    )


PROGRAMS = st.lists(
    st.recursive(
        steps(st.just(())), lambda s: steps(st.lists(s, max_size=4).map(tuple)), max_leaves=25
    ),
    max_size=8,
).map(tuple)


class Clock:
    """Time that passes only while a loop has nothing to do but wait."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def wait_until(self, when_s: float) -> None:
        self.now_s = max(self.now_s, round(when_s, 6))


class ClockedSelector(selectors.DefaultSelector):
    """Waits on the clock instead of the system."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    @override
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout:
            self._clock.wait_until(self._clock.now_s + timeout)
        return super().select(0)


class ClockedAlarm:
    """Rings at once, after the clock was set to the time it was meant to ring."""

    def __init__(self, clock: Clock, loop: TurnLoop) -> None:
        self._clock, self._loop = clock, loop
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ring)
        self.timeout = self._timer.timeout
        self._when_s = 0.0

    def start(self, _wait_ms: int) -> None:
        self._when_s = self._loop._alarm_at_s
        self._timer.start(0)

    def _ring(self) -> None:
        self._clock.wait_until(self._when_s)
        self._loop._on_alarm()

    def stop(self) -> None:
        self._timer.stop()


@dataclass
class Run:
    """Plays a program on a loop and writes down what ran, when."""

    loop: asyncio.AbstractEventLoop
    clock: Clock
    ran: list[tuple[int, int]] = field(default_factory=list)
    handles: list[asyncio.Handle] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def play(self, program: tuple[Step, ...]) -> list[tuple[int, int]]:
        self.loop.call_soon(self._do, program)
        self.loop.call_later(1000, self.loop.stop)
        self.loop.run_forever()
        self.loop.close()
        return self.ran

    def _do(self, program: tuple[Step, ...]) -> None:
        for step in program:
            match step:
                case Soon(then):
                    self.handles.append(self.loop.call_soon(self._callback(then)))
                case FromThread(then):
                    self._from_thread(self._callback(then))
                case Later(delay_ms, then):
                    callback = self._callback(then)
                    self.handles.append(self.loop.call_later(delay_ms / 1000, callback))
                case Cancel(which):
                    if which < len(self.handles):
                        self.handles[which].cancel()

    def _from_thread(self, callback: Callable[[], None]) -> None:
        thread = threading.Thread(target=self.loop.call_soon_threadsafe, args=(callback,))
        thread.start()
        thread.join()

    def _callback(self, then: tuple[Step, ...]) -> Callable[[], None]:
        number = next(self.numbers)

        def run() -> None:
            self.ran.append((number, round(self.clock.now_s * 1000)))
            self._do(then)

        return run


def plain(program: tuple[Step, ...]) -> list[tuple[int, int]]:
    clock = Clock()
    loop = asyncio.SelectorEventLoop(ClockedSelector(clock))
    _use(clock, loop)
    return Run(loop, clock).play(program)


def _use(clock: Clock, loop: asyncio.BaseEventLoop) -> None:
    loop.time = lambda: clock.now_s  # type: ignore[method-assign]
    loop._clock_resolution = 1e-9  # type: ignore[attr-defined]  # Windows' own is 16 ms


def on_qt(program: tuple[Step, ...], shape: Any, app: QApplication) -> list[tuple[int, int]]:
    clock = Clock()
    loop = new_loop(app, shape=shape)
    assert isinstance(loop, TurnLoop)
    _use(clock, loop)
    loop._alarm = ClockedAlarm(clock, loop)  # type: ignore[assignment]
    return Run(loop, clock).play(program)


@pytest.mark.parametrize("shape", ALL_SHAPES, ids=str)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(program=(Soon((Soon(), Cancel(1))), Soon(), Later(0, (Soon(),)), Later(-10), Soon()))
@example(program=(Later(10, (Later(0), Soon())), Later(10, (Soon(), Cancel(2))), FromThread()))
@given(program=PROGRAMS)
def test_programs_run_as_on_plain_asyncio(
    shape: Any, qapp: QApplication, program: tuple[Step, ...]
) -> None:
    assert on_qt(program, shape, qapp) == plain(program)


class Canvas(QWidget):
    """Asks to be painted again whenever it was painted."""

    def __init__(self, enough: int, painted: Callable[[], None]) -> None:
        super().__init__()
        self._left, self._painted = enough, painted

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._left -= 1
        if self._left:
            self.update()
        else:
            self._painted()


async def test_painting_goes_on_while_callbacks_never_end() -> None:
    loop, ran, painted = asyncio.get_running_loop(), 0, asyncio.Event()

    def again() -> None:
        nonlocal ran
        ran += 1
        if not painted.is_set():
            loop.call_soon(again)

    canvas = Canvas(10, painted.set)
    loop.call_soon(again)
    canvas.show()
    async with asyncio.timeout(5):
        await painted.wait()
    canvas.close()

    assert ran > 1000


async def test_qt_timers_ring_while_callbacks_never_end() -> None:
    loop, rung = asyncio.get_running_loop(), asyncio.Event()
    rings = list[int]()

    def again() -> None:
        if not rung.is_set():
            loop.call_soon(again)

    def ring() -> None:
        rings.append(1)
        if len(rings) == 20:
            rung.set()

    timer = QTimer()
    timer.timeout.connect(ring)
    timer.start(0)
    loop.call_soon(again)
    async with asyncio.timeout(5):
        await rung.wait()
    timer.stop()
