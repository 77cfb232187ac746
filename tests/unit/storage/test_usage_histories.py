"""What requests used, summed: the same in memory, in a file, and after a restart."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from qcc_desktop.core.ports import UsageHistory
from qcc_desktop.core.usage import Coverage, Grouping, Usage, UsageQuery, UsageRecord, UsageRow
from qcc_desktop.storage.history_file import HistoryFile
from qcc_desktop.storage.usage_memory import MemoryUsageHistory
from qcc_desktop.storage.usage_store import SqliteUsageHistory
from tests.helpers.desk_fakes import StillClock
from tests.unit.storage.usage_records import NOON, SONNET, record

SHANGHAI = timezone(timedelta(hours=8))


@dataclass
class Histories:
    """Makes one history of a kind; a restart is between what is added and what is asked."""

    kind: str
    path: Path
    clock: StillClock = field(default_factory=StillClock)
    files: list[HistoryFile] = field(default_factory=list)

    def of(self, zone: tzinfo | None = UTC) -> "Kept":
        if self.kind == "memory":
            return Kept(MemoryUsageHistory(zone, clock=self.clock))
        return Kept(self._stored(zone), self._restarted(zone) if self.kind == "restart" else None)

    def _stored(self, zone: tzinfo | None) -> UsageHistory:
        file = HistoryFile(self.path, self.clock, collect_s=0.01)
        self.files.append(file)
        history = SqliteUsageHistory(file, self.clock, zone)
        file.start()
        return history

    def _restarted(self, zone: tzinfo | None) -> Callable[[], Awaitable[UsageHistory]]:
        async def restart() -> UsageHistory:
            await self.files[-1].stop()
            return self._stored(zone)

        return restart


@dataclass
class Kept:
    history: UsageHistory
    restart: Callable[[], Awaitable[UsageHistory]] | None = None

    def add(self, one: UsageRecord) -> None:
        self.history.add(one)

    async def totals(self, query: UsageQuery) -> tuple[UsageRow, ...]:
        return await (await self.now()).totals(query)

    async def now(self) -> UsageHistory:
        if self.restart is not None:
            self.history = await self.restart()
        return self.history

    async def keys(self, *by: Grouping) -> list[tuple[str, ...]]:
        return [row.keys for row in await self.totals(UsageQuery(by))]


@pytest_asyncio.fixture(params=["memory", "file", "restart"])
async def made(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Histories]:
    histories = Histories(request.param, tmp_path / "data" / "history.sqlite3")
    yield histories
    for file in histories.files:
        await file.stop()


async def test_requests_of_a_kind_are_summed(made: Histories) -> None:
    history = made.of()
    history.add(record(usage=Usage(1_000_000, 100_000, 10, 20)))
    history.add(record(NOON + timedelta(minutes=59), usage=Usage(0, 100_000), ok=False))

    (row,) = await history.totals(UsageQuery((Grouping.MODEL,)))

    assert row.keys == (SONNET,)
    assert (row.requests, row.failures) == (2, 1)
    assert row.usage == Usage(1_000_000, 200_000, 10, 20)
    assert row.cost_usd == pytest.approx(6.0, abs=0.001)
    assert not row.has_unpriced


async def test_rows_are_told_apart_by_what_was_asked_for_and_sorted(made: Histories) -> None:
    history = made.of()
    history.add(record(session="s2", model="b"))
    history.add(record(session="s1", model="b", endpoint_id="ep-2", endpoint="Other"))
    history.add(record(session="s1", model="a"))

    assert await history.keys() == [()]
    assert await history.keys(Grouping.MODEL) == [("a",), ("b",)]
    assert await history.keys(Grouping.SESSION) == [("s1",), ("s2",)]
    assert await history.keys(Grouping.ENDPOINT, Grouping.MODEL) == [
        ("Other", "b"),
        ("Relay", "a"),
        ("Relay", "b"),
    ]


async def test_an_empty_history_has_no_rows(made: Histories) -> None:
    assert await made.of().totals(UsageQuery((Grouping.DAY,))) == ()


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        (UTC, "2026-11-23", "2026-11-23T18:00+00:00"),
        (SHANGHAI, "2026-11-24", "2026-11-24T02:00+08:00"),
        (ZoneInfo("Asia/Kolkata"), "2026-11-24", "2026-11-24T00:00+05:30"),
    ],
    ids=["UTC", "Shanghai", "half-hour zone"],
)
async def test_days_and_hours_are_of_local_time(
    made: Histories, zone: timezone | ZoneInfo, day: str, hour: str
) -> None:
    history = made.of(zone)
    history.add(record(datetime(2026, 11, 23, 18, 40, tzinfo=UTC)))

    assert await history.keys(Grouping.DAY, Grouping.HOUR) == [(day, hour)]


async def test_the_hour_that_is_repeated_when_summer_ends_counts_as_two(made: Histories) -> None:
    made.clock.wall = datetime(2026, 10, 25, 12, tzinfo=UTC).timestamp()
    history = made.of(ZoneInfo("Europe/Berlin"))
    for hour in (0, 1):
        history.add(record(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)))

    assert await history.keys(Grouping.HOUR) == [
        ("2026-10-25T02:00+01:00",),
        ("2026-10-25T02:00+02:00",),
    ]


async def test_since_is_included_and_until_is_not(made: Histories) -> None:
    history = made.of()
    for hours in range(4):
        history.add(record(NOON + timedelta(hours=hours)))

    rows = await history.totals(
        UsageQuery((Grouping.HOUR,), NOON + timedelta(hours=1), NOON + timedelta(hours=3))
    )

    assert [row.keys[0][11:13] for row in rows] == ["13", "14"]


async def test_what_has_no_price_is_said_and_not_guessed(made: Histories) -> None:
    history = made.of()
    history.add(record(session="mixed"))
    history.add(record(session="mixed", model="mystery"))
    history.add(record(session="unknown", model="mystery"))
    history.add(record(session="nothing used", model="mystery", usage=Usage(), ok=False))

    rows = {row.keys[0]: row for row in await history.totals(UsageQuery((Grouping.SESSION,)))}

    assert (rows["mixed"].cost_usd, rows["mixed"].has_unpriced) == (3.0, True)
    assert (rows["unknown"].cost_usd, rows["unknown"].has_unpriced) == (None, True)
    assert (rows["nothing used"].cost_usd, rows["nothing used"].has_unpriced) == (None, False)


async def test_each_request_is_priced_by_itself(made: Histories) -> None:
    history = made.of()
    for _ in range(2):
        history.add(record(model="claude-haiku-5-5", usage=Usage(90_000)))

    (row,) = await history.totals(UsageQuery(()))

    assert row.cost_usd == pytest.approx(0.018)


async def test_an_endpoint_goes_by_its_newest_name(made: Histories) -> None:
    history = made.of()
    history.add(record(endpoint="Old"))
    history.add(record(endpoint="New"))

    assert await history.keys(Grouping.ENDPOINT) == [("New",)]


async def test_sessions_are_known_by_where_they_work(made: Histories) -> None:
    history = made.of()
    history.add(record(session="a", folder="/home/me/项目"))
    history.add(record(session="a"))
    history.add(record(session="b"))

    assert dict(await (await history.now()).folders()) == {"a": "/home/me/项目"}


async def test_a_history_begins_with_the_first_program_that_keeps_it(made: Histories) -> None:
    history = made.of()
    history.add(record())
    made.clock.wall += 3 * 86_400

    assert await (await history.now()).coverage() == Coverage(NOON)


async def test_what_is_forgotten_is_gone_and_a_new_history_begins(made: Histories) -> None:
    history = made.of()
    history.add(record(folder="/home/me/secret"))
    now = await history.now()
    made.clock.wall += 86_400
    await now.forget()
    later = await history.now()

    assert await later.totals(UsageQuery((Grouping.MODEL,))) == ()
    assert dict(await later.folders()) == {}
    assert await later.coverage() == Coverage(NOON + timedelta(days=1))
    later.add(record(model="after"))
    assert await history.keys(Grouping.MODEL) == [("after",)]
