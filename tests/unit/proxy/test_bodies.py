"""Bodies as they are read: never more at once than can be looked at in a moment."""

import asyncio
import gzip
from collections.abc import AsyncIterator

import httpx
import pytest
from typing_extensions import override

from qcc_desktop.proxy.bodies import body_chunks, read_whole

MB = 1024 * 1024


class Body(httpx.AsyncByteStream):
    """Arrives in the given pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces
        self.closed = False

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece

    @override
    async def aclose(self) -> None:
        self.closed = True


def _packed(*pieces: bytes) -> tuple[httpx.Response, Body]:
    body = Body(*pieces)
    return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=body), body


async def test_what_was_compressed_a_thousandfold_comes_in_small_pieces() -> None:
    response, body = _packed(gzip.compress(bytes(64 * MB)))

    sizes = [len(chunk) async for chunk in body_chunks(response)]

    assert sum(sizes) == 64 * MB
    assert max(sizes) <= MB
    assert body.closed


async def test_others_have_their_turn_while_it_is_unpacked() -> None:
    response, _ = _packed(gzip.compress(bytes(16 * MB)))
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.get_running_loop().create_task(other())
    sizes = [len(chunk) async for chunk in body_chunks(response)]
    task.cancel()

    assert turns >= len(sizes) - 1 > 10


async def test_reading_whole_stops_at_its_limit() -> None:
    response, body = _packed(gzip.compress(bytes(64 * MB)))

    with pytest.raises(httpx.DecodingError, match="longer than"):
        await read_whole(response, MB)

    assert response.num_bytes_downloaded < len(body.pieces[0]) / 10
