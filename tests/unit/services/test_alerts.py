"""The messages on a real loop: who hears them, when, and what runs meanwhile."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import time

import pytest

from qcc_desktop.core.alert import Alert, AlertKind
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.events import EndpointProbed, FailedOver, HealthReviewed
from qcc_desktop.core.health import Cause, CauseKind, Health, Light
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.snapshot import EndpointView, Snapshot
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.services.alerts import Alerts

A = EndpointView(Endpoint("a", "Relay A", "https://a.example"), Health.UNHEALTHY, reason="Busy.")
B = EndpointView(Endpoint("b", "Relay B", "https://b.example"), Health.HEALTHY)
OVER = Snapshot(
    running=True,
    light=Light.AMBER,
    cause=Cause(CauseKind.FAILOVER, "Relay B", "Relay A", "Busy."),
    endpoints=(A, B),
)


class FastClock:
    """Runs a hundred times as fast as the loop, so that two seconds are soon over."""

    def now_s(self) -> float:
        return asyncio.get_running_loop().time() * 100

    def wall_s(self) -> float:
        return 1_790_000_000.0


class Stage:
    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.looks = 0
        self.settings = Settings()
        self.heard: asyncio.Queue[Alert] = asyncio.Queue()
        self.alerts = Alerts(bus, FastClock(), self._snapshot, lambda: self.settings)
        self.unsubscribe = self.alerts.subscribe(self.heard.put_nowait)

    def _snapshot(self) -> Snapshot:
        self.looks += 1
        return OVER

    async def next(self) -> Alert:
        async with asyncio.timeout(5):
            return await self.heard.get()


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage(Bus())
    yield made
    made.alerts.close()


async def test_a_failover_is_told_to_listeners(stage: Stage) -> None:
    stage.alerts.start()
    stage.alerts.start()

    stage.bus.publish(FailedOver(1, "a", "b"))

    assert await stage.next() == Alert(AlertKind.FAILOVER, "a", "Relay A", "Relay B", "Busy.")
    assert stage.heard.empty()


async def test_a_storm_of_failures_is_looked_at_once(stage: Stage) -> None:
    stage.alerts.start()

    for number in range(1000):
        stage.bus.publish(FailedOver(number, "a", "b"))
    await stage.next()

    assert stage.looks == 1


async def test_well_being_costs_no_look_and_no_timer(stage: Stage) -> None:
    stage.alerts.start()
    scheduled: list[object] = []
    loop = asyncio.get_running_loop()
    call_at, loop.call_at = loop.call_at, lambda *args: scheduled.append(args)  # type: ignore[assignment,method-assign]  # noted instead

    stage.bus.publish(HealthReviewed())
    stage.bus.publish(EndpointProbed("b", ""))

    loop.call_at = call_at  # type: ignore[method-assign]  # as it was
    assert not scheduled
    assert stage.looks == 0


@pytest.mark.logs("A listener of the messages failed")
async def test_a_listener_that_fails_keeps_no_other_from_hearing(stage: Stage) -> None:
    def broken(alert: Alert) -> None:
        raise RuntimeError(alert.kind)

    stage.unsubscribe()
    stage.alerts.subscribe(broken)
    stage.alerts.subscribe(stage.heard.put_nowait)
    stage.alerts.start()

    stage.bus.publish(FailedOver(1, "a", "b"))

    assert (await stage.next()).endpoint == "Relay A"


async def test_nothing_is_told_after_the_end(stage: Stage) -> None:
    stage.alerts.start()
    stage.bus.publish(FailedOver(1, "a", "b"))

    stage.alerts.close()
    stage.bus.publish(FailedOver(2, "a", "b"))
    await asyncio.sleep(0.05)

    assert stage.heard.empty()
    assert stage.looks == 0


async def test_the_quiet_hours_are_those_of_the_time_on_the_wall(stage: Stage) -> None:
    evening = Alerts(
        stage.bus,
        FastClock(),
        lambda: OVER,
        lambda: replace(Settings(), notify_quiet_from="22:00", notify_quiet_to="7:00"),
        local_time=lambda: time(23, 15),
    )
    in_the_evening: list[Alert] = []
    evening.subscribe(in_the_evening.append)
    evening.start()
    stage.alerts.start()

    stage.bus.publish(FailedOver(1, "a", "b"))
    await stage.next()
    await asyncio.sleep(0.01)
    evening.close()

    assert not in_the_evening
