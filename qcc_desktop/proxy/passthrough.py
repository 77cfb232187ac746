"""Everything below ``/v1`` that is no inference: forwarded as it comes, judged by nobody.

Row 18 of the classification: a status on any of these paths says nothing about an endpoint's
ability to answer, so breakers are not touched. Bodies are streamed through (files may be large),
and therefore nothing is tried twice.
"""

import logging

import httpx
from aiohttp import web

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.route import RouteRequest
from qcc_desktop.proxy.answers import as_text, error_response
from qcc_desktop.proxy.bodies import body_chunks, is_decoded
from qcc_desktop.proxy.downstream import CuttableResponse
from qcc_desktop.proxy.state import ENGINE_STATE, EngineState
from qcc_desktop.proxy.transport.faults import TransportFailure
from qcc_desktop.proxy.upstreams import join_url
from qcc_desktop.wire.headers import downstream_headers, upstream_headers
from qcc_desktop.wire.session_key import conversation_of

_log = logging.getLogger(__name__)


def preferred(state: EngineState, session: str = "", model: str = "") -> Endpoint | None:
    """Return the endpoint that would be asked first, without claiming it."""
    route = RouteRequest(session=session, model=model)
    plan = state.fleet.plan(route, state.clock.now_s(), state.rng.random())
    return plan.candidates[0].endpoint if plan.candidates else None


def request_to(
    state: EngineState,
    endpoint: Endpoint,
    request: web.Request,
    content: object,
    read_s: float,
) -> httpx.Request:
    """Return a client's request as ``endpoint`` is to get it."""
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
        upstream = request_to(
            state, endpoint, request, content, state.settings.routing_total_timeout_s
        )
        if request.content_length is not None and request.body_exists:
            upstream.headers.pop("transfer-encoding", None)
            upstream.headers["content-length"] = str(request.content_length)
        response = await client.send(upstream, stream=True)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
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
    for name, value in as_text(raw):
        answer.headers.add(name, value)
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
