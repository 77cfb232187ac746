"""Finds the guards of running programs, and waits for what they do."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types

_DEADLINE_S = 20.0


def guards_of(pid: int) -> list[psutil.Process]:
    """Return the living guards of a process."""
    return [child for child in psutil.Process(pid).children() if _is_guard(child)]


def guard_of(pid: int) -> psutil.Process:
    """Return the one guard of a process."""
    (found,) = guards_of(pid)
    return found


def zombies_of(pid: int) -> list[psutil.Process]:
    """Return the children of a process that ended and nobody waited for."""
    children = psutil.Process(pid).children()
    return [child for child in children if child.status() == psutil.STATUS_ZOMBIE]


def _is_guard(child: psutil.Process) -> bool:
    try:
        return bool({"guard", "guard.py"} & {Path(word).name for word in child.cmdline()})
    except psutil.Error:  # it has ended meanwhile
        return False


def waited_for(happened: Callable[[], bool], *, deadline_s: float = _DEADLINE_S) -> float:
    """Wait for what another process does, of which nobody tells us; return after how long."""
    began_s = time.monotonic()
    while not happened():
        waited_s = time.monotonic() - began_s
        assert waited_s < deadline_s, f"it did not happen within {deadline_s:g} s"
        time.sleep(0.01)
    return time.monotonic() - began_s
