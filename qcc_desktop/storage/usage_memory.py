"""What requests used since the program started, kept in memory."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from qcc_desktop.core.prices import cost_usd
from qcc_desktop.core.usage import Grouping, Usage, UsageQuery, UsageRecord, UsageRow

CELLS_MAX = 20_000
_QUARTER_S = 900
_AT_ONCE = 500
"""So many cells are summed before others get their turn: below a millisecond."""


class _Key(NamedTuple):
    """What is told apart; ``hour`` is the beginning of an hour of local time."""

    hour: datetime
    endpoint_id: str
    session: str
    model: str


@dataclass(slots=True)
class _Sum:
    """Plain numbers: adding to them is part of every request."""

    requests: int = 0
    failures: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read: int = 0
    cache_creation: int = 0
    cost_usd: float = 0.0
    is_priced: bool = False
    has_unpriced: bool = False

    def count(self, record: UsageRecord) -> None:
        """Add a request, priced by itself: long prompts may cost more per token."""
        usage = record.usage
        self.requests += 1
        self.failures += not record.ok
        self.input_tokens += usage.input_tokens
        self.output_tokens += usage.output_tokens
        self.cache_read += usage.cache_read
        self.cache_creation += usage.cache_creation
        cost = cost_usd(record.model, usage, record.at)
        if cost is not None:
            self.cost_usd += cost
            self.is_priced = True
        elif usage.total:
            self.has_unpriced = True

    def add(self, other: "_Sum") -> None:
        """Add another sum."""
        self.requests += other.requests
        self.failures += other.failures
        self.input_tokens += other.input_tokens
        self.output_tokens += other.output_tokens
        self.cache_read += other.cache_read
        self.cache_creation += other.cache_creation
        self.cost_usd += other.cost_usd
        self.is_priced |= other.is_priced
        self.has_unpriced |= other.has_unpriced

    def row(self, keys: tuple[str, ...]) -> UsageRow:
        """Return it as callers see it."""
        return UsageRow(
            keys,
            self.requests,
            self.failures,
            Usage(self.input_tokens, self.output_tokens, self.cache_read, self.cache_creation),
            self.cost_usd if self.is_priced else None,
            self.has_unpriced,
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
        self._latest_hour: tuple[int, datetime] | None = None
        """The quarter of an hour of the last record, and the local hour that it lies in."""

    def __len__(self) -> int:
        return len(self._cells)

    def add(self, record: UsageRecord) -> None:
        """Add a record to its sum."""
        key = _Key(self._hour(record.at), record.endpoint_id, record.session, record.model)
        self._names[record.endpoint_id] = record.endpoint
        cell = self._cells.get(key)
        if cell is None:
            if len(self._cells) >= self._limit:
                self._forget_oldest()
            cell = self._cells[key] = _Sum()
        cell.count(record)

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
            sums.setdefault(names, _Sum()).add(cell)
        return tuple(sums[names].row(names) for names in sorted(sums))

    def _hour(self, at: datetime) -> datetime:
        """Return the beginning of the local hour; zones change on a quarter of an hour."""
        quarter = int(at.timestamp() // _QUARTER_S)
        if self._latest_hour is None or self._latest_hour[0] != quarter:
            local = at.astimezone(self._zone)
            # A fixed offset: within one zone the two hours at the end of summer are equal.
            fixed = timezone(local.utcoffset() or timedelta())
            self._latest_hour = (
                quarter,
                local.replace(minute=0, second=0, microsecond=0, tzinfo=fixed),
            )
        return self._latest_hour[1]

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
