"""httpx over this package: the transport to give an `httpx.AsyncClient`.

No redirects, retries or cookies happen here. httpx's client itself keeps cookies, at a cost per
response; give it `NO_COOKIES` as ``cookies``.
"""

import ssl
from collections.abc import AsyncIterable, AsyncIterator, Mapping
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from types import TracebackType
from typing import cast
from urllib.request import Request as UrllibRequest

import httpx
from typing_extensions import override

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport.dial import Dialer
from qcc_desktop.proxy.transport.faults import (
    Exchange,
    ProxyFailed,
    RequestRefused,
    SchemeUnsupported,
)
from qcc_desktop.proxy.transport.messages import Deadlines, Origin, Outgoing
from qcc_desktop.proxy.transport.pool import ConnectionPool, PoolLimits, PoolStats

EXCHANGE = "qcc.exchange"
"""Key of the `Exchange` in ``response.extensions``."""
IDLE_TIMEOUT_S = "qcc.idle_timeout_s"
"""Key in ``request.extensions``: the longest silence within the response body (None: endless).
Without it httpx's read timeout counts there too, as httpx means it."""

_PORTS = {b"http": 80, b"https": 443}
_VERSIONS = {"1.1": b"HTTP/1.1", "1.0": b"HTTP/1.0"}
_NO_TIMEOUTS: Mapping[str, float | None] = {}


class _NoCookieJar(CookieJar):
    """A jar that takes and gives nothing."""

    @override
    def extract_cookies(self, response: HTTPResponse, request: UrllibRequest) -> None:
        return

    @override
    def add_cookie_header(self, request: UrllibRequest) -> None:
        return


NO_COOKIES: CookieJar = _NoCookieJar()
"""For ``httpx.AsyncClient(cookies=NO_COOKIES)``: endpoints' cookies are neither kept nor sent."""


class WholeBody(httpx.AsyncByteStream):
    """A request body that is there already, for requests whose headers are complete.

    httpx prepares ``content=`` at the cost of a dozen header look-ups; a request made with this
    as its ``stream`` goes out as it is, so ``Host`` and ``Content-Length`` are the caller's.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.content


class PooledTransport(httpx.AsyncBaseTransport):
    """HTTP/1.1 over pooled connections, on whichever loop it is first used.

    ``ssl_context`` None trusts what the system trusts. ``proxy`` None connects directly; what
    the system's settings say is `qcc_desktop.proxy.transport.system_proxy`'s business.

    Raises:
        ValueError: ``proxy`` is not a proxy URL.
    """

    def __init__(
        self,
        *,
        limits: PoolLimits,
        ssl_context: ssl.SSLContext | None = None,
        proxy: str | None = None,
    ) -> None:
        self._dialer = Dialer(ssl_context=ssl_context, proxy=proxy)
        self._pool = ConnectionPool(limits, self._dialer.dial)

    @property
    def stats(self) -> PoolStats:
        """Connections and reuse, as of now."""
        return self._pool.stats

    def set_limits(self, limits: PoolLimits) -> None:
        """Apply other limits without touching running exchanges."""
        self._pool.set_limits(limits)

    def drop_idle(self) -> None:
        """Close idle connections, for instance after the computer slept."""
        self._pool.drop_idle()

    def abort(self) -> None:
        """Close everything now; running exchanges fail. `aclose` afterwards waits for it."""
        self._pool.abort()

    @override
    async def aclose(self) -> None:
        await self._pool.aclose()

    @override
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self._pool.aclose()

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        exchange = Exchange()
        origin = _origin(request.url, exchange)
        is_forwarded = self._dialer.forwards_plain_http and origin[0] == b"http"
        outgoing = self._outgoing(request, exchange, is_forwarded=is_forwarded)
        extensions = request.extensions
        timeouts = cast("Mapping[str, float | None]", extensions.get("timeout", _NO_TIMEOUTS))
        read_s = timeouts.get("read")
        deadlines = Deadlines(timeouts.get("write"), read_s, extensions.get(IDLE_TIMEOUT_S, read_s))
        connection = await self._pool.acquire(
            origin, exchange, connect_s=timeouts.get("connect"), wait_s=timeouts.get("pool")
        )
        incoming = await connection.send(outgoing, exchange, deadlines)
        if is_forwarded and incoming.status == 407:
            await incoming.body.aclose()
            text = "The proxy asks for a user and a password, or refuses those it got."
            raise ProxyFailed(text, TransportFault.PROXY_AUTH, exchange)
        return httpx.Response(
            incoming.status,
            headers=incoming.headers,
            stream=incoming.body,
            extensions={
                "http_version": _VERSIONS[exchange.http_version],
                "reason_phrase": incoming.reason,
                EXCHANGE: exchange,
            },
        )

    def _outgoing(
        self, request: httpx.Request, exchange: Exchange, *, is_forwarded: bool
    ) -> Outgoing:
        method = request.method.encode("ascii")
        target = request.url.raw_path
        lines = [b": ".join(pair) for pair in request.headers.raw]
        if is_forwarded:
            target = b"http://" + request.url.netloc + target
            if self._dialer.proxy_authorization is not None:
                lines.append(b"Proxy-Authorization: " + self._dialer.proxy_authorization)
        head = b"%b %b HTTP/1.1\r\n%b\r\n\r\n" % (method, target, b"\r\n".join(lines))
        # One line per header and no more: anything else would smuggle headers in.
        if head.count(b"\n") != len(lines) + 2 or head.count(b"\r") != len(lines) + 2:
            text = "A header of the request contains a line break."
            raise RequestRefused(text, TransportFault.PROTOCOL, exchange)
        is_chunked = b"\r\ntransfer-encoding:" in head.lower()
        is_head_method = method == b"HEAD"
        if isinstance(request.stream, WholeBody):
            return Outgoing(head, request.stream.content, is_chunked, is_head_method)
        if isinstance(request.stream, httpx.ByteStream) and not is_chunked:
            return Outgoing(head, request.content, is_chunked, is_head_method)
        return Outgoing(
            head, cast("AsyncIterable[bytes]", request.stream), is_chunked, is_head_method
        )


def _origin(url: httpx.URL, exchange: Exchange) -> Origin:
    scheme = url.raw_scheme
    default_port = _PORTS.get(scheme)
    if default_port is None:
        text = f"The URL starts with {url.scheme!r}, not with http:// or https://."
        raise SchemeUnsupported(text, TransportFault.PROTOCOL, exchange)
    return scheme, url.raw_host, url.port or default_port
