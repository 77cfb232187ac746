"""Reaching endpoints through HTTP and SOCKS proxies."""

import asyncio
import base64
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
import trustme

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport.client import PooledTransport
from qcc_desktop.proxy.transport.faults import DialFailed, DialTimedOut, ProxyFailed
from qcc_desktop.proxy.transport.pool import PoolLimits
from qcc_desktop.proxy.transport.trust import client_ssl_context
from tests.integration.proxy.transport.asking import body_of
from tests.integration.proxy.transport.raw_server import Peer, raw_server

USER = b"Proxy-Authorization: Basic " + base64.b64encode(b"me:p@ss")


async def endpoint(peer: Peer) -> None:
    while True:
        head, _ = await peer.request()
        await peer.answer(head.split(b"\r\n")[0])


async def splice(one: Peer, other: Peer) -> None:
    """Copies bytes both ways until either side ends."""

    async def copy(source: Peer, target: Peer) -> None:
        try:
            while data := await source.reader.read(65536):
                await target.say(data)
        except ConnectionError:
            pass
        finally:
            target.close()

    await asyncio.gather(copy(one, other), copy(other, one))


async def connect_to(host: str, port: int) -> Peer:
    reader, writer = await asyncio.open_connection(host, port)
    return Peer(reader, writer)


class ConnectProxy:
    """Tunnels every CONNECT to its target and remembers the heads."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []

    async def script(self, peer: Peer) -> None:
        head = await peer.head()
        self.heads.append(head)
        host, port = head.split(b" ")[1].decode().rsplit(":", 1)
        target = await connect_to(host, int(port))
        await peer.say(b"HTTP/1.1 200 Connection established\r\nContent-Length: 9\r\n\r\n")
        await splice(peer, target)


class SocksProxy:
    """A SOCKS5 proxy (RFC 1928, 1929); remembers the targets it was asked for."""

    def __init__(self, user: bytes | None = None) -> None:
        self.targets: list[str] = []
        self._user = user

    async def script(self, peer: Peer) -> None:
        _, count = await peer.reader.readexactly(2)
        await peer.reader.readexactly(count)
        await peer.say(b"\x05\x02" if self._user else b"\x05\x00")
        if self._user and not await self._knows_user(peer):
            return
        _, _, _, kind = await peer.reader.readexactly(4)
        host = await self._host(peer, kind)
        (port,) = struct.unpack(">H", await peer.reader.readexactly(2))
        self.targets.append(host)
        try:
            target = await connect_to("127.0.0.1", port)
        except OSError:
            await peer.say(b"\x05\x05\x00\x01" + bytes(6))
            return
        await peer.say(b"\x05\x00\x00\x01" + bytes(6))
        await splice(peer, target)

    async def _knows_user(self, peer: Peer) -> bool:
        given = b""
        await peer.reader.readexactly(1)
        for _ in range(2):
            (length,) = await peer.reader.readexactly(1)
            given += await peer.reader.readexactly(length) + b":"
        await peer.say(b"\x01\x00" if given == self._user else b"\x01\x01")
        return given == self._user

    async def _host(self, peer: Peer, kind: int) -> str:
        if kind == 1:
            return socket.inet_ntoa(await peer.reader.readexactly(4))
        (length,) = await peer.reader.readexactly(1)
        return (await peer.reader.readexactly(length)).decode()


Through = Callable[[str], PooledTransport]


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(ca: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
def server_tls(ca: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


@pytest.fixture
async def through(ca_file: Path) -> AsyncIterator[Through]:
    """Makes transports behind a proxy that trust the test's authority."""
    made: list[PooledTransport] = []

    def make(proxy: str) -> PooledTransport:
        context = client_ssl_context(ca_file)
        made.append(PooledTransport(limits=PoolLimits(), ssl_context=context, proxy=proxy))
        return made[-1]

    yield make
    for transport in made:
        transport.abort()
        await transport.aclose()


def get(url: str, **timeouts: float) -> httpx.Request:
    timeouts = {"connect": 5, "read": 5, **timeouts}
    return httpx.Request("GET", url, extensions={"timeout": timeouts})


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


async def test_https_goes_through_a_connect_tunnel(
    through: Through, server_tls: ssl.SSLContext
) -> None:
    proxy = ConnectProxy()
    async with raw_server(endpoint, server_tls) as server, raw_server(proxy.script) as gate:
        transport = through(f"http://me:p%40ss@127.0.0.1:{gate.port}")
        for _ in range(2):
            response = await transport.handle_async_request(get(server.url + "x"))
            assert await body_of(response) == b"GET /x HTTP/1.1"

        assert transport.stats.reused == 1
    assert len(proxy.heads) == 1
    authority = f"127.0.0.1:{server.port}".encode()
    assert proxy.heads[0].startswith(
        b"CONNECT %b HTTP/1.1\r\nHost: %b\r\n" % (authority, authority)
    )
    assert USER in proxy.heads[0]


async def test_https_goes_through_a_proxy_that_speaks_tls_itself(
    through: Through, server_tls: ssl.SSLContext
) -> None:
    proxy = ConnectProxy()
    async with (
        raw_server(endpoint, server_tls) as server,
        raw_server(proxy.script, server_tls) as gate,
    ):
        transport = through(f"https://127.0.0.1:{gate.port}")

        response = await transport.handle_async_request(get(server.url + "x"))

        assert await body_of(response) == b"GET /x HTTP/1.1"


async def test_plain_http_goes_to_the_proxy_in_absolute_form(through: Through) -> None:
    async def script(peer: Peer) -> None:
        head = await peer.head()
        heads.append(head)
        await peer.answer(b"forwarded")

    heads: list[bytes] = []
    async with raw_server(script) as gate:
        transport = through(f"http://me:p%40ss@127.0.0.1:{gate.port}")

        response = await transport.handle_async_request(get("http://api.test/x?y=1"))

        assert await body_of(response) == b"forwarded"
    assert heads[0].startswith(b"GET http://api.test/x?y=1 HTTP/1.1\r\nHost: api.test\r\n")
    assert USER in heads[0]


REFUSALS = {
    "wants a user": (b"HTTP/1.1 407 Auth\r\n\r\n", TransportFault.PROXY_AUTH, "407 Auth"),
    "cannot reach it": (b"HTTP/1.1 502 Bad\r\n\r\n", TransportFault.PROXY_REFUSED, "502 Bad"),
    "is no proxy": (b"\x00\x01garbage", TransportFault.PROXY_REFUSED, "speak HTTP"),
    "hangs up": (b"", TransportFault.PROXY_REFUSED, "closed"),
    "talks for ever": (
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70000,
        TransportFault.PROXY_REFUSED,
        "endless",
    ),
}


@pytest.mark.parametrize(("answer", "fault", "words"), REFUSALS.values(), ids=REFUSALS.keys())
async def test_a_proxy_that_opens_no_tunnel_is_a_proxy_error(
    answer: bytes, fault: TransportFault, words: str, through: Through
) -> None:
    async def script(peer: Peer) -> None:
        await peer.head()
        await peer.say(answer)
        if answer:
            await peer.gone()

    async with raw_server(script) as gate:
        transport = through(f"http://me:secret@127.0.0.1:{gate.port}")

        with pytest.raises(ProxyFailed, match=words) as caught:
            await transport.handle_async_request(get("https://api.test/"))

    assert caught.value.fault is fault
    assert "secret" not in str(caught.value)
    assert transport.stats.live == 0


async def test_a_407_for_plain_http_is_a_proxy_error_too(through: Through) -> None:
    async def script(peer: Peer) -> None:
        await peer.head()
        await peer.say(b"HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n")

    async with raw_server(script) as gate:
        transport = through(f"http://127.0.0.1:{gate.port}")

        with pytest.raises(ProxyFailed) as caught:
            await transport.handle_async_request(get("http://api.test/"))

    assert caught.value.fault is TransportFault.PROXY_AUTH


@pytest.mark.parametrize("scheme", ["http", "https", "socks5", "socks4"])
@pytest.mark.parametrize("target", ["http://127.0.0.2/", "https://127.0.0.2/"])
async def test_a_proxy_that_is_not_there_is_a_proxy_error(
    scheme: str, target: str, through: Through
) -> None:
    transport = through(f"{scheme}://127.0.0.1:{free_port()}")

    with pytest.raises(ProxyFailed) as caught:
        await transport.handle_async_request(get(target))

    assert caught.value.fault is TransportFault.PROXY_REFUSED


async def test_a_proxy_that_does_not_answer_is_a_connect_time_out(through: Through) -> None:
    async def script(peer: Peer) -> None:
        await peer.gone()
        seen.set()

    seen = asyncio.Event()
    async with raw_server(script) as gate:
        transport = through(f"http://127.0.0.1:{gate.port}")

        with pytest.raises(DialTimedOut):
            await transport.handle_async_request(get("https://api.test/", connect=0.05))

        await asyncio.wait_for(seen.wait(), 1)
        assert transport.stats.live == 0


@pytest.mark.parametrize("encrypted", [False, True])
async def test_socks5h_leaves_the_name_to_the_proxy(
    encrypted: bool, through: Through, server_tls: ssl.SSLContext
) -> None:
    proxy = SocksProxy(user=b"me:p@ss:")
    async with (
        raw_server(endpoint, server_tls if encrypted else None) as server,
        raw_server(proxy.script) as gate,
    ):
        transport = through(f"socks5h://me:p%40ss@127.0.0.1:{gate.port}")

        url = f"{server.scheme}://localhost:{server.port}/x"
        response = await transport.handle_async_request(get(url))

        assert await body_of(response) == b"GET /x HTTP/1.1"
    assert proxy.targets == ["localhost"]


async def test_socks5_resolves_here(through: Through) -> None:
    proxy = SocksProxy()
    async with raw_server(endpoint) as server, raw_server(proxy.script) as gate:
        transport = through(f"socks5://127.0.0.1:{gate.port}")

        response = await transport.handle_async_request(get(f"http://127.0.0.1:{server.port}/"))

        assert response.status_code == 200
    assert proxy.targets == ["127.0.0.1"]


async def test_a_socks_proxy_that_cannot_reach_the_target_is_a_proxy_error(
    through: Through,
) -> None:
    async with raw_server(SocksProxy().script) as gate:
        transport = through(f"socks5h://127.0.0.1:{gate.port}")

        with pytest.raises(ProxyFailed, match="refused") as caught:
            await transport.handle_async_request(get(f"http://api.test:{free_port()}/"))

    assert caught.value.fault is TransportFault.PROXY_REFUSED


async def test_a_socks_proxy_that_knows_another_user_says_so(through: Through) -> None:
    async with raw_server(SocksProxy(user=b"other:x:").script) as gate:
        transport = through(f"socks5h://me:secret@127.0.0.1:{gate.port}")

        with pytest.raises(ProxyFailed) as caught:
            await transport.handle_async_request(get("http://api.test/"))

    assert caught.value.fault is TransportFault.PROXY_AUTH
    assert "secret" not in str(caught.value)


async def test_a_name_that_socks5_cannot_resolve_here_is_a_dns_fault(through: Through) -> None:
    async with raw_server(SocksProxy().script) as gate:
        transport = through(f"socks5://127.0.0.1:{gate.port}")

        with pytest.raises(DialFailed) as caught:
            await transport.handle_async_request(get("http://no-such-name.invalid/"))

    assert caught.value.fault is TransportFault.DNS


@pytest.mark.parametrize("proxy", ["ftp://host", "http:///x", "host:3128", "http://[::1"])
def test_what_is_no_proxy_is_refused_without_repeating_it(proxy: str) -> None:
    with pytest.raises(ValueError, match=r"proxy") as caught:
        PooledTransport(limits=PoolLimits(), proxy=proxy)

    assert proxy not in str(caught.value)
