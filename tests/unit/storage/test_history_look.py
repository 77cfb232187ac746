"""What the doctor sees of the history's file."""

import asyncio
from datetime import UTC
from pathlib import Path

import pytest

from qcc_desktop.core.usage import HistoryTrouble
from qcc_desktop.storage.database import open_database
from qcc_desktop.storage.history_file import HistoryFile
from qcc_desktop.storage.history_look import HistoryLook, look_at
from qcc_desktop.storage.usage_store import SqliteUsageHistory
from tests.helpers.desk_fakes import StillClock
from tests.unit.storage.usage_records import NOON, record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


async def filled(path: Path) -> HistoryFile:
    clock = StillClock()
    file = HistoryFile(path, clock)
    history = SqliteUsageHistory(file, clock, UTC)
    file.start()
    for number in range(3000):
        history.add(record(session=f"{number}"))
    await history.folders()
    return file


async def fill(path: Path) -> None:
    await (await filled(path)).stop()


def test_without_a_file_there_is_nothing_to_say_and_none_is_made(path: Path) -> None:
    assert look_at(path) is None
    assert not path.exists()


def test_a_file_that_holds_nothing_yet_is_well(path: Path) -> None:
    open_database(path).close()

    assert look_at(path) == HistoryLook(path.stat().st_size)


async def test_a_file_in_use_is_well_and_says_since_when(path: Path) -> None:
    file = await filled(path)
    while_it_runs = look_at(path)
    await file.stop()

    assert while_it_runs is not None
    assert while_it_runs.since == NOON


@pytest.mark.parametrize(
    "content", [b"no database at all " * 99, None], ids=["other", "half of it"]
)
def test_a_damaged_file_is_told(path: Path, content: bytes | None) -> None:
    asyncio.run(fill(path))
    assert look_at(path) == HistoryLook(path.stat().st_size, NOON)
    whole = path.read_bytes()
    path.write_bytes(content or whole[:8192] + bytes(len(whole) - 8192))

    seen = look_at(path)
    assert seen is not None
    assert seen.is_broken
    assert seen.error


def test_a_newer_file_is_told(path: Path) -> None:
    connection = open_database(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    seen = look_at(path)
    assert seen is not None
    assert seen.trouble is HistoryTrouble.NEWER


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    seen = look_at(tmp_path)
    assert seen is not None
    assert seen.error
    assert not seen.is_broken
