"""The connections of one transport: reuse the latest, bound the number, wait in line.

Every operation is O(1): idle connections stand in the order in which they became idle (the
newest is reused, the oldest expires), waiters in the order in which they came. A connection
counts from the moment it is dialled until its socket is closed.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport.faults import DialFailed, Exchange, PoolTimedOut
from qcc_desktop.proxy.transport.http1 import Http1Connection
from qcc_desktop.proxy.transport.messages import Origin

Dial = Callable[[Http1Connection, Exchange, float | None], Awaitable[None]]
"""Connects the given connection within that many seconds, or raises a TransportFailure."""
READ_BYTES = 64 * 1024
"""Most that one read of a socket yields."""

SURPLUS_GRACE_S = 0.1
"""How long a connection beyond the idle limit may stay unused: answers that end in the same turn of
the loop make a surplus that the next requests take up at once. Closing it at once cost one new
connection in seven requests at 32 concurrent ones and a limit of 20."""

_Waiter = asyncio.Future[Http1Connection]


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """How many connections at most, how many of them idle, and idle for how long."""

    max_connections: int = 100
    max_keepalive: int = 20
    keepalive_expiry_s: float = 30.0


@dataclass(frozen=True, slots=True)
class PoolStats:
    """Connections open now (``live``, of which ``idle``) and exchanges so far.

    ``opened`` counts connections made, ``reused`` exchanges that needed no new one.
    """

    live: int
    idle: int
    opened: int
    reused: int


class ConnectionPool:
    """Hands out connections and takes them back; owned by one transport and one loop."""

    def __init__(self, limits: PoolLimits, dial: Dial) -> None:
        self._limits = limits
        self._dial = dial
        self.read_buffer = memoryview(bytearray(READ_BYTES))
        self._live: set[Http1Connection] = set()
        self._closing: set[Http1Connection] = set()
        self._idle: dict[Origin, OrderedDict[Http1Connection, None]] = {}
        self._idle_count = 0
        self._waiters: OrderedDict[_Waiter, tuple[Origin, Exchange]] = OrderedDict()
        self._expiry: asyncio.Handle | None = None
        self._surplus: asyncio.Handle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._settled: asyncio.Future[None] | None = None
        self._is_closed = False
        self._opened = 0
        self._reused = 0

    @property
    def stats(self) -> PoolStats:
        """Counts at this moment."""
        return PoolStats(len(self._live), self._idle_count, self._opened, self._reused)

    async def acquire(
        self,
        origin: Origin,
        exchange: Exchange,
        *,
        connect_s: float | None,
        wait_s: float | None,
    ) -> Http1Connection:
        """An open connection to ``origin``: the newest idle one, a new one, or in line.

        Raises:
            TransportFailure: none in time, or none could be opened.
        """
        while not self._is_closed:
            connection = self._take_idle(origin) or self._admit(origin)
            if connection is None:
                connection = await self._wait(origin, exchange, wait_s)
            if connection.is_open:
                self._reused += 1
                exchange.reused = True
                return connection
            if not connection.is_closing:
                await self._open(connection, exchange, connect_s)
                return connection
            # It was handed over open and closed before this task ran: once more.
        raise _closed(exchange)

    def release(self, connection: Http1Connection) -> None:
        """Take a connection back after a complete response; the first in line gets it."""
        staying = len(self._live) - len(self._closing)
        if self._is_closed or staying > self._limits.max_connections:
            connection.abort()
            return
        if not self._waiters:
            self._keep(connection)
            return
        waiter, (origin, _) = next(iter(self._waiters.items()))
        if origin == connection.origin and not waiter.done():
            del self._waiters[waiter]
            waiter.set_result(connection)
        else:
            connection.abort()  # its place goes to the waiter once the socket is closed

    def withdraw(self, connection: Http1Connection) -> None:
        """Never hand ``connection`` out again."""
        idle = self._idle.get(connection.origin)
        if idle is not None and connection in idle:
            del idle[connection]
            self._idle_count -= 1
        if connection in self._live:
            self._closing.add(connection)

    def lost(self, connection: Http1Connection) -> None:
        """The connection is gone; its place is free. Harmless when told twice."""
        self._live.discard(connection)
        self._closing.discard(connection)
        self._admit_waiters()
        if self._settled is not None and not self._settled.done():
            self._settled.set_result(None)

    def set_limits(self, limits: PoolLimits) -> None:
        """Apply other limits: idle surplus closes now, running exchanges are left alone."""
        self._limits = limits
        while self._idle_count > limits.max_keepalive:
            self._oldest_idle().abort()
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None
        self._expire()
        self._admit_waiters()

    def drop_idle(self) -> None:
        """Close every idle connection, for instance after the computer slept."""
        while self._idle_count:
            self._oldest_idle().abort()

    def abort(self) -> None:
        """Close everything at once, running exchanges included; nothing new is accepted."""
        self._close()
        for connection in tuple(self._live):
            connection.abort()

    async def aclose(self) -> None:
        """Close idle connections and accept nothing new; running exchanges finish.

        Returns when every socket that is being closed is closed.
        """
        self._close()
        while self._closing:
            self._settled = asyncio.get_running_loop().create_future()
            await self._settled

    def _close(self) -> None:
        self._is_closed = True
        self.drop_idle()
        for timer in (self._expiry, self._surplus):
            if timer is not None:
                timer.cancel()
        self._expiry = self._surplus = None
        for waiter, (_, exchange) in self._waiters.items():
            if not waiter.done():
                waiter.set_exception(_closed(exchange))
        self._waiters.clear()

    # ---- getting one

    def _take_idle(self, origin: Origin) -> Http1Connection | None:
        idle = self._idle.get(origin)
        if not idle:
            return None
        connection, _ = idle.popitem()
        self._idle_count -= 1
        return connection

    def _admit(self, origin: Origin) -> Http1Connection | None:
        """A place for a new connection, if there is one or an idle stranger can make room."""
        if self._waiters:
            return None
        if len(self._live) >= self._limits.max_connections:
            if self._idle_count:  # idle connections of this origin were tried before
                self._oldest_idle().abort()
            return None
        return self._place(origin)

    def _place(self, origin: Origin) -> Http1Connection:
        loop = self._loop
        if loop is None:
            self._loop = loop = asyncio.get_running_loop()
        connection = Http1Connection(loop, self, origin)
        self._live.add(connection)
        return connection

    async def _wait(
        self, origin: Origin, exchange: Exchange, wait_s: float | None
    ) -> Http1Connection:
        loop = asyncio.get_running_loop()
        waiter: _Waiter = loop.create_future()
        self._waiters[waiter] = (origin, exchange)
        started_s = loop.time()
        timer = (
            None if wait_s is None else loop.call_later(wait_s, _expire_waiter, waiter, exchange)
        )
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self._give_back(waiter.result())
            raise
        finally:
            exchange.wait_s = loop.time() - started_s
            self._waiters.pop(waiter, None)
            if timer is not None:
                timer.cancel()

    def _give_back(self, connection: Http1Connection) -> None:
        if connection.is_open:
            self.release(connection)
        else:
            connection.abort()
            self.lost(connection)

    async def _open(
        self, connection: Http1Connection, exchange: Exchange, connect_s: float | None
    ) -> None:
        loop = asyncio.get_running_loop()
        started_s = loop.time()
        try:
            await self._dial(connection, exchange, connect_s)
        except BaseException:
            connection.abort()
            self.lost(connection)
            raise
        finally:
            exchange.connect_s = loop.time() - started_s
        self._opened += 1

    def _admit_waiters(self) -> None:
        while self._waiters and len(self._live) < self._limits.max_connections:
            waiter, (origin, _) = self._waiters.popitem(last=False)
            if not waiter.done():
                waiter.set_result(self._place(origin))

    # ---- keeping them

    def _keep(self, connection: Http1Connection) -> None:
        if self._limits.max_keepalive < 1:
            connection.abort()
            return
        idle = self._idle.get(connection.origin)
        if idle is None:
            idle = self._idle[connection.origin] = OrderedDict()
        loop = asyncio.get_running_loop()
        connection.idle_since_s = loop.time()
        idle[connection] = None
        self._idle_count += 1
        if self._surplus is None and self._idle_count > self._limits.max_keepalive:
            self._surplus = loop.call_later(SURPLUS_GRACE_S, self._trim)
        if self._expiry is None:
            self._expiry = loop.call_later(self._limits.keepalive_expiry_s, self._expire)

    def _oldest_idle(self) -> Http1Connection:
        """The connection idle for longest; one origin is the rule, a handful the exception."""
        return min(
            (next(iter(idle)) for idle in self._idle.values() if idle),
            key=lambda connection: connection.idle_since_s,
        )

    def _trim(self) -> None:
        """Close connections beyond the limit that nobody took for a whole grace."""
        self._surplus = None
        if self._loop is None:
            return
        now_s = self._loop.time()
        while self._idle_count > self._limits.max_keepalive:
            oldest = self._oldest_idle()
            left_s = oldest.idle_since_s + SURPLUS_GRACE_S - now_s
            if left_s > 0:
                self._surplus = self._loop.call_later(left_s, self._trim)
                return
            oldest.abort()

    def _expire(self) -> None:
        """Close what was idle for too long and look again when the next one will have been."""
        self._expiry = None
        if not self._idle_count or self._loop is None:
            return
        now_s = self._loop.time()
        while self._idle_count:
            oldest = self._oldest_idle()
            left_s = oldest.idle_since_s + self._limits.keepalive_expiry_s - now_s
            if left_s > 0:
                self._expiry = self._loop.call_later(left_s, self._expire)
                return
            oldest.abort()


def _expire_waiter(waiter: _Waiter, exchange: Exchange) -> None:
    if not waiter.done():
        text = "All connections to the endpoint stayed busy."
        waiter.set_exception(PoolTimedOut(text, TransportFault.POOL_TIMEOUT, exchange))


def _closed(exchange: Exchange) -> DialFailed:
    text = "This transport was closed."
    return DialFailed(text, TransportFault.LOCAL_RESOURCE, exchange)
