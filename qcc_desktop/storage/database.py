"""The SQLite file that history and sessions are kept in: opened, brought up to date, judged.

It holds no key, no request and no answer. What is in it: sums of tokens and costs, names of
endpoints and models, ids and folders of sessions, and why an endpoint was left out.

WAL lets other programs read while we write, and survives the end of the process at any moment;
with ``synchronous=NORMAL`` a loss of power costs the last seconds, never the file (sqlite.org,
"Write-Ahead Logging"). Where it is refused, as on some network drives, the rollback journal does.
"""

import contextlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from qcc_desktop.core.usage import HistoryTrouble
from qcc_desktop.storage.atomic import make_private_dir
from qcc_desktop.storage.history_calls import broken_file

_log = logging.getLogger(__name__)
BUSY_S = 1.0
"""So long another program's lock is waited for; what waits is written later instead."""
_CACHE_KB = 4096
"""Holds the days of a year of heavy use, so that sums need no reading twice."""
_COMPANIONS = ("-wal", "-shm", "-journal")
_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_TROUBLES = {
    sqlite3.SQLITE_FULL: HistoryTrouble.FULL,
    sqlite3.SQLITE_BUSY: HistoryTrouble.BUSY,
    sqlite3.SQLITE_LOCKED: HistoryTrouble.BUSY,
}


class NewerDatabaseError(Exception):
    """The file was written by a newer version of the program."""


_FIGURES = (
    "requests INTEGER NOT NULL, failures INTEGER NOT NULL, input INTEGER NOT NULL, "
    "output INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_creation INTEGER NOT NULL, "
    "cost_usd REAL NOT NULL, is_priced INTEGER NOT NULL, has_unpriced INTEGER NOT NULL"
)
_ENDPOINT = "endpoint INTEGER NOT NULL REFERENCES endpoint"
_SESSION = "session INTEGER NOT NULL REFERENCES session"
_MODEL = "model INTEGER NOT NULL REFERENCES model"


def _usage(connection: sqlite3.Connection) -> None:
    """Version 1: sums per day for as long as the option says, sums per hour for a few days.

    ``offset_s`` is how far local time was ahead of UTC: the hour that is repeated when summer
    ends is two. The cost is of the prices of that time.
    """
    named = "(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL)"
    for table in ("endpoint", "session", "model"):
        connection.execute(f"CREATE TABLE {table} {named}")
    connection.execute("CREATE TABLE coverage (since_s INTEGER NOT NULL)")
    connection.execute(
        f"CREATE TABLE day_sum (day TEXT NOT NULL, {_ENDPOINT}, {_SESSION}, {_MODEL}, {_FIGURES}, "
        "PRIMARY KEY (day, endpoint, session, model)) WITHOUT ROWID"
    )
    connection.execute(
        "CREATE TABLE hour_sum (hour_s INTEGER NOT NULL, offset_s INTEGER NOT NULL, "
        f"{_ENDPOINT}, {_SESSION}, {_MODEL}, {_FIGURES}, "
        "PRIMARY KEY (hour_s, offset_s, endpoint, session, model)) WITHOUT ROWID"
    )


def _sessions(connection: sqlite3.Connection) -> None:
    """Version 2: where sessions are bound, and which endpoints need the person."""
    connection.execute(
        "CREATE TABLE bound_session (key TEXT PRIMARY KEY, last_seen_s REAL NOT NULL, "
        "endpoint TEXT NOT NULL, home TEXT NOT NULL, pin TEXT NOT NULL, moves INTEGER NOT NULL, "
        "model TEXT NOT NULL, folder TEXT NOT NULL, turns INTEGER NOT NULL, "
        "input INTEGER NOT NULL, output INTEGER NOT NULL, cache_read INTEGER NOT NULL, "
        "cache_creation INTEGER NOT NULL) WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX bound_session_age ON bound_session (last_seen_s)")
    connection.execute(
        "CREATE TABLE held_endpoint (endpoint TEXT PRIMARY KEY, since_s REAL NOT NULL, "
        "kind TEXT NOT NULL, number INTEGER NOT NULL, reason TEXT NOT NULL, "
        "message TEXT NOT NULL) WITHOUT ROWID"
    )


def _totals(connection: sqlite3.Connection) -> None:
    """Version 3: sums per day of all sessions together, which most questions are about."""
    connection.execute(
        f"CREATE TABLE day_total (day TEXT NOT NULL, {_ENDPOINT}, {_MODEL}, {_FIGURES}, "
        "PRIMARY KEY (day, endpoint, model)) WITHOUT ROWID"
    )
    connection.execute(
        "INSERT INTO day_total SELECT day, endpoint, model, sum(requests), sum(failures), "
        "sum(input), sum(output), sum(cache_read), sum(cache_creation), sum(cost_usd), "
        "max(is_priced), max(has_unpriced) FROM day_sum GROUP BY day, endpoint, model"
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_usage, _sessions, _totals)
"""The steps from an empty file to this version; the number of a step is the file's version."""


def open_database(path: Path) -> sqlite3.Connection:
    """Return a connection to the file, made and brought up to date where need be. Blocks.

    The connection is in autocommit mode and of the calling thread.

    Raises:
        NewerDatabaseError: nothing was changed.
        sqlite3.Error: it cannot be used; `is_broken` and `trouble_of` tell more.
        OSError: its directory or the file cannot be made.
    """
    make_private_dir(path.parent)
    # SQLite gives its other files the permissions of this one.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600))
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def is_broken(error: Exception) -> bool:
    """Tell whether the file is damaged or no database at all."""
    return isinstance(error, sqlite3.Error) and _code(error) in _CORRUPT


def trouble_of(error: Exception) -> HistoryTrouble:
    """Return why the file cannot be used, of an error of this module or of a statement."""
    if isinstance(error, NewerDatabaseError):
        return HistoryTrouble.NEWER
    code = _code(error) if isinstance(error, sqlite3.Error) else None
    return _TROUBLES.get(code or 0, HistoryTrouble.UNWRITABLE)


def put_aside(path: Path) -> Path:
    """Keep a damaged file under another name, in the place of one kept before; return that name.

    Raises:
        OSError: it cannot be renamed.
    """
    kept = broken_file(path)
    path.replace(kept)
    for ending in _COMPANIONS:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).unlink()
    return kept


def _prepare(connection: sqlite3.Connection) -> None:
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise NewerDatabaseError(f"The file is of version {version}.")
    if version == 0:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # only before the first table
    _choose_journal(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
    for number in range(version + 1, len(MIGRATIONS) + 1):
        _step(connection, number)


def _choose_journal(connection: sqlite3.Connection) -> None:
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        if is_broken(error) or trouble_of(error) is not HistoryTrouble.UNWRITABLE:
            raise
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "wal":
        _log.info("The history's place does not allow a write-ahead log; its journal is: %s", mode)


def _step(connection: sqlite3.Connection, number: int) -> None:
    with transaction(connection):
        if _version(connection) < number:
            MIGRATIONS[number - 1](connection)
            connection.execute(f"PRAGMA user_version = {number}")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have ended the transaction already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _code(error: sqlite3.Error) -> int:
    """Return the primary result code; the extended ones say more in their upper bytes."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
