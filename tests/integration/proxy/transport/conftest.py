"""A transport, and a way to ask it for something without httpx's client in between."""

from collections.abc import AsyncIterator

import httpx
import pytest

from qcc_desktop.proxy.transport.client import PooledTransport
from qcc_desktop.proxy.transport.pool import PoolLimits
from tests.integration.proxy.transport.asking import Ask


@pytest.fixture
async def transport() -> AsyncIterator[PooledTransport]:
    """A direct transport with the limits of the contract."""
    pooled = PooledTransport(limits=PoolLimits())
    yield pooled
    pooled.abort()
    await pooled.aclose()


@pytest.fixture
def ask(transport: PooledTransport) -> Ask:
    """Sends one request; the response's body is not read yet."""

    async def send(
        url: str,
        *,
        method: str = "POST",
        timeouts: dict[str, float] | None = None,
        idle_s: float | None = None,
        **kwargs: object,
    ) -> httpx.Response:
        extensions: dict[str, object] = {"timeout": timeouts or {"connect": 5, "read": 10}}
        if idle_s is not None:
            extensions["qcc.idle_timeout_s"] = idle_s
        request = httpx.Request(method, url, extensions=extensions, **kwargs)  # type: ignore[arg-type]
        return await transport.handle_async_request(request)

    return send
