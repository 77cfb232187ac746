"""Connects to origins: TCP, a proxy in between, TLS.

Proxies: an ``http://`` or ``https://`` proxy gets ``CONNECT`` for https targets and the
absolute form for plain http ones, as curl and httpx do (proxies commonly forbid CONNECT to
anything but port 443). SOCKS proxies tunnel both; ``socks5h`` and ``socks4a`` leave the name
resolution to the proxy, ``socks5`` and ``socks4`` resolve here.
"""

import asyncio
import base64
import socket
import ssl

import httpx

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport.faults import (
    DialFailed,
    DialTimedOut,
    Exchange,
    ProxyFailed,
    TransportFailure,
    describe,
    fault_of_os_error,
)
from qcc_desktop.proxy.transport.http1 import Http1Connection
from qcc_desktop.proxy.transport.tcp import TcpConnector
from qcc_desktop.proxy.transport.trust import load_client_ssl_context
from qcc_desktop.proxy.transport.tunnel import TunnelRefusedError, open_tunnel

_DEFAULT_PORTS = {
    "http": 80,
    "https": 443,
    "socks5": 1080,
    "socks5h": 1080,
    "socks4": 1080,
    "socks4a": 1080,
}


class Dialer:
    """Connects to origins directly or through one proxy.

    ``proxy`` is a URL, user and password included; they are used and never shown.
    ``ssl_context`` None means the system's trust, loaded when the first https origin is dialled.

    Raises:
        ValueError: the proxy's scheme is unknown or it has no host.
    """

    def __init__(self, *, ssl_context: ssl.SSLContext | None, proxy: str | None) -> None:
        self._ssl_context = ssl_context
        self._tcp = TcpConnector()
        self._proxy = None if proxy is None else _parse_proxy(proxy)

    @property
    def forwards_plain_http(self) -> bool:
        """True where requests to http origins must carry the absolute URL."""
        return self._proxy is not None and self._proxy.scheme in {"http", "https"}

    @property
    def proxy_authorization(self) -> bytes | None:
        """Value of ``Proxy-Authorization`` for the proxy's user, if it has one."""
        if self._proxy is None or not self._proxy.userinfo:
            return None
        pair = b":".join((self._proxy.username.encode(), self._proxy.password.encode()))
        return b"Basic " + base64.b64encode(pair)

    async def dial(
        self, connection: Http1Connection, exchange: Exchange, timeout_s: float | None
    ) -> None:
        """Connect ``connection`` to its origin.

        Raises:
            TransportFailure: DialFailed, DialTimedOut or ProxyFailed.
        """
        try:
            async with asyncio.timeout(timeout_s):
                await self._connect(connection)
        except TimeoutError as error:
            if error.errno is not None:
                raise self._failure(error, exchange) from error  # the kernel's own ETIMEDOUT
            text = f"No connection within {timeout_s or 0:g} s."
            raise DialTimedOut(text, TransportFault.CONNECT_TIMEOUT, exchange) from error
        except (OSError, UnicodeError, ExceptionGroup) as error:
            raise self._failure(error, exchange) from error
        except (TunnelRefusedError, _ProxyUnreachableError) as error:
            raise self._proxy_failure(error, exchange) from error

    async def _connect(self, connection: Http1Connection) -> None:
        scheme, raw_host, port = connection.origin
        host = raw_host.decode("ascii")
        context = await self._context() if scheme == b"https" else None
        if self._proxy is None:
            await self._open(connection, host, port, context)
        elif self._proxy.scheme.startswith("socks"):
            await self._through_socks(connection, host, port, context)
        elif context is None:
            await self._to_proxy(connection)
        else:
            await self._through_tunnel(connection, host, port, context)

    async def _context(self) -> ssl.SSLContext:
        if self._ssl_context is None:
            self._ssl_context = await load_client_ssl_context()
        return self._ssl_context

    async def _to_proxy(self, protocol: asyncio.BaseProtocol) -> asyncio.Transport:
        proxy = self._proxy_url()
        context = await self._context() if proxy.scheme == "https" else None
        try:
            return await self._open(protocol, proxy.host, _port(proxy), context)
        except (OSError, ExceptionGroup, UnicodeError) as error:
            raise _unless_ours(error) from error

    async def _through_tunnel(
        self, connection: Http1Connection, host: str, port: int, context: ssl.SSLContext
    ) -> None:
        authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        transport = await open_tunnel(self._to_proxy, authority, self.proxy_authorization)
        try:
            upgraded = await asyncio.get_running_loop().start_tls(
                transport, connection, context, server_hostname=host
            )
        except BaseException:
            transport.abort()
            raise
        if upgraded is None:
            raise ConnectionResetError
        connection.connection_made(upgraded)

    async def _through_socks(
        self, connection: Http1Connection, host: str, port: int, context: ssl.SSLContext | None
    ) -> None:
        proxy = self._proxy_url()
        # python-socks takes 20 ms of a start, and few have such a proxy.
        from qcc_desktop.proxy.transport.socks import open_socks  # noqa: PLC0415

        try:
            sock = await open_socks(proxy, _port(proxy), host, port)
        except socket.gaierror:
            raise  # the target's name, resolved here; the proxy's own comes wrapped
        except OSError as error:
            raise _unless_ours(error) from error
        await _wrap(connection, sock, host, context)

    async def _open(
        self, protocol: asyncio.BaseProtocol, host: str, port: int, context: ssl.SSLContext | None
    ) -> asyncio.Transport:
        sock = await self._tcp.connect(host, port)
        return await _wrap(protocol, sock, host, context)

    def _proxy_url(self) -> httpx.URL:
        if self._proxy is None:
            raise AssertionError
        return self._proxy

    def _failure(self, error: BaseException, exchange: Exchange) -> TransportFailure:
        fault = fault_of_os_error(error)
        if fault is TransportFault.CONNECT_TIMEOUT:
            return DialTimedOut(describe(error), fault, exchange)
        return DialFailed(describe(error), fault, exchange)

    def _proxy_failure(self, error: BaseException, exchange: Exchange) -> TransportFailure:
        proxy = self._proxy_url()
        wants_user = isinstance(error, TunnelRefusedError) and error.status == 407
        fault = TransportFault.PROXY_AUTH if wants_user else TransportFault.PROXY_REFUSED
        where = f"{proxy.scheme}://{proxy.host}:{_port(proxy)}"
        cause = error.__cause__ if isinstance(error, _ProxyUnreachableError) else error
        return ProxyFailed(f"Proxy {where}: {describe(cause or error)}", fault, exchange)


class _ProxyUnreachableError(Exception):
    """The proxy itself could not be connected; the cause says why."""


def _unless_ours(error: Exception) -> Exception:
    """``error`` as the proxy's failure, except where this computer ran out of something."""
    is_ours = fault_of_os_error(error) is TransportFault.LOCAL_RESOURCE
    return error if is_ours else _ProxyUnreachableError()


async def _wrap(
    protocol: asyncio.BaseProtocol, sock: socket.socket, host: str, context: ssl.SSLContext | None
) -> asyncio.Transport:
    """Give the socket to a transport, which owns it from here on, also when TLS fails."""
    transport, _ = await asyncio.get_running_loop().create_connection(
        lambda: protocol,
        sock=sock,
        ssl=context,
        server_hostname=host if context is not None else None,
    )
    return transport


def _port(proxy: httpx.URL) -> int:
    return proxy.port or _DEFAULT_PORTS[proxy.scheme]


def _parse_proxy(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        raise ValueError("The proxy is not a valid URL.") from None
    if url.scheme not in _DEFAULT_PORTS or not url.host:
        raise ValueError(
            "A proxy is http://, https://, socks5://, socks5h://, socks4:// or socks4a:// and a host."
        )
    return url
