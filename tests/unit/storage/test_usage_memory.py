"""What requests used, summed in memory."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from qcc_desktop.core.usage import Grouping, Usage, UsageQuery, UsageRecord
from qcc_desktop.storage.usage_memory import MemoryUsageHistory

SONNET = "claude-sonnet-4-5"
SHANGHAI = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def record(at: datetime = NOON, **changes: object) -> UsageRecord:
    values: dict[str, object] = {
        "endpoint_id": "ep-1",
        "endpoint": "Relay",
        "session": "s1",
        "folder": "",
        "model": SONNET,
        "usage": Usage(1_000_000, 0, 0, 0),
        "ok": True,
    }
    return UsageRecord(at=at, **(values | changes))  # type: ignore[arg-type]


async def keys_of(history: MemoryUsageHistory, *by: Grouping) -> list[tuple[str, ...]]:
    return [row.keys for row in await history.totals(UsageQuery(by))]


async def test_requests_of_a_kind_are_summed() -> None:
    history = MemoryUsageHistory(UTC)
    history.add(record(usage=Usage(1_000_000, 100_000, 10, 20)))
    history.add(record(NOON + timedelta(minutes=59), usage=Usage(0, 100_000), ok=False))

    (row,) = await history.totals(UsageQuery((Grouping.MODEL,)))

    assert row.keys == (SONNET,)
    assert (row.requests, row.failures) == (2, 1)
    assert row.usage == Usage(1_000_000, 200_000, 10, 20)
    assert row.cost_usd == pytest.approx(6.0, abs=0.001)
    assert not row.has_unpriced


async def test_rows_are_told_apart_by_what_was_asked_for_and_sorted() -> None:
    history = MemoryUsageHistory(UTC)
    history.add(record(session="s2", model="b"))
    history.add(record(session="s1", model="b", endpoint_id="ep-2", endpoint="Other"))
    history.add(record(session="s1", model="a"))

    assert await keys_of(history) == [()]
    assert await keys_of(history, Grouping.MODEL) == [("a",), ("b",)]
    assert await keys_of(history, Grouping.SESSION) == [("s1",), ("s2",)]
    assert await keys_of(history, Grouping.ENDPOINT, Grouping.MODEL) == [
        ("Other", "b"),
        ("Relay", "a"),
        ("Relay", "b"),
    ]


async def test_an_empty_history_has_no_rows() -> None:
    assert await MemoryUsageHistory(UTC).totals(UsageQuery((Grouping.DAY,))) == ()


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
    zone: timezone | ZoneInfo, day: str, hour: str
) -> None:
    history = MemoryUsageHistory(zone)
    history.add(record(datetime(2026, 11, 23, 18, 40, tzinfo=UTC)))

    assert await keys_of(history, Grouping.DAY, Grouping.HOUR) == [(day, hour)]


async def test_the_hour_that_is_repeated_when_summer_ends_counts_as_two() -> None:
    history = MemoryUsageHistory(ZoneInfo("Europe/Berlin"))
    for hour in (0, 1):
        history.add(record(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)))

    assert await keys_of(history, Grouping.HOUR) == [
        ("2026-10-25T02:00+01:00",),
        ("2026-10-25T02:00+02:00",),
    ]


async def test_since_is_included_and_until_is_not() -> None:
    history = MemoryUsageHistory(UTC)
    for hours in range(4):
        history.add(record(NOON + timedelta(hours=hours)))

    rows = await history.totals(
        UsageQuery((Grouping.HOUR,), NOON + timedelta(hours=1), NOON + timedelta(hours=3))
    )

    assert [row.keys[0][11:13] for row in rows] == ["13", "14"]


async def test_what_has_no_price_is_said_and_not_guessed() -> None:
    history = MemoryUsageHistory(UTC)
    history.add(record(session="mixed"))
    history.add(record(session="mixed", model="mystery"))
    history.add(record(session="unknown", model="mystery"))
    history.add(record(session="nothing used", model="mystery", usage=Usage(), ok=False))

    rows = {row.keys[0]: row for row in await history.totals(UsageQuery((Grouping.SESSION,)))}

    assert (rows["mixed"].cost_usd, rows["mixed"].has_unpriced) == (3.0, True)
    assert (rows["unknown"].cost_usd, rows["unknown"].has_unpriced) == (None, True)
    assert (rows["nothing used"].cost_usd, rows["nothing used"].has_unpriced) == (None, False)


async def test_each_request_is_priced_by_itself() -> None:
    history = MemoryUsageHistory(UTC)
    for _ in range(2):
        history.add(record(model="claude-haiku-5-5", usage=Usage(90_000)))

    (row,) = await history.totals(UsageQuery(()))

    assert row.cost_usd == pytest.approx(0.018)


async def test_the_oldest_hour_is_forgotten_when_there_is_too_much() -> None:
    history = MemoryUsageHistory(UTC, limit=3)
    history.add(record(session="a"))
    history.add(record(session="b", endpoint_id="ep-2", endpoint="Gone"))
    for hours in (1, 2):
        history.add(record(NOON + timedelta(hours=hours)))

    assert len(history) == 2
    assert await keys_of(history, Grouping.SESSION, Grouping.ENDPOINT) == [("s1", "Relay")]


async def test_an_endpoint_goes_by_its_newest_name() -> None:
    history = MemoryUsageHistory(UTC)
    history.add(record(endpoint="Old"))
    history.add(record(endpoint="New"))

    assert await keys_of(history, Grouping.ENDPOINT) == [("New",)]


async def test_many_sums_let_others_run_meanwhile() -> None:
    history = MemoryUsageHistory(UTC)
    for number in range(1200):
        history.add(record(session=f"s{number}"))
    query = history.totals(UsageQuery(()))

    # Driven by hand: each step is one turn of the loop that it gives away.
    query.send(None)
    query.send(None)
    with pytest.raises(StopIteration) as end:
        query.send(None)

    assert [row.requests for row in end.value.value] == [1200]
