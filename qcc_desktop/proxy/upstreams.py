"""One httpx client per endpoint, made when first needed, replaced when its address changes.

A client of its own for each endpoint means that no failure of one touches the connections of
another. A replaced client finishes its running answers before it closes.
"""

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import httpx

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import DIRECT, Endpoint
from qcc_desktop.core.settings import Settings
from qcc_desktop.proxy.transport.client import NO_COOKIES, PooledTransport
from qcc_desktop.proxy.transport.pool import PoolLimits
from qcc_desktop.proxy.transport.system_proxy import system_proxy_for
from qcc_desktop.proxy.transport.trust import load_client_ssl_context
from qcc_desktop.runtime.tasks import spawn

_TIMEOUT = httpx.Timeout(60.0)
"""What holds where a request names no time-outs of its own; every one of ours does."""


@dataclass(frozen=True, slots=True)
class _Address:
    """What a client is built from; another address needs another client.

    ``proxy`` is what the endpoint says, None for what the system says.
    """

    origin: str
    proxy: str | None
    ca_file: str


@dataclass(frozen=True, slots=True)
class Upstream:
    """The client of one endpoint; ``proxy`` is the one in use, None for none."""

    client: httpx.AsyncClient
    transport: PooledTransport
    address: _Address
    proxy: str | None


@lru_cache(maxsize=512)
def join_url(base_url: str, target: str) -> httpx.URL:
    """Return the URL for ``target`` (raw path and query, as the client sent it)."""
    return httpx.URL(base_url + target)


async def proxy_of(endpoint: Endpoint) -> str | None:
    """Return the proxy URL an endpoint is reached through, None for a direct connection.

    The system is asked in a thread: on Windows, Python looks the host's name up for it.
    """
    if endpoint.proxy == DIRECT:
        return None
    return endpoint.proxy or await asyncio.to_thread(system_proxy_for, endpoint.base_url)


class Upstreams:
    """Owns every client. All methods belong to the loop's thread."""

    def __init__(self) -> None:
        self._upstreams: dict[str, Upstream] = {}
        self._settings = Settings()
        self._doubted: set[str] = set()
        """Ids of endpoints before whose next request the system is asked for its proxy again."""
        self._retired: dict[asyncio.Task[None], Upstream] = {}

    def configure(self, config: Config) -> None:
        """Take over new options and addresses; running answers are not touched."""
        self._settings = config.settings
        wanted = {endpoint.id: endpoint for endpoint in config.endpoints}
        for endpoint_id, upstream in list(self._upstreams.items()):
            endpoint = wanted.get(endpoint_id)
            if endpoint is None or not self._is_at(endpoint, upstream.address):
                self._retire(endpoint_id)
            else:
                upstream.transport.set_limits(self._limits())
        self._doubted = set(self._upstreams)

    async def get(self, endpoint: Endpoint) -> Upstream:
        """Return the endpoint's client and transport.

        Raises:
            OSError: when the extra certificate file cannot be read or holds no certificates.
            ValueError: when the proxy's URL is none, or the endpoint's.
        """
        upstream = self._upstreams.get(endpoint.id)
        if upstream is not None and endpoint.id not in self._doubted:
            return upstream
        address, proxy = self._address(endpoint), await proxy_of(endpoint)
        self._doubted.discard(endpoint.id)
        upstream = self._upstreams.get(endpoint.id)  # another request may have been faster
        if upstream is not None and upstream.proxy == proxy:
            return upstream
        if upstream is not None:
            self._retire(endpoint.id)
        made = await _build(address, proxy, self._limits())
        # Another request may have made one while the certificates were loaded.
        return self._upstreams.setdefault(endpoint.id, made)

    def drop_idle(self, endpoint_id: str) -> None:
        """Close one endpoint's idle connections: they have proved to be stale."""
        upstream = self._upstreams.get(endpoint_id)
        if upstream is not None:
            upstream.transport.drop_idle()

    def refresh(self) -> None:
        """Drop idle connections and look up the system's proxies anew, as after sleep."""
        self._doubted = set(self._upstreams)
        for upstream in self._upstreams.values():
            upstream.transport.drop_idle()

    def connections(self) -> dict[str, int]:
        """Return how many connections are open, by endpoint id."""
        return {key: upstream.transport.stats.live for key, upstream in self._upstreams.items()}

    async def aclose(self) -> None:
        """Close everything now."""
        upstreams, self._upstreams = list(self._upstreams.values()), {}
        for upstream in [*upstreams, *self._retired.values()]:
            upstream.transport.abort()
        for upstream in upstreams:
            await upstream.client.aclose()
        await asyncio.gather(*self._retired)

    def _retire(self, endpoint_id: str) -> None:
        upstream = self._upstreams.pop(endpoint_id)
        closing = spawn(upstream.client.aclose(), name="close a replaced client")
        self._retired[closing] = upstream
        closing.add_done_callback(lambda task: self._retired.pop(task, None))

    def _is_at(self, endpoint: Endpoint, address: _Address) -> bool:
        try:
            return self._address(endpoint) == address
        except ValueError:  # told to whoever asks for its client
            return False

    def _address(self, endpoint: Endpoint) -> _Address:
        return _address_of(endpoint, self._settings)

    def _limits(self) -> PoolLimits:
        return _limits_of(self._settings)


async def one_off(endpoint: Endpoint, settings: Settings) -> Upstream:
    """Return a client for a single test, also of an endpoint that is not saved; close it."""
    address = _address_of(endpoint, settings)
    return await _build(address, await proxy_of(endpoint), _limits_of(settings))


async def _build(address: _Address, proxy: str | None, limits: PoolLimits) -> Upstream:
    ca_file = Path(address.ca_file) if address.ca_file else None
    context = await load_client_ssl_context(ca_file)
    transport = PooledTransport(limits=limits, ssl_context=context, proxy=proxy)
    client = httpx.AsyncClient(
        transport=transport,
        trust_env=False,
        follow_redirects=False,
        timeout=_TIMEOUT,
        cookies=NO_COOKIES,
    )
    return Upstream(client, transport, address, proxy)


def _address_of(endpoint: Endpoint, settings: Settings) -> _Address:
    try:
        url = httpx.URL(endpoint.base_url)
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from error
    origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
    return _Address(origin, endpoint.proxy, settings.upstream_ca_file)


def _limits_of(settings: Settings) -> PoolLimits:
    return PoolLimits(
        max_connections=settings.upstream_max_connections,
        max_keepalive=settings.upstream_max_keepalive,
        keepalive_expiry_s=settings.upstream_keepalive_s,
    )
