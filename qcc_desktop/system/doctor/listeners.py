"""Who listens on a port of this computer."""

import contextlib
import errno
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psutil  # type: ignore[import-untyped]  # it ships no types

_ANSWER_S = 1.0


@dataclass(frozen=True, slots=True)
class Listener:
    """The process that listens; ``pid`` is None when the system does not tell whose it is."""

    pid: int | None
    name: str = ""


def listener_on(port: int) -> Listener | None:
    """Return who listens on ``port`` at this computer's own addresses, None when nobody does.

    Blocks for about 50 ms: every process' open files are looked at. A process of another user
    is seen without its id, unless one is root.
    """
    for connection in _connections():
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
            return _named(connection.pid)
    return None


def _connections() -> Iterable[Any]:
    """Return TCP connections; macOS tells an ordinary user only of its own processes."""
    try:
        yield from psutil.net_connections("tcp")
    except psutil.AccessDenied:
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                for each in process.net_connections("tcp"):
                    yield _Owned(each.status, each.laddr, process.pid)


@dataclass(frozen=True, slots=True)
class _Owned:
    status: str
    laddr: Any
    pid: int


def _named(pid: int | None) -> Listener:
    if pid is None:
        return Listener(None)
    try:
        return Listener(pid, str(psutil.Process(pid).name()))
    except psutil.Error:
        return Listener(pid)


def bind_error(port: int, host: str = "127.0.0.1") -> OSError | None:
    """Return why ``port`` cannot be listened on now, None when it can. Listens for a moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # as asyncio listens: a port that has only old connections left is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            return error
    return None


def is_taken(error: OSError) -> bool:
    """Whether a port cannot be had because another program has it."""
    return error.errno in {errno.EADDRINUSE, 10048}


def answers(host: str, port: int, *, timeout_s: float = _ANSWER_S) -> bool:
    """Whether anything accepts a connection there. Blocks for ``timeout_s`` at most."""
    try:
        with socket.create_connection((host, port), timeout=timeout_s):
            return True
    except (OSError, OverflowError):
        return False


def free_port_after(port: int) -> int:
    """Return the next port that can be listened on now, of the ten that follow, else any."""
    for candidate in range(port + 1, min(port + 10, 65_535) + 1):
        if bind_error(candidate) is None:
            return candidate
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
