"""How connections are shared, bounded, kept and dropped."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport.client import PooledTransport
from qcc_desktop.proxy.transport.faults import (
    DialFailed,
    PoolTimedOut,
    ResponseBroken,
    TransportFailure,
)
from qcc_desktop.proxy.transport.http1 import Http1Connection
from qcc_desktop.proxy.transport.pool import PoolLimits
from tests.integration.proxy.transport.asking import Ask, body_of
from tests.integration.proxy.transport.raw_server import Peer, RawServer, raw_server


class Gate:
    """A server whose answers wait until they are let through, one by one."""

    def __init__(self) -> None:
        self.waiting: asyncio.Queue[asyncio.Event] = asyncio.Queue()

    async def script(self, peer: Peer) -> None:
        while True:
            head, _ = await peer.request()
            if b" /now " not in head:
                passed = asyncio.Event()
                self.waiting.put_nowait(passed)
                await passed.wait()
            await peer.answer(head.split(b" ")[1], head=b"X-Port: %d\r\n" % peer.port)

    async def let_one_pass(self) -> None:
        (await self.waiting.get()).set()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
async def server(gate: Gate) -> AsyncIterator[RawServer]:
    async with raw_server(gate.script) as running:
        yield running


async def settled(transport: PooledTransport, *, live: int) -> None:
    """Waits until that many connections are left."""
    async with asyncio.timeout(2):
        while transport.stats.live != live:  # noqa: ASYNC110  the pool has no event for it
            await asyncio.sleep(0)


def asking(ask: Ask, url: str) -> asyncio.Task[bytes]:
    async def whole() -> bytes:
        return await body_of(await ask(url))

    return asyncio.get_running_loop().create_task(whole())


async def test_sequential_requests_use_one_connection(
    ask: Ask, server: RawServer, transport: PooledTransport
) -> None:
    for _ in range(10):
        await body_of(await ask(server.url + "now"))

    assert server.connections == 1
    assert (transport.stats.opened, transport.stats.reused) == (1, 9)
    assert (transport.stats.live, transport.stats.idle) == (1, 1)


async def test_the_connection_used_last_is_reused_first(
    ask: Ask, server: RawServer, gate: Gate
) -> None:
    first, second = asking(ask, server.url + "a"), asking(ask, server.url + "b")
    passing = [await gate.waiting.get(), await gate.waiting.get()]
    passing[0].set()
    await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)
    passing[1].set()
    await asyncio.gather(first, second)

    ports = {(await ask(server.url + "now")).headers["X-Port"] for _ in range(5)}

    assert server.connections == 2
    assert len(ports) == 1


async def test_more_requests_than_connections_wait_in_line(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_connections=2))
    order: list[str] = []
    tasks = []
    for name in "abcdef":
        task = asking(ask, server.url + name)
        task.add_done_callback(lambda _, name=name: order.append(name))  # type: ignore[misc]
        tasks.append(task)

    for _ in tasks:
        await gate.let_one_pass()
    await asyncio.gather(*tasks)

    assert server.connections == 2
    assert order == list("abcdef")
    assert transport.stats.live == 2


async def test_a_turn_that_does_not_come_is_a_pool_time_out(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_connections=1))
    holder = asking(ask, server.url)
    passed = await gate.waiting.get()

    with pytest.raises(PoolTimedOut) as caught:
        await ask(server.url, timeouts={"pool": 0.02})

    assert caught.value.fault is TransportFault.POOL_TIMEOUT
    passed.set()
    await holder
    assert await body_of(await ask(server.url + "now")) == b"/now"


async def test_cancelled_waiters_leave_the_line(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_connections=1))
    holder = asking(ask, server.url)
    passed = await gate.waiting.get()
    waiters = [asking(ask, server.url + "now") for _ in range(5)]
    await asyncio.sleep(0)

    for waiter in waiters[:4]:
        waiter.cancel()
    passed.set()

    await holder
    assert await waiters[4] == b"/now"
    assert transport.stats.live == transport.stats.idle == 1


async def test_a_waiter_cancelled_just_as_its_turn_comes_gives_the_connection_back(
    ask: Ask,
    server: RawServer,
    gate: Gate,
    transport: PooledTransport,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def release_and_cancel(connection: Http1Connection) -> None:
        release(connection)
        monkeypatch.setattr(transport._pool, "release", release)
        waiter.cancel()

    transport.set_limits(PoolLimits(max_connections=1))
    release = transport._pool.release
    busy = asking(ask, server.url)
    passed = await gate.waiting.get()
    waiter = asking(ask, server.url + "now")
    await asyncio.sleep(0)
    monkeypatch.setattr(transport._pool, "release", release_and_cancel)

    passed.set()
    await asyncio.gather(busy, waiter, return_exceptions=True)

    assert waiter.cancelled()
    assert await body_of(await ask(server.url + "now", timeouts={"pool": 1})) == b"/now"
    assert (transport.stats.opened, transport.stats.live) == (1, 1)


async def test_cancelling_a_dial_gives_the_place_back(
    ask: Ask, server: RawServer, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_connections=1))
    for turns in range(12):  # cancelled after each possible step of opening a connection
        task = asking(ask, server.url)
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await settled(transport, live=0)
    assert await body_of(await ask(server.url + "now", timeouts={"pool": 1})) == b"/now"


async def test_a_failed_dial_gives_the_place_to_the_next(
    ask: Ask, server: RawServer, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_connections=1))

    refused = [asking(ask, "http://127.0.0.1:1/") for _ in range(3)]
    last = asking(ask, server.url + "now")

    assert await last == b"/now"
    for task in refused:
        assert isinstance(task.exception(), DialFailed)


async def test_an_idle_stranger_makes_room_for_another_origin(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_connections=1))
    async with raw_server(gate.script) as other:
        await body_of(await ask(server.url + "now"))

        assert await body_of(await ask(other.url + "now", timeouts={"pool": 1})) == b"/now"
        assert transport.stats.live == 1


async def test_idle_connections_beyond_the_limit_close_the_oldest_first(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_keepalive=2))
    tasks = [asking(ask, server.url) for _ in range(5)]
    for _ in tasks:
        await gate.let_one_pass()
    await asyncio.gather(*tasks)

    await settled(transport, live=2)
    assert transport.stats.idle == 2


async def test_a_burst_beyond_the_keepalive_limit_reuses_its_connections(
    ask: Ask, server: RawServer, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_keepalive=2))

    for _ in range(5):
        await asyncio.gather(*(asking(ask, server.url + "now") for _ in range(8)))

    assert transport.stats.opened == 8
    assert transport.stats.reused == 32
    await settled(transport, live=2)


async def test_idle_connections_expire(
    ask: Ask, server: RawServer, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(keepalive_expiry_s=0.05))
    await body_of(await ask(server.url + "now"))
    assert transport.stats.idle == 1

    await settled(transport, live=0)

    assert transport.stats.idle == 0


async def test_a_shorter_expiry_applies_to_connections_that_are_idle_already(
    ask: Ask, server: RawServer, transport: PooledTransport
) -> None:
    await body_of(await ask(server.url + "now"))

    transport.set_limits(PoolLimits(keepalive_expiry_s=0.02))

    await settled(transport, live=0)


@pytest.mark.parametrize("goodbye", [b"", b"HTTP/1.1 408 Timeout\r\nContent-Length: 0\r\n\r\n"])
async def test_an_idle_connection_that_speaks_or_closes_is_dropped_at_once(
    goodbye: bytes, ask: Ask, transport: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.answer()
        await leave.wait()
        if goodbye:
            await peer.say(goodbye)
            await peer.gone()
        else:
            peer.close()

    leave = asyncio.Event()
    async with raw_server(script) as server:
        await body_of(await ask(server.url))
        assert transport.stats.idle == 1
        leave.set()

        await settled(transport, live=0)

        assert await body_of(await ask(server.url)) == b"ok"
        assert server.connections == 2


UNUSABLE = {
    "extra bytes": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n",
    "connection: close": b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
    "http/1.0": b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
}


@pytest.mark.parametrize("data", UNUSABLE.values(), ids=UNUSABLE.keys())
async def test_a_connection_that_cannot_go_on_is_not_kept(
    data: bytes, ask: Ask, transport: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.say(data)
        await peer.gone()

    async with raw_server(script) as server:
        assert await body_of(await ask(server.url)) == b"ok"

        await settled(transport, live=0)


async def test_a_body_after_head_spoils_the_connection(
    ask: Ask, transport: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.answer(b"not allowed")
        await peer.gone()

    async with raw_server(script) as server:
        response = await ask(server.url, method="HEAD")

        assert await body_of(response) == b""
        await settled(transport, live=0)


async def test_a_race_with_the_servers_close_says_that_the_connection_was_reused(
    ask: Ask, transport: PooledTransport
) -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.answer()
        await peer.request()
        peer.close()

    async with raw_server(script) as server:
        await body_of(await ask(server.url))

        with pytest.raises(ResponseBroken) as caught:
            await ask(server.url)

    assert caught.value.fault is TransportFault.DISCONNECTED
    assert caught.value.exchange.reused
    assert caught.value.exchange.response_bytes == 0


async def test_an_unread_body_that_has_arrived_does_not_hold_its_connection(
    ask: Ask, server: RawServer, transport: PooledTransport
) -> None:
    first = await ask(server.url + "now")

    second = await ask(server.url + "now")

    assert transport.stats.opened == 1
    assert (await body_of(first), await body_of(second)) == (b"/now", b"/now")


async def test_drop_idle_leaves_running_exchanges_alone(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    busy = asking(ask, server.url)
    passed = await gate.waiting.get()
    await body_of(await ask(server.url + "now"))

    transport.drop_idle()

    await settled(transport, live=1)
    passed.set()
    assert await busy == b"/"


async def test_lower_limits_do_not_break_running_exchanges(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    tasks = [asking(ask, server.url) for _ in range(4)]
    passing = [await gate.waiting.get() for _ in tasks]

    transport.set_limits(PoolLimits(max_connections=1))
    for passed in passing:
        passed.set()

    assert await asyncio.gather(*tasks) == [b"/"] * 4
    await settled(transport, live=1)


async def test_higher_limits_admit_those_in_line(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_connections=1))
    tasks = [asking(ask, server.url) for _ in range(3)]
    first = await gate.waiting.get()

    transport.set_limits(PoolLimits(max_connections=3))

    passing = [first, await gate.waiting.get(), await gate.waiting.get()]
    for passed in passing:
        passed.set()
    await asyncio.gather(*tasks)


async def test_closing_lets_running_exchanges_finish(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_connections=1))
    busy = asking(ask, server.url)
    passed = await gate.waiting.get()
    waiting = asking(ask, server.url)
    await asyncio.sleep(0)

    await transport.aclose()

    with pytest.raises(DialFailed) as caught:
        await waiting
    assert caught.value.fault is TransportFault.LOCAL_RESOURCE
    with pytest.raises(DialFailed):
        await ask(server.url)
    passed.set()
    assert await busy == b"/"
    await settled(transport, live=0)


async def test_aborting_fails_running_exchanges(
    ask: Ask, server: RawServer, gate: Gate, transport: PooledTransport
) -> None:
    busy = asking(ask, server.url)
    await gate.waiting.get()

    transport.abort()
    await transport.aclose()

    with pytest.raises(TransportFailure):
        await busy
    assert transport.stats.live == 0


async def test_hundreds_of_exchanges_cancelled_at_random_leave_no_connection_behind(
    ask: Ask, gate: Gate, server: RawServer, transport: PooledTransport
) -> None:
    transport.set_limits(PoolLimits(max_connections=5))
    tasks = []
    for number in range(300):
        tasks.append(asking(ask, server.url + "now"))
        if number % 3:
            tasks[-(number % 7) - 1 if number > 7 else -1].cancel()
        if number % 5 == 0:
            await asyncio.sleep(0)
    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert {type(result) for result in results} == {bytes, asyncio.CancelledError}
    await settled(transport, live=transport.stats.idle)
    assert transport.stats.live <= 5
