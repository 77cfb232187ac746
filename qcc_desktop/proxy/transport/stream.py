"""The body of one response, read as it arrives."""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import httpx
from typing_extensions import override


class BodySource(Protocol):
    """What a body stream asks of the connection that feeds it."""

    def resume_reading(self) -> None:
        """Take more bytes from the socket again."""

    def abandon(self) -> None:
        """Give the rest of the response up: close the socket at once."""


class BodyStream(httpx.AsyncByteStream):
    """Raw bytes of one response body; what arrived between two reads comes as one piece.

    Leaving early (`aclose` before the end) closes the connection at once. The connection is
    let go as soon as the body has *arrived*, so an unread rest costs memory, not a connection.
    """

    __slots__ = ("_chunks", "_ended", "_error", "_loop", "_source", "_waiter")

    def __init__(self, loop: asyncio.AbstractEventLoop, source: BodySource) -> None:
        self._loop = loop
        self._source: BodySource | None = source
        self._chunks: list[bytes] = []
        self._waiter: asyncio.Future[None] | None = None
        self._ended = False
        self._error: BaseException | None = None

    @property
    def is_starving(self) -> bool:
        """True while a reader waits and there is nothing for it."""
        return self._waiter is not None

    @property
    def is_drained(self) -> bool:
        """True while nothing lies here unread."""
        return not self._chunks

    def feed(self, data: bytes) -> None:
        """Add bytes; `wake` tells the reader once a whole read was parsed."""
        self._chunks.append(data)

    def wake(self) -> None:
        """Let a waiting reader look again."""
        waiter = self._waiter
        if waiter is not None:
            self._waiter = None
            if not waiter.done():
                waiter.set_result(None)

    def end(self, error: BaseException | None = None) -> None:
        """Close the input: after the bytes that are here comes the end, or ``error``."""
        self._source = None
        self._ended = True
        self._error = error
        self.wake()

    @override
    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        """The next bytes, waiting for them.

        Raises:
            TransportFailure: the body broke off; the bytes before that were delivered.
        """
        chunks = self._chunks
        while not chunks:
            if self._ended:
                if self._error is not None:
                    raise self._error
                raise StopAsyncIteration
            self._waiter = waiter = self._loop.create_future()
            try:
                await waiter
            finally:
                self._waiter = None
        data = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        chunks.clear()
        if self._source is not None:
            self._source.resume_reading()
        return data

    @override
    async def aclose(self) -> None:
        source = self._source
        self._chunks.clear()
        if source is not None:
            self.end()
            source.abandon()
