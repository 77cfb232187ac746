"""Everything below ``/v1`` that is no inference: forwarded as it comes, judged by nobody.

Row 18 of the classification: a status on any of these paths says nothing about an endpoint's
ability to answer, so breakers are not touched. Bodies are streamed through (files may be large),
and therefore nothing is tried twice.
"""

import asyncio
import logging

import httpx
from aiohttp import web

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.route import RouteRequest
from qcc_desktop.proxy.answers import error_response
from qcc_desktop.proxy.bodies import body_chunks, is_decoded
from qcc_desktop.proxy.downstream import CuttableResponse
from qcc_desktop.proxy.state import ENGINE_STATE, EngineState
from qcc_desktop.proxy.transport.faults import TransportFailure
from qcc_desktop.proxy.upstreams import join_url
from qcc_desktop.wire.anthropic import dump, estimate_tokens, models_list, parse
from qcc_desktop.wire.headers import downstream_headers, upstream_headers
from qcc_desktop.wire.request_head import member, read_head, replace_model
from qcc_desktop.wire.session_key import conversation_of

_log = logging.getLogger(__name__)
_MODELS_S = 2.5
"""Claude Code waits 3 s for the model list (gateway contract)."""
_COUNT_S = 10.0
_KNOWN_MODELS = (
    "claude-opus-4-5",
    "claude-sonnet-4-5",
    "claude-haiku-4-5",
)
_LACKS_COUNTING = frozenset({404, 405, 501})


def preferred(state: EngineState, session: str = "", model: str = "") -> Endpoint | None:
    """Return the endpoint that would be asked first, without claiming it."""
    route = RouteRequest(session=session, model=model)
    plan = state.fleet.plan(route, state.clock.now_s(), state.rng.random())
    return plan.candidates[0].endpoint if plan.candidates else None


def _request(
    state: EngineState,
    endpoint: Endpoint,
    request: web.Request,
    content: object,
    read_s: float,
) -> httpx.Request:
    settings = state.settings
    headers = upstream_headers(
        request.raw_headers,
        endpoint.auth,
        state.keys.key_of(endpoint.id) or "",
        endpoint.extra_headers,
    )
    timeout = {
        "connect": endpoint.connect_timeout_s or settings.routing_connect_timeout_s,
        "read": read_s,
        "write": 60.0,
        "pool": 30.0,
    }
    return httpx.Request(
        request.method,
        join_url(endpoint.base_url, request.raw_path),
        headers=headers,
        content=content,  # type: ignore[arg-type]  # bytes or an async iterable
        extensions={
            "timeout": timeout,
            "qcc.idle_timeout_s": settings.routing_stream_idle_timeout_s,
        },
    )


async def forward(request: web.Request) -> web.StreamResponse:
    """Stream any other request through to the preferred endpoint, status and body verbatim."""
    state = request.app[ENGINE_STATE]
    endpoint = preferred(state, conversation_of(request.raw_headers, b"").key)
    if endpoint is None:
        return error_response(503, "api_error", "No endpoint can answer at the moment.")
    content = request.content.iter_any() if request.body_exists else None
    try:
        client = (await state.upstreams.get(endpoint)).client
        upstream = _request(
            state, endpoint, request, content, state.settings.routing_total_timeout_s
        )
        if request.content_length is not None and request.body_exists:
            upstream.headers.pop("transfer-encoding", None)
            upstream.headers["content-length"] = str(request.content_length)
        response = await client.send(upstream, stream=True)
    except (httpx.HTTPError, OSError) as error:
        return _unreachable(endpoint, error)
    try:
        return await _relay(request, response, endpoint)
    finally:
        await response.aclose()


async def _relay(
    request: web.Request, response: httpx.Response, endpoint: Endpoint
) -> web.StreamResponse:
    answer = CuttableResponse(status=response.status_code)
    raw = downstream_headers(
        response.headers.raw, decoded=is_decoded(response), endpoint_name=endpoint.name, attempts=1
    )
    for name, value in raw:
        answer.headers.add(name.decode("latin-1"), value.decode("latin-1"))
    await answer.prepare(request)
    try:
        async for chunk in body_chunks(response):
            await answer.write(chunk)
    except httpx.HTTPError as error:
        _log.warning("%s broke off %s: %s", endpoint.name, request.path, type(error).__name__)
        answer.cut()
    return answer


def _unreachable(endpoint: Endpoint, error: Exception) -> web.Response:
    fault = error.fault.value if isinstance(error, TransportFailure) else "transport"
    return error_response(502, "api_error", f"{endpoint.name} cannot be reached ({fault}).")


async def count_tokens(request: web.Request, body: bytes) -> web.StreamResponse:
    """Ask the session's endpoint; estimate here when it cannot count.

    The estimate keeps Claude Code from paying for counting by a real request (cc-switch#5376).
    """
    state = request.app[ENGINE_STATE]
    head = read_head(body)
    session = conversation_of(request.raw_headers, body).key
    endpoint = preferred(state, session, head.model or "")
    if endpoint is not None and endpoint.id not in state.without_count_tokens:
        counted = await _count_upstream(request, state, endpoint, body)
        if counted is not None:
            return counted
    if member(body, "messages") is None:
        return error_response(400, "invalid_request_error", "messages: Field required")
    return web.json_response(
        {"input_tokens": estimate_tokens(body)}, headers={"x-qcc-estimate": "true"}
    )


async def _count_upstream(
    request: web.Request, state: EngineState, endpoint: Endpoint, body: bytes
) -> web.StreamResponse | None:
    from qcc_desktop.core.models import target_model  # noqa: PLC0415

    model = target_model(endpoint, state.settings, read_head(body).model)
    content = replace_model(body, model) if model else body
    try:
        client = (await state.upstreams.get(endpoint)).client
        async with asyncio.timeout(_COUNT_S):
            response = await client.send(_request(state, endpoint, request, content, _COUNT_S))
    except (httpx.HTTPError, OSError):
        return None
    if response.status_code in _LACKS_COUNTING:
        state.without_count_tokens.add(endpoint.id)
    if response.status_code == 400:  # the client's own error, in the endpoint's words
        return web.Response(status=400, body=response.content, content_type="application/json")
    answer = parse(response.content) if response.status_code == 200 else None
    if isinstance(answer, dict) and "input_tokens" in answer:
        return web.Response(body=response.content, content_type="application/json")
    return None


async def models(request: web.Request) -> web.StreamResponse:
    """Answer with the preferred endpoint's list, with our own when it has none in time."""
    state = request.app[ENGINE_STATE]
    endpoint = preferred(state)
    if endpoint is not None:
        try:
            client = (await state.upstreams.get(endpoint)).client
            async with asyncio.timeout(_MODELS_S):
                response = await client.send(_request(state, endpoint, request, None, _MODELS_S))
        except (httpx.HTTPError, OSError):
            response = None
        if response is not None and response.status_code == 200:
            listed = parse(response.content)
            if isinstance(listed, dict) and isinstance(listed.get("data"), list):
                return web.Response(body=response.content, content_type="application/json")
    return web.Response(body=dump(models_list(_KNOWN_MODELS)), content_type="application/json")
