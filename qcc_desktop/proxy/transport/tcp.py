"""Opens TCP connections: looks a name up once at a time and races its addresses (RFC 8305).

asyncio's own race is not used: cancelled at the wrong moment it leaks the socket that had just
won (Python 3.11), and it reports several failures as one text without their numbers.
"""

import asyncio
import socket
from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

from qcc_desktop.runtime.tasks import spawn

EYEBALLS_DELAY_S = 0.25
"""Head start of each address over the next (RFC 8305, section 5)."""

Address = tuple[socket.AddressFamily, tuple[object, ...]]
_Found = Sequence[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[object, ...]]]


class TcpConnector:
    """Opens sockets; belongs to one loop.

    Concurrent lookups of one name share a thread: the loop has few of them, and a resolver
    that hangs must not take them all.
    """

    def __init__(self) -> None:
        self._lookups: dict[tuple[str, int], asyncio.Future[_Found]] = {}

    async def connect(self, host: str, port: int) -> socket.socket:
        """A connected, non-blocking socket; the caller closes it. Cancelling leaks nothing.

        Raises:
            OSError: the name is unknown, or the only address failed.
            ExceptionGroup: several addresses failed, each with its own OSError.
        """
        addresses = await self._resolve(host, port)
        if len(addresses) == 1:
            return await _connect(addresses[0])
        return await _race(addresses)

    async def _resolve(self, host: str, port: int) -> list[Address]:
        try:  # an address needs no lookup and no thread
            numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
            found: _Found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=numeric)
        except socket.gaierror:
            found = await self._look_up(host, port)
        return _interleaved(found)

    async def _look_up(self, host: str, port: int) -> _Found:
        key = (host, port)
        lookup = self._lookups.get(key)
        if lookup is None:
            job = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
            lookup = asyncio.get_running_loop().run_in_executor(None, job)
            self._lookups[key] = lookup
            lookup.add_done_callback(lambda _: self._lookups.pop(key, None))
        return await asyncio.shield(lookup)


def _interleaved(found: _Found) -> list[Address]:
    """Each address once, families taking turns, the resolver's first family first."""
    addresses = list(dict.fromkeys((family, address) for family, _, _, _, address in found))
    if not addresses:
        raise socket.gaierror(socket.EAI_NONAME, "The name has no address")
    first = [one for one in addresses if one[0] == addresses[0][0]]
    others = [one for one in addresses if one[0] != addresses[0][0]]
    return [one for pair in zip_longest(first, others) for one in pair if one is not None]


async def _connect(address: Address) -> socket.socket:
    family, target = address
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)  # noqa: FBT003  the standard library's signature
        await asyncio.get_running_loop().sock_connect(sock, target)
    except BaseException:
        sock.close()
        raise
    return sock


async def _attempt(address: Address) -> socket.socket | OSError:
    try:
        return await _connect(address)
    except OSError as error:
        return error


async def _race(addresses: list[Address]) -> socket.socket:
    runners: list[asyncio.Task[socket.socket | OSError]] = []
    winner: asyncio.Task[socket.socket | OSError] | None = None
    errors: list[OSError] = []
    waiting = list(reversed(addresses))
    pending: set[asyncio.Task[socket.socket | OSError]] = set()
    try:
        while waiting or pending:
            if waiting:
                runners.append(spawn(_attempt(waiting.pop()), name="connect"))
                pending.add(runners[-1])
            done, pending = await asyncio.wait(
                pending,
                timeout=EYEBALLS_DELAY_S if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for runner in done:
                result = runner.result()
                if isinstance(result, socket.socket):
                    winner = runner
                    return result
                errors.append(result)
    finally:
        for runner in runners:
            if runner is not winner:
                runner.cancel()
                runner.add_done_callback(_close_result)
    raise ExceptionGroup("No address of the name could be connected", errors)


def _close_result(runner: "asyncio.Task[socket.socket | OSError]") -> None:
    """Close what a runner that came second brought home."""
    if not runner.cancelled() and isinstance(result := runner.result(), socket.socket):
        result.close()
