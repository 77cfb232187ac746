"""A real engine between scripted upstreams and a bare client, for tests on loopback."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import httpx
from typing_extensions import override

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.events import Event
from qcc_desktop.core.ports import KeySource
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.snapshot import EndpointView
from qcc_desktop.proxy.downstream import Silence
from qcc_desktop.proxy.engine import Engine
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.runtime.clock import Clock, SystemClock
from tests.helpers import sse
from tests.helpers.upstream import ScriptedUpstream

EventT = TypeVar("EventT", bound=Event)
TOKEN = "qcc-test-token"
BODY: Mapping[str, Any] = {
    "model": sse.MODEL,
    "max_tokens": 64,
    "messages": [{"role": "user", "content": "hi"}],
    "stream": True,
}


class LeapingClock(SystemClock):
    """The system's clock, which a test may put forward."""

    ahead_s = 0.0

    @override
    def now_s(self) -> float:
        return super().now_s() + self.ahead_s


class OneKey:
    """Gives every endpoint the same key."""

    def key_of(self, endpoint_id: str) -> str | None:
        return f"key-of-{endpoint_id}"


@dataclass
class Rig:
    """What a test drives."""

    engine: Engine
    client: httpx.AsyncClient
    config: Config
    clock: Clock
    events: list[Event] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def apply(self, config: Config) -> None:
        self.config = config
        self.engine.apply(config)

    def view(self, name: str) -> EndpointView:
        views = self.engine.snapshot().endpoints
        return next(view for view in views if view.endpoint.name == name)

    def leap(self, seconds: float) -> None:
        """Let time pass, and have the engine look at what is due."""
        assert isinstance(self.clock, LeapingClock)
        self.clock.ahead_s += seconds
        self.engine.drop_idle()

    async def heard(self, kind: type[EventT], count: int = 1) -> EventT:
        """Wait for the ``count``-th event of a kind."""
        async with asyncio.timeout(5):
            while True:
                found = [event for event in self.events if isinstance(event, kind)]
                if len(found) >= count:
                    return found[count - 1]
                self.changed.clear()
                await self.changed.wait()

    def hear(self, event: Event) -> None:
        self.events.append(event)
        self.changed.set()

    async def ask(self, session: str = "s1", **body: object) -> httpx.Response:
        """Send one request as Claude Code does and read the whole answer."""
        return await self.client.post(
            "/v1/messages?beta=true",
            json={**BODY, **body},
            headers={"X-Claude-Code-Session-Id": session},
        )


def endpoint_of(upstream: ScriptedUpstream, priority: int = 1, **changes: Any) -> Endpoint:
    endpoint = Endpoint(
        id=upstream.name, name=upstream.name, base_url=upstream.base_url, priority=priority
    )
    return replace(endpoint, **changes)


@asynccontextmanager
async def rig(
    *upstreams: ScriptedUpstream,
    settings: Settings | None = None,
    config: Config | None = None,
    silence: Silence | None = None,
    clock: Clock | None = None,
    keys: KeySource | None = None,
) -> AsyncIterator[Rig]:
    """Start ``upstreams`` (in order of priority) and an engine that has them as endpoints."""
    for upstream in upstreams:
        await upstream.__aenter__()
    bus = Bus()
    clock = clock or LeapingClock()
    engine = Engine(
        keys=keys or OneKey(),
        sink=bus,
        clock=clock,
        rng=random.Random(1),
        token=lambda: TOKEN,
        silence=silence,
    )
    endpoints = tuple(
        endpoint_of(upstream, priority) for priority, upstream in enumerate(upstreams, 1)
    )
    config = config or Config(endpoints=endpoints, settings=settings or Settings())
    engine.apply(config)
    port = await engine.start(port=0)
    client = httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Authorization": f"Bearer {TOKEN}"},
        trust_env=False,
        timeout=20,
    )
    made = Rig(engine, client, config, clock)
    bus.subscribe(made.hear)
    try:
        yield made
    finally:
        await client.aclose()
        await engine.stop(drain_s=0.1)
        for upstream in upstreams:
            await upstream.__aexit__(None, None, None)
