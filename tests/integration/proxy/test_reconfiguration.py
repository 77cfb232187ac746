"""Endpoints, options and the proxy itself change while answers are under way."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.events import ProxyStarted, ProxyStopped
from qcc_desktop.core.settings import Settings, Strategy
from qcc_desktop.runtime.tasks import spawn
from tests.helpers import sse, steps
from tests.helpers.engine import BODY, Rig, endpoint_of, rig
from tests.helpers.upstream import ScriptedUpstream

FRAMES = sse.stream(sse.Text("one two three", pieces=3))
FIRST_CONTENT = 4


async def begin(made: Rig) -> tuple[httpx.Response, AsyncIterator[bytes], bytes]:
    """Start a stream and read up to its first content."""
    request = made.client.build_request("POST", "/v1/messages", json=BODY)
    response = await made.client.send(request, stream=True)
    chunks = response.aiter_bytes()
    seen = b""
    while b"one" not in seen:
        seen += await anext(chunks)
    return response, chunks, seen


@pytest.mark.parametrize(
    "change",
    ["removed", "disabled", "moved", "key edited", "options", "refreshed", "strategy"],
)
async def test_a_running_stream_survives(change: str) -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    gate = asyncio.Event()
    first.script(steps.paced(FRAMES, {FIRST_CONTENT: gate}), steps.answer())
    second.script(steps.answer())

    async with rig(first, second) as made:
        response, chunks, seen = await begin(made)
        endpoint, other = made.config.endpoints
        match change:
            case "removed":
                made.apply(Config(endpoints=(other,)))
            case "disabled":
                made.apply(Config(endpoints=(replace(endpoint, enabled=False), other)))
            case "moved":
                moved = replace(endpoint, base_url=second.base_url)
                made.apply(Config(endpoints=(moved, other)))
            case "key edited":
                made.engine.key_changed("A")
            case "options":
                tight = Settings(upstream_max_connections=1, routing_stream_idle_timeout_s=0.01)
                made.apply(replace(made.config, settings=tight))
            case "refreshed":
                made.engine.drop_idle()
            case _:
                settings = Settings(routing_strategy=Strategy.RANDOM)
                made.apply(replace(made.config, settings=settings))
        asking = asyncio.ensure_future(made.ask("another"))  # noqa: TID251 - the client's side
        await asyncio.sleep(0.05)
        gate.set()
        seen += b"".join([chunk async for chunk in chunks])

        assert seen == b"".join(FRAMES)
        assert (await asking).status_code == 200
        await made.engine.idle()
        assert made.engine.snapshot().totals.failures == 0
        await response.aclose()


async def test_an_endpoint_added_is_asked_at_once() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.answer())
    second.script(steps.answer())

    async with rig(first, second) as made:
        made.apply(Config(endpoints=(endpoint_of(second),)))
        assert (await made.ask("s1")).headers["x-qcc-endpoint"] == "B"
        made.apply(Config(endpoints=(endpoint_of(first, 1), endpoint_of(second, 2))))

        assert (await made.ask("s2")).headers["x-qcc-endpoint"] == "A"
        assert (await made.ask("s1")).headers["x-qcc-endpoint"] == "B"


async def test_a_request_that_waits_for_a_removed_endpoint_still_gets_its_answer() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    gate = asyncio.Event()
    first.script(steps.after(gate, steps.status(500)))
    second.script(steps.answer())

    async with rig(first, second) as made:
        asking = asyncio.ensure_future(made.ask())  # noqa: TID251 - the client's side
        await first.requested()
        made.apply(Config(endpoints=(endpoint_of(second),)))
        gate.set()

        assert (await asking).headers["x-qcc-endpoint"] == "B"


async def test_while_it_drains_new_requests_are_told_to_come_again() -> None:
    only = ScriptedUpstream("A")
    gate = asyncio.Event()
    only.script(steps.answer(), steps.paced(FRAMES, {FIRST_CONTENT: gate}))

    async with rig(only) as made:
        # A second connection, open and idle, that outlives the closed door.
        async with httpx.AsyncClient(
            base_url=made.client.base_url, headers=made.client.headers, trust_env=False
        ) as other:
            await other.post("/v1/messages", json=BODY)
            response, chunks, seen = await begin(made)
            stopping = asyncio.ensure_future(made.engine.stop())  # noqa: TID251
            await asyncio.sleep(0)
            assert not made.engine.is_running
            refused = await other.post("/v1/messages", json=BODY)
            gate.set()
            seen += b"".join([chunk async for chunk in chunks])
            await stopping

        assert refused.status_code == 529
        assert refused.json()["error"]["type"] == "overloaded_error"
        assert refused.headers["retry-after"] == "1"
        assert seen == b"".join(FRAMES)
        await response.aclose()


async def test_it_starts_again_on_the_same_port() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made:
        port = made.engine.port
        assert port is not None
        for _ in range(3):
            assert (await made.ask()).status_code == 200
            await made.engine.stop(drain_s=1)
            assert made.engine.port is None
            assert await made.engine.start(port=port) == port

        assert (await made.ask()).status_code == 200
        assert sum(isinstance(event, ProxyStarted) for event in made.events) == 3
        assert sum(isinstance(event, ProxyStopped) for event in made.events) == 3


async def test_switched_on_again_it_goes_on_while_an_answer_still_runs() -> None:
    only, gate = ScriptedUpstream("A"), asyncio.Event()
    only.script(steps.paced(FRAMES, {FIRST_CONTENT: gate}), steps.answer())

    async with rig(only) as made, asyncio.timeout(10):
        port = made.engine.port
        response, chunks, _ = await begin(made)
        stopping = spawn(made.engine.stop(drain_s=30), name="stop")
        await asyncio.sleep(0)
        assert not made.engine.snapshot().running
        again = await made.engine.start(port=port or 0)
        await stopping
        second = await made.ask(session="s2")
        gate.set()
        rest = b"".join([chunk async for chunk in chunks])
        await response.aclose()

        assert again == port
        assert made.engine.is_running
        assert b"message_stop" in rest
        assert second.status_code == 200
        assert not [event for event in made.events if isinstance(event, ProxyStopped)]


async def test_started_twice_at_once_it_listens_once() -> None:
    async with rig(ScriptedUpstream("A")) as made:
        await made.engine.stop(drain_s=0)
        made.events.clear()

        ports = await asyncio.gather(made.engine.start(port=0), made.engine.start(port=0))

        assert set(ports) == {made.engine.port}
        assert len([event for event in made.events if isinstance(event, ProxyStarted)]) == 1


async def test_two_may_wait_until_it_is_idle() -> None:
    only = ScriptedUpstream("A")
    gate = asyncio.Event()
    only.script(steps.after(gate, steps.answer()))

    async with rig(only) as made:
        asking = asyncio.ensure_future(made.ask())  # noqa: TID251 - the client's side
        await only.requested()
        waiting = [asyncio.ensure_future(made.engine.idle()) for _ in range(2)]  # noqa: TID251
        await asyncio.sleep(0)
        gate.set()

        async with asyncio.timeout(2):
            await asyncio.gather(*waiting)
        assert (await asking).status_code == 200


async def test_a_stop_waits_for_an_upload() -> None:
    only = ScriptedUpstream("A")
    gate = asyncio.Event()
    only.on("/v1/files", steps.after(gate, steps.respond(200, b"{}", [])))

    async with rig(only) as made:
        uploading = asyncio.ensure_future(made.client.post("/v1/files", content=b"x"))  # noqa: TID251
        await only.requested()
        stopping = asyncio.ensure_future(made.engine.stop())  # noqa: TID251
        await asyncio.sleep(0)
        assert not made.engine.is_running
        gate.set()

        assert (await uploading).status_code == 200
        await stopping
