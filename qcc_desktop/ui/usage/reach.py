"""How far back the figures go, and what is wrong with the history, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.core.usage import Coverage, HistoryTrouble
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.usage import figures
from qcc_desktop.ui.usage.choices import Period

_TROUBLES: Mapping[HistoryTrouble, str] = {
    HistoryTrouble.FULL: QT_TRANSLATE_NOOP(
        "Usage", "The disk is full. New figures are kept in memory until there is room."
    ),
    HistoryTrouble.UNWRITABLE: QT_TRANSLATE_NOOP(
        "Usage",
        "The history's file cannot be written. New figures are kept in memory, and are lost when "
        "the program ends.",
    ),
    HistoryTrouble.BUSY: QT_TRANSLATE_NOOP(
        "Usage",
        "Another program holds the history's file. New figures are kept in memory until it lets "
        "go.",
    ),
    HistoryTrouble.NEWER: QT_TRANSLATE_NOOP(
        "Usage",
        "A newer version of QCC Desktop wrote the history. It is left alone; these are the "
        "figures since the start of the program.",
    ),
    HistoryTrouble.RENEWED: QT_TRANSLATE_NOOP(
        "Usage", "The history was damaged and begins anew. The old file is kept beside it."
    ),
}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back the figures go, where that is less than was asked for, and what is wrong."""

    since: str = ""
    trouble: str = ""


def reach_of(coverage: Coverage, period: Period, now: datetime) -> Reach:
    """Return what to say of the history; it is silent where all of a period is covered."""
    trouble = "" if coverage.trouble is None else translate("Usage", _TROUBLES[coverage.trouble])
    if coverage.since is None:
        return Reach(trouble=trouble)
    first = coverage.since.astimezone(now.tzinfo).date()
    today = now.date()
    if period.days is not None and first <= today - timedelta(days=period.days - 1):
        return Reach(trouble=trouble)
    day = figures.day(first, today)
    return Reach(translate("Usage", "since {day}").format(day=day), trouble)
