"""Lets a test that runs as root be refused by file modes, as an ordinary user is."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_VERSION_3 = 0x20080522
"""Of the structures below; see capset(2)."""
_OVERRIDES = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root passes over file modes."""


@contextmanager
def without_root_powers() -> Iterator[None]:
    """Take the right to pass over file modes from this thread of a root on Linux, for a while."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)  # version; 0: this thread
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; twice 32 bits

    def call(name: str) -> None:
        if getattr(libc, name)(ctypes.byref(header), sets) != 0:
            raise OSError(ctypes.get_errno(), name)

    call("capget")
    effective = sets[0]
    sets[0] = effective & ~_OVERRIDES
    call("capset")
    try:
        yield
    finally:
        sets[0] = effective
        call("capset")
