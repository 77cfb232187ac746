"""A loopback endpoint that answers by script and remembers what it was asked.

    async with ScriptedUpstream("A") as up:
        up.script(steps.status(529), steps.answer(Text("hello")))
        ...
        assert len(up.requests) == 2

Raw asyncio streams, so that it can misbehave in every way a peer can; runs on any asyncio loop,
in any thread, and needs nothing of the product. The steps are in `tests.helpers.steps`.
"""

import asyncio
import contextlib
import json
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

from typing_extensions import override

Headers = list[tuple[bytes, bytes]]

_LINGER_0 = struct.pack("ii", 1, 0)
"""SO_LINGER with a time of zero: closing sends RST instead of FIN."""
_MAX_HEAD_BYTES = 1 << 20


@dataclass(frozen=True)
class Request:
    """One request as it was received; ``target`` includes the query."""

    method: str
    target: str
    headers: Headers
    body: bytes
    connection: int

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def wants_stream(self) -> bool:
        return b'"stream"' in self.body and self.json.get("stream") is True

    def header(self, name: str) -> str | None:
        """Return the first header of that name, or None."""
        wanted = name.lower().encode()
        return next((v.decode("latin-1") for n, v in self.headers if n.lower() == wanted), None)

    def headers_named(self, name: str) -> list[str]:
        wanted = name.lower().encode()
        return [v.decode("latin-1") for n, v in self.headers if n.lower() == wanted]


class Exchange:
    """One request being answered: what a step plays on."""

    def __init__(self, request: Request, writer: asyncio.StreamWriter) -> None:
        self.request = request
        self.is_over = False
        self._writer = writer

    async def send(self, data: bytes) -> None:
        """Send raw bytes and wait until the kernel has them."""
        self._writer.write(data)
        await self._writer.drain()

    async def head(self, status: int, headers: Headers) -> None:
        """Send a response head."""
        reason = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Scripted"
        lines = [f"HTTP/1.1 {status} {reason}".encode()]
        lines += [name + b": " + value for name, value in headers]
        await self.send(b"\r\n".join(lines) + b"\r\n\r\n")

    async def respond(self, status: int, body: bytes, headers: Headers) -> None:
        """Send a whole response."""
        await self.head(status, [*headers, (b"content-length", str(len(body)).encode())])
        await self.send(body)

    async def chunk(self, data: bytes) -> None:
        """Send one chunk of a chunked body; no data ends the body."""
        await self.send(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def hang(self) -> None:
        """Say nothing until the client gives up, which ends the step."""
        await asyncio.Event().wait()

    def fin(self) -> None:
        """Close in an orderly way."""
        self.is_over = True
        self._writer.close()

    def rst(self) -> None:
        """Close with a reset."""
        self.is_over = True
        sock = self._writer.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_0)
        self._writer.transport.abort()


@dataclass(frozen=True)
class Step:
    """What to do with one request; ``at_accept`` steps do not even read it."""

    name: str
    play: Callable[[Exchange], Awaitable[None]]
    at_accept: bool = False
    with_reset: bool = False
    refuses: bool = False


class _Protocol(asyncio.StreamReaderProtocol):
    """Tells at once that the client closed, also while nobody reads."""

    def __init__(self, reader: asyncio.StreamReader, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(reader, loop=loop)
        self.gone = asyncio.Event()

    @override
    def eof_received(self) -> bool | None:
        self.gone.set()
        return super().eof_received()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.gone.set()
        super().connection_lost(exc)


@dataclass
class _Connection:
    number: int
    sock: socket.socket
    writer: asyncio.StreamWriter | None = None
    is_idle: bool = True
    task: asyncio.Task[None] | None = field(default=None, repr=False)


async def _answer_default(exchange: Exchange) -> None:
    """Answer what is no inference: probes, count_tokens, models; anything else is a 404."""
    request = exchange.request
    as_json: Headers = [(b"content-type", b"application/json")]
    if request.method == "HEAD":
        await exchange.head(200, [(b"content-length", b"0")])
    elif request.path == "/v1/messages/count_tokens":
        await exchange.respond(200, b'{"input_tokens":42}', as_json)
    elif request.path == "/v1/models":
        listed = b'{"data":[{"type":"model","id":"claude-scripted","display_name":"Scripted"}]}'
        await exchange.respond(200, listed, as_json)
    else:
        text = b'{"type":"error","error":{"type":"not_found_error","message":"Not found"}}'
        await exchange.respond(404, text, as_json)


DEFAULT = Step("default", _answer_default)


class ScriptedUpstream:
    """The server. Everything else than ``POST /v1/messages`` gets a sensible default answer.

    ``requests`` and ``connections`` count all that came; ``interrupted`` counts the answers the
    client did not wait for. ``tls`` makes it speak TLS with that context.
    """

    def __init__(self, name: str = "upstream", *, tls: ssl.SSLContext | None = None) -> None:
        self.name = name
        self.requests: list[Request] = []
        self.connections = 0
        self.closed_by_client = 0
        self.interrupted = 0
        self.failed_handshakes = 0
        self.played: list[str] = []
        self._tls = tls
        self._steps: tuple[Step, ...] = (DEFAULT,)
        self._position = 0
        self._routes: dict[str, Step] = {}
        self._open: dict[int, _Connection] = {}
        self._changed = asyncio.Event()
        self._accepting: asyncio.Task[None] | None = None
        self._errors: list[BaseException] = []
        self._half_closed: list[socket.socket] = []
        self._is_refusing = False
        self._socket = _tcp_socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]

    @property
    def base_url(self) -> str:
        """The address without a trailing slash."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[Request]:
        """The requests to ``POST /v1/messages``."""
        return [each for each in self.requests if _is_inference(each)]

    @property
    def open_connections(self) -> int:
        """How many connections are open now."""
        return len(self._open)

    def script(self, *steps: Step) -> None:
        """Say how consecutive ``POST /v1/messages`` are answered; the last step repeats."""
        self._steps = steps or (DEFAULT,)
        self._position = 0
        self._apply_refusal()

    def on(self, path: str, step: Step) -> None:
        """Say how any request to ``path`` (without query) is answered."""
        self._routes[path] = step

    async def requested(self, count: int = 1, timeout_s: float = 10) -> None:
        """Wait until ``count`` requests have come in all."""
        await self._until(lambda: len(self.requests) >= count, timeout_s)

    async def client_closed(self, count: int = 1, timeout_s: float = 10) -> None:
        """Wait until clients have closed ``count`` connections in all."""
        await self._until(lambda: self.closed_by_client >= count, timeout_s)

    async def client_interrupted(self, count: int = 1, timeout_s: float = 10) -> None:
        """Wait until clients have left ``count`` answers unfinished in all."""
        await self._until(lambda: self.interrupted >= count, timeout_s)

    async def __aenter__(self) -> Self:
        self._apply_refusal()
        if not self._is_refusing:
            self._listen()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
        if self._errors and error is None:
            raise self._errors[0]

    async def stop(self) -> None:
        """Close everything."""
        tasks = [each.task for each in self._open.values() if each.task is not None]
        if self._accepting is not None:
            tasks.append(self._accepting)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for sock in (self._socket, *self._half_closed):
            sock.close()

    def _listen(self) -> None:
        self._socket.setblocking(False)
        self._socket.listen(256)
        loop = asyncio.get_running_loop()
        self._accepting = loop.create_task(self._accept(self._socket), name=f"{self.name} accepts")

    def _apply_refusal(self) -> None:
        """Begin or end refusing connections, as the next step says.

        A bound socket that does not listen answers with RST and keeps its port.
        """
        refuses = self._step().refuses
        if refuses is self._is_refusing:
            return
        self._is_refusing = refuses
        if not refuses:
            self._listen()
            return
        if self._accepting is not None:
            self._accepting.cancel()
            self._accepting = None
        self._socket.close()
        self._socket = _tcp_socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", self.port))
        for connection in self._open.values():
            if connection.is_idle and connection.writer is not None:
                connection.writer.close()

    def _step(self) -> Step:
        return self._steps[min(self._position, len(self._steps) - 1)]

    def _next_step(self) -> Step:
        step = self._step()
        self._position += 1
        self._apply_refusal()
        return step

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            sock, _ = await loop.sock_accept(listener)
            self.connections += 1
            self._changed.set()
            if self._step().at_accept:
                self._turn_away(sock, self._next_step())
                continue
            connection = _Connection(self.connections, sock)
            self._open[connection.number] = connection
            connection.task = loop.create_task(self._serve(connection), name=f"{self.name} serves")

    def _turn_away(self, sock: socket.socket, step: Step) -> None:
        self.played.append(step.name)
        if step.with_reset:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_0)
            sock.close()
        else:
            # Closing with bytes unread would send RST; so only our half is closed for now.
            sock.shutdown(socket.SHUT_WR)
            self._half_closed.append(sock)

    async def _serve(self, connection: _Connection) -> None:
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=_MAX_HEAD_BYTES, loop=loop)
        protocol = _Protocol(reader, loop)
        try:
            transport, _ = await loop.connect_accepted_socket(
                lambda: protocol, connection.sock, ssl=self._tls
            )
        except (OSError, ssl.SSLError):
            self.failed_handshakes += 1
            self._forget(connection)
            return
        except asyncio.CancelledError:
            connection.sock.close()
            self._forget(connection)
            raise
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        # asyncio's TLS transport pauses at "size >= high", so that zero would pause it for ever.
        transport.set_write_buffer_limits(high=1 if self._tls else 0, low=0)
        connection.writer = writer
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._converse(connection, reader, writer, protocol)
        except Exception as error:  # noqa: BLE001 - raised again where the test leaves the block
            self._errors.append(error)
        finally:
            writer.close()
            self._forget(connection)

    def _forget(self, connection: _Connection) -> None:
        del self._open[connection.number]
        self._changed.set()

    async def _converse(
        self,
        connection: _Connection,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        protocol: _Protocol,
    ) -> None:
        """Answer requests until one side closes."""
        while True:
            connection.is_idle = True
            try:
                request = await _read_request(reader, writer, connection.number)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.closed_by_client += not writer.is_closing()
                self._changed.set()
                return
            connection.is_idle = False
            self.requests.append(request)
            self._changed.set()
            exchange = Exchange(request, writer)
            finished = await self._play(self._choose(request), exchange, protocol.gone)
            if not finished:
                self.closed_by_client += 1
                self.interrupted += 1
                self._changed.set()
            if exchange.is_over or not finished:
                return

    def _choose(self, request: Request) -> Step:
        if request.path in self._routes:
            return self._routes[request.path]
        return self._next_step() if _is_inference(request) else DEFAULT

    async def _play(self, step: Step, exchange: Exchange, gone: asyncio.Event) -> bool:
        """Play a step to its end; False when the client left before."""
        self.played.append(step.name)
        if step.at_accept or step.refuses:
            exchange.rst() if step.with_reset else exchange.fin()
            return True
        loop = asyncio.get_running_loop()
        playing = loop.create_task(_finish(step, exchange), name=f"{self.name} plays {step.name}")
        leaving = loop.create_task(gone.wait())
        try:
            await asyncio.wait({playing, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if playing.done():
                return await playing
            return False
        finally:
            playing.cancel()
            leaving.cancel()
            await asyncio.gather(playing, leaving, return_exceptions=True)

    async def _until(self, holds: Callable[[], bool], timeout_s: float) -> None:
        async with asyncio.timeout(timeout_s):
            while not holds():
                self._changed.clear()
                await self._changed.wait()


async def _finish(step: Step, exchange: Exchange) -> bool:
    try:
        await step.play(exchange)
    except ConnectionError:
        return False
    return True


def _tcp_socket() -> socket.socket:
    """Return a socket whose connections send small frames at once.

    asyncio switches Nagle's algorithm off only where the protocol number is spelt out; held back
    frames would be lost with a reset that follows them.
    """
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)


def _is_inference(request: Request) -> bool:
    return request.method == "POST" and request.path == "/v1/messages"


async def _read_request(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int
) -> Request:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head[:-4].split(b"\r\n")
    method, target, _ = first.decode("latin-1").split(" ", 2)
    headers = [(name, value.strip()) for name, _, value in (line.partition(b":") for line in lines)]
    lowered = {name.lower(): value for name, value in headers}
    if lowered.get(b"expect", b"").lower() == b"100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    if lowered.get(b"transfer-encoding", b"").lower() == b"chunked":
        body = await _read_chunks(reader)
    else:
        body = await reader.readexactly(int(lowered.get(b"content-length", b"0")))
    return Request(method, target, headers, body, connection)


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    parts: list[bytes] = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)
