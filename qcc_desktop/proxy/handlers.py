"""What is answered where."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler

from qcc_desktop.proxy import passthrough, questions
from qcc_desktop.proxy.answers import error_response
from qcc_desktop.proxy.body import read_body, too_large
from qcc_desktop.proxy.inference import Inference
from qcc_desktop.proxy.recorder import Record
from qcc_desktop.proxy.state import ENGINE_STATE, EngineState

BodyHandler = Callable[[web.Request, bytes, Record], Awaitable[web.StreamResponse]]


def add_routes(app: web.Application) -> None:
    """Add every route of the Messages API and the small ones Claude Code probes."""
    router = app.router
    router.add_post("/v1/messages", messages)
    router.add_post("/v1/messages/count_tokens", count_tokens)
    router.add_get("/v1/models", models)
    router.add_route("*", "/v1/{rest:.*}", forward)
    router.add_get("/", hello)
    router.add_get("/api/hello", hello)
    router.add_route("*", "/api/event_logging/{rest:.*}", nothing)
    router.add_get("/health", hello)
    router.add_route("*", "/{rest:.*}", unknown)


async def messages(request: web.Request) -> web.StreamResponse:
    """Answer an inference request by whichever endpoint can."""
    return await _recorded(request, _infer)


async def count_tokens(request: web.Request) -> web.StreamResponse:
    """Count or estimate the tokens of a request."""
    return await _awaited(request, _count)


async def models(request: web.Request) -> web.StreamResponse:
    """List the models."""
    return await _awaited(request, questions.models)


async def forward(request: web.Request) -> web.StreamResponse:
    """Pass anything else on."""
    return await _awaited(request, passthrough.forward)


async def hello(_request: web.Request) -> web.StreamResponse:
    """Answer Claude Code's start-up probe (``HEAD /``, ``/api/hello``) from here."""
    return web.json_response({"message": "QCC Desktop"})


async def nothing(_request: web.Request) -> web.StreamResponse:
    """Swallow telemetry: it is not for an endpoint."""
    return web.Response(status=204)


async def unknown(request: web.Request) -> web.StreamResponse:
    """Say in Anthropic's shape that there is nothing here."""
    return error_response(404, "not_found_error", f"There is nothing at {request.path}.")


async def _count(request: web.Request) -> web.StreamResponse:
    limit_mb = request.app[ENGINE_STATE].settings.server_max_body_mb
    body = await read_body(request, limit_mb)
    return too_large(limit_mb) if body is None else await questions.count_tokens(request, body)


async def _awaited(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer by ``handler``; a stop waits for it, though it is not among the requests shown."""
    state = request.app[ENGINE_STATE]
    if state.is_draining:
        return _draining()
    with state.recorder.beside():
        return await handler(request)


async def _infer(request: web.Request, body: bytes, record: Record) -> web.StreamResponse:
    return await Inference(request.app[ENGINE_STATE], request, record, body).run()


async def _recorded(request: web.Request, handler: BodyHandler) -> web.StreamResponse:
    state = request.app[ENGINE_STATE]
    if state.is_draining:
        return _draining()
    record = state.recorder.begin(request.path)
    try:
        return await _with_body(state, request, record, handler)
    except (asyncio.CancelledError, ConnectionError):
        # aiohttp cancels the handler when the client leaves; a write that finds it gone raises.
        # An answer that was complete before that counts as what it was.
        if record.outcome == "running":
            record.outcome = "cancelled"
        raise
    finally:
        if record.outcome == "running":
            record.outcome = "failed"
        state.recorder.finish(record)


async def _with_body(
    state: EngineState, request: web.Request, record: Record, handler: BodyHandler
) -> web.StreamResponse:
    limit_mb = state.settings.server_max_body_mb
    body = await read_body(request, limit_mb)
    if body is None:
        record.outcome, record.status = "client_error", 413
        return too_large(limit_mb)
    return await handler(request, body, record)


def _draining() -> web.Response:
    response = error_response(
        529, "overloaded_error", "QCC Desktop is restarting.", retry_after_s=1
    )
    response.force_close()
    return response
