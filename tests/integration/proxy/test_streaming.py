"""Streams pass through as they come, and end for the client as they ended for us."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.settings import Settings
from qcc_desktop.proxy.downstream import KEEP_ALIVE_COMMENT, Silence
from tests.helpers import sse, steps
from tests.helpers.engine import BODY, Rig, endpoint_of, rig
from tests.helpers.upstream import ScriptedUpstream, Step

FRAMES = sse.stream(sse.Text("one two three", pieces=3))
FIRST_CONTENT = 4
"""Frames up to the first delta: message_start, ping, content_block_start, first delta."""


def anonymous(stream: bytes) -> bytes:
    """Take the number of the message out: each scripted one has its own."""
    return re.sub(rb"msg_01Scripted\d+", b"msg", stream)


def open_stream(made: Rig, session: str = "s1") -> httpx.Request:
    return made.client.build_request(
        "POST", "/v1/messages", json=BODY, headers={"X-Claude-Code-Session-Id": session}
    )


async def take(chunks: AsyncIterator[bytes], until: bytes) -> bytes:
    seen = b""
    while until not in seen:
        seen += await anext(chunks)
    return seen


async def rest_of(chunks: AsyncIterator[bytes]) -> bytes:
    """Read to the end; what was cut raises."""
    return b"".join([chunk async for chunk in chunks])


async def test_an_event_reaches_the_client_before_the_next_one_exists() -> None:
    only = ScriptedUpstream("A")
    gates = {FIRST_CONTENT: asyncio.Event(), len(FRAMES) - 1: asyncio.Event()}
    only.script(steps.paced(FRAMES, gates))

    async with rig(only) as made:
        response = await made.client.send(open_stream(made), stream=True)
        chunks = response.aiter_bytes()
        first = await take(chunks, b"one")
        gates[FIRST_CONTENT].set()
        second = await take(chunks, b"message_delta")
        gates[len(FRAMES) - 1].set()
        rest = b"".join([chunk async for chunk in chunks])

        assert first + second + rest == b"".join(FRAMES)
        await response.aclose()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
async def test_a_compressed_stream_arrives_plain(encoding: steps.Encoding) -> None:
    only = ScriptedUpstream("A")
    only.script(steps.encoded(encoding, sse.Text("compressed")))

    async with rig(only) as made:
        response = await made.ask()

        assert "content-encoding" not in response.headers
        expected = b"".join(sse.stream(sse.Text("compressed")))
        assert anonymous(response.content) == anonymous(expected)


async def test_a_missing_message_stop_is_added() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.no_message_stop(sse.Text("whole")))

    async with rig(only) as made:
        response = await made.ask()

        assert response.content.endswith(b'event: message_stop\ndata: {"type":"message_stop"}\n\n')
        assert made.view("A").failures == 0
        assert made.engine.snapshot().requests[0].outcome == "recovered"


async def test_a_json_message_becomes_the_stream_that_was_asked_for() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.json_message(sse.Text("not streamed")))

    async with rig(only) as made:
        response = await made.ask()

        assert response.headers["content-type"].startswith("text/event-stream")
        assert b"not streamed" in response.content
        assert b"message_stop" in response.content


async def test_a_stream_becomes_the_message_that_was_asked_for() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.events(*sse.stream(sse.Text("collected"))))

    async with rig(only) as made:
        response = await made.ask(stream=False)

        assert response.headers["content-type"] == "application/json"
        assert response.json()["content"] == [{"type": "text", "text": "collected"}]


async def test_an_error_after_content_is_withheld_and_recorded_before_the_connection_closes() -> (
    None
):
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    gate = asyncio.Event()
    first.script(steps.paced([*FRAMES[:FIRST_CONTENT], sse.error()], {FIRST_CONTENT: gate}))
    second.script(steps.answer())

    async with rig(first, second) as made:
        response = await made.client.send(open_stream(made), stream=True)
        chunks = response.aiter_bytes()
        seen = await take(chunks, b"one")
        gate.set()
        with pytest.raises(httpx.RemoteProtocolError):
            await rest_of(chunks)

        assert b"error" not in seen
        assert made.view("A").failures == 1
        again = await made.ask()
        assert again.headers["x-qcc-endpoint"] == "B"


async def test_a_client_that_leaves_closes_the_upstream_and_blames_nobody() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.infinite(pause_s=0.01))

    async with rig(only) as made:
        response = await made.client.send(open_stream(made), stream=True)
        await take(response.aiter_bytes(), b"again")
        await response.aclose()

        await only.client_interrupted(timeout_s=1)
        await made.engine.idle()
        assert made.view("A").failures == 0
        assert made.view("A").in_flight == 0
        assert made.engine.snapshot().totals.cancelled == 1


@pytest.mark.parametrize(
    "step", [steps.hang_before_headers(), steps.hang_after_headers()], ids=lambda step: step.name
)
async def test_a_client_that_leaves_while_waiting_closes_the_upstream(step: Step) -> None:
    only = ScriptedUpstream("A")
    only.script(step)

    async with rig(only) as made:
        asking = asyncio.ensure_future(made.ask())  # noqa: TID251 - the client's side
        await only.requested()
        asking.cancel()

        await only.client_interrupted(timeout_s=1)
        await made.engine.idle()
        assert made.view("A").failures == 0
        assert made.view("A").in_flight == 0


async def test_comments_keep_a_silent_request_alive_and_another_endpoint_can_still_answer() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    gate = asyncio.Event()
    first.script(steps.after(gate, steps.status(529, "overloaded_error", "Overloaded")))
    second.script(steps.answer(sse.Text("rescued", pieces=1)))

    async with rig(first, second, silence=Silence(0.05, 0.05)) as made:
        response = await made.client.send(open_stream(made), stream=True)
        chunks = response.aiter_bytes()
        seen = await take(chunks, KEEP_ALIVE_COMMENT * 2)
        gate.set()
        seen += b"".join([chunk async for chunk in chunks])

        assert response.status_code == 200
        assert b"rescued" in seen
        expected = b"".join(sse.stream(sse.Text("rescued", pieces=1)))
        assert anonymous(seen.replace(KEEP_ALIVE_COMMENT, b"")) == anonymous(expected)
        await response.aclose()


async def test_a_clients_error_behind_comments_is_told_on_the_next_try() -> None:
    only = ScriptedUpstream("A")
    gate = asyncio.Event()
    only.script(steps.after(gate, steps.status(400, "invalid_request_error", "bad tool")))

    async with rig(only, silence=Silence(0.05, 0.05)) as made:
        response = await made.client.send(open_stream(made), stream=True)
        chunks = response.aiter_bytes()
        await take(chunks, KEEP_ALIVE_COMMENT)
        gate.set()
        with pytest.raises(httpx.RemoteProtocolError):
            await rest_of(chunks)
        again = await made.client.send(open_stream(made))

        assert again.status_code == 400
        assert again.json()["error"]["message"] == "bad tool"
        assert len(only.messages) == 1


async def test_pings_without_content_are_not_an_answer() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.infinite(sse.message_start(), repeated=sse.ping(), pause_s=0.01))
    second.script(steps.answer())
    settings = Settings(routing_first_byte_timeout_s=0.1)

    async with rig(first, second, settings=settings) as made:
        response = await made.ask()

        assert response.headers["x-qcc-endpoint"] == "B"
        assert made.view("A").last_error is not None


async def test_endpoints_change_without_touching_a_running_stream() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    gate = asyncio.Event()
    first.script(steps.paced(FRAMES, {FIRST_CONTENT: gate}))
    second.script(steps.answer())

    async with rig(first, second) as made:
        response = await made.client.send(open_stream(made), stream=True)
        chunks = response.aiter_bytes()
        seen = await take(chunks, b"one")
        made.apply(Config(endpoints=(endpoint_of(second, name="renamed"),)))
        other = await made.ask("s2")
        made.apply(replace(made.config, settings=Settings(upstream_max_connections=1)))
        gate.set()
        seen += b"".join([chunk async for chunk in chunks])

        assert other.headers["x-qcc-endpoint"] == "renamed"
        assert seen == b"".join(FRAMES)
        await response.aclose()


async def test_stop_lets_a_running_stream_finish() -> None:
    only = ScriptedUpstream("A")
    gate = asyncio.Event()
    only.script(steps.paced(FRAMES, {FIRST_CONTENT: gate}))

    async with rig(only) as made:
        response = await made.client.send(open_stream(made), stream=True)
        chunks = response.aiter_bytes()
        seen = await take(chunks, b"one")
        stopping = asyncio.ensure_future(made.engine.stop(drain_s=10))  # noqa: TID251 - the test
        gate.set()
        seen += b"".join([chunk async for chunk in chunks])
        await stopping

        assert seen == b"".join(FRAMES)
        await response.aclose()


@pytest.mark.logs("1 answers were still running")
async def test_stop_cuts_what_does_not_finish_in_time() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.infinite(pause_s=0.01))

    async with rig(only) as made:
        response = await made.client.send(open_stream(made), stream=True)
        chunks = response.aiter_bytes()
        await take(chunks, b"again")
        await made.engine.stop(drain_s=0)
        with pytest.raises(httpx.RemoteProtocolError):
            await rest_of(chunks)
        await only.client_interrupted(timeout_s=1)
