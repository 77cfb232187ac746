"""Sums of what requests used, per hour of local time, endpoint, session and model."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from qcc_desktop.core.prices import cost_usd
from qcc_desktop.core.usage import Grouping, Usage, UsageRecord, UsageRow

CELLS_MAX = 20_000
_QUARTER_S = 900


class Key(NamedTuple):
    """What is told apart; ``hour`` is the beginning of an hour of local time."""

    hour: datetime
    endpoint_id: str
    session: str
    model: str


@dataclass(slots=True)
class Sum:
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

    def add(self, other: "Sum") -> None:
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


class Cells:
    """One sum for each `Key`; when there are too many, the oldest hour is forgotten.

    ``zone`` is the local time that hours are of; None: the system's.
    """

    def __init__(self, zone: tzinfo | None = None, *, limit: int = CELLS_MAX) -> None:
        self._zone = zone
        self._limit = limit
        self._sums: dict[Key, Sum] = {}
        self.names: dict[str, str] = {}
        """What endpoints are called, by their ids; the newest name counts."""
        self.folders: dict[str, str] = {}
        """Where sessions work, of those that told."""
        self._latest_hour: tuple[int, datetime] | None = None
        """The quarter of an hour of the last record, and the local hour that it lies in."""

    def __len__(self) -> int:
        return len(self._sums)

    def add(self, record: UsageRecord) -> None:
        """Add a record to its sum."""
        key = Key(self._hour(record.at), record.endpoint_id, record.session, record.model)
        self.names[record.endpoint_id] = record.endpoint
        if record.folder:
            self.folders[record.session] = record.folder
        cell = self._sums.get(key)
        if cell is None:
            if len(self._sums) >= self._limit:
                self._forget_oldest()
            cell = self._sums[key] = Sum()
        cell.count(record)

    def items(self) -> tuple[tuple[Key, Sum], ...]:
        """Return every sum."""
        return tuple(self._sums.items())

    def clear(self) -> None:
        """Forget everything."""
        self._sums.clear()
        self.names.clear()
        self.folders.clear()

    def name_of(self, key: Key, grouping: Grouping) -> str:
        """Return what one key of a row says."""
        match grouping:
            case Grouping.HOUR:
                return hour_name(key.hour)
            case Grouping.DAY:
                return key.hour.date().isoformat()
            case Grouping.MODEL:
                return key.model
            case Grouping.ENDPOINT:
                return self.names.get(key.endpoint_id, "")
            case Grouping.SESSION:
                return key.session

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

    def _forget_oldest(self) -> None:
        oldest = min(key.hour for key in self._sums)
        for key in [key for key in self._sums if key.hour == oldest]:
            del self._sums[key]
        endpoints = {key.endpoint_id for key in self._sums}
        sessions = {key.session for key in self._sums}
        self.names = {key: name for key, name in self.names.items() if key in endpoints}
        self.folders = {key: folder for key, folder in self.folders.items() if key in sessions}


def hour_name(hour: datetime) -> str:
    """Return ``2026-11-23T14:00+08:00``."""
    return hour.isoformat(timespec="minutes")


def hour_of(moment: datetime) -> datetime:
    """Return the beginning of the hour of the clock that ``moment`` lies in."""
    return moment.replace(minute=0, second=0, microsecond=0)


class Rows:
    """The rows of one answer while they are added up."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, ...], Sum] = {}

    def add(self, names: tuple[str, ...], part: Sum) -> None:
        """Add a part to the row of these names."""
        self._sums.setdefault(names, Sum()).add(part)

    def sorted(self) -> tuple[UsageRow, ...]:
        """Return the rows, sorted by their keys."""
        return tuple(self._sums[names].row(names) for names in sorted(self._sums))
