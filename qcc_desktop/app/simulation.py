"""Simulated endpoints that fail on command, for the demo and the self-test.

Each is a real HTTP server on loopback, so that everything between it and the person is the real
thing.
"""

import asyncio
from collections.abc import AsyncIterator
from enum import StrEnum

from aiohttp import web

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import BugError
from qcc_desktop.wire.anthropic import dump, parse
from qcc_desktop.wire.sse import encode_event

_ANSWER = "The answer comes from the endpoint that is well at the moment."


class Mood(StrEnum):
    """How a simulated endpoint behaves."""

    WELL = "well"
    SLOW = "slow"
    OVERLOADED = "529 overloaded"
    RATE_LIMITED = "429 rate limited"
    KEY_REFUSED = "401 key refused"
    REFUSED = "connection refused"
    HANGING = "hangs"
    CUT = "cuts the answer"


_ERRORS = {
    Mood.OVERLOADED: (529, "overloaded_error", "Overloaded"),
    Mood.RATE_LIMITED: (429, "rate_limit_error", "This request would exceed your rate limit."),
    Mood.KEY_REFUSED: (401, "authentication_error", "invalid x-api-key"),
}


class SimulatedEndpoint:
    """One endpoint; `mood` may be changed at any time through `set_mood`."""

    def __init__(self, name: str, *, pace_s: float = 0.02) -> None:
        self.name = name
        self.mood = Mood.WELL
        self.asked = 0
        self._pace_s = pace_s
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._mood_changed = asyncio.Event()

    @property
    def base_url(self) -> str:
        """Where it listens; the port stays the same while it refuses."""
        return f"http://127.0.0.1:{self._port}"

    def endpoint(self, endpoint_id: str, priority: int) -> Endpoint:
        """Return it as the configuration holds it."""
        return Endpoint(id=endpoint_id, name=self.name, base_url=self.base_url, priority=priority)

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/v1/messages", self._messages)
        app.router.add_route("*", "/{rest:.*}", self._other)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await self._listen()

    async def stop(self) -> None:
        """Close everything."""
        self._mood_changed.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def set_mood(self, mood: Mood) -> None:
        """Behave in another way from now on; requests that hang are let go."""
        self.mood = mood
        self._mood_changed.set()
        self._mood_changed = asyncio.Event()
        if mood is Mood.REFUSED:
            await self._close_door()
        elif self._site is None:
            await self._listen()

    async def _listen(self) -> None:
        runner = self._runner
        if runner is None:
            raise BugError("A simulated endpoint listens only after start.")
        self._site = web.TCPSite(runner, "127.0.0.1", self._port, reuse_address=True)
        await self._site.start()
        self._port = int(runner.addresses[0][1])

    async def _close_door(self) -> None:
        site, self._site = self._site, None
        if site is not None:
            await site.stop()
        if self._runner is not None and self._runner.server is not None:
            # Connections that are kept alive would go on being answered.
            for connection in self._runner.server.connections:
                connection.force_close()

    async def _other(self, request: web.Request) -> web.StreamResponse:
        del request
        return web.json_response({"data": [{"id": "claude-simulated"}], "has_more": False})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        asked = parse(await request.read()) or {}
        if self.mood in _ERRORS:
            return _error(*_ERRORS[self.mood])
        if self.mood is Mood.HANGING:
            await self._mood_changed.wait()
        text = _answer_to(asked)
        if not asked.get("stream"):
            return web.json_response(_message(self.name, asked, text))
        return await self._stream(request, asked, text)

    async def _stream(
        self, request: web.Request, asked: dict[str, object], text: str
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        pace_s = self._pace_s * (5 if self.mood is Mood.SLOW else 1)
        async for position, event in _paced(_events(self.name, asked, text), pace_s):
            if self.mood is Mood.CUT and position == 5 and request.transport is not None:
                request.transport.abort()
                return response
            await response.write(event)
        return response


async def _paced(events: list[bytes], pace_s: float) -> AsyncIterator[tuple[int, bytes]]:
    for position, event in enumerate(events):
        yield position, event
        await asyncio.sleep(pace_s)


def _error(status: int, error_type: str, message: str) -> web.Response:
    error = {"type": "error", "error": {"type": error_type, "message": message}}
    return web.json_response(error, status=status)


def _answer_to(asked: dict[str, object]) -> str:
    """Repeat a code word when a background check asks for one."""
    messages = asked.get("messages")
    last = messages[-1] if isinstance(messages, list) and messages else {}
    content = last.get("content") if isinstance(last, dict) else ""
    if isinstance(content, str) and content.startswith("Reply with this code"):
        return content.rsplit(" ", 1)[-1]
    return _ANSWER


def _message(name: str, asked: dict[str, object], text: str) -> dict[str, object]:
    return {
        "id": f"msg_{name}",
        "type": "message",
        "role": "assistant",
        "model": asked.get("model", "claude-simulated"),
        "content": [{"type": "text", "text": text}] if text else [],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 12, "output_tokens": len(text.split())},
    }


def _events(name: str, asked: dict[str, object], text: str) -> list[bytes]:
    start = _message(name, asked, "") | {"stop_reason": None}
    block = {"type": "text", "text": ""}
    deltas = [{"type": "text_delta", "text": f"{word} "} for word in text.split()]
    ending = {"stop_reason": "end_turn", "stop_sequence": None}
    return [
        _event("message_start", message=start),
        _event("content_block_start", index=0, content_block=block),
        *(_event("content_block_delta", index=0, delta=delta) for delta in deltas),
        _event("content_block_stop", index=0),
        _event("message_delta", delta=ending, usage={"output_tokens": len(deltas)}),
        _event("message_stop"),
    ]


def _event(name: str, **fields: object) -> bytes:
    return encode_event(name, dump({"type": name, **fields}))
