"""What a person is told when a real engine meets endpoints that fail and recover."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from qcc_desktop.core.alert import Alert, AlertKind
from qcc_desktop.core.events import EndpointRecovered
from qcc_desktop.core.settings import ProbeKind, Settings
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.services.alerts import Alerts
from tests.helpers import sse, steps
from tests.helpers.engine import LeapingClock, Rig, rig
from tests.helpers.upstream import ScriptedUpstream, Step

SETTINGS = Settings(upstream_probe=ProbeKind.MODELS, upstream_probe_s=3600)
WELL = steps.answer(sse.Text("hello"))
REFUSED = steps.status(401, "authentication_error", "invalid x-api-key")
EMPTY = steps.status(402, "billing_error", "Insufficient balance")


class Listening:
    """The messages of one engine, and its clock put forward past the time to settle."""

    def __init__(self, made: Rig) -> None:
        bus = made.engine._state.sink
        assert isinstance(bus, Bus)
        self.rig = made
        self.heard: list[Alert] = []
        self.alerts = Alerts(bus, made.clock, made.engine.snapshot, lambda: SETTINGS)
        self.alerts.subscribe(self.heard.append)
        self.alerts.start()

    def settle(self) -> None:
        """Let two seconds pass, twice: all down is looked at a second time."""
        assert isinstance(self.rig.clock, LeapingClock)
        for _ in range(2):
            self.rig.clock.ahead_s += 2.1
            self.alerts._look()

    @property
    def kinds(self) -> list[tuple[AlertKind, str, str]]:
        return [(alert.kind, alert.endpoint, alert.other) for alert in self.heard]


@asynccontextmanager
async def listening(*upstreams: ScriptedUpstream) -> AsyncIterator[Listening]:
    async with rig(*upstreams, settings=SETTINGS, clock=LeapingClock()) as made:
        heard = Listening(made)
        yield heard
        heard.alerts.close()


def two(first: Step) -> tuple[ScriptedUpstream, ScriptedUpstream]:
    a, b = ScriptedUpstream("A"), ScriptedUpstream("B")
    a.script(first)
    b.script(WELL)
    return a, b


async def test_an_overloaded_endpoint_is_a_failover_and_its_answer_a_recovery() -> None:
    a, b = two(steps.refuse())
    async with listening(a, b) as told:
        await told.rig.ask()
        told.settle()
        failed = told.kinds
        a.script(WELL)
        told.rig.engine.try_now("A")
        await told.rig.heard(EndpointRecovered)
        told.settle()

    assert failed == [(AlertKind.FAILOVER, "A", "B")]
    assert told.kinds == [*failed, (AlertKind.RECOVERY, "A", "")]
    assert told.heard[0].reason == "The endpoint refused the connection."


async def test_a_refused_key_is_told_as_that() -> None:
    async with listening(*two(REFUSED)) as told:
        await told.rig.ask()
        told.settle()

    assert told.kinds == [(AlertKind.KEY_REFUSED, "A", "B")]


async def test_an_empty_account_is_told_as_that() -> None:
    async with listening(*two(EMPTY)) as told:
        await told.rig.ask()
        told.settle()

    assert told.kinds == [(AlertKind.QUOTA, "A", "B")]


async def test_when_nothing_can_answer_that_alone_is_told() -> None:
    a, b = two(REFUSED)
    b.script(REFUSED)
    async with listening(a, b) as told:
        await told.rig.ask()
        told.settle()
        await told.rig.ask()
        told.settle()

    assert [alert.kind for alert in told.heard] == [AlertKind.ALL_DOWN]


async def test_the_clients_own_fault_is_nothing_to_tell() -> None:
    async with listening(*two(steps.status(400, "invalid_request_error", "bad"))) as told:
        await told.rig.ask()
        told.settle()

    assert told.heard == []


async def test_one_that_failed_the_same_request_is_not_said_to_answer_instead() -> None:
    a, b = ScriptedUpstream("A"), ScriptedUpstream("B")
    a.script(REFUSED)
    b.script(steps.status(529, "overloaded_error", "Overloaded"))
    async with listening(a, b) as told:
        await told.rig.ask()
        told.settle()

    assert told.kinds == [(AlertKind.ALL_DOWN, "A", "")]
