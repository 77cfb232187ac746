"""One HTTP/1.1 connection: a protocol over llhttp that runs one exchange at a time.

Everything happens in the socket's own callbacks; an exchange costs two futures at most and
no timer of its own (one watchdog per connection moves its deadline instead). llhttp decides
framing; what it leaves open is decided here: where a body without length ends, what follows
HEAD, and that bytes beyond a response spoil the connection.
"""

import asyncio
import math
import socket
from typing import Protocol, cast

import httptools
from typing_extensions import override

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport.faults import (
    Exchange,
    ReadTimedOut,
    ResponseBroken,
    TransportFailure,
    WriteTimedOut,
    failure_of_lost_connection,
)
from qcc_desktop.proxy.transport.messages import (
    Deadlines,
    Incoming,
    Origin,
    Outgoing,
    RawHeaders,
    ends_with_connection,
)
from qcc_desktop.proxy.transport.sending import RequestSender
from qcc_desktop.proxy.transport.stream import BodyStream
from qcc_desktop.proxy.transport.watchdog import Watchdog

MAX_HEAD_BYTES = 64 * 1024
MAX_HEADERS = 256
HIGH_WATER_BYTES = 64 * 1024
"""Unread body bytes above which the socket is left alone until the reader caught up."""

_HEAD_TOO_LARGE = f"The response head exceeds {MAX_HEAD_BYTES} bytes or {MAX_HEADERS} headers."


class ConnectionOwner(Protocol):
    """The pool, as a connection sees it."""

    read_buffer: memoryview
    """Where the bytes of one read go; used up before the next read of any connection."""

    def release(self, connection: "Http1Connection") -> None:
        """The exchange is over and the connection may serve another."""

    def withdraw(self, connection: "Http1Connection") -> None:
        """The connection must not be handed out again; its socket is about to close."""

    def lost(self, connection: "Http1Connection") -> None:
        """The socket is closed. Called once, for a connection that was made."""


class _EndOfMessageError(Exception):
    """Stops the parser: what follows does not belong to the response."""


class Http1Connection(asyncio.BufferedProtocol):
    """A socket to the endpoint and the exchange that runs on it, if any.

    Reads go into a buffer shared by all connections of the owner. asyncio's ordinary protocol
    allocates 256 KB for each read, which cost more than everything else here together (up to
    0.035 ms of system time per event of a stream, depending on the heap's layout).
    """

    __slots__ = (
        "_buffer",
        "_complete",
        "_deadlines",
        "_exchange",
        "_head",
        "_headers",
        "_is_closing",
        "_is_head_method",
        "_is_head_too_large",
        "_is_keep_alive",
        "_is_reading_paused",
        "_last_data_s",
        "_loop",
        "_overhead_bytes",
        "_owner",
        "_parser",
        "_reason",
        "_sender",
        "_sent_s",
        "_status",
        "_stream",
        "_transport",
        "_unread_bytes",
        "_watchdog",
        "idle_since_s",
        "origin",
    )

    def __init__(
        self, loop: asyncio.AbstractEventLoop, owner: ConnectionOwner, origin: Origin
    ) -> None:
        self.origin = origin
        self.idle_since_s = 0.0
        self._loop = loop
        self._owner = owner
        self._buffer = owner.read_buffer
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._exchange: Exchange | None = None
        self._head: asyncio.Future[Incoming] | None = None
        self._stream: BodyStream | None = None
        self._sender = RequestSender(loop, self)
        self._watchdog = Watchdog(loop, due_s=self._due_s, bite=self._time_out)
        self._headers: RawHeaders = []
        self._status = 0
        self._reason = b""
        self._deadlines = Deadlines()
        self._last_data_s = 0.0
        self._sent_s = 0.0
        self._overhead_bytes = 0
        self._unread_bytes = 0
        self._complete = False
        self._is_keep_alive = False
        self._is_head_method = False
        self._is_head_too_large = False
        self._is_reading_paused = False
        self._is_closing = False

    # ---- for the pool and the client

    @property
    def is_open(self) -> bool:
        """True between the connection being made and its end."""
        return self._transport is not None and not self._is_closing

    @property
    def is_closing(self) -> bool:
        """True once the connection is given up, also while its socket still closes."""
        return self._is_closing

    def abort(self) -> None:
        """Close the socket without waiting for anything; a running exchange fails."""
        if self._is_closing:
            return
        self._is_closing = True
        self._owner.withdraw(self)
        self._sender.stop()
        if self._transport is not None:
            self._transport.abort()

    def abandon(self) -> None:
        """Drop the running exchange without an error, closing the socket at once."""
        self._exchange = None
        self._stream = None
        self.abort()

    def resume_reading(self) -> None:
        """Take more bytes from the socket: the reader has caught up."""
        self._unread_bytes = 0
        if self._is_reading_paused:
            self._is_reading_paused = False
            self._last_data_s = self._loop.time()
            if self._transport is not None and not self._is_closing:
                self._transport.resume_reading()

    async def send(self, request: Outgoing, exchange: Exchange, deadlines: Deadlines) -> Incoming:
        """Send ``request`` and wait for the head of its response.

        Cancelling closes the socket.

        Raises:
            TransportFailure: see `qcc_desktop.proxy.transport.faults`.
        """
        self._exchange = exchange
        self._deadlines = deadlines
        self._headers = []
        self._reason = b""
        self._overhead_bytes = 0
        self._complete = False
        self._is_head_method = request.is_head_method
        self._sent_s = self._loop.time()
        head: asyncio.Future[Incoming] = self._loop.create_future()
        self._head = head
        try:
            self._sender.send(request)
            return await head
        except BaseException:
            if head.done() and not head.cancelled():
                head.exception()  # retrieved, or asyncio logs it when cancelled meanwhile
            if self._exchange is exchange:
                self.abandon()
            raise

    # ---- sending

    def on_stalled(self) -> None:
        """The peer takes no more for now."""
        self._watchdog.watch(self._loop.time(), self._deadlines.write_s)

    def on_progress(self) -> None:
        """A piece of the request has left; producing the next may take its time."""
        self._watchdog.watch(0.0, None)

    def on_written(self) -> None:
        """The request is with the kernel: the clock for the response starts."""
        exchange = self._exchange
        if exchange is not None:
            exchange.request_written = True
            limits = self._deadlines
            allowed_s = limits.head_s if self._stream is None else limits.idle_s
            self._watchdog.watch(self._loop.time(), allowed_s)

    def on_source_failed(self, error: Exception) -> None:
        """The request's body cannot be completed."""
        self._settle(error)
        self.abort()

    @override
    def pause_writing(self) -> None:
        self._sender.pause()

    @override
    def resume_writing(self) -> None:
        self._sender.resume()

    # ---- the socket

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        if self._is_closing:
            self._transport.abort()
            return
        self._parser = _new_parser(self)
        self._sender.open(self._transport)
        sock = transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            # asyncio does so only for sockets whose protocol number was spelt out.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @override
    def get_buffer(self, sizehint: int) -> memoryview:
        return self._buffer

    @override
    def buffer_updated(self, nbytes: int) -> None:
        self._receive(self._buffer[:nbytes])

    def _receive(self, data: memoryview) -> None:
        exchange = self._exchange
        if exchange is None or self._parser is None:
            self.abort()  # nobody asked: an idle connection that speaks is spoiled
            return
        exchange.response_bytes += len(data)
        self._last_data_s = self._loop.time()
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            if not self._complete:
                self._break_off(error)
                return
            self._is_keep_alive = self._is_keep_alive and self._ended_with_head(data)
        if self._stream is None:
            self._check_head_size(len(data))
        else:
            self._deliver(self._stream, len(data))

    def _ended_with_head(self, data: memoryview) -> bool:
        """True for a HEAD response after which the socket delivered nothing else."""
        if self._is_head_method and bytes(data[-3:]).endswith((b"\n\r\n", b"\n\n")):
            self._parser = _new_parser(self)
            return True
        return False

    def _deliver(self, stream: BodyStream, data_bytes: int) -> None:
        head, self._head = self._head, None
        self._deliver_head(head, stream)
        if self._complete:
            self._finish()
            return
        if stream.is_starving:
            if stream.is_drained:
                self._count_overhead(data_bytes)
                return
            self._overhead_bytes = 0
            stream.wake()
            return
        self._unread_bytes += data_bytes
        if self._unread_bytes > HIGH_WATER_BYTES and not self._is_reading_paused:
            if stream.is_drained:
                self._unread_bytes = 0
                self._count_overhead(data_bytes)
            elif self._transport is not None:
                self._is_reading_paused = True
                self._transport.pause_reading()

    def _deliver_head(self, head: "asyncio.Future[Incoming] | None", stream: BodyStream) -> None:
        if head is not None and not head.done():
            head.set_result(Incoming(self._status, self._reason, self._headers, stream))

    def _count_overhead(self, data_bytes: int) -> None:
        """Bound bytes that are framing only (trailers, chunk extensions) and no body."""
        self._overhead_bytes += data_bytes
        if self._overhead_bytes > MAX_HEAD_BYTES:
            self._break(TransportFault.PROTOCOL, "The answer's chunk framing is endless.")

    def _check_head_size(self, data_bytes: int) -> None:
        self._overhead_bytes += data_bytes
        if self._overhead_bytes > MAX_HEAD_BYTES:
            self._break(TransportFault.HEADERS_TOO_LARGE, _HEAD_TOO_LARGE)

    def _finish(self) -> None:
        """The whole response is here: hand the connection back, or close it."""
        exchange, self._exchange = self._exchange, None
        stream, self._stream = self._stream, None
        self._unread_bytes = 0
        if stream is not None:
            stream.end()
        if self._is_keep_alive and exchange is not None and exchange.request_written:
            self._owner.release(self)
        else:
            self.abort()

    @override
    def eof_received(self) -> None:
        exchange = self._exchange
        if exchange is None:
            self.abort()
            return
        self._owner.withdraw(self)
        if self._stream is None:
            where = "within" if exchange.response_bytes else "without"
            text = f"The server closed the connection {where} a response head."
            self._break(TransportFault.DISCONNECTED, text)
        elif ends_with_connection(self._headers):
            self._is_keep_alive = False
            self._finish()
        else:
            self._break(TransportFault.EOF, "The server closed the connection within the body.")

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._is_closing = True
        self._owner.withdraw(self)
        if self._exchange is not None and exc is not None and not self._exchange.request_written:
            self._salvage()
        if self._exchange is not None:
            self._settle(failure_of_lost_connection(exc, self._exchange))
        self._sender.close()
        self._watchdog.stop()
        self._parser = None  # breaks the cycle of parser and callbacks
        self._transport = None
        self._owner.lost(self)

    def _salvage(self) -> None:
        """Read what the peer had said before it stopped listening.

        A server that refuses a body (413) answers, closes and resets; the failed write must not
        hide the answer that already lies in the socket. Only possible without TLS.
        """
        transport = self._transport
        if transport is None or transport.get_extra_info("sslcontext") is not None:
            return
        sock = transport.get_extra_info("socket")
        try:
            with sock.dup() as twin:
                twin.setblocking(False)  # noqa: FBT003
                data = twin.recv(HIGH_WATER_BYTES * 4)
        except OSError:
            return
        if data:
            self._receive(memoryview(data))

    # ---- how it ends badly

    def _break_off(self, error: Exception) -> None:
        if self._is_head_too_large:
            self._break(TransportFault.HEADERS_TOO_LARGE, _HEAD_TOO_LARGE)
        else:
            self._break(TransportFault.PROTOCOL, f"The answer is not HTTP/1.1: {error}", error)

    def _break(
        self, fault: TransportFault, message: str, cause: BaseException | None = None
    ) -> None:
        if self._exchange is not None:
            failure = ResponseBroken(message, fault, self._exchange)
            failure.__cause__ = cause
            self._settle(failure)
        self.abort()

    def _settle(self, error: BaseException) -> None:
        """Hand ``error`` to whoever waits for the head or reads the body."""
        self._exchange = None
        head, self._head = self._head, None
        stream, self._stream = self._stream, None
        if stream is not None:
            self._deliver_head(head, stream)  # it may have come in the same read as the error
            stream.end(error)
        elif head is not None and not head.done():
            head.set_exception(error)

    # ---- the watchdog

    def _due_s(self, now_s: float) -> float:
        if self._exchange is None:
            return math.inf
        stream = self._stream
        idle_s = self._deadlines.idle_s
        if stream is None or self._sender.is_pumping:
            return self._watchdog.watched_s
        if idle_s is None:
            return math.inf
        if self._is_reading_paused or not stream.is_drained:
            return now_s + idle_s  # the reader is slow, not the peer
        return self._last_data_s + idle_s

    def _time_out(self) -> None:
        if self._exchange is not None:
            self._settle(self._timed_out(self._exchange))
            self.abort()

    def _timed_out(self, exchange: Exchange) -> TransportFailure:
        if self._sender.is_pumping or (self._stream is None and not exchange.request_written):
            return WriteTimedOut(
                "The server stopped taking the request.", TransportFault.WRITE, exchange
            )
        if self._stream is None:
            return ReadTimedOut(
                f"No response head within {self._deadlines.head_s:g} s.",
                TransportFault.HEADERS_TIMEOUT,
                exchange,
            )
        return ReadTimedOut(
            f"Nothing arrived for {self._deadlines.idle_s:g} s within the response body.",
            TransportFault.IDLE_TIMEOUT,
            exchange,
        )

    # ---- callbacks of the parser

    def on_message_begin(self) -> None:
        """A status line begins; after a complete response that is one byte too many."""
        if self._complete:
            raise _EndOfMessageError
        self._headers.clear()
        self._reason = b""

    def on_status(self, reason: bytes) -> None:
        """A part of the reason phrase."""
        self._reason += reason

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header of the head; trailers are dropped."""
        if self._stream is None:
            self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The head is whole: open the body, unless it is an informational one."""
        parser, exchange = self._parser, self._exchange
        if parser is None or exchange is None:
            raise _EndOfMessageError
        if self._exceeds_limits(exchange.response_bytes):
            self._is_head_too_large = True
            raise _EndOfMessageError
        self._status = status = parser.get_status_code()
        version = parser.get_http_version()
        if status == 101 or version not in {"1.1", "1.0"}:
            raise _EndOfMessageError
        if status < 200:
            return
        exchange.http_version = version
        exchange.head_s = self._last_data_s - self._sent_s
        self._stream = BodyStream(self._loop, self)
        if status >= 300:
            self._sender.stop()  # refused: the rest of the request need not be sent
        self._overhead_bytes = 0
        if not self._sender.is_pumping:
            self._watchdog.watch(self._last_data_s, self._deadlines.idle_s)
        if self._is_head_method:
            self._complete = True
            self._is_keep_alive = parser.should_keep_alive()
            raise _EndOfMessageError

    def _exceeds_limits(self, received_bytes: int) -> bool:
        if len(self._headers) > MAX_HEADERS:
            return True
        if received_bytes <= MAX_HEAD_BYTES:
            return False
        return sum(len(name) + len(value) + 4 for name, value in self._headers) > MAX_HEAD_BYTES

    def on_body(self, data: bytes) -> None:
        """Bytes of the body."""
        if self._stream is not None:
            self._stream.feed(data)

    def on_message_complete(self) -> None:
        """The body is whole."""
        if self._status >= 200 and self._parser is not None:
            self._complete = True
            self._is_keep_alive = self._parser.should_keep_alive()


def _new_parser(connection: Http1Connection) -> httptools.HttpResponseParser:
    """A parser as lenient as browsers are: bare line feeds, spaces after a chunk size.

    A length beside ``chunked`` is tolerated too; chunked wins (RFC 9112, 6.3).
    """
    parser = httptools.HttpResponseParser(connection)
    parser.set_dangerous_leniencies(
        lenient_chunked_length=True,
        lenient_optional_cr_before_lf=True,
        lenient_spaces_after_chunk_size=True,
    )
    return parser
