"""What memory alone does: it is bounded, and keeps nobody waiting."""

from datetime import UTC, timedelta

import pytest

from qcc_desktop.core.usage import Grouping, UsageQuery
from qcc_desktop.storage.usage_memory import MemoryUsageHistory
from tests.unit.storage.usage_records import NOON, record


async def test_the_oldest_hour_is_forgotten_when_there_is_too_much() -> None:
    history = MemoryUsageHistory(UTC, limit=3)
    history.add(record(session="a"))
    history.add(record(session="b", endpoint_id="ep-2", endpoint="Gone", folder="/gone"))
    for hours in (1, 2):
        history.add(record(NOON + timedelta(hours=hours)))

    assert len(history) == 2
    assert await history.folders() == {}
    rows = await history.totals(UsageQuery((Grouping.SESSION, Grouping.ENDPOINT)))
    assert [row.keys for row in rows] == [("s1", "Relay")]


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
