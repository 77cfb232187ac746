"""Figures of usage in words: money, counts, days."""

from datetime import date

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.core.usage import UsageRow
from qcc_desktop.ui import words
from qcc_desktop.ui.i18n import translate

_MONTHS = (
    QT_TRANSLATE_NOOP("Usage", "Jan"),
    QT_TRANSLATE_NOOP("Usage", "Feb"),
    QT_TRANSLATE_NOOP("Usage", "Mar"),
    QT_TRANSLATE_NOOP("Usage", "Apr"),
    QT_TRANSLATE_NOOP("Usage", "May"),
    QT_TRANSLATE_NOOP("Usage", "Jun"),
    QT_TRANSLATE_NOOP("Usage", "Jul"),
    QT_TRANSLATE_NOOP("Usage", "Aug"),
    QT_TRANSLATE_NOOP("Usage", "Sep"),
    QT_TRANSLATE_NOOP("Usage", "Oct"),
    QT_TRANSLATE_NOOP("Usage", "Nov"),
    QT_TRANSLATE_NOOP("Usage", "Dec"),
)
_WHOLE_UP_TO = 1_000_000
"""Counts below are shown to the last one."""


def count(value: int) -> str:
    """Return a count: ``12,345``, or ``1.2 M`` from a million on."""
    return f"{value:,}" if value < _WHOLE_UP_TO else words.short_count(value)


def money(value_usd: float) -> str:
    """Return a sum: ``$0.0012``, ``$1.23``, ``$12,345``, ``$1.2 M``."""
    if 0 < value_usd < 0.0001:
        return "< $0.0001"
    if 0 < value_usd < 0.01:
        return f"${value_usd:.4f}"
    if value_usd < 9_999.995:
        return f"${value_usd:,.2f}"
    if value_usd < 999_999.5:
        return f"${value_usd:,.0f}"
    return f"${words.short_count(round(value_usd))}"


def cost(row: UsageRow) -> str:
    """Return what a sum costs; ``≥`` where a part of it has no known price."""
    if row.cost_usd is None:
        return translate("Usage", "not priced") if row.has_unpriced else "–"
    said = money(row.cost_usd)
    return f"≥ {said}" if row.has_unpriced else said


def day(value: date, today: date) -> str:
    """Return a day as ``Nov 23``, with its year where that is not this one."""
    month = translate("Usage", _MONTHS[value.month - 1])
    if value.year == today.year:
        return translate("Usage", "{month} {day}").format(month=month, day=value.day)
    template = translate("Usage", "{month} {day}, {year}")
    return template.format(month=month, day=value.day, year=value.year)


def month(value: date) -> str:
    """Return a month as ``Nov 2026``."""
    name = translate("Usage", _MONTHS[value.month - 1])
    return translate("Usage", "{month} {year}").format(month=name, year=value.year)
