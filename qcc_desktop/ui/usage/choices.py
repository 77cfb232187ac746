"""What the person chooses on the usage page: the time, the grouping, what bars are made of."""

from enum import StrEnum

from qcc_desktop.core.usage import Grouping


class Period(StrEnum):
    """Which days are looked at, today being the last."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    ALL = "all"

    @property
    def days(self) -> int | None:
        """How many days; None for everything that is remembered."""
        return _DAYS[self]

    @property
    def time(self) -> Grouping:
        """What a bar of the chart stands for, unless there are too many days for that."""
        return Grouping.HOUR if self is Period.TODAY else Grouping.DAY


class Measure(StrEnum):
    """What the bars are as tall as, and what the table is sorted by."""

    TOKENS = "tokens"
    COST = "cost"
    REQUESTS = "requests"


_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.QUARTER: 90, Period.ALL: None}

GROUPINGS = (Grouping.DAY, Grouping.MODEL, Grouping.ENDPOINT, Grouping.SESSION)
"""What can be told apart; days are hours where one day is looked at."""


def keys_of(period: Period, by: Grouping) -> tuple[Grouping, ...]:
    """Return what a file tells apart: the time, and the grouping where that is another thing."""
    return (period.time,) if by is Grouping.DAY else (period.time, by)
