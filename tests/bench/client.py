"""A client on bare asyncio protocols: cheap enough not to be what is measured."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete answer; times are seconds since the request was written."""

    status: int
    first_byte_s: float
    """First byte of the body."""
    end_s: float
    events: int
    """SSE frames in the body."""


class BenchError(Exception):
    """The candidate did not answer as it must; figures would be worthless."""


class Connection(asyncio.Protocol):
    """One keep-alive connection that carries one request at a time."""

    def __init__(self) -> None:
        self._done: Callable[[Answer], None] | None = None
        self._failed: Callable[[Exception], None] = _raise
        self._started_s = 0.0
        self._first_byte_s = 0.0
        self._reset()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def send(
        self, request: bytes, done: Callable[[Answer], None], failed: Callable[[Exception], None]
    ) -> None:
        """Writes a request; exactly one of the callbacks follows."""
        self._reset()
        self._done, self._failed = done, failed
        self._started_s = time.perf_counter()
        self._transport.write(request)

    async def fetch(self, request: bytes, *, timeout_s: float = 30) -> Answer:
        """Sends one request and waits for the whole answer.

        Raises:
            BenchError: the status is not 200, or the connection ended.
            TimeoutError: no whole answer in time.
        """
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.send(request, answered.set_result, answered.set_exception)
        return await asyncio.wait_for(answered, timeout_s)

    def close(self) -> None:
        """Ends the connection; an unfinished request fails."""
        self._transport.close()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if self._done:
            self._finish_badly("the connection ended before the answer did")

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._status == 0 and not self._read_head():
            return
        if self._buffer and not self._first_byte_s:
            self._first_byte_s = time.perf_counter() - self._started_s
        if self._read_chunks() if self._chunked else self._read_rest():
            self._finish()

    def _reset(self) -> None:
        self._buffer = bytearray()
        self._body = bytearray()
        self._status = 0
        self._chunked = False
        self._missing = 0
        self._first_byte_s = 0.0

    def _read_head(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self._buffer[:end]).lower()
        del self._buffer[: end + 4]
        self._status = int(head[9:12])
        self._chunked = b"\r\ntransfer-encoding: chunked" in head
        _, found, rest = head.partition(b"\r\ncontent-length:")
        self._missing = int(rest.split(b"\r\n", 1)[0]) if found else 0
        return True

    def _read_rest(self) -> bool:
        self._missing -= len(self._buffer)
        self._body += self._buffer
        self._buffer.clear()
        return self._missing <= 0

    def _read_chunks(self) -> bool:
        """Moves whole chunks to the body; true once the last one was seen."""
        while (line_end := self._buffer.find(b"\r\n")) >= 0:
            size = int(self._buffer[:line_end], 16)
            whole = line_end + 2 + size + 2
            if len(self._buffer) < whole:
                return False
            self._body += self._buffer[line_end + 2 : whole - 2]
            del self._buffer[:whole]
            if size == 0:
                return True
        return False

    def _finish(self) -> None:
        if self._status != 200:
            self._finish_badly(f"status {self._status}: {bytes(self._body[:300])!r}")
            return
        done, self._done = self._done, None
        end_s = time.perf_counter() - self._started_s
        events = self._body.count(b"\n\n")
        if done:
            done(Answer(self._status, self._first_byte_s, end_s, events))

    def _finish_badly(self, reason: str) -> None:
        self._done = None
        self._failed(BenchError(reason))


def _raise(error: Exception) -> None:
    raise error


async def connect(port: int, count: int) -> list[Connection]:
    """Opens `count` connections to a port of this computer."""
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(Connection, "127.0.0.1", port))[1] for _ in range(count)]


async def hammer(
    connections: Sequence[Connection],
    requests: Sequence[bytes],
    most: int,
    *,
    for_s: float = 120,
    timeout_s: float = 300,
) -> int:
    """Keeps every connection busy, each request after the answer before, and counts the answers.

    It stops sending after `most` requests or `for_s` seconds, whichever comes first, and waits for
    what is under way.

    Raises:
        BenchError: one failed; the others are abandoned.
        TimeoutError: an answer never came.
    """
    finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    until_s = time.perf_counter() + for_s
    sent = answered = 0

    def fail(error: Exception) -> None:
        if not finished.done():
            finished.set_exception(error)

    def send_on(index: int) -> None:
        nonlocal sent
        if sent < most and time.perf_counter() < until_s:
            sent += 1
            connections[index].send(requests[index], partial(took, index), fail)

    def took(index: int, _answer: Answer) -> None:
        nonlocal answered
        answered += 1
        send_on(index)
        if answered == sent and not finished.done():
            finished.set_result(None)

    for index in range(len(connections)):
        send_on(index)
    await asyncio.wait_for(finished, timeout_s)
    return answered
