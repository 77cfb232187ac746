"""What requests used since the program started, kept in memory."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import NamedTuple

from qcc_desktop.core.prices import cost_usd
from qcc_desktop.core.usage import Grouping, Usage, UsageQuery, UsageRecord, UsageRow

CELLS_MAX = 20_000
_AT_ONCE = 500
"""So many cells are summed before others get their turn: below a millisecond."""


class _Key(NamedTuple):
    """What is told apart; ``hour`` is the beginning of an hour of local time."""

    hour: datetime
    endpoint_id: str
    session: str
    model: str


@dataclass(frozen=True, slots=True)
class _Sum:
    requests: int = 0
    failures: int = 0
    usage: Usage = field(default_factory=Usage)
    cost_usd: float | None = None
    has_unpriced: bool = False

    def __add__(self, other: "_Sum") -> "_Sum":
        return _Sum(
            self.requests + other.requests,
            self.failures + other.failures,
            self.usage + other.usage,
            _added(self.cost_usd, other.cost_usd),
            self.has_unpriced or other.has_unpriced,
        )


class MemoryUsageHistory:
    """A `core.ports.UsageHistory` that forgets with the program.

    Sums are kept per hour, endpoint, session and model; when there are too many, the oldest
    hour is forgotten. ``zone`` is the local time that hours and days are of; None: the system's.
    """

    def __init__(self, zone: tzinfo | None = None, *, limit: int = CELLS_MAX) -> None:
        self._zone = zone
        self._limit = limit
        self._cells: dict[_Key, _Sum] = {}
        self._names: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._cells)

    def add(self, record: UsageRecord) -> None:
        """Add a record to its sum, priced by itself: long prompts may cost more per token."""
        hour = record.at.astimezone(self._zone).replace(minute=0, second=0, microsecond=0)
        key = _Key(hour, record.endpoint_id, record.session, record.model)
        cost = cost_usd(record.model, record.usage, record.at)
        one = _Sum(
            requests=1,
            failures=0 if record.ok else 1,
            usage=record.usage,
            cost_usd=cost,
            has_unpriced=cost is None and record.usage.total > 0,
        )
        self._names[record.endpoint_id] = record.endpoint
        before = self._cells.get(key)
        self._cells[key] = one if before is None else before + one
        if len(self._cells) > self._limit:
            self._forget_oldest()

    async def totals(self, query: UsageQuery) -> tuple[UsageRow, ...]:
        """Return the sums, sorted by their keys; lets others run meanwhile."""
        sums: dict[tuple[str, ...], _Sum] = {}
        since = None if query.since is None else _hour_of(query.since)
        for number, (key, cell) in enumerate(list(self._cells.items()), 1):
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)
            if since is not None and key.hour < since:
                continue
            if query.until is not None and key.hour >= query.until:
                continue
            names = tuple(self._name(key, grouping) for grouping in query.by)
            before = sums.get(names)
            sums[names] = cell if before is None else before + cell
        return tuple(_row(names, sums[names]) for names in sorted(sums))

    def _name(self, key: _Key, grouping: Grouping) -> str:
        match grouping:
            case Grouping.HOUR:
                return key.hour.isoformat(timespec="minutes")
            case Grouping.DAY:
                return key.hour.date().isoformat()
            case Grouping.MODEL:
                return key.model
            case Grouping.ENDPOINT:
                return self._names.get(key.endpoint_id, "")
            case Grouping.SESSION:
                return key.session

    def _forget_oldest(self) -> None:
        oldest = min(key.hour for key in self._cells)
        for key in [key for key in self._cells if key.hour == oldest]:
            del self._cells[key]
        kept = {key.endpoint_id for key in self._cells}
        self._names = {name: self._names[name] for name in self._names if name in kept}


def _hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _added(one: float | None, other: float | None) -> float | None:
    return other if one is None else one if other is None else one + other


def _row(names: tuple[str, ...], total: _Sum) -> UsageRow:
    return UsageRow(
        names, total.requests, total.failures, total.usage, total.cost_usd, total.has_unpriced
    )
