"""However the network cuts a response, the connection yields the same."""

import asyncio
from itertools import pairwise
from typing import Any

import httptools
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typing_extensions import override

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport.faults import Exchange, TransportFailure
from qcc_desktop.proxy.transport.http1 import Http1Connection
from qcc_desktop.proxy.transport.messages import Deadlines, Incoming, Outgoing, RawHeaders


class FakeTransport(asyncio.Transport):
    """A socket of memory: keeps what is written, closes when told."""

    def __init__(self, connection: Http1Connection) -> None:
        super().__init__()
        self.sent = b""
        self.is_aborted = False
        self._connection = connection

    @override
    def write(self, data: Any) -> None:
        self.sent += bytes(data)

    @override
    def abort(self) -> None:
        if not self.is_aborted:
            self.is_aborted = True
            asyncio.get_running_loop().call_soon(self._connection.connection_lost, None)

    @override
    def is_closing(self) -> bool:
        return self.is_aborted

    @override
    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        return

    @override
    def pause_reading(self) -> None:
        return

    @override
    def resume_reading(self) -> None:
        return


class FakeOwner:
    """Counts what becomes of its only connection."""

    def __init__(self) -> None:
        self.read_buffer = memoryview(bytearray(65536))
        self.released = 0
        self.losses = 0

    def release(self, connection: Http1Connection) -> None:
        self.released += 1

    def withdraw(self, connection: Http1Connection) -> None:
        return

    def lost(self, connection: Http1Connection) -> None:
        self.losses += 1


Outcome = tuple[int, RawHeaders, bytes, TransportFault | None, int]
"""Status, headers, body, fault, how often the connection could be kept."""

ASK = Outgoing(b"POST / HTTP/1.1\r\n\r\n", b"{}", is_chunked=False, is_head_method=False)


async def exchange_over(pieces: list[bytes], *, eof: bool) -> Outcome:
    """Plays ``pieces``, with turns of the loop in between, as the answer to one request."""
    owner = FakeOwner()
    connection = Http1Connection(asyncio.get_running_loop(), owner, (b"http", b"h", 80))
    transport = FakeTransport(connection)
    connection.connection_made(transport)

    async def play() -> None:
        for piece in pieces:
            if transport.is_aborted:
                return
            connection.get_buffer(-1)[: len(piece)] = piece
            connection.buffer_updated(len(piece))
            await asyncio.sleep(0)
        if eof and not transport.is_aborted:
            connection.eof_received()
            transport.abort()

    sending = asyncio.get_running_loop().create_task(connection.send(ASK, Exchange(), Deadlines()))
    await asyncio.sleep(0)
    playing = asyncio.get_running_loop().create_task(play())
    outcome = await read(sending)
    await playing
    transport.abort()
    await asyncio.sleep(0)
    assert transport.sent == b"POST / HTTP/1.1\r\n\r\n{}"
    assert owner.losses == 1
    return (*outcome, owner.released)


async def read(
    sending: asyncio.Task[Incoming],
) -> tuple[int, RawHeaders, bytes, TransportFault | None]:
    try:
        incoming = await sending
    except TransportFailure as failure:
        return 0, [], b"", failure.fault
    body = b""
    try:
        async for chunk in incoming.body:
            body += chunk
    except TransportFailure as failure:
        return incoming.status, incoming.headers, body, failure.fault
    return incoming.status, incoming.headers, body, None


RESPONSES = {
    "length": (
        b"HTTP/1.1 200 OK\r\nA: 1\r\nEmpty:\r\nContent-Length: 11\r\n\r\nhello world",
        False,
    ),
    "chunked": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%b"
        % b"5\r\nhello\r\n6;e=1\r\n world\r\n0\r\nT: 1\r\n\r\n",
        False,
    ),
    "until eof": (b"HTTP/1.1 200 OK\r\nA: 1\r\n\r\nhello world", True),
    "interim": (b"HTTP/1.1 103 H\r\nL: x\r\n\r\nHTTP/1.1 204 None\r\nA: 1\r\n\r\n", False),
    "short": (b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello world", True),
    "bad chunk": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nxyz\r\n",
        False,
    ),
    "half a head": (b"HTTP/1.1 200 OK\r\nContent-Le", True),
    "garbage": (b"\x16\x03\x01 not http at all", False),
    "error": (b"HTTP/1.1 529 Overloaded\r\nretry-after: 3\r\nContent-Length: 2\r\n\r\n{}", False),
}
CASES = st.sampled_from(sorted(RESPONSES))


def cut(data: bytes, places: set[int]) -> list[bytes]:
    edges = [0, *sorted(place for place in places if 0 < place < len(data)), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(name=CASES, places=st.sets(st.integers(1, 120), max_size=12))
def test_any_split_of_a_response_gives_the_same_result(name: str, places: set[int]) -> None:
    data, eof = RESPONSES[name]

    whole = asyncio.run(exchange_over([data], eof=eof))
    split = asyncio.run(exchange_over(cut(data, places), eof=eof))

    assert split == whole


@pytest.mark.parametrize("name", RESPONSES)
async def test_a_response_byte_by_byte_gives_the_same_result(name: str) -> None:
    data, eof = RESPONSES[name]

    whole = await exchange_over([data], eof=eof)
    single = await exchange_over([data[i : i + 1] for i in range(len(data))], eof=eof)

    assert single == whole


async def test_the_outcomes_compared_are_the_right_ones() -> None:
    seen = {name: await exchange_over([data], eof=eof) for name, (data, eof) in RESPONSES.items()}

    assert {
        name: (status, body, fault, kept) for name, (status, _, body, fault, kept) in seen.items()
    } == {
        "length": (200, b"hello world", None, 1),
        "chunked": (200, b"hello world", None, 1),
        "until eof": (200, b"hello world", None, 0),
        "interim": (204, b"", None, 1),
        "short": (200, b"hello world", TransportFault.EOF, 0),
        "bad chunk": (200, b"hello", TransportFault.PROTOCOL, 0),
        "half a head": (0, b"", TransportFault.DISCONNECTED, 0),
        "garbage": (0, b"", TransportFault.PROTOCOL, 0),
        "error": (529, b"{}", None, 1),
    }
    assert seen["interim"][1] == [(b"A", b"1")]


def test_httptools_reports_headers_without_a_value() -> None:
    """Older llhttp left the callback out, which glued two names together."""
    seen: list[tuple[bytes, bytes]] = []

    class Listener:
        def on_header(self, name: bytes, value: bytes) -> None:
            seen.append((name, value))

    httptools.HttpResponseParser(Listener()).feed_data(b"HTTP/1.1 200 OK\r\nA:\r\nB:\r\n\r\n")

    assert seen == [(b"A", b""), (b"B", b"")]
