"""The question that the page asks, and the sums that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qcc_desktop.core.usage import Coverage, Grouping, UsageRow
from qcc_desktop.ui.usage.choices import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """What sums are of."""

    period: Period
    by: Grouping


@dataclass(frozen=True, slots=True)
class Found:
    """The sums the page shows, all of one question."""

    asked: Asked
    models: tuple[UsageRow, ...]
    groups: tuple[UsageRow, ...]
    """What the table lists."""
    times: tuple[UsageRow, ...]
    """What the chart draws: by time, and by group where that is another thing."""
    coverage: Coverage = field(default_factory=Coverage)
    """How far back the history goes."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """Where sessions worked, if they are told apart."""

    @property
    def table_by(self) -> Grouping:
        """What a line of the table is of."""
        return self.asked.period.time if self.asked.by is Grouping.DAY else self.asked.by
