"""Lets two paths change places in one step, so that there is never none."""

import ctypes
import os
import sys
from pathlib import Path

_SWAP = 2
"""``RENAME_EXCHANGE`` (Linux, renameat2(2)) and ``RENAME_SWAP`` (macOS, renamex_np(2))."""
_HERE = -100
"""``AT_FDCWD`` of Linux."""


def exchange(one: Path, other: Path) -> None:
    """Give each the name of the other.

    Raises:
        OSError: nothing has changed; some file systems cannot do it.
    """
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        failed = library.renamex_np(first, second, _SWAP)
    else:
        failed = library.renameat2(_HERE, first, _HERE, second, _SWAP)
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))
