"""A loopback server of scripted sockets: each connection is played by a coroutine."""

import asyncio
import contextlib
import re
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Peer:
    """The server's end of one connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def port(self) -> int:
        """The client's port, which tells its connections apart."""
        port: int = self.writer.get_extra_info("peername")[1]
        return port

    async def head(self) -> bytes:
        """The next request's head, its empty line included."""
        return await self.reader.readuntil(b"\r\n\r\n")

    async def request(self) -> tuple[bytes, bytes]:
        """The next request: head and body (by length only)."""
        head = await self.head()
        length = _LENGTH.search(head)
        return head, await self.reader.readexactly(int(length[1])) if length else b""

    async def say(self, data: bytes) -> None:
        """Sends bytes and waits until the kernel has them."""
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, body: bytes = b"ok", *, head: bytes = b"") -> None:
        """A 200 with ``body`` and its length."""
        await self.say(
            b"HTTP/1.1 200 OK\r\n%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)
        )

    def stop_listening(self) -> None:
        """Takes nothing more from the socket."""
        transport = self.writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()

    def close(self) -> None:
        """FIN."""
        self.writer.close()

    def reset(self) -> None:
        """RST."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def gone(self) -> None:
        """Waits until the client has closed."""
        with contextlib.suppress(ConnectionError):
            while await self.reader.read(65536):
                pass


Script = Callable[[Peer], Awaitable[None]]


@dataclass
class RawServer:
    """Where it listens and what happened to it."""

    port: int
    scheme: str = "http"
    connections: int = 0

    @property
    def url(self) -> str:
        """Address of its root."""
        return f"{self.scheme}://127.0.0.1:{self.port}/"


@contextlib.asynccontextmanager
async def raw_server(
    script: Script, tls: ssl.SSLContext | None = None, *, port: int = 0
) -> AsyncIterator[RawServer]:
    """Serves every connection with ``script``; what a script leaves open is closed at the end."""

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        state.connections += 1
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await script(Peer(reader, writer))
        except asyncio.CancelledError:
            pass
        finally:
            running.discard(task)
            writer.close()

    running: set[asyncio.Task[None]] = set()
    server = await asyncio.start_server(play, "127.0.0.1", port, ssl=tls)
    state = RawServer(server.sockets[0].getsockname()[1], "https" if tls else "http")
    try:
        yield state
    finally:
        server.close()
        for task in tuple(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
