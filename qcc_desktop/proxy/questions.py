"""Small questions with whole answers: how many tokens, which models.

An endpoint is asked where it can answer; what it cannot is estimated or listed here. Like every
path that is no inference they say nothing about an endpoint (row 18 of the classification).
"""

import asyncio

import httpx
from aiohttp import web

from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.models import target_model
from qcc_desktop.proxy.answers import JSON, WholeAnswer, as_text, error_response
from qcc_desktop.proxy.bodies import is_decoded
from qcc_desktop.proxy.passthrough import preferred, request_to
from qcc_desktop.proxy.state import ENGINE_STATE, EngineState
from qcc_desktop.wire.anthropic import dump, estimate_tokens, models_list, parse
from qcc_desktop.wire.headers import downstream_headers
from qcc_desktop.wire.request_head import member, read_head, replace_model
from qcc_desktop.wire.session_key import conversation_of
from qcc_desktop.wire.thinking import strip_signed
from qcc_desktop.wire.translate.turn import SIGNATURE

_MODELS_S = 2.5
"""Claude Code waits 3 s for the model list (gateway contract)."""
_COUNT_S = 10.0
_KNOWN_MODELS = (
    "claude-opus-4-5",
    "claude-sonnet-4-5",
    "claude-haiku-4-5",
)
_LACKS_COUNTING = frozenset({404, 405, 501})


async def count_tokens(request: web.Request, body: bytes) -> web.StreamResponse:
    """Ask the session's endpoint; estimate here when it cannot count.

    The estimate keeps Claude Code from paying for counting by a real request (cc-switch#5376).
    OpenAI's API has no such call: the next endpoint that speaks Anthropic's is asked then.
    """
    state = request.app[ENGINE_STATE]
    model = read_head(body).model
    session = conversation_of(request.raw_headers, body).key
    endpoint = preferred(state, session, model or "", WireProtocol.ANTHROPIC)
    if endpoint is not None and endpoint.id not in state.without_count_tokens:
        wanted = target_model(endpoint, state.settings, model)
        content = strip_signed(body, SIGNATURE) if state.speaks_openai else body
        content = replace_model(content, wanted) if wanted else content
        counted = await _ask(request, state, endpoint, content, _COUNT_S)
        if counted is not None and _is_count(state, endpoint, counted):
            return _verbatim(counted, endpoint)
    if member(body, "messages") is None:
        return error_response(400, "invalid_request_error", "messages: Field required")
    return web.json_response(
        {"input_tokens": estimate_tokens(body)}, headers={"x-qcc-estimate": "true"}
    )


def _is_count(state: EngineState, endpoint: Endpoint, counted: httpx.Response) -> bool:
    """Tell whether the client is to see this answer: a count, or what is its own error."""
    if counted.status_code in _LACKS_COUNTING:
        state.without_count_tokens.add(endpoint.id)
    answer = parse(counted.content)
    if counted.status_code == 400:
        return isinstance(answer, dict)
    return counted.status_code == 200 and isinstance(answer, dict) and "input_tokens" in answer


async def models(request: web.Request) -> web.StreamResponse:
    """Answer with the preferred endpoint's list, with our own when it has none in time."""
    state = request.app[ENGINE_STATE]
    endpoint = preferred(state)
    if endpoint is not None:
        listed = await _ask(request, state, endpoint, None, _MODELS_S)
        body = _named(listed) if listed is not None and listed.status_code == 200 else None
        if body is not None:
            return web.Response(body=body, content_type=JSON)
    return web.Response(body=models_list(_KNOWN_MODELS), content_type=JSON)


def _named(listed: httpx.Response) -> bytes | None:
    """Return a list of models in which each has the name that Claude Code shows.

    Relays often list models as OpenAI does, without ``display_name``.
    """
    answer = parse(listed.content)
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, list) or not all(isinstance(each, dict) for each in data):
        return None
    if all("display_name" in each for each in data):
        return listed.content
    named = [{"type": "model", "display_name": each.get("id"), **each} for each in data]
    return dump({**answer, "data": named})


async def _ask(
    request: web.Request,
    state: EngineState,
    endpoint: Endpoint,
    content: bytes | None,
    limit_s: float,
) -> httpx.Response | None:
    """Return the endpoint's whole answer, None when there is none in time."""
    try:
        async with asyncio.timeout(limit_s):
            client = (await state.upstreams.get(endpoint)).client
            return await client.send(request_to(state, endpoint, request, content, limit_s))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return None


def _verbatim(response: httpx.Response, endpoint: Endpoint) -> web.Response:
    headers = downstream_headers(
        response.headers.raw, decoded=is_decoded(response), endpoint_name=endpoint.name, attempts=1
    )
    return WholeAnswer(response.status_code, as_text(headers), response.content).response()
