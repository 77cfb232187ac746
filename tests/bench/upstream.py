"""A fast endpoint on bare asyncio protocols, run as a process of its own.

It answers every POST with a whole Message, or with a stream of real event shapes when the request
has the header `x-bench-pace: EVENTS,INTERVAL_MS`. Its cost is the same for every candidate and is
measured by the `direct` row. Prints its port on the first line.
"""

import asyncio
from functools import partial
from typing import cast

from typing_extensions import override

from tests.bench import payload

_JSON_BODY = payload.answer()
_JSON = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nrequest-id: req_011CSHoEeqs5C35K2UUqR7Fy\r\n"
    b"anthropic-ratelimit-requests-remaining: 3999\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_JSON_BODY), _JSON_BODY)
)
_STREAM_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n"
    b"request-id: req_011CSHoEeqs5C35K2UUqR7Fy\r\nTransfer-Encoding: chunked\r\n\r\n"
)
_NEEDS_LENGTH = b"HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


_OPENING = _STREAM_HEAD + _chunk(payload.opening())
_DELTAS = [_chunk(payload.delta(number)) for number in range(1, 1000)]
_CLOSING = _chunk(payload.closing()) + b"0\r\n\r\n"


def header(head: bytes, name: bytes) -> bytes | None:
    """Value of a header in a request head whose names were lower-cased; None if absent."""
    start = head.find(b"\r\n" + name + b":")
    if start < 0:
        return None
    start += len(name) + 3
    end = head.find(b"\r\n", start)
    return head[start : end if end >= 0 else len(head)].strip()


class Endpoint(asyncio.Protocol):
    """One keep-alive connection."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer:
            self._timer.cancel()

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._buffer[:end]).lower()
            length = header(head, b"content-length")
            if length is None and head.startswith(b"post"):
                self._transport.write(_NEEDS_LENGTH)
                self._transport.close()
                return
            whole = end + 4 + int(length or 0)
            if len(self._buffer) < whole:
                return
            del self._buffer[:whole]
            self._answer(header(head, b"x-bench-pace"))

    def _answer(self, pace: bytes | None) -> None:
        if pace is None:
            self._transport.write(_JSON)
            return
        events, interval_ms = (int(part) for part in pace.split(b","))
        self._transport.write(_OPENING)
        due_s = self._loop.time() + interval_ms / 1000
        self._schedule(0, events, interval_ms / 1000, due_s)

    def _schedule(self, sent: int, events: int, interval_s: float, due_s: float) -> None:
        step = partial(self._stream, sent, events, interval_s, due_s)
        self._timer = self._loop.call_at(due_s, step)

    def _stream(self, sent: int, events: int, interval_s: float, due_s: float) -> None:
        if sent == events:
            self._transport.write(_CLOSING)
            return
        self._transport.write(_DELTAS[sent])
        self._schedule(sent + 1, events, interval_s, due_s + interval_s)


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(Endpoint, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
