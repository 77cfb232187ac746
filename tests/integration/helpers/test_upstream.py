"""The scripted upstream does what its steps say: tests of the other tests' ground."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.helpers import sse, steps
from tests.helpers.upstream import ScriptedUpstream, Step

REQUEST = {"model": "claude-x", "stream": True, "messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture
async def up() -> AsyncIterator[ScriptedUpstream]:
    async with ScriptedUpstream("A") as upstream:
        yield upstream


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as httpx_client:
        yield httpx_client


async def post(client: httpx.AsyncClient, up: ScriptedUpstream) -> httpx.Response:
    return await client.post(f"{up.base_url}/v1/messages?beta=true", json=REQUEST)


async def test_steps_answer_in_turn_and_the_last_one_repeats(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.status(529, "overloaded_error"), steps.answer(sse.Text("well")))

    answers = [await post(client, up) for _ in range(3)]

    assert [each.status_code for each in answers] == [529, 200, 200]
    assert "event: message_stop" in answers[2].text
    assert up.played == ["529", "answer", "answer"]


async def test_requests_are_recorded_with_query_raw_headers_and_body(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.answer())

    await client.post(
        f"{up.base_url}/v1/messages?beta=true", json=REQUEST, headers={"X-Odd-Case": "kept"}
    )

    request = up.messages[0]
    assert request.target == "/v1/messages?beta=true"
    assert (b"X-Odd-Case", b"kept") in request.headers
    assert request.json == REQUEST
    assert request.wants_stream
    assert request.header("x-odd-case") == "kept"
    assert request.headers_named("absent") == []


async def test_chunked_requests_and_expectations_are_understood(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.answer())

    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"model":'
        yield b'"m"}'

    await client.post(
        f"{up.base_url}/v1/messages", content=pieces(), headers={"Expect": "100-continue"}
    )

    assert up.messages[0].json == {"model": "m"}


async def test_connections_are_kept_alive_and_counted(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.answer())

    for _ in range(3):
        await post(client, up)

    assert (up.connections, len(up.requests)) == (1, 3)


async def test_an_answer_that_asks_for_closing_ends_its_connection(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.answer(close=True))

    for _ in range(2):
        await post(client, up)

    assert up.connections == 2
    assert up.closed_by_client == 0


async def test_requests_without_stream_get_the_whole_message(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.answer(sse.Thinking("hm"), sse.Text("whole")))

    answer = await client.post(f"{up.base_url}/v1/messages", json={**REQUEST, "stream": False})

    assert [block["type"] for block in answer.json()["content"]] == ["thinking", "text"]


async def test_probes_models_and_token_counts_have_answers_and_routes_can_be_set(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.on("/v1/files", steps.respond(200, b"{}", []))

    assert (await client.head(up.base_url)).status_code == 200
    assert (await client.get(f"{up.base_url}/v1/models?limit=1000")).json()["data"]
    counted = await client.post(f"{up.base_url}/v1/messages/count_tokens", json=REQUEST)
    assert counted.json() == {"input_tokens": 42}
    assert (await client.get(f"{up.base_url}/v1/files")).status_code == 200
    assert (await client.get(f"{up.base_url}/v1/other")).status_code == 404
    assert up.messages == []


ERRORS: list[tuple[Step, type[httpx.HTTPError], str]] = [
    (steps.refuse(), httpx.ConnectError, ""),
    (steps.rst_on_accept(), httpx.ReadError, ""),
    (steps.fin_on_accept(), httpx.RemoteProtocolError, "without sending"),
    (steps.rst_after_request(), httpx.ReadError, ""),
    (steps.fin_after_request(), httpx.RemoteProtocolError, "without sending"),
    (steps.garbage(), httpx.RemoteProtocolError, "illegal"),
    (steps.half_headers(), httpx.RemoteProtocolError, "without sending|disconnected"),
    (steps.short_body(), httpx.RemoteProtocolError, "complete message body"),
    (steps.huge_header(), httpx.RemoteProtocolError, "too long"),
    (steps.ping_then("rst"), httpx.ReadError, ""),
    (steps.dying([sse.ping()], "bad_chunk"), httpx.RemoteProtocolError, "illegal chunk"),
    (steps.mid_stream("fin"), httpx.RemoteProtocolError, "incomplete chunked"),
    (steps.mid_stream("rst"), httpx.ReadError, ""),
    (steps.no_message_stop(), httpx.RemoteProtocolError, "incomplete chunked"),
]


@pytest.mark.parametrize(("step", "error", "words"), ERRORS, ids=[each[0].name for each in ERRORS])
async def test_trouble_shows_as_the_error_it_is(
    up: ScriptedUpstream,
    client: httpx.AsyncClient,
    step: Step,
    error: type[httpx.HTTPError],
    words: str,
) -> None:
    up.script(step)

    with pytest.raises(error, match=words or None):
        await post(client, up)


async def test_a_refusing_port_listens_again_with_the_next_script(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.answer(), steps.refuse())
    assert (await post(client, up)).status_code == 200
    with pytest.raises(httpx.TransportError):
        await post(client, up)
    with pytest.raises(httpx.ConnectError):
        await post(client, up)

    up.script(steps.answer())

    assert (await post(client, up)).status_code == 200


async def test_an_upstream_can_refuse_from_the_start(client: httpx.AsyncClient) -> None:
    upstream = ScriptedUpstream("B")
    upstream.script(steps.refuse())

    async with upstream:
        with pytest.raises(httpx.ConnectError):
            await post(client, upstream)


async def test_the_bytes_before_a_reset_arrive(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.mid_stream("rst"))
    received = b""

    with pytest.raises(httpx.ReadError):  # noqa: PT012 - the bytes before the error count
        async with client.stream("POST", f"{up.base_url}/v1/messages", json=REQUEST) as answer:
            async for data in answer.aiter_bytes():
                received += data

    assert received.count(b"event: content_block_delta") == 2


async def test_many_small_events_before_a_reset_arrive_too(up: ScriptedUpstream) -> None:
    frames = sse.stream(*[sse.Text("word by word", pieces=9)] * 3)
    up.script(steps.dying(frames, "rst"))
    reader, writer = await asyncio.open_connection("127.0.0.1", up.port)
    body = b'{"stream": true}'
    received = b""

    writer.write(b"POST /v1/messages HTTP/1.1\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
    with contextlib.suppress(ConnectionResetError):
        while True:
            received += await reader.readuntil(b"\n\n")
    writer.close()

    assert received.count(b"event: ") == len(frames)


@pytest.mark.parametrize(
    "step",
    [
        steps.hang_before_headers(),
        steps.half_headers("hang"),
        steps.hang_after_headers(),
        steps.mid_stream("hang"),
        steps.infinite(),
    ],
    ids=lambda step: step.name,
)
async def test_a_client_that_leaves_is_noticed(up: ScriptedUpstream, step: Step) -> None:
    up.script(step)
    loop = asyncio.get_running_loop()
    async with httpx.AsyncClient(trust_env=False) as client:
        asking = loop.create_task(post(client, up))
        await up.requested(1)

        asking.cancel()

        await up.client_interrupted(1)
    assert up.interrupted == up.closed_by_client == 1


async def test_a_client_that_closes_an_idle_connection_is_noticed(up: ScriptedUpstream) -> None:
    up.script(steps.answer())
    async with httpx.AsyncClient(trust_env=False) as client:
        await post(client, up)
        assert up.open_connections == 1

    await up.client_closed(1)

    assert (up.interrupted, up.open_connections) == (0, 0)


async def test_paced_events_wait_for_the_test(up: ScriptedUpstream) -> None:
    frames = sse.stream(sse.Text("slow"))
    gates = {1: asyncio.Event(), len(frames): asyncio.Event()}
    up.script(steps.paced(frames, gates))
    url = f"{up.base_url}/v1/messages"
    async with (
        httpx.AsyncClient(trust_env=False) as client,
        client.stream("POST", url, json=REQUEST) as answer,
    ):
        arriving = answer.aiter_bytes()

        assert await anext(arriving) == frames[0]
        gates[1].set()
        received = b""
        while not received.endswith(frames[-1]):
            received += await anext(arriving)
        gates[len(frames)].set()

        assert [each async for each in arriving] == []


async def test_an_answer_can_wait_for_the_test(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    gate = asyncio.Event()
    up.script(steps.after(gate, steps.answer()))
    asking = asyncio.get_running_loop().create_task(post(client, up))
    await up.requested(1)

    gate.set()

    assert (await asking).status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
async def test_compressed_streams_decode_to_the_events(
    up: ScriptedUpstream, client: httpx.AsyncClient, encoding: steps.Encoding
) -> None:
    up.script(steps.encoded(encoding, sse.Text("squeezed", pieces=1)))

    answer = await post(client, up)

    assert answer.headers["content-encoding"] == encoding
    assert '"text":"squeezed"' in answer.text


async def test_httpx_takes_a_truncated_compressed_body_for_whole(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.encoded("gzip", keep=0.5))

    answer = await post(client, up)

    assert "message_start" in answer.text
    assert "message_stop" not in answer.text


async def test_a_dripping_stream_is_whole_in_the_end(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.drip([sse.ping()]))

    assert (await post(client, up)).content == sse.ping()


async def test_the_tool_loop_asks_for_bash_once_and_then_ends(
    up: ScriptedUpstream, client: httpx.AsyncClient
) -> None:
    up.script(steps.tool_loop("echo hi", final="done"))
    url = f"{up.base_url}/v1/messages"
    asked = {**REQUEST, "stream": False, "tools": [{"name": "Bash", "input_schema": {}}]}
    result = {"type": "tool_result", "tool_use_id": "t", "content": "hi"}
    told = {**asked, "messages": [{"role": "user", "content": [result]}]}

    first, second, untooled = [
        (await client.post(url, json=each)).json()
        for each in (asked, told, {**REQUEST, "stream": False})
    ]

    assert first["stop_reason"] == "tool_use"
    assert first["content"][-1]["input"]["command"] == "echo hi"
    assert second["content"][0]["text"] == untooled["content"][0]["text"] == "done"


WHOLE: list[tuple[Step, int, str]] = [
    (steps.html(502), 502, "<h1>Bad Gateway</h1>"),
    (steps.redirect(), 302, ""),
    (steps.ok_json_error(), 200, "当前无可用凭证"),
    (steps.json_message(), 200, '"type": "message"'),
    (steps.events(), 200, ""),
    (steps.events(sse.error()), 200, "overloaded_error"),
    (steps.mid_stream("error"), 200, "event: error"),
    (steps.status(429, headers={"retry-after": "3"}), 429, "Scripted failure"),
]


@pytest.mark.parametrize(("step", "status", "words"), WHOLE, ids=[each[0].name for each in WHOLE])
async def test_whole_responses_arrive_as_written(
    up: ScriptedUpstream, client: httpx.AsyncClient, step: Step, status: int, words: str
) -> None:
    up.script(step)

    answer = await post(client, up)

    assert answer.status_code == status
    assert words in answer.text


@pytest.mark.parametrize("kind", ["untrusted", "wrong_host", "expired"])
async def test_bad_certificates_fail_the_handshake_and_good_ones_do_not(kind: str) -> None:
    made = steps.certificate("good" if kind == "untrusted" else kind)  # type: ignore[arg-type]  # parametrised literal
    trusting = ssl.create_default_context(cadata=made.authority_pem.decode())
    verify = ssl.create_default_context() if kind == "untrusted" else trusting
    async with ScriptedUpstream("T", tls=made.context) as up:
        up.script(steps.answer())

        async with httpx.AsyncClient(trust_env=False, verify=verify) as client:
            with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
                await post(client, up)

        assert up.requests == []
        if kind == "untrusted":
            async with httpx.AsyncClient(trust_env=False, verify=trusting) as client:
                assert (await post(client, up)).status_code == 200


async def test_a_step_that_is_broken_fails_the_test_that_used_it(
    client: httpx.AsyncClient,
) -> None:
    def choose(request: object) -> Step:
        raise LookupError("a mistake in the test")

    with pytest.raises(LookupError, match="a mistake in the test"):  # noqa: PT012 - raised on leaving
        async with ScriptedUpstream("A") as up:
            up.script(steps.by_request(choose))
            with pytest.raises(httpx.RemoteProtocolError):
                await post(client, up)


def test_every_failure_has_a_step() -> None:
    assert len(steps.FAILURES) >= 38
    assert all(isinstance(make(), Step) for make in steps.FAILURES.values())
