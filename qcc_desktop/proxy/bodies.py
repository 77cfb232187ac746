"""Reads response bodies, decoded where the endpoint encoded them."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import cast

import httpx
from typing_extensions import override

from qcc_desktop.wire.headers import header

_ENCODINGS = frozenset({b"gzip", b"deflate", b"br", b"zstd"})
"""What is taken off; an answer in any other encoding passes as it is."""
_SLICE_BYTES = 512
"""So much is decompressed at once: deflate makes half a megabyte of it at most."""


class _Sliced(httpx.AsyncByteStream):
    """A body in small pieces, with a turn for others between those that arrived together.

    A compressed body may hold a thousand times its size, and whatever looks at it holds up the
    loop meanwhile.
    """

    def __init__(self, whole: httpx.AsyncByteStream) -> None:
        self._whole = whole

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._whole:
            for start in range(0, len(piece), _SLICE_BYTES):
                if start:
                    await asyncio.sleep(0)
                yield piece[start : start + _SLICE_BYTES]

    @override
    async def aclose(self) -> None:
        await self._whole.aclose()


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
        response.stream = _Sliced(cast("httpx.AsyncByteStream", response.stream))
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
