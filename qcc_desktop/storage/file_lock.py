"""Lets one process at a time change a file."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import make_private_dir

WAIT_S = 20.0


@contextlib.contextmanager
def locked(path: Path, *, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the lock file ``path``; the system releases it when the process dies. Blocks.

    Raises:
        UserFacingError: another process kept the lock for ``wait_s``, or it cannot be made.
    """
    try:
        make_private_dir(path.parent)
        lock = FileLock(path, timeout=wait_s, mode=0o600)
        lock.acquire()
    except Timeout as error:
        raise UserFacingError(
            f"Another QCC Desktop process has held {path.name} for {wait_s:g} s.",
            "Try again, or end that process.",
        ) from error
    except OSError as error:
        raise UserFacingError(
            f"{path} cannot be locked: {error.strerror or error}.",
            "Make the directory writable.",
        ) from error
    try:
        yield
    finally:
        lock.release()
