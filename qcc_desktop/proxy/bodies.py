"""Reads response bodies, decoded where the endpoint encoded them."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

import httpx

from qcc_desktop.wire.headers import header

_ENCODINGS = frozenset({b"gzip", b"deflate", b"br", b"zstd"})
"""What is taken off; an answer in any other encoding passes as it is."""


def is_decoded(response: httpx.Response) -> bool:
    """Say whether `body_chunks` takes a content encoding off."""
    encoding = header(response.headers.raw, b"content-encoding")
    if encoding is None:
        return False
    names = {name.strip().lower() for name in encoding.split(b",")} - {b"identity"}
    return bool(names) and names <= _ENCODINGS


async def body_chunks(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """Yield the body as it arrives, decoded only where the endpoint encoded it.

    We ask for ``identity``; some relays compress all the same (claude-code-hub forwarder).
    """
    if is_decoded(response):
        async with aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_bytes())) as plain:
            async for chunk in plain:
                if chunk:
                    yield chunk
    else:
        # Not `aiter_raw`: it counts and re-chunks what is only to be passed on.
        async for chunk in cast("httpx.AsyncByteStream", response.stream):
            yield chunk


async def read_whole(response: httpx.Response, limit_bytes: int) -> bytes:
    """Return the body.

    Raises:
        httpx.RequestError: it broke off, or is longer than ``limit_bytes``.
    """
    pieces: list[bytes] = []
    size = 0
    async with aclosing(body_chunks(response)) as chunks:
        async for chunk in chunks:
            pieces.append(chunk)
            size += len(chunk)
            if size > limit_bytes:
                raise httpx.DecodingError("the answer is longer than this program takes")
    return b"".join(pieces)
