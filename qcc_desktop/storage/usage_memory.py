"""What requests used since the program started, kept in memory."""

import asyncio
from collections.abc import Mapping
from datetime import tzinfo

from qcc_desktop.core.usage import Coverage, UsageQuery, UsageRecord, UsageRow
from qcc_desktop.runtime.clock import Clock, SystemClock, utc
from qcc_desktop.storage.usage_sums import CELLS_MAX, Cells, Rows, hour_of

_AT_ONCE = 500
"""So many cells are summed before others get their turn: below a millisecond."""


class MemoryUsageHistory:
    """A `core.ports.UsageHistory` that forgets with the program.

    Sums are kept per hour, endpoint, session and model; when there are too many, the oldest
    hour is forgotten. ``zone`` is the local time that hours and days are of; None: the system's.
    ``clock`` tells since when there is a history.
    """

    def __init__(
        self,
        zone: tzinfo | None = None,
        *,
        limit: int = CELLS_MAX,
        clock: Clock | None = None,
    ) -> None:
        self._cells = Cells(zone, limit=limit)
        self._clock = clock or SystemClock()
        self._began = utc(self._clock.wall_s())

    def __len__(self) -> int:
        return len(self._cells)

    def add(self, record: UsageRecord) -> None:
        """Add a record to its sum."""
        self._cells.add(record)

    async def totals(self, query: UsageQuery) -> tuple[UsageRow, ...]:
        """Return the sums, sorted by their keys; lets others run meanwhile."""
        rows = Rows()
        since = None if query.since is None else hour_of(query.since)
        for number, (key, cell) in enumerate(self._cells.items(), 1):
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)
            if since is not None and key.hour < since:
                continue
            if query.until is not None and key.hour >= query.until:
                continue
            rows.add(tuple(self._cells.name_of(key, grouping) for grouping in query.by), cell)
        return rows.sorted()

    async def folders(self) -> Mapping[str, str]:
        """Return where sessions worked, of those that told."""
        return dict(self._cells.folders)

    async def coverage(self) -> Coverage:
        """Return how far back the history goes."""
        return Coverage(self._began)

    async def forget(self) -> None:
        """Delete everything."""
        self._cells.clear()
        self._began = utc(self._clock.wall_s())
