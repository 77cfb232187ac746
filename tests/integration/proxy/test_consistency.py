"""A conversation stays on its endpoint as long as that is well, whatever happens to the others."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import pytest

from qcc_desktop.core.health import Health
from qcc_desktop.core.settings import ProbeKind, Settings, Strategy
from tests.helpers import steps
from tests.helpers.engine import Rig, rig
from tests.helpers.sse import Text
from tests.helpers.upstream import ScriptedUpstream, Step

SESSIONS = 50
ROUNDS = 20
AT_ONCE = 8
BATCH_S = 4.0
"""Simulated time from one batch of turns to the next: a conversation has one about every 30 s."""
TRIES = 4
"""Claude Code asks again when an answer breaks off; no turn may need more."""
ILLNESSES = (
    *("refused", "rst on accept", "fin after request", "garbage", "half headers", "200 html"),
    *("200 json error", "empty sse", "sse error first", "truncated gzip", "bad chunk"),
    *("429", "429 retry-after", "500", "502 html", "503", "504", "520", "529", "408"),
    *("mid-stream rst", "mid-stream fin", "mid-stream error", "mid-stream garbage"),
)
"""What comes and goes by itself and is noticed at once."""
ABLE = frozenset({Health.HEALTHY, Health.DEGRADED})
SETTINGS = Settings(
    routing_strategy=Strategy.ROUND_ROBIN,
    upstream_probe=ProbeKind.MODELS,
    routing_first_byte_timeout_s=5,
)


def well(upstream: ScriptedUpstream) -> Step:
    """Return what an endpoint answers while it is well."""
    return steps.answer(Text(f"{upstream.name} answers."))


class SimulatedClock:
    """Goes on when the test says so."""

    def __init__(self) -> None:
        self.elapsed_s = 0.0

    def now_s(self) -> float:
        return 1_000.0 + self.elapsed_s

    def wall_s(self) -> float:
        return 1_800_000_000.0 + self.elapsed_s


@dataclass
class World:
    """Endpoints that fall ill and recover, and conversations that know who answered last."""

    made: Rig
    upstreams: tuple[ScriptedUpstream, ...]
    chance: random.Random
    ill: dict[str, int] = field(default_factory=dict)
    """Endpoints that fail now, and for how many more batches."""
    bound: dict[str, str] = field(default_factory=dict)
    turns: Counter[str] = field(default_factory=Counter)
    astray: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for upstream in self.upstreams:
            upstream.script(well(upstream))

    def let_fate_act(self) -> None:
        """Heal and strike endpoints; one at least stays well."""
        for upstream in self.upstreams:
            name = upstream.name
            if name in self.ill:
                self.ill[name] -= 1
                if self.ill[name] <= 0:
                    del self.ill[name]
                    upstream.script(well(upstream))
            elif len(self.ill) < len(self.upstreams) - 1 and self.chance.random() < 0.02:
                self.ill[name] = self.chance.randint(1, 8)
                upstream.script(steps.FAILURES[self.chance.choice(ILLNESSES)]())

    def able(self) -> frozenset[str]:
        """Return who is well, in truth and in the eyes of the proxy."""
        views = self.made.engine.snapshot().endpoints
        names = {view.endpoint.name for view in views if view.health in ABLE}
        return frozenset(names - self.ill.keys())

    async def turns_of(self, sessions: list[str]) -> None:
        """Let conversations have their next turn at the same time, and judge each."""
        before = self.able()
        answered = await asyncio.gather(*map(self._turn, sessions))
        well = before & self.able()
        for session, endpoint in zip(sessions, answered, strict=True):
            self._judge(session, endpoint, well)
            self.bound[session] = endpoint

    def _judge(self, session: str, endpoint: str, well: frozenset[str]) -> None:
        last = self.bound.get(session)
        if last is None:
            self.turns["first"] += 1
            return
        stayed = endpoint == last
        self.turns["later"] += 1
        self.turns["stayed"] += stayed
        self.turns["truly well"] += last not in self.ill
        self.turns["truly well, stayed"] += stayed and last not in self.ill
        if last in well:
            self.turns["well"] += 1
            self.turns["well, stayed"] += stayed
            if not stayed:
                self.astray.append(f"{session}: {last} was well, {endpoint} answered")

    async def _turn(self, session: str) -> str:
        for _ in range(TRIES):
            try:
                response = await self.made.ask(session)
            except httpx.RemoteProtocolError:
                self.turns["asked again"] += 1
                continue
            assert response.status_code == 200, response.text
            return str(response.headers["x-qcc-endpoint"])
        raise AssertionError(f"{session} had no answer after {TRIES} tries")


@pytest.mark.timeout(300)
async def test_a_thousand_interleaved_turns_stay_with_their_endpoints(
    record_property: Callable[[str, object], None],
) -> None:
    upstreams = tuple(ScriptedUpstream(f"E{number}") for number in range(1, 6))
    clock, chance = SimulatedClock(), random.Random(20)

    async with rig(*upstreams, settings=SETTINGS, clock=clock) as made:
        world = World(made, upstreams, chance)
        for _ in range(ROUNDS):
            sessions = [f"session-{number}" for number in range(SESSIONS)]
            chance.shuffle(sessions)
            for start in range(0, SESSIONS, AT_ONCE):
                world.let_fate_act()
                await world.turns_of(sessions[start : start + AT_ONCE])
                clock.elapsed_s += BATCH_S
                made.engine.drop_idle()

    turns = world.turns
    record_property("session consistency", dict(turns))
    print(  # noqa: T201 - the figure, shown with -rP
        f"{turns['well, stayed']} of {turns['well']} turns stayed where the endpoint was well in "
        f"the eyes of the proxy, {turns['truly well, stayed']} of {turns['truly well']} where it "
        f"was well in truth, {turns['stayed']} of {turns['later']} in all"
    )
    assert turns["first"] + turns["later"] == SESSIONS * ROUNDS
    assert turns["later"] - turns["truly well"] > 30, "too little happened to prove anything"
    assert world.astray == []
    assert turns["truly well, stayed"] > 0.9 * turns["truly well"]
