"""Puts requests onto a socket as fast as the peer takes them."""

import asyncio
from collections.abc import AsyncIterable
from typing import Protocol

from qcc_desktop.proxy.transport.messages import Outgoing
from qcc_desktop.runtime.tasks import spawn

ONE_WRITE_BYTES = 256 * 1024
"""Requests up to this size leave in a single write, larger ones slice by slice."""


class SendingListener(Protocol):
    """Who wants to know how a request gets on."""

    def on_stalled(self) -> None:
        """The socket takes no more for now."""

    def on_progress(self) -> None:
        """A piece has left; the next may take its time to be produced."""

    def on_written(self) -> None:
        """The whole request is with the kernel."""

    def on_source_failed(self, error: Exception) -> None:
        """The body's source raised: the request cannot be completed."""


class RequestSender:
    """Sends one request after the other over one transport.

    A small request is one write and needs no task; a large or produced body runs in a task of
    its own, so that an answer may come before the request is complete.
    """

    __slots__ = ("_drained", "_is_paused", "_listener", "_loop", "_pump", "_transport")

    def __init__(self, loop: asyncio.AbstractEventLoop, listener: SendingListener) -> None:
        self._loop = loop
        self._listener = listener
        self._transport: asyncio.WriteTransport | None = None
        self._pump: asyncio.Task[None] | None = None
        self._drained: asyncio.Future[None] | None = None
        self._is_paused = False

    @property
    def is_pumping(self) -> bool:
        """True while a large or produced body is still being sent."""
        return self._pump is not None

    def open(self, transport: asyncio.WriteTransport) -> None:
        """Use ``transport``, whose protocol passes `pause` and `resume` on."""
        self._transport = transport
        # "Resumed" then means "all sent". Not high=0: asyncio's TLS pauses at size >= high.
        transport.set_write_buffer_limits(high=1, low=0)

    def close(self) -> None:
        """Let go of the transport; nothing is written any more."""
        self.stop()
        self._transport = None

    def send(self, request: Outgoing) -> None:
        """Begin to send ``request``; the listener hears of its end."""
        body = request.body
        if isinstance(body, bytes) and len(body) <= ONE_WRITE_BYTES:
            self._write(request.head + body if body else request.head)
            self._report()
        else:
            self._pump = spawn(self._run(request), name="request body")

    def stop(self) -> None:
        """Send no more of the running request."""
        pump, self._pump = self._pump, None
        if pump is not None:
            pump.cancel()

    def pause(self) -> None:
        """The transport's buffer is not empty."""
        self._is_paused = True

    def resume(self) -> None:
        """The transport's buffer is empty again."""
        self._is_paused = False
        drained, self._drained = self._drained, None
        if drained is not None:
            if not drained.done():
                drained.set_result(None)
        elif self._pump is None:
            self._report()

    def _report(self) -> None:
        if self._is_paused:
            self._listener.on_stalled()
        else:
            self._listener.on_written()

    def _write(self, data: bytes | memoryview) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    async def _run(self, request: Outgoing) -> None:
        try:
            self._write(request.head)
            if isinstance(request.body, bytes):
                view = memoryview(request.body)
                for start in range(0, len(view), ONE_WRITE_BYTES):
                    await self._write_piece(view[start : start + ONE_WRITE_BYTES])
            else:
                await self._run_pieces(request.body, is_chunked=request.is_chunked)
        except Exception as error:  # noqa: BLE001  whatever the source raises is the sender's
            self._pump = None
            self._listener.on_source_failed(error)
            return
        self._pump = None
        self._report()

    async def _run_pieces(self, pieces: AsyncIterable[bytes], *, is_chunked: bool) -> None:
        async for piece in pieces:
            if not piece:
                continue
            framed = b"%x\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece
            await self._write_piece(framed)
        if is_chunked:
            self._write(b"0\r\n\r\n")

    async def _write_piece(self, piece: bytes | memoryview) -> None:
        self._write(piece)
        if self._is_paused:
            self._listener.on_stalled()
            self._drained = self._loop.create_future()
            await self._drained
        self._listener.on_progress()
