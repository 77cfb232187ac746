"""Filling, asking and exporting the usage history."""

import csv
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.events import ConfigChanged, RequestFinished
from qcc_desktop.core.snapshot import RequestView
from qcc_desktop.core.usage import (
    Coverage,
    Grouping,
    HistoryTrouble,
    Usage,
    UsageQuery,
    UsageRecord,
    UsageRow,
)
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.services.usage_report import UsageReport
from qcc_desktop.storage.usage_memory import MemoryUsageHistory
from tests.helpers.desk_fakes import NOW, StillClock

REQUEST = RequestView(
    1,
    NOW,
    "s1",
    "claude-sonnet-4-5",
    "/v1/messages",
    "ok",
    endpoint="Relay",
    endpoint_id="ep-1",
    folder="/home/me/shop",
    input_tokens=1_000_000,
    output_tokens=2,
    cache_read_tokens=3,
    cache_write_tokens=4,
)


class NotingHistory:
    """Keeps records and queries as they come."""

    def __init__(self) -> None:
        self.records: list[UsageRecord] = []
        self.queries: list[UsageQuery] = []

    def add(self, record: UsageRecord) -> None:
        self.records.append(record)

    async def totals(self, query: UsageQuery) -> tuple[UsageRow, ...]:
        self.queries.append(query)
        return ()

    async def folders(self) -> Mapping[str, str]:
        return {record.session: record.folder for record in self.records}

    async def coverage(self) -> Coverage:
        return Coverage(NOW, HistoryTrouble.FULL)

    async def forget(self) -> None:
        self.records.clear()


def finished(bus: Bus, **changes: object) -> None:
    request = replace(REQUEST, **changes)  # type: ignore[arg-type]  # by name
    bus.publish(RequestFinished(1, request.outcome, request.endpoint_id, 1, request))


def test_each_finished_request_goes_to_the_history_once() -> None:
    bus, history = Bus(), NotingHistory()
    report = UsageReport(history, bus, StillClock(), UTC)

    finished(bus)
    bus.publish(ConfigChanged())
    report.close()
    finished(bus)

    assert history.records == [
        UsageRecord(
            at=NOW,
            endpoint_id="ep-1",
            endpoint="Relay",
            session="s1",
            folder="/home/me/shop",
            model="claude-sonnet-4-5",
            usage=Usage(1_000_000, 2, 3, 4),
            ok=True,
        )
    ]


def test_the_model_is_the_one_that_the_endpoint_was_asked_for() -> None:
    bus, history = Bus(), NotingHistory()
    UsageReport(history, bus, StillClock(), UTC)

    finished(bus, sent_model="deepseek-flash")

    assert history.records[0].model == "deepseek-flash"


@pytest.mark.parametrize(
    ("outcome", "ok"),
    [("ok", True), ("recovered", True), ("cancelled", True), ("failed", False), ("cut", False)],
)
def test_what_the_client_saw_fail_counts_as_failed(outcome: str, ok: bool) -> None:
    bus, history = Bus(), NotingHistory()
    UsageReport(history, bus, StillClock(), UTC)

    finished(bus, outcome=outcome)

    assert history.records[0].ok is ok


async def test_folders_reach_and_the_end_of_the_history_are_asked_for() -> None:
    bus, history = Bus(), NotingHistory()
    report = UsageReport(history, bus, StillClock(), UTC)
    finished(bus)

    assert await report.folders() == {"s1": "/home/me/shop"}
    assert await report.coverage() == Coverage(NOW, HistoryTrouble.FULL)
    await report.forget()
    assert history.records == []


@pytest.mark.parametrize(
    ("zone", "days", "since"),
    [
        (UTC, None, None),
        (UTC, 1, datetime(2026, 11, 23, tzinfo=UTC)),
        (UTC, 7, datetime(2026, 11, 17, tzinfo=UTC)),
        (timezone(timedelta(hours=13)), 1, datetime(2026, 11, 23, 11, tzinfo=UTC)),
    ],
    ids=["all", "today", "a week", "it is tomorrow there"],
)
async def test_days_count_from_local_midnight(
    zone: tzinfo, days: int | None, since: datetime | None
) -> None:
    history = NotingHistory()
    report = UsageReport(history, Bus(), StillClock(), zone)

    await report.rows([Grouping.MODEL], days)

    assert history.queries == [UsageQuery((Grouping.MODEL,), since)]


async def test_without_a_zone_midnight_is_the_systems() -> None:
    history = NotingHistory()

    await UsageReport(history, Bus(), StillClock()).rows([], 1)

    (query,) = history.queries
    assert query.since is not None
    local = query.since.astimezone()
    assert (local.hour, local.minute) == (0, 0)
    assert timedelta(0) <= NOW - query.since < timedelta(hours=25)


async def test_a_file_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    bus = Bus()
    report = UsageReport(MemoryUsageHistory(UTC), bus, StillClock(), UTC)
    finished(bus)
    finished(bus, model="未知 model", outcome="failed", endpoint='Köln, "北京"\nzwei')
    path = tmp_path / "usage.csv"

    await report.save_csv(path, [Grouping.DAY, Grouping.ENDPOINT, Grouping.MODEL])

    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfday,endpoint,model,requests,failures,input_tokens")
    assert content.count(b"\r\n") == 3
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["endpoint"] for row in rows] == ['Köln, "北京"\nzwei'] * 2
    assert [(row["model"], row["cost_usd"], row["has_unpriced"]) for row in rows] == [
        ("claude-sonnet-4-5", "3.000046", "no"),
        ("未知 model", "", "yes"),
    ]
    assert (rows[1]["requests"], rows[1]["failures"], rows[1]["cache_write_tokens"]) == (
        "1",
        "1",
        "4",
    )


@pytest.mark.parametrize("name", ["=HYPERLINK()", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=x"])
async def test_no_name_becomes_a_formula(name: str, tmp_path: Path) -> None:
    bus = Bus()
    report = UsageReport(MemoryUsageHistory(UTC), bus, StillClock(), UTC)
    finished(bus, model=name)
    path = tmp_path / "usage.csv"

    await report.save_csv(path, [Grouping.MODEL])

    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["model"] == f"'{name}"


async def test_a_file_that_cannot_be_written_is_told_and_the_old_one_stays(tmp_path: Path) -> None:
    report = UsageReport(MemoryUsageHistory(UTC), Bus(), StillClock(), UTC)
    path = tmp_path / "taken"
    path.mkdir()

    with pytest.raises(UserFacingError, match="could not be saved") as raised:
        await report.save_csv(path, [Grouping.DAY])

    assert raised.value.hint
    assert os.listdir(tmp_path) == ["taken"]  # noqa: PTH208 - no pathlib in a coroutine
