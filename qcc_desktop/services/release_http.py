"""Asks the web for what is published, through the proxy that the system wants for it.

A redirect to another server is followed: GitHub keeps a release's files elsewhere, and what
counts is their signature, not where they lie.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx

from qcc_desktop.proxy.transport.client import NO_COOKIES, PooledTransport
from qcc_desktop.proxy.transport.pool import PoolLimits
from qcc_desktop.proxy.transport.system_proxy import system_proxy_for
from qcc_desktop.proxy.transport.trust import load_client_ssl_context

_CONNECT_S = 20.0
_MOST_REDIRECTS = 3
_LIMITS = PoolLimits(max_connections=1, max_keepalive=0, keepalive_expiry_s=0)


@asynccontextmanager
async def opened(
    url: str, *, headers: Mapping[str, str] | None = None
) -> AsyncIterator[httpx.Response]:
    """Yield the answer to a GET, its body unread, after redirects.

    None of them leads from https to http.

    Raises:
        ValueError: it is no web address, or leads in a circle.
        httpx.HTTPError: it cannot be had.
    """
    place = asked = httpx.URL(url)
    for _ in range(_MOST_REDIRECTS + 1):
        _check(place, asked)
        async with _answer(place, headers or {}) as response:
            if response.next_request is None:
                response.raise_for_status()
                yield response
                return
            place = response.next_request.url
    raise ValueError("too many redirects")


async def read_small(url: str, largest_bytes: int) -> bytes:
    """Return a document, read as far as it is allowed to be long.

    Raises:
        ValueError, httpx.HTTPError: see `opened`.
    """
    body = bytearray()
    async with opened(url) as response:
        async for piece in response.aiter_raw():
            body += piece
            if len(body) > largest_bytes:
                raise ValueError("the document is too large")
    return bytes(body)


@asynccontextmanager
async def _answer(url: httpx.URL, headers: Mapping[str, str]) -> AsyncIterator[httpx.Response]:
    context = await load_client_ssl_context() if url.scheme == "https" else None
    proxy = await asyncio.to_thread(system_proxy_for, str(url))
    transport = PooledTransport(limits=_LIMITS, ssl_context=context, proxy=proxy)
    plain = {
        "User-Agent": "qcc-desktop",
        "Accept": "*/*",
        "Accept-Encoding": "identity",  # what is small stays small, and sizes are what is said
    }
    async with (
        httpx.AsyncClient(transport=transport, trust_env=False, cookies=NO_COOKIES) as client,
        client.stream("GET", url, headers={**plain, **headers}, timeout=_CONNECT_S) as response,
    ):
        yield response


def _check(url: httpx.URL, asked: httpx.URL) -> None:
    allowed = {"https", "http"} if asked.scheme == "http" else {"https"}
    if url.scheme not in allowed or not url.host:
        raise ValueError("the document's place is no web address")
