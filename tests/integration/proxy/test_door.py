"""What never reaches an endpoint: foreign callers, broken requests, bodies beyond the limit."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from qcc_desktop.core.settings import Settings
from tests.helpers import steps
from tests.helpers.engine import BODY, TOKEN, Rig, rig
from tests.helpers.upstream import ScriptedUpstream

MB = 1024 * 1024
HEAD = "Host: 127.0.0.1\r\nAuthorization: Bearer " + TOKEN


async def raw(made: Rig, data: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes as they are; return status, headers and body of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", made.engine.port)
    try:
        writer.write(data)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = head.split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return int(lines[0].split()[1]), headers, body
    finally:
        writer.close()


def error_of(body: bytes) -> dict[str, str]:
    answer = json.loads(body)
    assert answer["type"] == "error"
    error: dict[str, str] = answer["error"]
    return error


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"Bearer {TOKEN}"},
        {"x-api-key": TOKEN},
        {"Authorization": f"bearer {TOKEN}"},
    ],
    ids=["bearer", "x-api-key", "scheme in lower case"],
)
async def test_the_token_opens_the_door_in_either_header(headers: dict[str, str]) -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made, httpx.AsyncClient(trust_env=False) as client:
        response = await client.post(
            f"http://127.0.0.1:{made.engine.port}/v1/messages", json=BODY, headers=headers
        )

        assert response.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-api-key": "sk-wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Basic {TOKEN}"},
    ],
    ids=["none", "wrong", "empty", "other scheme"],
)
@pytest.mark.parametrize("path", ["/v1/messages", "/v1/models", "/", "/anything"])
async def test_without_the_token_everything_is_refused_with_the_way_to_it(
    headers: dict[str, str], path: str
) -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made, httpx.AsyncClient(trust_env=False) as client:
        response = await client.post(
            f"http://127.0.0.1:{made.engine.port}{path}", json=BODY, headers=headers
        )

        assert response.status_code == 401
        error = error_of(response.content)
        assert error["type"] == "authentication_error"
        assert "qcc-desktop env" in error["message"]
        assert TOKEN not in response.text
        assert only.requests == []


@pytest.mark.parametrize(
    "changed",
    [
        {"Host": "attacker.example"},
        {"Host": "127.0.0.1.attacker.example"},
        {"Origin": "https://attacker.example"},
        {"Origin": "null"},
        {"Origin": "http://[broken"},
    ],
    ids=lambda changed: "-".join(f"{k} {v}" for k, v in changed.items()),
)
async def test_web_pages_are_refused_even_with_the_token(changed: dict[str, str]) -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made:
        response = await made.client.post("/v1/messages", json=BODY, headers=changed)

        assert response.status_code == 403
        assert error_of(response.content)["type"] == "permission_error"
        assert "access-control-allow-origin" not in response.headers
        assert only.requests == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1234", "[::1]:8080"])
async def test_any_name_of_this_computer_will_do(host: str) -> None:
    async with rig() as made:
        response = await made.client.get("/api/hello", headers={"Host": host})

        assert response.status_code == 200


async def test_small_questions_of_claude_code_are_answered_here() -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made:
        assert (await made.client.head("/")).status_code == 200
        assert (await made.client.get("/api/hello")).status_code == 200
        assert (await made.client.head("/api/hello")).status_code == 200
        logged = await made.client.post("/api/event_logging/batch", json={"events": []})
        assert logged.status_code == 204
        lost = await made.client.get("/nowhere")
        assert lost.status_code == 404
        assert error_of(lost.content)["type"] == "not_found_error"
        assert only.requests == []


@pytest.mark.parametrize(
    "data",
    [
        b"nonsense\r\n\r\n",
        b"POST /v1/messages HTTP/9.9\r\n" + HEAD.encode() + b"\r\n\r\n",
        b"POST /v1/messages HTTP/1.1\r\nbad header line\r\n\r\n",
        f"POST /v1/messages HTTP/1.1\r\n{HEAD}\r\nContent-Length: x\r\n\r\n".encode(),
        f"POST /v1/messages HTTP/1.1\r\n{HEAD}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".encode(),
        b"GET /api/hello HTTP/1.1\r\nHost: 127.0.0.1\r\nx-long: " + b"a" * 200_000 + b"\r\n\r\n",
    ],
    ids=["no http", "version", "header line", "length", "chunk", "long header"],
)
async def test_what_is_no_http_is_told_in_the_apis_shape(data: bytes) -> None:
    async with rig() as made:
        status, headers, body = await raw(made, data)

        assert status in {400, 431}
        assert headers["content-type"] == "application/json"
        assert error_of(body)["type"] == "invalid_request_error"
        assert TOKEN.encode() not in body


async def test_header_lines_may_be_longer_than_8_kb() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())
    betas = ",".join(f"some-beta-{number}" for number in range(2000))

    async with rig(only) as made:
        response = await made.client.post(
            "/v1/messages", json=BODY, headers={"anthropic-beta": betas}
        )

        assert response.status_code == 200
        assert only.messages[0].header("anthropic-beta") == betas


@pytest.mark.parametrize("target", ["http://127.0.0.1/v1/messages", "http://attacker.example/v1/x"])
async def test_a_target_that_is_no_path_cannot_choose_another_host(target: str) -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made:
        request = f"POST {target} HTTP/1.1\r\n{HEAD}\r\nContent-Length: 2\r\n\r\n{{}}".encode()
        status, _, body = await raw(made, request)

        assert status == 400
        assert error_of(body)["type"] == "invalid_request_error"
        assert only.requests == []


async def pieces(size_bytes: int, sent: list[int]) -> AsyncIterator[bytes]:
    piece = b" " * (256 * 1024)
    for _ in range(size_bytes // len(piece)):
        sent.append(len(piece))
        yield piece


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages/count_tokens"])
async def test_a_declared_body_beyond_the_limit_is_refused_before_it_is_read(path: str) -> None:
    only = ScriptedUpstream("A")
    settings = Settings(server_max_body_mb=1)

    async with rig(only, settings=settings) as made:
        head = f"POST {path} HTTP/1.1\r\n{HEAD}\r\nContent-Length: {1 << 30}\r\n\r\n".encode()
        status, _, body = await raw(made, head)

        assert status == 413
        error = error_of(body)
        assert error["type"] == "request_too_large"
        assert "server.max_body_mb" in error["message"]
        assert only.requests == []


async def test_a_chunked_body_is_cut_at_the_limit() -> None:
    only = ScriptedUpstream("A")
    sent: list[int] = []

    async with rig(only, settings=Settings(server_max_body_mb=1)) as made:
        response = await made.client.post("/v1/messages", content=pieces(4 * MB, sent))

        assert response.status_code == 413
        assert error_of(response.content)["type"] == "request_too_large"
        assert only.requests == []
        again = await made.client.get("/api/hello")
        assert again.status_code == 200


async def test_a_30_mb_body_arrives_byte_for_byte() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())
    body = json.dumps({**BODY, "padding": "é" * (10 * MB)}, ensure_ascii=False).encode()
    body += b" " * (30 * MB - len(body))

    async with rig(only) as made:
        response = await made.client.post("/v1/messages", content=body)

        assert response.status_code == 200
        assert only.messages[0].body == body


async def test_a_client_may_wait_for_100_continue() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())
    body = json.dumps(BODY).encode()

    async with rig(only) as made:
        reader, writer = await asyncio.open_connection("127.0.0.1", made.engine.port)
        expect = f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\nConnection: close"
        writer.write(f"POST /v1/messages HTTP/1.1\r\n{HEAD}\r\n{expect}\r\n\r\n".encode())
        interim = await reader.readuntil(b"\r\n\r\n")
        writer.write(body)
        answer = await reader.read()
        writer.close()

        assert interim.startswith(b"HTTP/1.1 100")
        assert answer.startswith(b"HTTP/1.1 200")
        assert only.messages[0].header("expect") is None


async def test_a_compressed_request_stays_as_it_is() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made:
        await made.client.post(
            "/v1/messages", content=b"\x1f\x8b not really", headers={"content-encoding": "gzip"}
        )

        assert only.messages[0].body == b"\x1f\x8b not really"
        assert only.messages[0].header("content-encoding") == "gzip"
