"""A real engine between scripted upstreams and a bare client, for tests on loopback."""

import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.events import Event
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.snapshot import EndpointView
from qcc_desktop.proxy.downstream import Silence
from qcc_desktop.proxy.engine import Engine
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.runtime.clock import Clock, SystemClock
from tests.helpers import sse
from tests.helpers.upstream import ScriptedUpstream

TOKEN = "qcc-test-token"
BODY: Mapping[str, Any] = {
    "model": sse.MODEL,
    "max_tokens": 64,
    "messages": [{"role": "user", "content": "hi"}],
    "stream": True,
}


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
    events: list[Event] = field(default_factory=list)

    def apply(self, config: Config) -> None:
        self.config = config
        self.engine.apply(config)

    def view(self, name: str) -> EndpointView:
        views = self.engine.snapshot().endpoints
        return next(view for view in views if view.endpoint.name == name)

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
) -> AsyncIterator[Rig]:
    """Start ``upstreams`` (in order of priority) and an engine that has them as endpoints."""
    for upstream in upstreams:
        await upstream.__aenter__()
    bus = Bus()
    engine = Engine(
        keys=OneKey(),
        sink=bus,
        clock=clock or SystemClock(),
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
    made = Rig(engine, client, config)
    bus.subscribe(made.events.append)
    try:
        yield made
    finally:
        await client.aclose()
        await engine.stop(drain_s=0.1)
        for upstream in upstreams:
            await upstream.__aexit__(None, None, None)
