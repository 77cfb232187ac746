"""What one exchange yields, whatever the server makes of HTTP."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator

import httpx
import pytest

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport.client import EXCHANGE, PooledTransport
from qcc_desktop.proxy.transport.faults import (
    ReadFailed,
    ReadTimedOut,
    ResponseBroken,
    TransportFailure,
    WriteTimedOut,
)
from qcc_desktop.runtime.tasks import spawn
from tests.integration.proxy.transport.asking import Ask, body_of, chunks_of, read_into
from tests.integration.proxy.transport.raw_server import Peer, Script, raw_server


def says(data: bytes, then: str = "wait") -> Script:
    """Reads one request, says ``data``, and then waits, closes or resets."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.say(data)
        if then == "close":
            peer.close()
        elif then == "reset":
            peer.reset()
        await peer.gone()

    return script


COMPLETE = {
    "length": (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "wait"),
    "chunked": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=1\r\nllo\r\n0\r\n\r\n",
        "wait",
    ),
    "chunked with trailers": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
        "wait",
    ),
    "chunked beside a length": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n%b"
        % b"5\r\nhello\r\n0\r\n\r\n",
        "wait",
    ),
    "until close": (b"HTTP/1.1 200 OK\r\n\r\nhello", "close"),
    "until close, 1.0": (b"HTTP/1.0 200 OK\r\n\r\nhello", "close"),
    "after 100 and 103": (
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n%b"
        % b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "wait",
    ),
    "bare line feeds": (b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "wait"),
}


@pytest.mark.parametrize(("data", "then"), COMPLETE.values(), ids=COMPLETE.keys())
async def test_a_complete_response_is_read_whole(data: bytes, then: str, ask: Ask) -> None:
    async with raw_server(says(data, then)) as server:
        response = await ask(server.url, content=b"{}")

        assert response.status_code == 200
        assert await body_of(response) == b"hello"


BROKEN_BEFORE_HEAD = {
    "closed without a byte": (b"", "close", TransportFault.DISCONNECTED, 0),
    "reset without a byte": (b"", "reset", TransportFault.RESET, 0),
    "half a status line, closed": (b"HTTP/1.1 2", "close", TransportFault.DISCONNECTED, 10),
    "half a head, closed": (b"HTTP/1.1 200 OK\r\nX: y", "close", TransportFault.DISCONNECTED, 21),
    "HTML instead of HTTP": (b"<html>hello</html>", "wait", TransportFault.PROTOCOL, 18),
    "TLS alert instead of HTTP": (
        b"\x15\x03\x01\x00\x02\x02\x46",
        "wait",
        TransportFault.PROTOCOL,
        7,
    ),
    "HTTP/2 only": (b"HTTP/2.0 200 OK\r\n\r\n", "wait", TransportFault.PROTOCOL, 19),
    "switching protocols": (
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        "wait",
        TransportFault.PROTOCOL,
        59,
    ),
    "65 KB of header": (
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 66000 + b"\r\n\r\n",
        "wait",
        TransportFault.HEADERS_TOO_LARGE,
        None,
    ),
    "a header that never ends": (
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70000,
        "wait",
        TransportFault.HEADERS_TOO_LARGE,
        None,
    ),
    "257 headers": (
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 257 + b"\r\n",
        "wait",
        TransportFault.HEADERS_TOO_LARGE,
        None,
    ),
    "informational answers for ever": (
        b"HTTP/1.1 100 Continue\r\n\r\n" * 4000,
        "wait",
        TransportFault.HEADERS_TOO_LARGE,
        None,
    ),
}


@pytest.mark.parametrize(
    ("data", "then", "fault", "count"), BROKEN_BEFORE_HEAD.values(), ids=BROKEN_BEFORE_HEAD.keys()
)
async def test_a_broken_head_names_its_fault_and_frees_the_connection(
    data: bytes,
    then: str,
    fault: TransportFault,
    count: int | None,
    ask: Ask,
    transport: PooledTransport,
) -> None:
    async with raw_server(says(data, then)) as server:
        with pytest.raises(TransportFailure) as caught:
            await ask(server.url, content=b"{}")

        assert caught.value.fault is fault
        assert not caught.value.exchange.reused
        assert caught.value.exchange.request_written
        assert count is None or caught.value.exchange.response_bytes == count
        await asyncio.sleep(0)
        assert transport.stats.live == 0


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
BROKEN_BODY = {
    "short of its length": (HEAD + b"hello", "close", ResponseBroken, TransportFault.EOF),
    "no last chunk": (CHUNKED + b"5\r\nhello\r\n", "close", ResponseBroken, TransportFault.EOF),
    "reset": (HEAD + b"hello", "reset", ReadFailed, TransportFault.RESET),
    "bad chunk size": (
        CHUNKED + b"5\r\nhello\r\nzz\r\n",
        "wait",
        ResponseBroken,
        TransportFault.PROTOCOL,
    ),
    "trailers for ever": (
        CHUNKED + b"5\r\nhello\r\n0\r\nX: " + b"x" * 600_000,
        "wait",
        ResponseBroken,
        TransportFault.PROTOCOL,
    ),
}


@pytest.mark.parametrize(
    ("data", "then", "kind", "fault"), BROKEN_BODY.values(), ids=BROKEN_BODY.keys()
)
async def test_a_broken_body_yields_what_came_and_then_its_fault(
    data: bytes,
    then: str,
    kind: type[TransportFailure],
    fault: TransportFault,
    ask: Ask,
    transport: PooledTransport,
) -> None:
    head, body = data.split(b"\r\n\r\n", 1)
    may_break = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.say(head + b"\r\n\r\n" + body[:8])
        await may_break.wait()
        peer.writer.write(body[8:])
        if then == "close":
            peer.close()
        elif then == "reset":
            peer.reset()
        await peer.gone()

    async with raw_server(script) as server:
        response = await ask(server.url, content=b"{}")
        chunks = chunks_of(response)
        got = [await anext(chunks)]
        may_break.set()

        with pytest.raises(kind) as caught:
            await read_into(got, response)

        assert caught.value.fault is fault
        assert b"".join(got) == b"hello"
        await asyncio.sleep(0)
        assert transport.stats.live == 0


@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", b"200 OK"), ("GET", b"204 No"), ("GET", b"304 Not")]
)
async def test_responses_without_body_leave_the_connection_usable(
    method: str, status: bytes, ask: Ask, transport: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        while True:
            await peer.request()
            await peer.say(b"HTTP/1.1 %b\r\nContent-Length: 10\r\n\r\n" % status)

    async with raw_server(script) as server:
        for _ in range(3):
            response = await ask(server.url, method=method)
            assert await body_of(response) == b""

        assert transport.stats.opened == 1
        assert transport.stats.reused == 2


async def test_headers_keep_order_case_and_duplicates(ask: Ask) -> None:
    async def script(peer: Peer) -> None:
        received.append(await peer.request())
        await peer.answer(head=b"X-B: 1\r\nx-a: 2\r\nX-B: \xe4\r\nEmpty:\r\n")

    received: list[tuple[bytes, bytes]] = []
    sent = [(b"anthropic-BETA", b"a"), (b"Host", b"h"), (b"X-Dup", b"1"), (b"x-dup", b"2")]
    async with raw_server(script) as server:
        response = await ask(server.url + "p?q=%20x", headers=sent, content=b"body")

    assert response.headers.raw == [
        (b"X-B", b"1"),
        (b"x-a", b"2"),
        (b"X-B", b"\xe4"),
        (b"Empty", b""),
        (b"Content-Length", b"2"),
    ]
    assert response.extensions["reason_phrase"] == b"OK"
    assert response.extensions["http_version"] == b"HTTP/1.1"
    head = (
        b"POST /p?q=%20x HTTP/1.1\r\nanthropic-BETA: a\r\nHost: h\r\nX-Dup: 1\r\nx-dup: 2\r\n"
        b"Content-Length: 4\r\n\r\n"
    )
    assert received == [(head, b"body")]


@pytest.mark.parametrize("value", [b"a\r\nX-Evil: 1", b"a\nb", b"a\rb"])
async def test_a_line_break_in_a_header_never_leaves(value: bytes, ask: Ask) -> None:
    with pytest.raises(httpx.LocalProtocolError):
        await ask("http://127.0.0.1:1/", headers=[(b"X", value)])


async def test_other_schemes_are_refused(ask: Ask) -> None:
    with pytest.raises(httpx.UnsupportedProtocol):
        await ask("ftp://127.0.0.1/")


async def test_an_exchange_tells_reuse_bytes_and_times(ask: Ask) -> None:
    async def script(peer: Peer) -> None:
        while True:
            await peer.request()
            await peer.answer(b"12345")

    async with raw_server(script) as server:
        first = await ask(server.url)
        second = await ask(server.url)

    one, two = first.extensions[EXCHANGE], second.extensions[EXCHANGE]
    assert (one.reused, two.reused) == (False, True)
    assert one.connect_s > 0
    assert two.connect_s == 0
    assert one.response_bytes == two.response_bytes == 43
    assert one.request_written
    assert 0 < two.head_s < 5


async def test_bytes_come_as_they_arrive_and_join_between_two_reads(ask: Ask) -> None:
    more = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.say(CHUNKED + b"1\r\na\r\n")
        await more.wait()
        await peer.say(b"1\r\nb\r\n1\r\nc\r\n")
        await peer.say(b"0\r\n\r\n")
        await peer.gone()

    async with raw_server(script) as server:
        response = await ask(server.url)
        chunks = chunks_of(response)

        assert await anext(chunks) == b"a"
        more.set()
        assert await anext(chunks) == b"bc"
        with pytest.raises(StopAsyncIteration):
            await anext(chunks)


async def test_a_slow_reader_holds_the_server_back(ask: Ask, transport: PooledTransport) -> None:
    total = 32 * 1024 * 1024

    async def script(peer: Peer) -> None:
        await peer.request()
        peer.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % total)
        for _ in range(total // 65536):
            written.append(65536)
            await peer.say(b"x" * 65536)
            progress.set()
        await peer.gone()

    written: list[int] = []
    progress = asyncio.Event()
    async with raw_server(script) as server:
        response = await ask(server.url)
        while True:  # until the server gets stuck
            progress.clear()
            try:
                await asyncio.wait_for(progress.wait(), 0.2)
            except TimeoutError:
                break
        stuck_at = sum(written)
        assert stuck_at < total

        assert len(await body_of(response)) == total
        assert transport.stats.idle == 1


async def test_leaving_early_closes_the_socket_at_once(
    ask: Ask, transport: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.say(CHUNKED + b"1\r\na\r\n")
        await peer.gone()
        seen.set()

    seen = asyncio.Event()
    async with raw_server(script) as server:
        response = await ask(server.url)

        await response.aclose()

        await asyncio.wait_for(seen.wait(), 1)
        assert transport.stats.live == 0


async def test_cancelling_while_waiting_for_the_head_closes_the_socket(
    ask: Ask, transport: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        asked.set()
        await peer.gone()
        seen.set()

    async def wait_for_head(url: str) -> None:
        await ask(url)

    asked, seen = asyncio.Event(), asyncio.Event()
    async with raw_server(script) as server:
        task = spawn(wait_for_head(server.url), name="ask")
        await asked.wait()

        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

        await asyncio.wait_for(seen.wait(), 1)
        assert task.cancelled()
        assert transport.stats.live == 0


async def test_no_head_in_time_is_a_read_time_out(ask: Ask, transport: PooledTransport) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.gone()

    async with raw_server(script) as server:
        with pytest.raises(ReadTimedOut) as caught:
            await ask(server.url, timeouts={"read": 0.05})

        assert caught.value.fault is TransportFault.HEADERS_TIMEOUT
        await asyncio.sleep(0)
        assert transport.stats.live == 0


async def test_silence_within_the_body_is_an_idle_time_out(ask: Ask) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.say(CHUNKED)
        for _ in range(5):
            await asyncio.sleep(0.05)
            await peer.say(b"1\r\na\r\n")
        await peer.gone()

    async with raw_server(script) as server:
        response = await ask(server.url, timeouts={"read": 5}, idle_s=0.15)
        started_s = asyncio.get_running_loop().time()

        got: list[bytes] = []
        with pytest.raises(ReadTimedOut) as caught:
            await read_into(got, response)

        assert b"".join(got) == b"aaaaa"
        assert caught.value.fault is TransportFault.IDLE_TIMEOUT
        assert asyncio.get_running_loop().time() - started_s > 0.35


async def test_a_slow_reader_is_not_taken_for_a_silent_server(ask: Ask) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.say(HEAD + b"hello")
        await later.wait()
        await peer.say(b"world")
        await peer.gone()

    later = asyncio.Event()
    async with raw_server(script) as server:
        response = await ask(server.url, idle_s=0.05)
        await asyncio.sleep(0.2)  # longer than the limit, with bytes lying here unread
        later.set()

        assert await body_of(response) == b"helloworld"


async def test_a_server_that_takes_no_request_is_a_write_time_out(ask: Ask) -> None:
    async def script(peer: Peer) -> None:
        peer.stop_listening()
        await done.wait()

    done = asyncio.Event()
    async with raw_server(script) as server:
        with pytest.raises(WriteTimedOut) as caught:
            await ask(server.url, content=b"x" * 40_000_000, timeouts={"write": 0.2, "read": 9})
        done.set()

    assert caught.value.fault is TransportFault.WRITE
    assert not caught.value.exchange.request_written


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        await asyncio.sleep(0)
        yield part


async def test_bodies_of_64_mb_arrive_whole(ask: Ask, transport: PooledTransport) -> None:
    async def script(peer: Peer) -> None:
        while True:
            _, body = await peer.request()
            await peer.answer(b"%d %b" % (len(body), body[-3:]))

    body = b"x" * (64 * 1024 * 1024 - 3) + b"end"
    async with raw_server(script) as server:
        response = await ask(server.url, content=body)

        assert await body_of(response) == b"67108864 end"
        assert response.extensions[EXCHANGE].request_written
        assert transport.stats.idle == 1


async def test_a_streamed_body_is_sent_in_chunks(ask: Ask) -> None:
    async def script(peer: Peer) -> None:
        heads.append(await peer.head())
        body = await peer.reader.readuntil(b"0\r\n\r\n")
        await peer.answer(body)

    heads: list[bytes] = []
    async with raw_server(script) as server:
        response = await ask(server.url, content=pieces(b"hello", b"", b"world!"))

        assert await body_of(response) == b"5\r\nhello\r\n6\r\nworld!\r\n0\r\n\r\n"
    assert b"\r\nTransfer-Encoding: chunked\r\n" in heads[0]


async def test_a_streamed_body_with_a_length_is_sent_as_it_is(ask: Ask) -> None:
    async def script(peer: Peer) -> None:
        _, body = await peer.request()
        await peer.answer(body)

    async with raw_server(script) as server:
        response = await ask(
            server.url, content=pieces(b"hello", b"world"), headers={"Content-Length": "10"}
        )

        assert await body_of(response) == b"helloworld"


async def test_an_error_of_the_bodys_source_reaches_the_caller(
    ask: Ask, transport: PooledTransport
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"a"
        raise LookupError("source")

    async def script(peer: Peer) -> None:
        await peer.gone()

    async with raw_server(script) as server:
        with pytest.raises(LookupError, match="source"):
            await ask(server.url, content=broken())

        await asyncio.sleep(0)
        assert transport.stats.live == 0


@pytest.mark.parametrize("then", ["wait", "close", "reset"])
async def test_an_early_refusal_is_read_and_the_rest_not_sent(
    then: str, ask: Ask, transport: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        await peer.head()
        await peer.say(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")
        if then == "close":
            peer.close()
        elif then == "reset":
            await asyncio.sleep(0.05)
            peer.reset()
        await peer.gone()

    async with raw_server(script) as server:
        response = await ask(server.url, content=b"x" * 60_000_000)

        assert response.status_code == 413
        assert await body_of(response) == b"big"
        assert not response.extensions[EXCHANGE].request_written
        await asyncio.sleep(0)
        assert transport.stats.live == 0


async def test_an_early_refusal_does_not_wait_for_a_slow_source(ask: Ask) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"a"
        await asyncio.Event().wait()

    async def script(peer: Peer) -> None:
        await peer.head()
        await peer.say(b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")
        await peer.gone()

    async with raw_server(script) as server:
        response = await ask(server.url, content=endless())

    assert response.status_code == 401


async def test_a_refusal_stops_the_source_although_the_answer_goes_on(ask: Ask) -> None:
    async def endless() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"a"
                await asyncio.sleep(0)
        finally:
            stopped.set()

    async def script(peer: Peer) -> None:
        await peer.head()
        await peer.say(b"HTTP/1.1 401 No\r\nContent-Length: 9\r\n\r\nnot")
        await peer.gone()

    stopped = asyncio.Event()
    async with raw_server(script) as server:
        response = await ask(server.url, content=endless())

        await asyncio.wait_for(stopped.wait(), 2)
        assert response.status_code == 401
        await response.aclose()


async def test_a_refusal_followed_by_a_reset_is_read_although_sending_fails_first(
    ask: Ask,
) -> None:
    async def source() -> AsyncIterator[bytes]:
        yield b"a"
        # All at once, so that the next write fails before the loop sees the answer.
        accepted, _ = listener.accept()
        accepted.recv(65536)
        accepted.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        accepted.close()
        yield b"b"
        await asyncio.sleep(0)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        response = await ask(f"http://127.0.0.1:{listener.getsockname()[1]}/", content=source())

        assert response.status_code == 413
        assert await body_of(response) == b"big"


async def test_the_client_of_httpx_works_on_top(transport: PooledTransport) -> None:
    async def script(peer: Peer) -> None:
        while True:
            await peer.request()
            await peer.answer(b'{"a": 1}', head=b"Set-Cookie: a=b\r\n")

    async with raw_server(script) as server, httpx.AsyncClient(transport=transport) as client:
        assert (await client.post(server.url, json={})).json() == {"a": 1}
        async with client.stream("POST", server.url) as response:
            assert [chunk async for chunk in response.aiter_raw()] == [b'{"a": 1}']
        assert transport.stats.reused == 1
