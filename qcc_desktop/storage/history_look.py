"""Looks whether the history's file is well, without changing it: for the doctor."""

import contextlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qcc_desktop.core.usage import HistoryTrouble
from qcc_desktop.runtime.clock import utc
from qcc_desktop.storage.database import BUSY_S, MIGRATIONS, is_broken, trouble_of

_WELL = "ok"


@dataclass(frozen=True, slots=True)
class HistoryLook:
    """What was seen; ``error`` is the system's own word on why it cannot be read."""

    size_bytes: int
    since: datetime | None = None
    """When the first request was noted that is still kept; None: none was."""
    trouble: HistoryTrouble | None = None
    is_broken: bool = False
    error: str = ""


def look_at(path: Path) -> HistoryLook | None:
    """Return what is to be said of the file; None where there is none. Blocks."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return None
    except OSError as error:
        return HistoryLook(0, trouble=HistoryTrouble.UNWRITABLE, error=error.strerror or str(error))
    try:
        return _looked_at(path, size)
    except sqlite3.Error as error:
        return HistoryLook(
            size, trouble=trouble_of(error), is_broken=is_broken(error), error=str(error)
        )


def _looked_at(path: Path, size: int) -> HistoryLook:
    # `mode=rw` makes no file where there is none; nothing is written.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=BUSY_S)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            return HistoryLook(size, trouble=HistoryTrouble.NEWER)
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != _WELL:
            return HistoryLook(size, is_broken=True, error=str(found))
        row = connection.execute("SELECT since_s FROM coverage").fetchone() if version else None
        return HistoryLook(size, None if row is None else utc(row[0]))
