"""The benchmark's own client and endpoint: what they count is what went over the wire."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.bench import payload
from tests.bench.client import BenchError, connect, hammer
from tests.bench.upstream import Endpoint

_AROUND = 7
"""Frames of a stream beside those asked for: opening, ping, first text, closing."""


@pytest.fixture
async def port() -> AsyncIterator[int]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Endpoint, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


def _request(port: int, *, pace: str = "", size_bytes: int = payload.LARGE_BYTES) -> bytes:
    content = payload.body(size_bytes, session="s", stream=bool(pace))
    return payload.request(content, port=port, token="t", session="s", pace=pace)


def test_a_large_request_is_as_large_as_claude_codes() -> None:
    content = payload.body(payload.LARGE_BYTES, session="s", stream=True)

    assert len(content) == pytest.approx(76 * 1024, rel=0.1)


async def test_one_connection_carries_one_answer_after_the_other(port: int) -> None:
    (connection,) = await connect(port, 1)

    answers = [await connection.fetch(_request(port)) for _ in range(3)]
    connection.close()

    assert [answer.status for answer in answers] == [200] * 3
    assert all(0 < answer.first_byte_s <= answer.end_s for answer in answers)


async def test_every_event_of_a_stream_is_counted(port: int) -> None:
    (connection,) = await connect(port, 1)

    answer = await connection.fetch(_request(port, pace="20,0"))
    connection.close()

    assert answer.events == 20 + _AROUND


async def test_the_first_byte_of_a_paced_stream_comes_before_its_end(port: int) -> None:
    (connection,) = await connect(port, 1)

    answer = await connection.fetch(_request(port, pace="10,5"))
    connection.close()

    assert answer.end_s - answer.first_byte_s >= 0.045


async def test_no_more_requests_are_sent_than_were_allowed(port: int) -> None:
    connections = await connect(port, 4)

    answered = await hammer(connections, [_request(port, size_bytes=200)] * 4, 50)
    for connection in connections:
        connection.close()

    assert answered == 50


async def test_a_connection_that_ends_early_fails_the_load(port: int) -> None:
    connections = await connect(port, 2)
    asyncio.get_running_loop().call_later(0.05, connections[0].close)

    with pytest.raises(BenchError, match="ended before"):
        await hammer(connections, [_request(port, pace="900,10")] * 2, 10, timeout_s=10)
    connections[1].close()
