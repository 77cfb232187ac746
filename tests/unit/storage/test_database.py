"""The SQLite file: how it is made, brought up to date, and judged."""

import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from qcc_desktop.core.usage import HistoryTrouble
from qcc_desktop.storage import database
from qcc_desktop.storage.database import (
    MIGRATIONS,
    NewerDatabaseError,
    is_broken,
    open_database,
    put_aside,
    transaction,
    trouble_of,
)

TABLES_OF = (
    {"coverage", "endpoint", "session", "model", "day_sum", "hour_sum"},
    {"bound_session", "held_endpoint"},
    {"day_total"},
)
"""What each step adds."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


def tables_of(path: Path) -> set[str]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    connection.close()
    return {name for (name,) in rows}


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_file_is_of_this_version_and_survives_a_sudden_end(path: Path) -> None:
    connection = open_database(path)

    assert pragma(connection, "user_version") == len(MIGRATIONS) == len(TABLES_OF)
    assert pragma(connection, "journal_mode") == "wal"
    assert pragma(connection, "synchronous") == 1
    assert pragma(connection, "foreign_keys") == 1
    assert pragma(connection, "auto_vacuum") == 2
    assert pragma(connection, "busy_timeout") == 1000
    connection.close()


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_each_version_is_brought_up_to_date_and_keeps_its_rows(
    path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", MIGRATIONS[:version])
        old = open_database(path)
        if version:
            old.execute("INSERT INTO coverage VALUES (7)")
        old.close()
    assert tables_of(path) == set().union(*TABLES_OF[:version])

    new = open_database(path)

    assert pragma(new, "user_version") == len(MIGRATIONS)
    assert new.execute("SELECT since_s FROM coverage").fetchall() == [(7,)] * bool(version)
    new.close()
    assert tables_of(path) == set().union(*TABLES_OF)


def test_sums_of_all_sessions_are_made_of_those_that_are_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", MIGRATIONS[:2])
        old = open_database(path)
        old.execute("INSERT INTO endpoint VALUES (1, 'a', 'A')")
        old.execute("INSERT INTO model VALUES (1, 'm', '')")
        for session in (1, 2):
            old.execute("INSERT INTO session VALUES (?, ?, '')", (session, f"s{session}"))
            figures = (10, 1, 2, 3, 4, 5, 0.5, 1, session - 1)
            old.execute(
                f"INSERT INTO day_sum VALUES ('2026-11-23', 1, ?, 1, {', '.join('?' * 9)})",
                (session, *figures),
            )
        old.close()

    new = open_database(path)

    assert new.execute("SELECT * FROM day_total").fetchall() == [
        ("2026-11-23", 1, 1, 20, 2, 4, 6, 8, 10, 1.0, 1, 1)
    ]
    new.close()


def test_a_step_that_fails_leaves_the_version_before(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (a)")
        connection.execute("nonsense")

    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", (*MIGRATIONS, fails))
        with pytest.raises(sqlite3.OperationalError):
            open_database(path)

    connection = open_database(path)
    assert pragma(connection, "user_version") == len(MIGRATIONS)
    connection.close()
    assert "half" not in tables_of(path)


def test_a_file_of_a_newer_version_is_refused_and_not_changed(path: Path) -> None:
    connection = open_database(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(NewerDatabaseError) as raised:
        open_database(path)

    assert trouble_of(raised.value) is HistoryTrouble.NEWER
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_the_owner_can_read_it(path: Path) -> None:
    connection = open_database(path)
    connection.execute("INSERT INTO coverage VALUES (1)")

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {
        "history.sqlite3": 0o600,
        "history.sqlite3-wal": 0o600,
        "history.sqlite3-shm": 0o600,
    }
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    connection.close()


@pytest.mark.parametrize("content", [b"no database at all " * 99, None], ids=["other", "damaged"])
def test_a_damaged_file_is_known_and_put_aside(path: Path, content: bytes | None) -> None:
    open_database(path).close()
    whole = path.read_bytes()
    path.write_bytes(content if content is not None else whole[:64] + b"\xff" * 9000)

    with pytest.raises(sqlite3.DatabaseError) as raised:
        open_database(path).execute("SELECT * FROM day_sum")
    damaged = path.read_bytes()
    kept = put_aside(path)

    assert is_broken(raised.value)
    assert kept.read_bytes() == damaged
    assert [file.name for file in path.parent.iterdir()] == ["history.sqlite3.broken"]
    open_database(path).close()


def test_a_full_disk_is_told_from_other_troubles(path: Path) -> None:
    connection = open_database(path)
    connection.execute("PRAGMA max_page_count = 1")

    def fill() -> None:
        with transaction(connection):
            for _ in range(500):
                connection.execute("INSERT INTO model (key, name) VALUES (hex(randomblob(99)), '')")

    with pytest.raises(sqlite3.OperationalError) as raised:
        fill()

    assert trouble_of(raised.value) is HistoryTrouble.FULL
    assert not is_broken(raised.value)
    assert connection.execute("SELECT count(*) FROM model").fetchone() == (0,)
    connection.close()


def test_a_lock_of_another_program_is_told_from_other_troubles(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.01)
    other, ours = open_database(path), open_database(path)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError) as raised, transaction(ours):
        pass

    assert trouble_of(raised.value) is HistoryTrouble.BUSY
    other.close()
    ours.close()


@pytest.mark.parametrize("error", [PermissionError(), sqlite3.OperationalError("who knows")])
def test_every_other_trouble_is_that_it_cannot_be_written(error: Exception) -> None:
    assert trouble_of(error) is HistoryTrouble.UNWRITABLE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such way to lock")
def test_a_place_without_shared_memory_gets_another_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def without_shared_memory(target: Path, **options: object) -> sqlite3.Connection:
        # This way to lock files knows no shared memory, like some network drives.
        uri = f"{target.as_uri()}?vfs=unix-dotfile"
        return connect(uri, uri=True, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", without_shared_memory)
    connection = open_database(path)

    assert pragma(connection, "journal_mode") == "delete"
    assert pragma(connection, "user_version") == len(MIGRATIONS)
    connection.close()
