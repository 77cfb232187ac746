"""How far back the figures go, in words: no widget needed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from qcc_desktop.core.usage import Coverage, HistoryTrouble
from qcc_desktop.ui.usage.choices import Period
from qcc_desktop.ui.usage.reach import Reach, reach_of

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "period", "since"),
    [
        (0, Period.TODAY, ""),
        (0, Period.WEEK, "since Nov 23"),
        (6, Period.WEEK, ""),
        (5, Period.WEEK, "since Nov 18"),
        (29, Period.MONTH, ""),
        (31, Period.QUARTER, "since Oct 23"),
        (400, Period.QUARTER, ""),
        (400, Period.ALL, "since Oct 19, 2025"),
    ],
)
def test_a_history_shorter_than_the_period_says_since_when(
    days: int, period: Period, since: str
) -> None:
    assert reach_of(Coverage(NOW - timedelta(days=days)), period, NOW) == Reach(since)


def test_the_day_is_that_of_local_time() -> None:
    late = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)

    there = reach_of(Coverage(late), Period.WEEK, NOW.astimezone(timezone(timedelta(hours=8))))
    assert there.since == "since Nov 21"


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert reach_of(Coverage(), Period.ALL, NOW) == Reach()


@pytest.mark.parametrize("trouble", list(HistoryTrouble))
@pytest.mark.parametrize("since", [None, NOW, NOW - timedelta(days=99)])
def test_every_trouble_is_a_sentence(trouble: HistoryTrouble, since: datetime | None) -> None:
    assert reach_of(Coverage(since, trouble), Period.WEEK, NOW).trouble.endswith(".")
