"""How a stream can end, and that its end is noted before the client can act on it."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from qcc_desktop.core.events import RequestFinished
from qcc_desktop.core.settings import Settings
from qcc_desktop.proxy.downstream import KEEP_ALIVE_COMMENT, CuttableResponse, Silence
from tests.helpers import sse, steps
from tests.helpers.engine import BODY, Rig, rig
from tests.helpers.upstream import Exchange, ScriptedUpstream, Step

FRAMES = sse.stream(sse.Text("one two three", pieces=3))
CONTENT = 4
SSE_HEAD = [(b"content-type", b"text/event-stream"), (b"transfer-encoding", b"chunked")]


async def begin(
    made: Rig, until: bytes = b"one", session: str = "s1"
) -> tuple[httpx.Response, AsyncIterator[bytes], bytes]:
    headers = {"X-Claude-Code-Session-Id": session}
    request = made.client.build_request("POST", "/v1/messages", json=BODY, headers=headers)
    response = await made.client.send(request, stream=True)
    chunks = response.aiter_bytes()
    seen = b""
    while until not in seen:
        seen += await anext(chunks)
    return response, chunks, seen


async def rest_of(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


async def raw_answer(made: Rig) -> bytes:
    """Ask and return the bytes of the answer as they came over the wire."""
    reader, writer = await asyncio.open_connection("127.0.0.1", made.engine.port)
    body = json.dumps(BODY).encode()
    head = (
        "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: {made.client.headers['authorization']}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    return answer


def hanging(*frames: bytes, glued: bool = False) -> Step:
    """Send frames and then nothing more, not even the end."""

    async def play(exchange: Exchange) -> None:
        await exchange.head(200, SSE_HEAD)
        for piece in [b"".join(frames)] if glued else frames:
            await exchange.chunk(piece)
        await exchange.hang()

    return Step("hanging", play)


@pytest.mark.parametrize("glued", [False, True], ids=["frame by frame", "in one piece"])
async def test_the_answer_ends_with_message_stop_whatever_the_connection_does(
    *, glued: bool
) -> None:
    only = ScriptedUpstream("A")
    only.script(hanging(*FRAMES, glued=glued))

    async with rig(only) as made:
        async with asyncio.timeout(3):
            response = await made.ask()

        assert response.content == b"".join(FRAMES)
        finished = await made.heard(RequestFinished)
        assert finished.outcome == "ok"
        assert made.view("A").failures == 0


async def test_an_error_glued_to_the_content_is_withheld_too() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.events(b"".join([*FRAMES[:CONTENT], sse.error()])))

    async with rig(only) as made:
        answer = await raw_answer(made)

        assert b"one" in answer
        assert b"Overloaded" not in answer
        assert not answer.endswith(b"0\r\n\r\n")
        assert made.view("A").failures == 1


@pytest.mark.parametrize("death", ["fin", "rst", "eof", "error", "garbage", "bad_chunk"])
async def test_no_clean_end_without_message_stop(death: steps.Death) -> None:
    only = ScriptedUpstream("A")
    only.script(steps.dying(FRAMES, death, after=CONTENT + 1))

    async with rig(only) as made:
        answer = await raw_answer(made)

        assert b"one" in answer
        assert b"message_stop" not in answer
        assert not answer.endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("death", ["fin", "rst", "eof", "error", "hang"])
async def test_with_a_stop_reason_the_end_is_clean(death: steps.Death) -> None:
    only = ScriptedUpstream("A")
    only.script(steps.dying(FRAMES[:-1], death))

    async with rig(only, settings=Settings(routing_stream_idle_timeout_s=0.2)) as made:
        answer = await raw_answer(made)

        assert answer.endswith(b"0\r\n\r\n")
        assert answer.count(b"event: message_stop") == 1
        assert b"Overloaded" not in answer
        assert made.view("A").failures == 0


async def test_a_failure_is_noted_before_the_connection_closes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only = ScriptedUpstream("A")
    only.script(steps.dying(FRAMES, "rst", after=CONTENT))
    seen: list[int] = []
    cut = CuttableResponse.cut

    async with rig(only) as made:

        def watched(response: CuttableResponse) -> None:
            seen.append(made.view("A").failures)
            cut(response)

        monkeypatch.setattr(CuttableResponse, "cut", watched)
        with pytest.raises(httpx.RemoteProtocolError):
            await made.ask()

        assert seen == [1]


async def test_a_success_is_noted_before_the_answer_ends() -> None:
    only = ScriptedUpstream("A")
    only.script(hanging(*FRAMES))

    async with rig(only) as made:
        await made.ask()

        assert made.view("A").in_flight == 0
        assert made.view("A").success_rate == 1.0


async def test_a_stream_that_goes_silent_is_cut_by_its_idle_limit() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(hanging(*FRAMES[:CONTENT]))
    second.script(steps.answer())

    async with rig(first, second, settings=Settings(routing_stream_idle_timeout_s=0.2)) as made:
        with pytest.raises(httpx.RemoteProtocolError):
            await made.ask()

        assert (await made.ask()).headers["x-qcc-endpoint"] == "B"
        error = made.view("A").last_error
        assert error is not None
        assert "stalled" in error.message


@pytest.mark.parametrize(
    "step", [steps.hang_before_headers(), steps.hang_after_headers()], ids=lambda step: step.name
)
async def test_what_is_not_streamed_has_one_limit_for_all_of_it(step: Step) -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(step)
    second.script(steps.answer())

    async with rig(first, second, settings=Settings(routing_total_timeout_s=0.3)) as made:
        response = await made.ask(stream=False)

        assert response.headers["x-qcc-endpoint"] == "B"
        assert response.json()["type"] == "message"


async def test_events_that_end_in_crlf_pass() -> None:
    only = ScriptedUpstream("A")
    frames = [frame.replace(b"\n", b"\r\n") for frame in FRAMES]
    only.script(steps.events(*frames))

    async with rig(only) as made:
        response = await made.ask()

        assert response.content == b"".join(frames)


async def test_a_stream_in_tiny_pieces_passes() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.drip(FRAMES, piece_bytes=7))

    async with rig(only) as made:
        response = await made.ask()

        assert response.content == b"".join(FRAMES)


async def test_a_client_that_is_content_with_message_stop_has_its_answer() -> None:
    only = ScriptedUpstream("A")
    only.script(hanging(*FRAMES))

    async with rig(only) as made:
        response, _, _ = await begin(made, until=b"message_stop")
        await response.aclose()

        finished = await made.heard(RequestFinished)
        assert finished.outcome == "ok"
        assert made.engine.snapshot().totals.cancelled == 0


async def test_a_client_that_does_not_read_holds_the_endpoint_back() -> None:
    only = ScriptedUpstream("A")
    sent: list[int] = []
    large = sse.block_events(0, sse.Text("x" * 65_536, pieces=1))[1]

    async def flood(exchange: Exchange) -> None:
        await exchange.head(200, SSE_HEAD)
        for frame in FRAMES[:CONTENT]:
            await exchange.chunk(frame)
        while True:
            await exchange.chunk(large)
            sent.append(len(large))

    only.script(Step("flood", flood))

    async with rig(only) as made:
        response, _, _ = await begin(made)
        before = -1
        async with asyncio.timeout(10):
            while before != len(sent):
                before = len(sent)
                await asyncio.sleep(0.3)

        assert sum(sent) < 32 * 1024 * 1024
        await response.aclose()
        await only.client_interrupted(timeout_s=1)


async def test_a_client_gone_mid_stream_leaves_no_trace_but_its_count() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.infinite(pause_s=0.001))

    async with rig(only) as made:
        for number in range(10):
            response, _, _ = await begin(made, until=b"again", session=f"s{number}")
            await response.aclose()
        await only.client_interrupted(10, timeout_s=2)
        await made.engine.idle()

        totals = made.engine.snapshot().totals
        assert (totals.requests, totals.cancelled, totals.failures) == (10, 10, 0)
        view = made.view("A")
        assert (view.in_flight, view.failures, view.breaker) == (0, 0, "closed")


async def test_an_endpoint_that_fails_after_comments_only_lets_the_client_come_again() -> None:
    only = ScriptedUpstream("A")
    gate = asyncio.Event()
    only.script(steps.after(gate, steps.status(500)), steps.status(500), steps.answer())

    async with rig(only, silence=Silence(0.05, 0.05)) as made:
        _, chunks, seen = await begin(made, until=KEEP_ALIVE_COMMENT)
        gate.set()
        with pytest.raises(httpx.RemoteProtocolError):
            await rest_of(chunks)

        assert b"event:" not in seen
        assert (await made.ask()).status_code == 200


async def test_comments_stop_with_the_first_content() -> None:
    only = ScriptedUpstream("A")
    first, last = asyncio.Event(), asyncio.Event()
    only.script(steps.paced(FRAMES, {2: first, CONTENT: last}))

    async with rig(only, silence=Silence(0.03, 0.03)) as made:
        _, chunks, seen = await begin(made, until=KEEP_ALIVE_COMMENT)
        first.set()
        while b"one" not in seen:
            seen += await anext(chunks)
        before = seen.count(KEEP_ALIVE_COMMENT)
        await asyncio.sleep(0.1)
        last.set()
        seen += await rest_of(chunks)

        assert seen.count(KEEP_ALIVE_COMMENT) == before
        assert seen.replace(KEEP_ALIVE_COMMENT, b"") == b"".join(FRAMES)


async def test_what_is_not_streamed_gets_no_comments() -> None:
    only = ScriptedUpstream("A")
    gate = asyncio.Event()
    only.script(steps.after(gate, steps.status(400, "invalid_request_error", "bad")))

    async with rig(only, silence=Silence(0.02, 0.02)) as made:
        asking = asyncio.ensure_future(made.ask(stream=False))  # noqa: TID251 - the client's side
        await only.requested()
        await asyncio.sleep(0.1)
        gate.set()

        assert (await asking).status_code == 400


async def test_a_prompt_too_long_behind_comments_is_told_on_the_next_try() -> None:
    only = ScriptedUpstream("A")
    gate = asyncio.Event()
    only.script(steps.after(gate, steps.status(500, "api_error", "prompt is too long: 9 > 8")))

    async with rig(only, silence=Silence(0.05, 0.05)) as made:
        _, chunks, _ = await begin(made, until=KEEP_ALIVE_COMMENT)
        gate.set()
        with pytest.raises(httpx.RemoteProtocolError):
            await rest_of(chunks)
        request = made.client.build_request(
            "POST", "/v1/messages", json=BODY, headers={"X-Claude-Code-Session-Id": "s1"}
        )
        again = await made.client.send(request)
        other = await made.client.post(
            "/v1/messages", json=BODY, headers={"X-Claude-Code-Session-Id": "s2"}
        )

        assert again.status_code == 400
        assert "prompt is too long" in again.text
        assert len(only.messages) == 2
        assert other.status_code == 400
