"""Is this computer's clock right, compared with what an endpoint says."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say

TOLERATED_S = 60.0
"""Answers may come from a cache, and the Date header counts whole seconds."""


def check_clock(dates: Mapping[str, tuple[str, datetime]]) -> tuple[Finding, ...]:
    """Compare Date headers with our time at their arrival, by the host that sent them.

    The smallest difference counts: a clock of one server may be wrong, ours is wrong for all.
    """
    skews = {
        host: skew for host, (date, now) in dates.items() if (skew := skew_s(date, now)) is not None
    }
    if not skews:
        return (_finding(Verdict.NOT_CHECKED, say(texts.CLOCK_UNKNOWN)),)
    name, skew = min(skews.items(), key=lambda item: abs(item[1]))
    if abs(skew) <= TOLERATED_S:
        seconds = max(1, round(abs(skew)))
        return (_finding(Verdict.OK, say(texts.CLOCK_RIGHT, seconds=seconds, name=name)),)
    detail = say(texts.CLOCK_WRONG, seconds=f"{skew:+.0f}", name=name)
    return (_finding(Verdict.PROBLEM, detail, say(texts.CLOCK_WRONG_DO)),)


def skew_s(date: str, now: datetime) -> float | None:
    """Return by how many seconds our clock is ahead, None where ``date`` is no HTTP date."""
    try:
        return (now - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError):
        return None


def _finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> Finding:
    return Finding("clock", say(texts.CLOCK), verdict, detail, remedy)
