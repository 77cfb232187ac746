"""The usage history in its file: written by itself, tidied up, and kept through every trouble."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import UTC, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.usage import Grouping, HistoryTrouble, Usage, UsageQuery
from qcc_desktop.storage import database
from qcc_desktop.storage.database import open_database
from qcc_desktop.storage.history_calls import broken_file
from qcc_desktop.storage.history_file import HistoryFile
from qcc_desktop.storage.usage_store import SqliteUsageHistory
from tests.helpers.desk_fakes import StillClock
from tests.unit.storage.usage_records import NOON, record

ALL = UsageQuery((Grouping.MODEL,))


class MovedClock(StillClock):
    """Stands until it is moved, both its times alike."""

    @override
    def now_s(self) -> float:
        return self.wall - NOON.timestamp()


class Home:
    """One file with its history; `restart` is what another start of the program does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = MovedClock()
        self.make()

    def make(self) -> None:
        self.file = HistoryFile(self.path, self.clock, collect_s=0.001)
        self.history = SqliteUsageHistory(self.file, self.clock, UTC, keep_days=30)

    async def restart(self) -> None:
        await self.file.stop()
        self.make()
        self.file.start()

    async def count(self) -> int:
        """How many requests are known; what is too old is deleted by then."""
        await self.file.ask(lambda _: None)
        return sum(row.requests for row in await self.history.totals(ALL))

    async def written(self) -> int:
        """How many requests are in the file, read as another program would."""
        return await asyncio.to_thread(self._written)

    def _written(self) -> int:
        connection = sqlite3.connect(self.path)
        (count,) = connection.execute("SELECT sum(requests) FROM day_sum").fetchone()
        connection.close()
        return count or 0


@pytest_asyncio.fixture
async def at_home(tmp_path: Path) -> AsyncIterator[Home]:
    made = Home(tmp_path / "data" / "history.sqlite3")
    made.file.start()
    yield made
    await made.file.stop()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - a thread of its own, which tells nobody
            await asyncio.sleep(0.005)


async def test_what_is_noted_is_written_without_being_asked_for(at_home: Home) -> None:
    at_home.history.add(record())
    await until(at_home.path.exists)
    await until(lambda: not at_home.history.has_unsaved)

    assert await at_home.written() == 1


async def test_the_end_of_the_program_writes_what_is_left(at_home: Home) -> None:
    for _ in range(2000):
        at_home.history.add(record())
    await at_home.file.stop()

    assert await at_home.written() == 2000
    assert os.listdir(at_home.path.parent) == [at_home.path.name]  # noqa: PTH208 - no log is left


async def test_before_the_start_and_after_the_end_memory_answers(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3")
    home.history.add(record())
    assert await home.count() == 1
    assert not home.path.exists()

    home.file.start()
    assert await home.count() == 1
    await home.file.stop()
    home.history.add(record())
    assert await home.count() == 1
    await home.file.stop()


async def test_a_program_that_is_never_asked_makes_no_file(at_home: Home) -> None:
    await at_home.restart()

    assert await at_home.count() == 0
    assert not at_home.path.exists()


async def test_days_older_than_the_option_says_are_deleted_at_the_start(at_home: Home) -> None:
    for days in (0, 30, 31, 400):
        at_home.history.add(record(NOON - timedelta(days=days), session=f"{days} days ago"))
    await at_home.restart()
    await at_home.count()
    await at_home.restart()

    rows = await at_home.history.totals(UsageQuery((Grouping.SESSION,)))
    assert [row.keys[0] for row in rows] == ["0 days ago", "30 days ago"]
    assert (await at_home.history.coverage()).since == NOON
    await at_home.file.stop()
    assert names_in(at_home.path, "session") == {"0 days ago", "30 days ago"}


async def test_a_program_that_runs_for_days_tidies_up_once_a_day(at_home: Home) -> None:
    at_home.history.add(record())
    await at_home.count()
    at_home.clock.wall += 40 * 86_400
    at_home.history.add(record(NOON + timedelta(days=40)))

    await at_home.count()
    assert await at_home.count() == 1
    assert (await at_home.history.coverage()).since == NOON + timedelta(days=10)


async def test_a_shorter_time_to_keep_holds_at_once(at_home: Home) -> None:
    for days in range(10):
        at_home.history.add(record(NOON - timedelta(days=days)))
    await at_home.count()
    at_home.history.keep_for(3)

    assert await at_home.count() == 4
    at_home.history.keep_for(9)
    assert (await at_home.history.coverage()).since == NOON
    assert await at_home.count() == 4


async def test_nothing_is_deleted_before_the_option_is_known(at_home: Home) -> None:
    at_home.history.keep_for(365)
    at_home.history.add(record(NOON - timedelta(days=99)))
    await at_home.file.stop()
    file = HistoryFile(at_home.path, at_home.clock)
    history = SqliteUsageHistory(file, at_home.clock, UTC)
    file.start()

    assert len(await history.totals(ALL)) == 1
    history.keep_for(365)
    assert len(await history.totals(ALL)) == 1
    history.keep_for(30)
    assert await history.totals(ALL) == ()
    await file.stop()


async def test_hours_are_told_apart_for_a_week(at_home: Home) -> None:
    for days in (0, 6, 8):
        at_home.history.add(record(NOON - timedelta(days=days)))
    await at_home.restart()
    await at_home.count()

    hours = await at_home.history.totals(UsageQuery((Grouping.HOUR,)))
    assert [row.keys[0][:10] for row in hours] == ["2026-11-17", "2026-11-23"]
    assert await at_home.count() == 3


async def test_days_are_bounded_by_days(at_home: Home) -> None:
    for days in range(4):
        at_home.history.add(record(NOON - timedelta(days=days)))
    query = UsageQuery((Grouping.DAY,), NOON - timedelta(days=2), NOON)

    before = await at_home.history.totals(query)
    await at_home.restart()
    assert [row.keys[0] for row in before] == ["2026-11-21", "2026-11-22"]
    assert await at_home.history.totals(query) == before


@pytest.mark.logs("kept in memory for now. Another program holds it")
async def test_another_programs_lock_only_delays(
    at_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.01)
    at_home.history.add(record())
    await at_home.count()
    other = sqlite3.connect(at_home.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    at_home.history.add(record())

    assert await at_home.count() == 2
    assert (await at_home.history.coverage()).trouble is HistoryTrouble.BUSY
    assert await at_home.written() == 1
    other.close()
    at_home.clock.wall += 3
    assert await at_home.count() == 2
    assert (await at_home.history.coverage()).trouble is None
    assert await at_home.written() == 2


@pytest.mark.logs("kept in memory for now. The disk is full")
async def test_a_full_disk_only_delays_and_is_told_once(at_home: Home) -> None:
    at_home.history.add(record())
    await at_home.count()
    await at_home.file.ask(lambda file: file and file.execute("PRAGMA max_page_count = 1"))
    for number in range(300):
        at_home.history.add(record(session=f"{number} {'x' * 200}"))

    assert await at_home.count() == 301
    at_home.clock.wall += 3
    assert await at_home.count() == 301
    assert (await at_home.history.coverage()).trouble is HistoryTrouble.FULL
    await at_home.file.ask(lambda file: file and file.execute("PRAGMA max_page_count = 999999"))
    at_home.clock.wall += 60
    assert await at_home.count() == 301
    assert await at_home.written() == 301


@pytest.mark.logs("kept in memory for now. It cannot be used")
async def test_without_a_place_for_the_file_memory_does(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("no directory")
    home = Home(tmp_path / "taken" / "history.sqlite3")
    home.file.start()
    home.history.add(record())

    assert await home.count() == 1
    assert (await home.history.coverage()).trouble is HistoryTrouble.UNWRITABLE
    (tmp_path / "taken").unlink()
    home.clock.wall += 3
    assert await home.count() == 1
    assert await home.written() == 1
    await home.file.stop()


@pytest.mark.logs("kept in memory for now. A newer version")
async def test_a_newer_file_is_left_alone_and_memory_does(at_home: Home) -> None:
    at_home.path.parent.mkdir()
    connection = open_database(at_home.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = at_home.path.read_bytes()
    at_home.history.add(record())

    assert await at_home.count() == 1
    assert (await at_home.history.coverage()).trouble is HistoryTrouble.NEWER
    with pytest.raises(UserFacingError, match="could not be deleted"):
        await at_home.history.forget()
    await at_home.file.stop()
    assert at_home.path.read_bytes() == before


@pytest.mark.logs("The history was damaged; it is kept as")
async def test_a_damaged_file_is_kept_aside_and_begun_anew(at_home: Home) -> None:
    at_home.path.parent.mkdir()
    at_home.path.write_bytes(b"no database at all " * 99)
    at_home.history.add(record())

    assert await at_home.count() == 1
    assert (await at_home.history.coverage()).trouble is HistoryTrouble.RENEWED
    assert broken_file(at_home.path).read_bytes().startswith(b"no database")
    await at_home.restart()
    assert await at_home.count() == 1
    assert (await at_home.history.coverage()).trouble is None


@pytest.mark.logs("The history was damaged; it is kept as")
async def test_a_file_that_is_damaged_meanwhile_is_noticed(at_home: Home) -> None:
    for number in range(3000):
        at_home.history.add(record(session=f"{number}"))
    await at_home.restart()
    await at_home.file.stop()
    content = at_home.path.read_bytes()
    at_home.path.write_bytes(content[:8192] + os.urandom(len(content) - 8192))
    await at_home.restart()

    assert await at_home.count() == 0
    at_home.history.add(record())
    assert await at_home.count() == 1
    assert await at_home.written() == 1


async def test_a_damaged_file_that_was_kept_is_deleted_like_the_days_in_it(at_home: Home) -> None:
    at_home.history.add(record())
    await at_home.count()
    kept = broken_file(at_home.path)
    for days, is_there in ((29, True), (31, False)):
        kept.write_bytes(b"old")
        os.utime(kept, (at_home.clock.wall - days * 86_400,) * 2)
        at_home.file.request_tidying()
        await at_home.count()
        assert kept.exists() is is_there


async def test_what_is_forgotten_cannot_be_read_in_the_file_any_more(at_home: Home) -> None:
    for number in range(500):
        at_home.history.add(record(session=f"{number}", folder=f"/home/me/secret-{number}"))
    await at_home.count()
    broken_file(at_home.path).write_bytes(b"secret-1")
    await at_home.history.forget()

    # The third file holds no rows, and Windows locks parts of it.
    files = [file for file in at_home.path.parent.iterdir() if not file.name.endswith("-shm")]
    assert files
    assert not any(b"secret" in file.read_bytes() for file in files)


async def test_nonsense_of_clients_and_endpoints_does_no_harm(at_home: Home) -> None:
    at_home.history.add(record(model="\ud800 half", session="s" * 100_000))
    at_home.history.add(record(usage=Usage(10**40, 10**40)))

    await at_home.count()
    await at_home.restart()
    assert await at_home.count() == 2
    names = [row.keys[0] for row in await at_home.history.totals(ALL)]
    assert names[0] == "? half"


@pytest.mark.logs("A part of the history could not be written, and is lost")
async def test_a_fault_of_ours_loses_what_it_hit_and_nothing_else(
    at_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("qcc_desktop.storage.usage_tables.add_sums", lambda *_: 1 / 0)
        at_home.history.add(record())
        assert await at_home.count() == 0
    at_home.history.add(record())

    assert await at_home.count() == 1
    assert await at_home.written() == 1


async def test_more_than_the_thread_can_ever_take_is_not_held(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3")
    one = record()
    for _ in range(50_010):
        home.history.add(one)

    assert await home.count() == 50_000


def names_in(path: Path, table: str) -> set[str]:
    connection = sqlite3.connect(path)
    names = {key for (key,) in connection.execute(f"SELECT key FROM {table}")}
    connection.close()
    return names


@pytest.mark.logs("The history is kept in memory only")
async def test_a_thread_that_cannot_be_loaded_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a build that lacks a module of SQLite's."""

    def broken(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("qcc_desktop.storage.history_file.import_module", broken)
    home = Home(tmp_path / "history.sqlite3")
    home.file.start()
    home.history.add(record())

    async with asyncio.timeout(10):
        assert await home.count() == 1
        await home.file.stop()
