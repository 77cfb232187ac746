"""When the watchdog bites, and what its timer costs."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from qcc_desktop.proxy.transport.watchdog import Watchdog

if TYPE_CHECKING:
    import asyncio


class Handle:
    """A timer that remembers being cancelled."""

    is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


class Clock:
    """The part of a loop that a watchdog uses, with time moved by hand."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.timers: list[tuple[float, Handle, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now_s

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> Handle:
        handle = Handle()
        self.timers.append((self.now_s + delay_s, handle, callback))
        return handle

    def advance_to(self, now_s: float) -> None:
        self.now_s = now_s
        for timer in [timer for timer in self.timers if timer[0] <= now_s]:
            self.timers.remove(timer)
            if not timer[1].is_cancelled:
                timer[2]()

    @property
    def armed(self) -> int:
        return sum(not handle.is_cancelled for _, handle, _ in self.timers)


class Kennel:
    """A watchdog on a clock of its own, counting bites."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.bites = 0
        loop = cast("asyncio.AbstractEventLoop", self.clock)
        self.dog = Watchdog(loop, due_s=lambda _: self.dog.watched_s, bite=self._bitten)

    def _bitten(self) -> None:
        self.bites += 1


def test_it_bites_when_the_deadline_has_passed() -> None:
    kennel = Kennel()

    kennel.dog.watch(0.0, 10)
    kennel.clock.advance_to(9.9)
    assert kennel.bites == 0
    kennel.clock.advance_to(10)

    assert kennel.bites == 1


def test_a_deadline_moved_back_needs_no_other_timer() -> None:
    kennel = Kennel()
    kennel.dog.watch(0.0, 10)

    for now_s in range(1, 1000):
        kennel.clock.now_s = now_s / 200
        kennel.dog.watch(kennel.clock.now_s, 10)

    assert len(kennel.clock.timers) == 1
    kennel.clock.advance_to(10)
    assert (kennel.bites, kennel.clock.armed) == (0, 1)
    kennel.clock.advance_to(15)
    assert kennel.bites == 1


def test_a_deadline_moved_forward_is_kept() -> None:
    kennel = Kennel()
    kennel.dog.watch(0.0, 60)

    kennel.dog.watch(0.0, 5)
    kennel.clock.advance_to(5)

    assert (kennel.bites, kennel.clock.armed) == (1, 0)


def test_a_lifted_deadline_lets_the_timer_run_out() -> None:
    kennel = Kennel()
    kennel.dog.watch(0.0, 10)

    kennel.dog.watch(1.0, None)
    kennel.clock.advance_to(10)

    assert kennel.dog.watched_s == math.inf
    assert (kennel.bites, kennel.clock.armed) == (0, 0)


def test_a_stopped_watchdog_never_bites() -> None:
    kennel = Kennel()
    kennel.dog.watch(0.0, 10)

    kennel.dog.stop()
    kennel.clock.advance_to(100)

    assert (kennel.bites, kennel.clock.armed) == (0, 0)
