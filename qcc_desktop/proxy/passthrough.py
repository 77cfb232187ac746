"""Everything below ``/v1`` that is no inference: forwarded as it comes, judged by nobody.

Row 18 of the classification: a status on any of these paths says nothing about an endpoint's
ability to answer, so breakers are not touched. Bodies are streamed through (files may be large),
and therefore nothing is tried twice.
"""

import logging

import httpx
from aiohttp import web

from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.route import RouteRequest
from qcc_desktop.proxy.answers import as_text, error_response
from qcc_desktop.proxy.bodies import body_chunks, is_decoded
from qcc_desktop.proxy.dialect import AGENT
from qcc_desktop.proxy.downstream import CuttableResponse
from qcc_desktop.proxy.state import ENGINE_STATE, EngineState
from qcc_desktop.proxy.transport.faults import TransportFailure
from qcc_desktop.proxy.upstreams import join_url
from qcc_desktop.wire.headers import downstream_headers, openai_headers, upstream_headers
from qcc_desktop.wire.openai import models_address
from qcc_desktop.wire.session_key import conversation_of

_log = logging.getLogger(__name__)


def preferred(
    state: EngineState,
    session: str = "",
    model: str = "",
    protocol: WireProtocol | None = None,
) -> Endpoint | None:
    """Return the endpoint that would be asked first, without claiming it.

    ``protocol`` passes over those that speak another one.
    """
    route = RouteRequest(session=session, model=model)
    plan = state.fleet.plan(route, state.clock.now_s(), state.rng.random())
    fit = (each.endpoint for each in plan.candidates)
    return next((each for each in fit if protocol in {None, each.protocol}), None)


def request_to(
    state: EngineState,
    endpoint: Endpoint,
    request: web.Request,
    content: object,
    read_s: float,
) -> httpx.Request:
    """Return a client's request as ``endpoint`` is to get it.

    One that speaks OpenAI's API is asked for nothing but its models.
    """
    settings = state.settings
    key = state.keys.key_of(endpoint.id) or ""
    if endpoint.protocol is WireProtocol.OPENAI:
        url = join_url(*models_address(endpoint.base_url))
        headers = openai_headers(endpoint.auth, key, endpoint.extra_headers, agent=AGENT)
    else:
        url = join_url(endpoint.base_url, request.raw_path)
        headers = upstream_headers(request.raw_headers, endpoint.auth, key, endpoint.extra_headers)
    timeout = {
        "connect": endpoint.connect_timeout_s or settings.routing_connect_timeout_s,
        "read": read_s,
        "write": 60.0,
        "pool": 30.0,
    }
    return httpx.Request(
        request.method,
        url,
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
    session = conversation_of(request.raw_headers, b"").key
    endpoint = preferred(state, session, protocol=WireProtocol.ANTHROPIC)
    if endpoint is None and preferred(state, session) is not None:
        return error_response(
            404, "not_found_error", f"No endpoint at hand knows {request.path}: it is Anthropic's."
        )
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
