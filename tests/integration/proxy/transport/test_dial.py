"""Opening connections: names, addresses, refusals, TLS."""

import asyncio
import errno
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import trustme

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport import tcp
from qcc_desktop.proxy.transport.client import EXCHANGE, PooledTransport
from qcc_desktop.proxy.transport.faults import DialFailed, DialTimedOut, TransportFailure
from qcc_desktop.proxy.transport.pool import PoolLimits
from qcc_desktop.proxy.transport.trust import client_ssl_context, load_client_ssl_context
from tests.integration.proxy.transport.asking import Ask, body_of
from tests.integration.proxy.transport.raw_server import Peer, raw_server


async def ok(peer: Peer) -> None:
    while True:
        await peer.request()
        await peer.answer()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


async def test_a_refused_connection_is_named_so(ask: Ask) -> None:
    with pytest.raises(DialFailed) as caught:
        await ask(f"http://127.0.0.1:{free_port()}/")

    assert caught.value.fault is TransportFault.REFUSED
    assert not caught.value.exchange.request_written


async def test_a_name_whose_every_address_refuses_is_refused(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve_to(monkeypatch, "two.test", "127.0.0.2", "127.0.0.3")

    with pytest.raises(DialFailed) as caught:
        await ask(f"http://two.test:{free_port()}/")

    assert caught.value.fault is TransportFault.REFUSED
    if sys.platform != "win32":  # whose errors name no address
        assert "127.0.0.2" in str(caught.value)
        assert "127.0.0.3" in str(caught.value)


async def test_an_unknown_name_is_a_dns_fault(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, "other.test")

    with pytest.raises(DialFailed) as caught:
        await ask("http://gone.test/")

    assert caught.value.fault is TransportFault.DNS


def resolve_to(monkeypatch: pytest.MonkeyPatch, name: str, *addresses: str) -> list[str]:
    """Makes ``name`` the only name there is; returns the lookups made."""
    real = socket.getaddrinfo
    lookups: list[str] = []

    def fake(host: str, port: int, *, type: int = 0, flags: int = 0) -> list[object]:  # noqa: A002
        if flags:
            return list(real(host, port, type=type, flags=flags))
        lookups.append(host)
        if host != name:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [found for one in addresses for found in real(one, port, type=type)]

    monkeypatch.setattr(socket, "getaddrinfo", fake)
    return lookups


async def test_a_working_address_wins_over_a_refusing_one(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve_to(monkeypatch, "both.test", "127.0.0.2", "127.0.0.1")
    async with raw_server(ok) as server:
        response = await ask(f"http://both.test:{server.port}/")

        assert await body_of(response) == b"ok"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse when the queue is full")
async def test_a_hanging_address_costs_its_head_start_only(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve_to(monkeypatch, "both.test", "127.0.0.2", "127.0.0.1")
    monkeypatch.setattr(tcp, "EYEBALLS_DELAY_S", 0.02)
    with socket.socket() as blocked:
        port = fill_backlog(blocked, "127.0.0.2")
        async with raw_server(ok, port=port):
            response = await ask(f"http://both.test:{port}/", timeouts={"connect": 2})

            assert response.status_code == 200
    assert response.extensions[EXCHANGE].connect_s < 1


def fill_backlog(listener: socket.socket, host: str) -> int:
    """A port whose connections hang: nobody accepts and the queue is full (Linux)."""
    listener.bind((host, 0))
    listener.listen(0)
    port: int = listener.getsockname()[1]
    for _ in range(2):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex((host, port))
        _fillers.append(filler)
    return port


_fillers: list[socket.socket] = []


@pytest.fixture(autouse=True)
def _close_fillers() -> Iterator[None]:
    yield
    while _fillers:
        _fillers.pop().close()


async def test_concurrent_lookups_of_a_name_share_one(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    lookups = resolve_to(monkeypatch, "one.test", "127.0.0.1")
    async with raw_server(ok) as server:
        url = f"http://one.test:{server.port}/"

        await asyncio.gather(*(ask(url) for _ in range(10)))

    assert lookups == ["one.test"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse when the queue is full")
async def test_no_connection_in_time_is_a_connect_time_out(ask: Ask) -> None:
    with socket.socket() as blocked:
        port = fill_backlog(blocked, "127.0.0.1")

        with pytest.raises(DialTimedOut) as caught:
            await ask(f"http://127.0.0.1:{port}/", timeouts={"connect": 0.05})

    assert caught.value.fault is TransportFault.CONNECT_TIMEOUT


async def test_out_of_files_is_this_computers_fault(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more_files(*_: object) -> socket.socket:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(socket, "socket", no_more_files)

    with pytest.raises(DialFailed) as caught:
        await ask("http://127.0.0.1:1/")

    assert caught.value.fault is TransportFault.LOCAL_RESOURCE


# ---- TLS


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(ca: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return path


def server_context(ca: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(name).configure_cert(context)
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


@pytest.fixture
async def trusting(ca_file: Path) -> AsyncIterator[PooledTransport]:
    context = await load_client_ssl_context(ca_file)
    transport = PooledTransport(limits=PoolLimits(), ssl_context=context)
    yield transport
    transport.abort()
    await transport.aclose()


def get(url: str, **timeouts: float) -> httpx.Request:
    return httpx.Request("GET", url, extensions={"timeout": {"connect": 5, **timeouts}})


async def test_a_trusted_certificate_is_accepted_and_the_name_sent(
    ca: trustme.CA, trusting: PooledTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str | None, str | None]] = []

    async def script(peer: Peer) -> None:
        tls = peer.writer.get_extra_info("ssl_object")
        seen.append((names[-1], tls.selected_alpn_protocol()))
        await ok(peer)

    def note_name(_: ssl.SSLSocket | ssl.SSLObject, name: str | None, __: ssl.SSLContext) -> None:
        names.append(name)

    names: list[str | None] = []
    context = server_context(ca, "api.test")
    context.sni_callback = note_name
    resolve_to(monkeypatch, "api.test", "127.0.0.1")
    async with raw_server(script, context) as server:
        for _ in range(2):
            response = await trusting.handle_async_request(get(f"https://api.test:{server.port}/"))
            assert await body_of(response) == b"ok"

        assert seen == [("api.test", "http/1.1")]
        assert trusting.stats.reused == 1


async def test_a_big_body_both_ways_over_tls(ca: trustme.CA, trusting: PooledTransport) -> None:
    async def script(peer: Peer) -> None:
        _, body = await peer.request()
        await peer.answer(body)

    body = bytes(range(256)) * 40_000
    async with raw_server(script, server_context(ca, "127.0.0.1")) as server:
        request = httpx.Request("POST", server.url, content=body)

        assert await body_of(await trusting.handle_async_request(request)) == body


@pytest.mark.parametrize(
    ("name", "ca_is_known", "words"),
    [
        ("127.0.0.1", False, "unable to get local issuer certificate"),
        ("other.test", True, "IP address mismatch"),
    ],
)
@pytest.mark.may_log("SSL handshake failed")
async def test_a_certificate_that_does_not_fit_says_why(
    name: str, ca_is_known: bool, words: str, ca: trustme.CA, ca_file: Path
) -> None:
    context = client_ssl_context(ca_file if ca_is_known else None)
    transport = PooledTransport(limits=PoolLimits(), ssl_context=context)
    async with raw_server(ok, server_context(ca, name)) as server:
        with pytest.raises(DialFailed, match=words) as caught:
            await transport.handle_async_request(get(server.url))

        assert caught.value.fault is TransportFault.TLS
        assert transport.stats.live == 0
    await transport.aclose()


async def test_the_systems_trust_is_the_default(ca: trustme.CA) -> None:
    transport = PooledTransport(limits=PoolLimits())
    async with raw_server(ok, server_context(ca, "127.0.0.1")) as server:
        with pytest.raises(DialFailed) as caught:
            await transport.handle_async_request(get(server.url))

    assert caught.value.fault is TransportFault.TLS
    await transport.aclose()


NO_TLS = {
    "plain http": (b"HTTP/1.1 400 Bad Request\r\n\r\n", "close", TransportFault.TLS),
    "closes": (b"", "close", TransportFault.RESET),
    "resets": (b"", "reset", TransportFault.RESET),
    "fatal alert": (b"\x15\x03\x03\x00\x02\x02\x28", "wait", TransportFault.TLS),
}


@pytest.mark.parametrize(("data", "then", "fault"), NO_TLS.values(), ids=NO_TLS.keys())
async def test_a_handshake_that_fails_is_told_from_one_that_breaks_off(
    data: bytes, then: str, fault: TransportFault, trusting: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        await peer.reader.read(10)
        await peer.say(data)
        if then == "close":
            await peer.reader.read(65536)
            peer.close()
        elif then == "reset":
            peer.reset()
        await peer.gone()

    async with raw_server(script) as server:
        with pytest.raises(TransportFailure) as caught:
            await trusting.handle_async_request(get(f"https://127.0.0.1:{server.port}/"))

    assert caught.value.fault is fault
    assert isinstance(caught.value, httpx.ConnectError)
    assert trusting.stats.live == 0


async def test_a_handshake_that_hangs_is_a_connect_time_out(trusting: PooledTransport) -> None:
    async def script(peer: Peer) -> None:
        await peer.gone()

    async with raw_server(script) as server:
        with pytest.raises(DialTimedOut):
            await trusting.handle_async_request(
                get(f"https://127.0.0.1:{server.port}/", connect=0.05)
            )

        async with asyncio.timeout(2):
            while trusting.stats.live:  # noqa: ASYNC110  the pool has no event for it
                await asyncio.sleep(0)


async def test_leaving_a_tls_stream_early_is_seen_by_the_server(
    ca: trustme.CA, trusting: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n")
        await peer.gone()
        seen.set()

    seen = asyncio.Event()
    async with raw_server(script, server_context(ca, "127.0.0.1")) as server:
        response = await trusting.handle_async_request(get(server.url))

        await response.aclose()

        await asyncio.wait_for(seen.wait(), 1)
