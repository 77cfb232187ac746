"""What is shown, and how calmly."""

import asyncio
from dataclasses import replace

import pytest

from qcc_desktop.core.events import ConfigChanged
from qcc_desktop.core.health import Cause, CauseKind, Light
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.services.state import State

GREEN = Snapshot(running=True, light=Light.GREEN, cause=Cause(CauseKind.ALL_WELL, "A"))
AMBER = Snapshot(running=True, light=Light.AMBER, cause=Cause(CauseKind.FAILOVER, "B", "A", "529"))
RED = Snapshot(running=True, light=Light.RED, cause=Cause(CauseKind.ALL_DOWN, "", "A", "529"))


class Stage:
    """A state whose source is set by hand and whose every showing is recorded with its time."""

    def __init__(self, *, period_s: float = 0.01, amber_held_s: float = 0.05) -> None:
        self.now = Snapshot()
        self.fault = ""
        self.bus = Bus()
        self.looks = 0
        self.shown: list[Snapshot] = []
        self.times_s: list[float] = []
        self._changed = asyncio.Event()
        self.state = State(
            self._source,
            self.bus,
            fault=lambda: self.fault,
            period_s=period_s,
            amber_held_s=amber_held_s,
        )
        self.state.subscribe(self._show)

    def _source(self) -> Snapshot:
        self.looks += 1
        return self.now

    def _show(self, snapshot: Snapshot) -> None:
        self.shown.append(snapshot)
        self.times_s.append(asyncio.get_running_loop().time())
        self._changed.set()

    def set(self, snapshot: Snapshot) -> None:
        self.now = snapshot
        self.bus.publish(ConfigChanged())

    async def until(self, snapshot: Snapshot) -> None:
        async with asyncio.timeout(5):
            while not self.shown or self.shown[-1] != snapshot:
                self._changed.clear()
                await self._changed.wait()


async def test_a_change_is_told_to_every_listener_and_kept() -> None:
    stage = Stage()

    stage.set(GREEN)
    await stage.until(GREEN)

    assert stage.state.snapshot == GREEN
    assert stage.shown == [GREEN]


async def test_a_burst_becomes_few_calls_and_ends_with_the_newest_state() -> None:
    stage = Stage(period_s=0.02)

    for number in range(200):
        stage.set(replace(GREEN, in_flight=number))
    await stage.until(replace(GREEN, in_flight=199))

    assert len(stage.shown) <= 2


async def test_calls_are_a_period_apart() -> None:
    stage = Stage(period_s=0.03)

    for number in range(4):
        stage.set(replace(GREEN, in_flight=number))
        await stage.until(replace(GREEN, in_flight=number))

    gaps = [b - a for a, b in zip(stage.times_s, stage.times_s[1:], strict=False)]
    assert min(gaps) >= 0.029


async def test_nobody_is_told_when_nothing_changed() -> None:
    stage = Stage()
    stage.set(GREEN)
    await stage.until(GREEN)

    stage.set(GREEN)
    stage.set(RED)
    await stage.until(RED)

    assert stage.shown == [GREEN, RED]


async def test_amber_that_passes_at_once_is_never_shown_but_the_rest_of_its_state_is() -> None:
    stage = Stage(amber_held_s=30.0)
    stage.set(GREEN)
    await stage.until(GREEN)

    stage.set(replace(AMBER, in_flight=3))
    await stage.until(replace(GREEN, in_flight=3))
    stage.set(replace(GREEN, in_flight=4))
    await stage.until(replace(GREEN, in_flight=4))

    assert Light.AMBER not in {snapshot.light for snapshot in stage.shown}


async def test_amber_that_lasts_is_shown_without_another_event() -> None:
    stage = Stage(amber_held_s=0.05)
    stage.set(GREEN)
    await stage.until(GREEN)
    began_s = asyncio.get_running_loop().time()

    stage.set(AMBER)
    await stage.until(AMBER)

    assert stage.times_s[-1] - began_s >= 0.049


async def test_each_amber_is_timed_anew() -> None:
    stage = Stage(amber_held_s=30.0)
    for snapshot in (GREEN, replace(AMBER, in_flight=1), GREEN, replace(AMBER, in_flight=2)):
        stage.set(snapshot)
        shown = replace(GREEN, in_flight=snapshot.in_flight)
        await stage.until(shown)

    assert {snapshot.light for snapshot in stage.shown} == {Light.GREEN}


async def test_red_and_grey_are_shown_at_once_and_grey_may_turn_amber_at_once() -> None:
    stage = Stage(amber_held_s=30.0)

    for snapshot in (AMBER, RED, Snapshot()):
        stage.set(snapshot)
        await stage.until(snapshot)

    assert [snapshot.light for snapshot in stage.shown] == [Light.AMBER, Light.RED, Light.GREY]


async def test_commands_see_the_state_of_the_moment_undamped() -> None:
    stage = Stage(amber_held_s=30.0)
    stage.set(GREEN)
    await stage.until(GREEN)

    stage.set(AMBER)

    assert stage.state.fresh() == AMBER


async def test_a_proxy_that_could_not_start_is_red_and_says_why() -> None:
    stage = Stage()
    stage.fault = "Port 7860 is taken."

    stage.set(Snapshot())
    async with asyncio.timeout(5):
        await stage._changed.wait()

    assert stage.state.snapshot.light is Light.RED
    assert "Port 7860 is taken." in stage.state.snapshot.cause.text()


@pytest.mark.logs("A listener of the state failed")
async def test_a_listener_that_fails_does_not_keep_the_others_from_hearing() -> None:
    stage = Stage()
    stage.state._listeners.insert(0, lambda _: 1 / 0)  # type: ignore[arg-type] # fails

    stage.set(GREEN)
    await stage.until(GREEN)


async def test_after_close_or_unsubscribing_nobody_is_told() -> None:
    stage = Stage()
    heard: list[Snapshot] = []
    unsubscribe = stage.state.subscribe(heard.append)
    unsubscribe()
    unsubscribe()
    stage.set(GREEN)
    await stage.until(GREEN)
    stage.set(RED)

    stage.state.close()
    stage.set(AMBER)
    await asyncio.get_running_loop().run_in_executor(None, lambda: None)

    assert heard == []
    assert stage.shown == [GREEN]


async def test_while_nothing_happens_nothing_runs() -> None:
    stage = Stage(period_s=0.001)
    stage.set(GREEN)
    await stage.until(GREEN)

    assert stage.state._due is None


def test_without_a_loop_an_event_is_simply_not_shown() -> None:
    bus = Bus()
    State(Snapshot, bus)

    bus.publish(ConfigChanged())
