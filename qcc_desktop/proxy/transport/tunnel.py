"""Asks an HTTP proxy for a tunnel (``CONNECT``, RFC 9110 section 9.3.6)."""

import asyncio
from collections.abc import Awaitable, Callable

import httptools
from typing_extensions import override

_MAX_ANSWER_BYTES = 64 * 1024


class TunnelRefusedError(Exception):
    """The proxy answered something else than 2xx, or refused by SOCKS.

    ``status`` is 0 where it was no HTTP, but 407 wherever it wants another user.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class _TunnelProtocol(asyncio.Protocol):
    """Reads the proxy's answer to one CONNECT."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._parser = httptools.HttpResponseParser(self)
        self._received_bytes = 0
        self._reason = b""

    @override
    def data_received(self, data: bytes) -> None:
        self._received_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            if not self.answer.done():
                self._refuse("the proxy does not speak HTTP")
        if self._received_bytes > _MAX_ANSWER_BYTES:
            self._refuse("the proxy's answer is endless")

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._refuse("the proxy closed the connection")

    def on_status(self, reason: bytes) -> None:
        """A part of the reason phrase."""
        self._reason += reason

    def on_headers_complete(self) -> None:
        """The verdict: the tunnel begins after a 2xx head, whatever length it names."""
        status = self._parser.get_status_code()
        if self.answer.done() or status < 200:
            return
        if status < 300:
            self.answer.set_result(None)
        else:
            reason = self._reason.decode("latin-1")
            self._refuse(f"the proxy answered {status} {reason}".rstrip(), status)

    def _refuse(self, message: str, status: int = 0) -> None:
        if not self.answer.done():
            self.answer.set_exception(TunnelRefusedError(message, status))


async def open_tunnel(
    connect: Callable[[asyncio.Protocol], Awaitable[asyncio.Transport]],
    authority: str,
    authorization: bytes | None,
) -> asyncio.Transport:
    """A transport whose far end is ``authority`` (``host:port``), past the proxy.

    ``connect`` opens the connection to the proxy itself. Cancelling closes the socket.

    Raises:
        TunnelRefusedError: the proxy does not let through.
    """
    protocol = _TunnelProtocol()
    transport = await connect(protocol)
    try:
        target = authority.encode("ascii")
        lines = [b"CONNECT %b HTTP/1.1" % target, b"Host: " + target]
        if authorization is not None:
            lines.append(b"Proxy-Authorization: " + authorization)
        transport.write(b"\r\n".join(lines) + b"\r\n\r\n")
        await protocol.answer
    except BaseException:
        if protocol.answer.done() and not protocol.answer.cancelled():
            protocol.answer.exception()  # retrieved, or asyncio logs it when cancelled meanwhile
        transport.abort()
        raise
    return transport
