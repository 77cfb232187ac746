"""One running program per user and home."""

import contextlib
from pathlib import Path

from filelock import FileLock, Timeout

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import make_private_dir
from qcc_desktop.storage.runtime_file import RuntimeInfo

_REMEDY = "Use it ('qcc-desktop status'), or end it before you start another one."


class AlreadyRunningError(UserFacingError):
    """Another program of this home runs."""


def already_running(other: RuntimeInfo) -> AlreadyRunningError:
    """Return the error that names the program in the way."""
    where = "its proxy is off" if other.port is None else f"port {other.port}"
    title = f"QCC Desktop is running already (process {other.pid}, {where})."
    return AlreadyRunningError(title, _REMEDY)


class SingleInstance:
    """A lock file, which the system releases when the process dies, however it dies."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock: FileLock | None = None

    def acquire(self) -> None:
        """Be the running program. Blocks for a moment.

        Raises:
            AlreadyRunningError: another one is.
            UserFacingError: the lock file cannot be made.
        """
        try:
            make_private_dir(self._file.parent)
            lock = FileLock(self._file, timeout=0, mode=0o600, thread_local=False)
            lock.acquire()
        except Timeout as error:
            raise AlreadyRunningError("QCC Desktop is running already.", _REMEDY) from error
        except OSError as error:
            raise UserFacingError(
                f"{self._file} cannot be locked: {error.strerror or error}.",
                "Make the directory writable.",
            ) from error
        self._lock = lock

    def release(self) -> None:
        """Let another program run; no error when this one does not hold the lock."""
        lock, self._lock = self._lock, None
        if lock is not None:
            with contextlib.suppress(OSError):
                lock.release()
