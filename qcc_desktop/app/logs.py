"""Logging: readable lines with UTC time, in rotating files, without secrets and bodies."""

import contextlib
import io
import logging
import os
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from typing_extensions import override

from qcc_desktop.core.redact import redact
from qcc_desktop.runtime.clock import utc
from qcc_desktop.storage.atomic import make_private_dir

_FILE_BYTES = 2 * 1024 * 1024
_OLDER_FILES = 4
_PACKAGE = "qcc_desktop."
Secrets = Callable[[], tuple[str, ...]]


class RedactingFormatter(logging.Formatter):
    """Formats a record as one line (plus its traceback) and masks secrets in all of it.

    It works on the finished text, so that arguments, tracebacks and exception texts are
    masked too, which a filter of records would not see.
    """

    def __init__(self, secrets: Secrets) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(area)-9s %(message)s")
        self._secrets = secrets

    @override
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return utc(record.created).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    @override
    def format(self, record: logging.LogRecord) -> str:
        record.area = area_of(record.name)
        text = super().format(record)
        if record.exc_info is None and record.stack_info is None:
            text = text.replace("\r", "\\r").replace("\n", "\\n")
        return redact(text, self._secrets())


def area_of(logger: str) -> str:
    """Return the room of the house that a logger belongs to (``proxy``), else its library."""
    return logger.removeprefix(_PACKAGE).split(".", 1)[0]


class _Forgiving(logging.Handler):
    """Loses a line that cannot be written, as on a full disk.

    The standard library would print it to stderr with its arguments, which nothing masks there.
    """

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)

    @override
    def close(self) -> None:
        with contextlib.suppress(OSError):
            super().close()


class _Console(_Forgiving, logging.StreamHandler[TextIO]):
    """Lines on stderr."""


class PrivateRotatingHandler(_Forgiving, RotatingFileHandler):
    """Five files of 2 MB, readable by the owner alone."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            file, maxBytes=_FILE_BYTES, backupCount=_OLDER_FILES, encoding="utf-8", delay=True
        )

    @override
    def _open(self) -> io.TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(self.baseFilename, flags, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")

    @override
    def doRollover(self) -> None:
        """Rotate; where another process holds the file open (Windows), go on in it."""
        with contextlib.suppress(OSError):
            super().doRollover()
        if self.stream is None:
            self.stream = self._open()


class Logs:
    """What goes where: all lines of ours from INFO on, of libraries from WARNING on, to a file."""

    def __init__(self, file: Path | None, secrets: Secrets) -> None:
        self._formatter = RedactingFormatter(secrets)
        self._root = logging.getLogger()
        self._own = logging.getLogger("qcc_desktop")
        self._levels = self._root.level, self._own.level
        self._handlers: list[logging.Handler] = []
        self._root.setLevel(logging.WARNING)
        self._own.setLevel(logging.INFO)
        if file is not None:
            make_private_dir(file.parent)
            self._add(PrivateRotatingHandler(file))

    def to_stderr(self, *, verbose: bool = False) -> None:
        """Show warnings there too, with ``verbose`` every line."""
        if sys.stderr is not None:
            console = _Console(sys.stderr)
            console.setLevel(logging.INFO if verbose else logging.WARNING)
            self._add(console)

    def close(self) -> None:
        """Write no more and put levels back."""
        for handler in self._handlers:
            self._root.removeHandler(handler)
            handler.close()
        self._handlers.clear()
        self._root.setLevel(self._levels[0])
        self._own.setLevel(self._levels[1])

    def _add(self, handler: logging.Handler) -> None:
        handler.setFormatter(self._formatter)
        self._handlers.append(handler)
        self._root.addHandler(handler)


def remove_old_logs(file: Path, *, oldest_s: float) -> None:
    """Delete rotated logs last written before ``oldest_s`` (seconds since the epoch). Blocks."""
    for old in file.parent.glob(f"{file.name}.*"):
        with contextlib.suppress(OSError):
            if old.stat().st_mtime < oldest_s:
                old.unlink()
