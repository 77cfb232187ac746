"""How far back the figures go, and what is wrong with the history, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from qcc_desktop.core.history_texts import TROUBLES
from qcc_desktop.core.usage import Coverage
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.usage import figures
from qcc_desktop.ui.usage.choices import Period


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back the figures go, where that is less than was asked for, and what is wrong."""

    since: str = ""
    trouble: str = ""


def reach_of(coverage: Coverage, period: Period, now: datetime) -> Reach:
    """Return what to say of the history; it is silent where all of a period is covered."""
    trouble = "" if coverage.trouble is None else failure_sentence(TROUBLES[coverage.trouble])
    if coverage.since is None:
        return Reach(trouble=trouble)
    first = coverage.since.astimezone(now.tzinfo).date()
    today = now.date()
    if period.days is not None and first <= today - timedelta(days=period.days - 1):
        return Reach(trouble=trouble)
    day = figures.day(first, today)
    return Reach(translate("Usage", "since {day}").format(day=day), trouble)
