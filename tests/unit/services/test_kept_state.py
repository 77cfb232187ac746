"""What outlives the program: noticed, collected, handed over, restored."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import pytest

from qcc_desktop.core.classification.rows import verdict
from qcc_desktop.core.events import (
    AttemptFailed,
    ConfigChanged,
    EndpointProbed,
    EndpointRecovered,
    Event,
    RequestFinished,
    RequestStarted,
)
from qcc_desktop.core.kept import HeldEndpoint, KeptSession
from qcc_desktop.core.snapshot import RequestView
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.services.kept_state import StateKeeper
from qcc_desktop.storage.state_store import KeptState

NOW = datetime(2026, 11, 23, tzinfo=UTC)
REFUSED = HeldEndpoint("a", NOW, verdict(13))


class FakeEngine:
    """Knows the sessions in ``known``; what was restored is in ``given``."""

    def __init__(self) -> None:
        self.known = ["s1", "s2"]
        self.held: tuple[HeldEndpoint, ...] = ()
        self.given: KeptState | None = None

    def session_keys(self) -> tuple[str, ...]:
        return tuple(self.known)

    def kept_sessions(self, keys: Iterable[str]) -> tuple[KeptSession, ...]:
        return tuple(KeptSession(key, NOW) for key in keys if key in self.known)

    def held_endpoints(self) -> tuple[HeldEndpoint, ...]:
        return self.held

    def restore(self, sessions: Iterable[KeptSession], held: Iterable[HeldEndpoint]) -> None:
        self.given = KeptState(tuple(sessions), tuple(held))


class NotingStore:
    """Notes what is handed over; ``came`` is set with each."""

    def __init__(self) -> None:
        self.left = KeptState()
        self.noted: list[tuple[list[str], set[str], tuple[HeldEndpoint, ...] | None]] = []
        self.came = asyncio.Event()

    def note(
        self,
        sessions: Sequence[KeptSession],
        gone: Iterable[str] = (),
        held: tuple[HeldEndpoint, ...] | None = None,
    ) -> None:
        self.noted.append(([each.key for each in sessions], set(gone), held))
        self.came.set()

    async def load(self) -> KeptState:
        return self.left


class Scene:
    def __init__(self) -> None:
        self.engine, self.store, self.bus = FakeEngine(), NotingStore(), Bus()
        self.keeper = StateKeeper(self.engine, self.store, self.bus, pause_s=0.0)

    def finish(self, session: str) -> None:
        view = RequestView(1, NOW, session, "m", "/v1/messages", "ok")
        self.bus.publish(RequestFinished(1, "ok", "a", 1, view))

    async def handed_over(self) -> None:
        async with asyncio.timeout(10):
            await self.store.came.wait()
        self.store.came.clear()


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def test_the_engine_gets_what_an_earlier_start_left(scene: Scene) -> None:
    scene.store.left = KeptState((KeptSession("s", NOW),), (REFUSED,))
    await scene.keeper.restore()

    assert scene.engine.given == scene.store.left


async def test_the_sessions_of_a_moment_are_handed_over_together(scene: Scene) -> None:
    await scene.keeper.restore()
    for key in ("s1", "s2", "s1", ""):
        scene.finish(key)
    await scene.handed_over()

    assert scene.store.noted == [(["s1", "s2"], set(), None)]


async def test_what_the_person_chose_is_handed_over(scene: Scene) -> None:
    await scene.keeper.restore()
    scene.keeper.changed("s2")
    await scene.handed_over()

    assert scene.store.noted == [(["s2"], set(), None)]


async def test_a_session_that_is_forgotten_meanwhile_is_gone(scene: Scene) -> None:
    await scene.keeper.restore()
    scene.finish("s1")
    scene.engine.known.remove("s1")
    await scene.handed_over()

    assert scene.store.noted == [([], {"s1"}, None)]


async def test_a_change_of_the_endpoints_concerns_every_session_a_few_at_a_time(
    scene: Scene,
) -> None:
    scene.engine.known = [f"s{number}" for number in range(700)]
    await scene.keeper.restore()
    scene.bus.publish(ConfigChanged())
    while sum(len(keys) for keys, _, _ in scene.store.noted) < 700:
        await scene.handed_over()

    assert [len(keys) for keys, _, _ in scene.store.noted] == [300, 300, 100]


@pytest.mark.parametrize(
    "event",
    [
        AttemptFailed(1, "a", verdict(13), 0.1),
        EndpointProbed("a", "refused"),
        EndpointRecovered("a"),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_an_endpoint_that_begins_or_ceases_to_need_the_person_is_noted_once(
    scene: Scene, event: Event
) -> None:
    await scene.keeper.restore()
    scene.engine.held = (REFUSED,)
    scene.bus.publish(event)
    await scene.handed_over()
    scene.finish("s1")
    await scene.handed_over()
    scene.engine.held = ()
    scene.bus.publish(event)
    await scene.handed_over()

    assert scene.store.noted == [([], set(), (REFUSED,)), (["s1"], set(), None), ([], set(), ())]


async def test_what_concerns_nothing_is_not_noted(scene: Scene) -> None:
    await scene.keeper.restore()
    scene.bus.publish(RequestStarted(1))
    scene.bus.publish(EndpointProbed("a", ""))
    scene.keeper.close()

    assert scene.store.noted == []


async def test_the_end_hands_everything_over_and_listens_no_longer(scene: Scene) -> None:
    scene.engine.known = [f"s{number}" for number in range(700)]
    await scene.keeper.restore()
    scene.bus.publish(ConfigChanged())
    scene.keeper.close()
    scene.finish("s1")
    scene.keeper.close()

    assert [len(keys) for keys, _, _ in scene.store.noted] == [700]
