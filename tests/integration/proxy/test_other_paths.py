"""Paths that are no inference: answered here, estimated, or passed through without a verdict."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from qcc_desktop.core.health import Health
from qcc_desktop.core.settings import Settings
from tests.helpers import steps
from tests.helpers.engine import BODY, Rig, rig
from tests.helpers.upstream import Exchange, Headers, ScriptedUpstream, Step

JSON: Headers = [(b"content-type", b"application/json")]
COUNT = "/v1/messages/count_tokens?beta=true"
MODELS = "/v1/models?limit=1000"


def assert_untouched(made: Rig) -> None:
    for view in made.engine.snapshot().endpoints:
        assert (view.health, view.breaker, view.failures) == (Health.HEALTHY, "closed", 0)


async def test_tokens_are_counted_by_the_endpoint() -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made:
        response = await made.client.post(COUNT, json=BODY)

        assert response.json() == {"input_tokens": 42}
        assert only.requests[0].target == COUNT
        assert "x-qcc-estimate" not in response.headers


@pytest.mark.parametrize(
    "step",
    [
        steps.status(404),
        steps.status(500),
        steps.html(502),
        steps.html(200),
        steps.fin_after_request(),
    ],
    ids=lambda step: step.name,
)
async def test_tokens_are_estimated_where_the_endpoint_cannot_count(step: Step) -> None:
    only = ScriptedUpstream("A")
    only.on("/v1/messages/count_tokens", step)

    async with rig(only) as made:
        response = await made.client.post(COUNT, json=BODY)

        assert response.status_code == 200
        assert response.json()["input_tokens"] > 0
        assert response.headers["x-qcc-estimate"] == "true"
        assert_untouched(made)


async def test_an_endpoint_without_counting_is_asked_once() -> None:
    only = ScriptedUpstream("A")
    only.on("/v1/messages/count_tokens", steps.status(404, "not_found_error", "no such route"))

    async with rig(only) as made:
        for _ in range(3):
            await made.client.post(COUNT, json=BODY)

        assert len(only.requests) == 1
        made.apply(made.config)
        await made.client.post(COUNT, json=BODY)
        assert len(only.requests) == 2


async def test_a_counting_error_of_the_client_is_verbatim() -> None:
    only = ScriptedUpstream("A")
    step = steps.status(400, "invalid_request_error", "messages: at least one", {"x-own": "1"})
    only.on("/v1/messages/count_tokens", step)

    async with rig(only) as made:
        response = await made.client.post(COUNT, json=BODY)

        assert response.status_code == 400
        assert response.json()["error"]["message"] == "messages: at least one"
        assert response.headers["request-id"] == "req_scripted"
        assert_untouched(made)


async def test_nonsense_is_not_counted() -> None:
    async with rig() as made:
        response = await made.client.post(COUNT, content=b"{}")

        assert response.status_code == 400
        assert response.json()["error"]["type"] == "invalid_request_error"


async def test_the_list_of_models_is_the_endpoints() -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made:
        response = await made.client.get(MODELS)

        assert [each["id"] for each in response.json()["data"]] == ["claude-scripted"]
        assert only.requests[0].target == MODELS


async def test_models_of_an_openai_like_list_get_the_name_that_gateways_show() -> None:
    only = ScriptedUpstream("A")
    listed = {"object": "list", "data": [{"id": "claude-x", "object": "model"}]}
    only.on("/v1/models", steps.respond(200, json.dumps(listed).encode(), JSON))

    async with rig(only) as made:
        response = await made.client.get(MODELS)

        assert response.json()["data"][0]["display_name"] == "claude-x"


@pytest.mark.parametrize(
    "step",
    [steps.status(404), steps.redirect(), steps.html(200), steps.rst_after_request()],
    ids=lambda step: step.name,
)
async def test_without_a_list_there_is_one_of_our_own(step: Step) -> None:
    only = ScriptedUpstream("A")
    only.on("/v1/models", step)

    async with rig(only) as made:
        response = await made.client.get(MODELS)

        assert response.status_code == 200
        models = response.json()["data"]
        assert models
        assert all("claude" in each["id"] and each["display_name"] for each in models)
        assert_untouched(made)


async def test_the_list_of_models_comes_within_three_seconds() -> None:
    only = ScriptedUpstream("A")
    only.on("/v1/models", steps.hang_before_headers())

    async with rig(only) as made:
        async with asyncio.timeout(3):
            response = await made.client.get(MODELS)

        assert response.json()["data"]


@pytest.mark.parametrize(
    "target",
    [
        "/v1/files/a%2Fb%20c?x=%2f&y=a+b",
        "/v1//double",
        "/v1/messages/batches/b1/results?after=%E4%BD%A0",
    ],
)
async def test_other_paths_keep_their_exact_form(target: str) -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made:
        reader, writer = await asyncio.open_connection("127.0.0.1", made.engine.port)
        authorization = made.client.headers["authorization"]
        writer.write(
            f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {authorization}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        answer = await reader.read()
        writer.close()

        assert answer.startswith(b"HTTP/1.1 404")
        assert only.requests[0].target == target


@pytest.mark.parametrize("code", [201, 204, 304, 400, 401, 404, 429, 500, 503, 529])
async def test_a_status_of_another_path_is_verbatim_and_blames_nobody(code: int) -> None:
    only = ScriptedUpstream("A")
    body = b"" if code in {204, 304} else b'{"own": "words"}'
    headers: Headers = [*JSON, (b"request-id", b"req_7")]
    only.on("/v1/files", steps.respond(code, body, headers))

    async with rig(only) as made:
        for _ in range(3):
            await made.client.post("/v1/files", content=b"x")
        response = await made.client.post("/v1/files", content=b"x")

        assert (response.status_code, response.content) == (code, body)
        assert response.headers["request-id"] == "req_7"
        assert len(only.requests) == 4
        assert_untouched(made)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
async def test_every_method_passes(method: str) -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made:
        response = await made.client.request(method, "/v1/files/f1")

        assert only.requests[0].method == method
        assert response.status_code == (200 if method == "HEAD" else 404)


async def test_a_large_upload_is_streamed_beyond_the_limit_of_messages() -> None:
    only = ScriptedUpstream("A")
    only.on("/v1/files", steps.respond(200, b"{}", JSON))
    piece = bytes(range(256)) * 1024

    async def upload() -> AsyncIterator[bytes]:
        for _ in range(8):
            yield piece

    async with rig(only, settings=Settings(server_max_body_mb=1)) as made:
        response = await made.client.post("/v1/files", content=upload())

        assert response.status_code == 200
        assert only.requests[0].body == piece * 8


async def test_an_upload_with_a_length_keeps_it() -> None:
    only = ScriptedUpstream("A")
    only.on("/v1/files", steps.respond(200, b"{}", JSON))

    async with rig(only) as made:
        await made.client.post("/v1/files", content=b"12345")

        assert only.requests[0].header("content-length") == "5"
        assert only.requests[0].header("transfer-encoding") is None
        assert only.requests[0].body == b"12345"


async def test_a_download_is_not_buffered() -> None:
    only = ScriptedUpstream("A")
    gate = asyncio.Event()
    only.on("/v1/files/f1/content", steps.paced([b"first", b"second"], {1: gate}))

    async with rig(only) as made:
        request = made.client.build_request("GET", "/v1/files/f1/content")
        response = await made.client.send(request, stream=True)
        chunks = response.aiter_bytes()
        first = await anext(chunks)
        gate.set()
        rest = b"".join([chunk async for chunk in chunks])

        assert (first, rest) == (b"first", b"second")
        await response.aclose()


@pytest.mark.parametrize("encoding", ["gzip", "compress"])
async def test_an_encoded_download_is_decoded_or_left_alone(encoding: str) -> None:
    only = ScriptedUpstream("A")
    packed = gzip.compress(b"plain") if encoding == "gzip" else b"\x1f\x9d-packed"
    coding = (b"content-encoding", encoding.encode())
    only.on("/v1/files/f1/content", steps.respond(200, packed, [coding]))

    async with rig(only) as made:
        response = await made.client.get("/v1/files/f1/content")

        assert response.content == (b"plain" if encoding == "gzip" else packed)
        assert response.headers.get("content-encoding") == (
            None if encoding == "gzip" else encoding
        )


@pytest.mark.logs("broke off")
async def test_a_download_that_breaks_off_is_seen_to_be_cut() -> None:
    only = ScriptedUpstream("A")
    only.on("/v1/files/f1/content", steps.dying([b"first"], "fin"))

    async with rig(only) as made:
        with pytest.raises(httpx.RemoteProtocolError):
            await made.client.get("/v1/files/f1/content")

        assert_untouched(made)


async def test_an_endpoint_out_of_reach_is_told_in_the_apis_shape() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.refuse())

    async with rig(only) as made:
        response = await made.client.get("/v1/files")

        assert response.status_code == 502
        assert response.json()["error"]["type"] == "api_error"


async def test_a_client_that_leaves_a_download_closes_it() -> None:
    only = ScriptedUpstream("A")

    async def drip(exchange: Exchange) -> None:
        await exchange.head(200, [(b"transfer-encoding", b"chunked")])
        while True:
            await exchange.chunk(b"piece")
            await asyncio.sleep(0.01)

    only.on("/v1/files/f1/content", Step("drip", drip))

    async with rig(only) as made:
        request = made.client.build_request("GET", "/v1/files/f1/content")
        response = await made.client.send(request, stream=True)
        await anext(response.aiter_bytes())
        await response.aclose()

        await only.client_interrupted(timeout_s=1)
