"""The clock against the Date header of an answer."""

from datetime import UTC, datetime, timedelta

import pytest

from qcc_desktop.core.diagnosis import Verdict
from qcc_desktop.system.doctor.clock import check_clock

DATE = "Mon, 23 Nov 2026 04:00:00 GMT"
THEN = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("off_s", "verdict"),
    [(0, Verdict.OK), (-60, Verdict.OK), (61, Verdict.PROBLEM), (-7200, Verdict.PROBLEM)],
)
def test_a_minute_is_tolerated_more_is_a_problem(off_s: int, verdict: Verdict) -> None:
    (finding,) = check_clock({"a.example": (DATE, THEN + timedelta(seconds=off_s))})

    assert finding.verdict is verdict


def test_the_difference_and_who_said_so_are_told() -> None:
    (finding,) = check_clock({"a.example": (DATE, THEN + timedelta(hours=1))})

    assert "Off by +3600 s, says a.example." in finding.detail.plain()


def test_one_server_with_a_wrong_clock_is_not_believed_against_another() -> None:
    dates = {"wrong": (DATE, THEN + timedelta(hours=8)), "right": (DATE, THEN)}

    assert check_clock(dates)[0].verdict is Verdict.OK


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 23 Nov 2026 04:00:00"])
def test_without_a_usable_date_nothing_is_claimed(date: str) -> None:
    assert check_clock({"a": (date, THEN)})[0].verdict is Verdict.NOT_CHECKED
