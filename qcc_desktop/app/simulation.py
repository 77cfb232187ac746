"""Simulated endpoints that fail on command, for the demo and the self-test.

Each is a real HTTP server on loopback, so that everything between it and the person is the real
thing.
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from enum import StrEnum
from typing import Any

from aiohttp import web

from qcc_desktop.core.errors import BugError
from qcc_desktop.wire.anthropic import dump, parse
from qcc_desktop.wire.sse import encode_event

RETRY_AFTER_S = 8
"""What a rate-limited endpoint asks for: long enough to be seen in the demo."""
_HOST = "127.0.0.1"
_CHECK = "Reply with this code"
_TOOL_CHECK = "Call the tool"
_MAX_BODY_BYTES = 64 * 1024 * 1024
_EVENTS_BEFORE_CUT = 5
"""``message_start``, the start of the block, three words: an answer the reader has begun to see."""


class Mood(StrEnum):
    """How a simulated endpoint behaves."""

    WELL = "well"
    OVERLOADED = "overloaded"
    """Answers 529."""
    RATE_LIMITED = "rate limited"
    """Answers 429 with ``retry-after``."""
    KEY_REFUSED = "key refused"
    """Answers 401."""
    REFUSED = "connection refused"
    """Does not listen."""
    HANGING = "hangs"
    """Takes the request and says nothing."""
    CUT = "cuts the answer"
    """Breaks the connection off in the middle of the answer."""


_ERRORS = {
    Mood.OVERLOADED: (529, "overloaded_error", "Overloaded"),
    Mood.RATE_LIMITED: (429, "rate_limit_error", "This request would exceed your rate limit."),
    Mood.KEY_REFUSED: (401, "authentication_error", "invalid x-api-key"),
}


def _say_one_thing(question: str) -> str:
    del question
    return "The answer comes from the endpoint that is well at the moment."


class SimulatedEndpoint:
    """One endpoint; its mood may be changed at any time.

    ``pace_s`` lies between the words of a streamed answer; ``speak`` turns the text of the last
    user message into the answer. ``asked`` counts requests, ``checked`` background checks; while
    it refuses connections it can count neither.
    """

    def __init__(
        self, name: str, *, pace_s: float = 0.02, speak: Callable[[str], str] = _say_one_thing
    ) -> None:
        self.name = name
        self.asked = 0
        self.checked = 0
        self._mood = Mood.WELL
        self._pace_s = pace_s
        self._speak = speak
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._kept_port: socket.socket | None = None
        self._mood_changed = asyncio.Event()

    @property
    def mood(self) -> Mood:
        """How it behaves now."""
        return self._mood

    @property
    def base_url(self) -> str:
        """Where it listens; the port stays the same while it refuses."""
        return f"http://{_HOST}:{self._port}"

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        app = web.Application(client_max_size=_MAX_BODY_BYTES)
        app.router.add_post("/v1/messages", self._messages)
        app.router.add_route("*", "/{rest:.*}", self._other)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await self._listen()

    async def stop(self) -> None:
        """Close everything; no error when it was not started."""
        self._mood_changed.set()
        self._release_port()
        if self._runner is not None:
            await self._runner.cleanup()

    async def set_mood(self, mood: Mood) -> None:
        """Behave in another way from now on; requests that hang are let go."""
        self._mood = mood
        self._mood_changed.set()
        self._mood_changed = asyncio.Event()
        if mood is Mood.REFUSED and self._site is not None:
            await self._close_door()
        elif mood is not Mood.REFUSED and self._site is None:
            await self._listen()

    async def _listen(self) -> None:
        runner = self._runner
        if runner is None:
            raise BugError("A simulated endpoint listens only after start.")
        self._release_port()
        self._site = web.TCPSite(runner, _HOST, self._port)
        await self._site.start()
        self._port = int(runner.addresses[0][1])

    async def _close_door(self) -> None:
        site, self._site = self._site, None
        if site is not None:
            await site.stop()
        self._keep_port()
        if self._runner is not None and self._runner.server is not None:
            # Connections that are kept alive would go on being answered.
            for connection in self._runner.server.connections:
                connection.force_close()

    def _keep_port(self) -> None:
        """Hold the port without listening, lest a connection of somebody else takes it."""
        kept = self._kept_port = socket.socket()
        if os.name == "posix":
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            kept.bind((_HOST, self._port))

    def _release_port(self) -> None:
        kept, self._kept_port = self._kept_port, None
        if kept is not None:
            kept.close()

    async def _other(self, request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/count_tokens"):
            return web.json_response({"input_tokens": 12})
        return web.json_response({"data": [{"id": "claude-simulated"}], "has_more": False})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        asked = parse(await request.read()) or {}
        question = _question(asked)
        is_tool_check = question.startswith(_TOOL_CHECK)
        if question.startswith(_CHECK) or is_tool_check:
            self.checked += 1
        else:
            self.asked += 1
        if self._mood in _ERRORS:
            return _error(self._mood)
        if self._mood is Mood.HANGING:
            await self._mood_changed.wait()
        if is_tool_check:
            return await self._stream(request, _tool_events(self.name, asked, question))
        text = _code_of(question) or self._speak(question)
        if asked.get("stream"):
            return await self._stream(request, _events(self.name, asked, text))
        return await self._whole(request, dump(_message(self.name, asked, text)))

    async def _stream(self, request: web.Request, events: list[bytes]) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        async for position, event in _paced(events, self._pace_s):
            if self._mood is Mood.CUT and position == _EVENTS_BEFORE_CUT:
                _break_off(request)
                break
            await response.write(event)
        return response

    async def _whole(self, request: web.Request, body: bytes) -> web.StreamResponse:
        if self._mood is not Mood.CUT:
            return web.Response(body=body, content_type="application/json")
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        response.content_length = len(body)
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        _break_off(request)
        return response


def _break_off(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _paced(events: list[bytes], pace_s: float) -> AsyncIterator[tuple[int, bytes]]:
    for position, event in enumerate(events):
        yield position, event
        await asyncio.sleep(pace_s)


def _error(mood: Mood) -> web.Response:
    status, error_type, message = _ERRORS[mood]
    error = {"type": "error", "error": {"type": error_type, "message": message}}
    headers = {"retry-after": str(RETRY_AFTER_S)} if mood is Mood.RATE_LIMITED else None
    return web.json_response(error, status=status, headers=headers)


def _question(asked: Mapping[str, Any]) -> str:
    """Return the text of the last message, empty when it is not plain text."""
    messages = asked.get("messages")
    last = messages[-1] if isinstance(messages, list) and messages else None
    content = last.get("content") if isinstance(last, dict) else None
    return content if isinstance(content, str) else ""


def _code_of(question: str) -> str:
    """Return the code word that a background check wants repeated, empty when it is no check."""
    return question.rsplit(" ", 1)[-1] if question.startswith(_CHECK) else ""


def _message(name: str, asked: Mapping[str, Any], text: str) -> dict[str, object]:
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


def _events(name: str, asked: Mapping[str, Any], text: str) -> list[bytes]:
    start = _message(name, asked, "") | {"stop_reason": None}
    block = {"type": "text", "text": ""}
    deltas = [{"type": "text_delta", "text": word} for word in _words(text)]
    ending = {"stop_reason": "end_turn", "stop_sequence": None}
    return [
        _event("message_start", message=start),
        _event("content_block_start", index=0, content_block=block),
        *(_event("content_block_delta", index=0, delta=delta) for delta in deltas),
        _event("content_block_stop", index=0),
        _event("message_delta", delta=ending, usage={"output_tokens": len(deltas)}),
        _event("message_stop"),
    ]


def _tool_events(name: str, asked: Mapping[str, Any], question: str) -> list[bytes]:
    """Return the stream that calls the tool of a test with the code word it asks for."""
    tool, arguments = asked["tools"][0]["name"], dump({"code": question.rsplit(" ", 1)[-1]})
    block = {"type": "tool_use", "id": "toolu_simulated", "name": tool, "input": {}}
    delta = {"type": "input_json_delta", "partial_json": arguments.decode()}
    ending = {"stop_reason": "tool_use", "stop_sequence": None}
    return [
        _event("message_start", message=_message(name, asked, "") | {"stop_reason": None}),
        _event("content_block_start", index=0, content_block=block),
        _event("content_block_delta", index=0, delta=delta),
        _event("content_block_stop", index=0),
        _event("message_delta", delta=ending, usage={"output_tokens": 8}),
        _event("message_stop"),
    ]


def _words(text: str) -> list[str]:
    first, *others = text.split(" ")
    return [first, *(f" {word}" for word in others)]


def _event(name: str, **fields: object) -> bytes:
    return encode_event(name, dump({"type": name, **fields}))
