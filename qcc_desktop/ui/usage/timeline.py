"""The slots of time that bars stand for: hours of today, days, or months where days are many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.core.usage import Grouping
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.usage import figures
from qcc_desktop.ui.usage.choices import Period

_DAYS_MAX = 120
"""Of more days than these, a bar is a month."""
_TICKS_MAX = 8
_ISO_DAY, _ISO_MONTH = 10, 7
"""How many characters of an ISO text name its day, its month."""
_STEPS = (1, 2, 3, 4, 6, 7, 14, 28)

PER = {
    "hour": QT_TRANSLATE_NOOP("Usage", "per hour"),
    "day": QT_TRANSLATE_NOOP("Usage", "per day"),
    "month": QT_TRANSLATE_NOOP("Usage", "per month"),
}


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every slot from the first to the last, also those in which nothing happened."""

    per: str
    """``hour``, ``day`` or ``month``."""
    keys: tuple[str, ...]
    names: tuple[str, ...]
    short_names: tuple[str, ...]

    def key_of(self, key: str) -> str:
        """Return the slot that a row of this hour or day belongs to."""
        if self.per == "hour":
            return key[11:13]
        return key[: _ISO_MONTH if self.per == "month" else _ISO_DAY]

    @property
    def ticks(self) -> tuple[tuple[int, str], ...]:
        """The places below which a name stands: as many as can be read, the last among them."""
        size = len(self.keys)
        step = next((step for step in _STEPS if size <= step * _TICKS_MAX), -(-size // _TICKS_MAX))
        if self.per == "hour":
            return tuple((place, self.short_names[place]) for place in range(0, size, step))
        places = range(size - 1, -1, -step)
        return tuple((place, self.short_names[place]) for place in reversed(places))


def timeline_of(period: Period, keys: Sequence[str], now: datetime) -> Timeline:
    """Return the slots of a period; ``keys`` are the days that are known, ``now`` is local."""
    if period.time is Grouping.HOUR:
        hours = [f"{hour:02}" for hour in range(24)]
        names = tuple(f"{hour}:00" for hour in hours)
        return Timeline("hour", tuple(hours), names, names)
    today = now.date()
    first = _first_day(period, keys, today)
    count = (today - first).days + 1
    if count > _DAYS_MAX:
        return _months(first, today)
    days = [first + timedelta(days=number) for number in range(count)]
    names = tuple(figures.day(value, today) for value in days)
    return Timeline("day", tuple(value.isoformat() for value in days), names, names)


def per_words(timeline: Timeline) -> str:
    """Return what one bar is of: ``per day``."""
    return translate("Usage", PER[timeline.per])


def _first_day(period: Period, keys: Sequence[str], today: date) -> date:
    known = min((date.fromisoformat(key[:_ISO_DAY]) for key in keys if key), default=today)
    if period.days is None:
        # A week at least: one lone bar over the whole width says nothing.
        return min(known, today - timedelta(days=6))
    return today - timedelta(days=period.days - 1)


def _months(first: date, today: date) -> Timeline:
    values = []
    year, month = first.year, first.month
    while (year, month) <= (today.year, today.month):
        values.append(date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    names = tuple(figures.month(value) for value in values)
    return Timeline(
        "month", tuple(value.isoformat()[:_ISO_MONTH] for value in values), names, names
    )
