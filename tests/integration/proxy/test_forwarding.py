"""What an endpoint gets of a request, and the client of an answer: everything, as it was."""

import asyncio
import json
from dataclasses import replace

import httpx
import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import AuthStyle
from qcc_desktop.core.settings import ModelMode, Settings
from tests.helpers import sse, steps
from tests.helpers.engine import BODY, TOKEN, endpoint_of, rig
from tests.helpers.upstream import Headers, ScriptedUpstream, Step

CLAUDE_CODE = {
    "User-Agent": "claude-cli/2.1.330 (external, sdk-cli)",
    "x-app": "cli",
    "X-Claude-Code-Session-Id": "0f5a",
    "x-claude-code-agent-id": "agent-1",
    "x-claude-code-parent-agent-id": "agent-0",
    "X-Claude-Code-Of-The-Future": "kept",
    "anthropic-version": "2099-01-01",
    "anthropic-beta": "claude-code-20250219,interleaved-thinking-2025-05-14",
    "anthropic-dangerous-direct-browser-access": "true",
    "X-Stainless-Retry-Count": "0",
}
KEY = "key-of-A"


def answering(headers: Headers) -> Step:
    body = json.dumps(sse.message(sse.Text("whole"))).encode()
    return steps.respond(200, body, [(b"content-type", b"application/json"), *headers])


async def test_query_and_headers_arrive_verbatim() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made:
        await made.client.post("/v1/messages?beta=true&x=%2F%20a", json=BODY, headers=CLAUDE_CODE)

        request = only.messages[0]
        assert request.target == "/v1/messages?beta=true&x=%2F%20a"
        for name, value in CLAUDE_CODE.items():
            assert request.headers_named(name) == [value], name


async def test_what_is_between_client_and_proxy_stays_there() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())
    hop = {
        "Accept-Encoding": "gzip, br, zstd",
        "Cookie": "a=b",
        "Connection": "keep-alive, X-Hop",
        "X-Hop": "1",
        "Keep-Alive": "timeout=5",
        "TE": "trailers",
        "Proxy-Authorization": "Basic abc",
        "x-api-key": "sk-of-the-client",
    }

    async with rig(only) as made:
        await made.client.post("/v1/messages", json=BODY, headers=hop)

        request = only.messages[0]
        assert request.header("accept-encoding") == "identity"
        assert request.headers_named("host") == [f"127.0.0.1:{only.port}"]
        for name in ("cookie", "x-hop", "keep-alive", "te", "proxy-authorization", "x-api-key"):
            assert request.header(name) is None, name
        assert TOKEN not in str(request.headers)


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages/count_tokens", "/v1/files"])
async def test_an_endpoints_own_host_header_takes_the_place_of_the_usual_one(path: str) -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made:
        own = (("Host", "relay.example"),)
        made.apply(Config(endpoints=(endpoint_of(only, extra_headers=own),)))
        await made.client.post(path, json=BODY)

        assert only.requests[0].headers_named("host") == ["relay.example"]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (AuthStyle.BEARER, {"authorization": [f"Bearer {KEY}"], "x-api-key": []}),
        (AuthStyle.X_API_KEY, {"authorization": [], "x-api-key": [KEY]}),
        (AuthStyle.BOTH, {"authorization": [f"Bearer {KEY}"], "x-api-key": [KEY]}),
    ],
)
@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages/count_tokens", "/v1/files"])
async def test_each_endpoint_gets_its_own_credential_in_its_own_style(
    style: AuthStyle, expected: dict[str, list[str]], path: str
) -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made:
        made.apply(Config(endpoints=(endpoint_of(only, auth=style),)))
        await made.client.post(path, json=BODY)

        seen = {name: only.requests[0].headers_named(name) for name in expected}
        assert seen == expected


async def test_an_answers_headers_pass_except_those_of_the_hop() -> None:
    only = ScriptedUpstream("A")
    own: Headers = [
        (b"request-id", b"req_1"),
        (b"anthropic-ratelimit-requests-remaining", b"7"),
        (b"anthropic-organization-id", b"org"),
        (b"x-words", "价格 é".encode()),
        (b"set-cookie", b"a=b"),
        (b"alt-svc", b"h3"),
        (b"strict-transport-security", b"max-age=1"),
        (b"keep-alive", b"timeout=5"),
        (b"x-qcc-endpoint", b"forged"),
    ]
    only.script(answering(own))

    async with rig(only) as made:
        response = await made.ask(stream=False)

        assert response.headers["request-id"] == "req_1"
        assert response.headers["anthropic-ratelimit-requests-remaining"] == "7"
        assert response.headers["anthropic-organization-id"] == "org"
        raw = dict(response.headers.raw)
        assert raw[b"x-words"] == "价格 é".encode()
        for name in ("set-cookie", "alt-svc", "strict-transport-security", "keep-alive"):
            assert name not in response.headers
        assert response.headers.get_list("x-qcc-endpoint") == ["A"]
        assert response.headers["x-qcc-attempts"] == "1"


async def test_the_bytes_of_a_body_do_not_change() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())
    body = b'{ "model":"claude-x" ,\n"z":1.0e0, "messages":[{"role":"user","content":"\\u00e9"}]}'

    async with rig(only) as made:
        await made.client.post("/v1/messages", content=body)

        assert only.messages[0].body == body


@pytest.mark.parametrize(
    ("settings", "model_map", "expected"),
    [
        (Settings(models_mode=ModelMode.OVERRIDE, models_override="glm"), (), b"glm"),
        (Settings(models_mode=ModelMode.MAP), (("claude-*", "qwen/max"),), b"qwen/max"),
        (Settings(models_mode=ModelMode.MAP), (("gpt-*", "qwen/max"),), b"claude-x"),
        (Settings(), (("claude-*", "qwen/max"),), b"claude-x"),
    ],
    ids=["override", "map", "no match", "passthrough"],
)
@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages/count_tokens"])
async def test_a_mapped_model_changes_that_value_only(
    settings: Settings, model_map: tuple[tuple[str, str], ...], expected: bytes, path: str
) -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())
    body = (
        b'{"messages" : [{"role":"user","content":"claude-x"}],\n"model": "claude-x","stream":true}'
    )

    async with rig(only) as made:
        endpoint = endpoint_of(only, model_map=model_map)
        made.apply(Config(endpoints=(endpoint,), settings=settings))
        await made.client.post(path, content=body)

        wanted = body.replace(b'"model": "claude-x"', b'"model": "' + expected + b'"')
        assert only.requests[0].body == wanted


async def test_an_endpoints_own_headers_win() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made:
        extra = (("X-App", "relay"), ("Authorization", "Custom 1"))
        made.apply(Config(endpoints=(endpoint_of(only, extra_headers=extra),)))
        await made.client.post("/v1/messages", json=BODY, headers=CLAUDE_CODE)

        assert only.messages[0].headers_named("x-app") == ["relay"]
        assert only.messages[0].headers_named("authorization") == ["Custom 1"]


async def test_sequential_requests_share_a_connection() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made:
        for turn in range(20):
            await made.ask(stream=turn % 2 == 0)

        assert only.connections == 1


async def test_concurrent_requests_reuse_connections() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())
    settings = Settings(upstream_max_keepalive=32)

    async with rig(only, settings=settings) as made:
        limits = httpx.Limits(max_connections=32, max_keepalive_connections=32)
        async with httpx.AsyncClient(
            base_url=made.client.base_url, headers=made.client.headers, limits=limits,
            trust_env=False, timeout=20,
        ) as client:  # fmt: skip

            async def talk() -> None:
                for _ in range(10):
                    assert (await client.post("/v1/messages", json=BODY)).status_code == 200

            await asyncio.gather(*[talk() for _ in range(32)])

        assert len(only.messages) == 320
        assert only.connections <= 0.3 * 320


async def test_a_connection_closed_while_idle_costs_one_free_retry_on_a_fresh_one() -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made:
        only.script(steps.answer(), steps.rst_after_request(), steps.answer())
        await made.ask()
        response = await made.ask()

        assert response.status_code == 200
        assert len(only.messages) == 3
        view = made.view("A")
        assert (view.failures, view.consecutive_failures, view.breaker) == (0, 0, "closed")
        assert made.engine.snapshot().totals.failovers == 0


async def test_a_missing_content_type_of_a_stream_is_named() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.events(*sse.stream(sse.Text("hi")), headers=[]))

    async with rig(only) as made:
        response = await made.ask()

        assert response.headers["content-type"].startswith("text/event-stream")


async def test_another_base_path_is_kept() -> None:
    only = ScriptedUpstream("A")
    only.on("/anthropic/v1/messages", steps.answer())

    async with rig(only) as made:
        endpoint = endpoint_of(only)
        base_url = f"{only.base_url}/anthropic"
        made.apply(Config(endpoints=(replace(endpoint, base_url=base_url),)))
        response = await made.ask()

        assert response.status_code == 200
        assert only.requests[0].target == "/anthropic/v1/messages?beta=true"
