"""What requests used, kept in the history's file."""

import contextlib
import queue
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.usage import Coverage, Grouping, UsageQuery, UsageRecord, UsageRow
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.storage import usage_tables as tables
from qcc_desktop.storage.history_calls import broken_file
from qcc_desktop.storage.history_file import HistoryFile
from qcc_desktop.storage.usage_sums import CELLS_MAX, Cells, Key, Rows, hour_of

if TYPE_CHECKING:
    from sqlite3 import Connection

HOURS_KEPT_DAYS = 7
"""So many days can be told apart by hours."""
_WAITING_MAX = 50_000
"""More records than these are not held for a thread that does not come."""


class SqliteUsageHistory:
    """A `core.ports.UsageHistory` that survives the program.

    What is not in the file yet, or cannot be written, is kept in memory and is part of every
    answer. ``zone`` is the local time that hours and days are of; None: the system's. Nothing is
    deleted for its age before it is known how long it is to be kept.
    """

    def __init__(
        self,
        file: HistoryFile,
        clock: Clock,
        zone: tzinfo | None = None,
        *,
        limit: int = CELLS_MAX,
        keep_days: int | None = None,
    ) -> None:
        self._file = file
        self._clock = clock
        self._zone = zone
        self._keep_days = keep_days
        self._began = utc(clock.wall_s())
        self._noted: queue.SimpleQueue[UsageRecord] = queue.SimpleQueue()
        self._unsaved = Cells(zone, limit=limit)
        file.parts.append(self)

    # The loop's side

    def add(self, record: UsageRecord) -> None:
        """Note a record; the thread does the rest."""
        if self._noted.qsize() < _WAITING_MAX:
            self._noted.put(record)
            self._file.wake()

    async def totals(self, query: UsageQuery) -> tuple[UsageRow, ...]:
        """Return the sums, sorted by their keys."""
        return await self._file.ask(lambda connection: self._totals(connection, query))

    async def folders(self) -> Mapping[str, str]:
        """Return where sessions worked, of those that told."""
        return await self._file.ask(self._folders)

    async def coverage(self) -> Coverage:
        """Return how far back the history goes, and what is wrong with its file."""
        since = await self._file.ask(self._since)
        return Coverage(since, self._file.trouble)

    async def forget(self) -> None:
        """Delete everything, for good.

        Raises:
            UserFacingError: the file cannot be written.
        """
        if not await self._file.ask(self._forget):
            raise UserFacingError(
                "The history could not be deleted.",
                f"{self._file.path} cannot be written. Try again later.",
            )

    def keep_for(self, days: int) -> None:
        """Delete what is older than so many days, now and from now on."""
        if days != self._keep_days:
            self._keep_days = days
            self._file.request_tidying()

    # The thread's side

    def gather(self) -> None:
        """Add up what was noted."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._unsaved.add(self._noted.get_nowait())

    @property
    def has_unsaved(self) -> bool:
        """Whether there are sums that are not in the file."""
        return len(self._unsaved) > 0

    def save(self, connection: "Connection") -> None:
        """Add the sums to those of the file."""
        tables.begin(connection, self._began)
        tables.add_sums(connection, self._unsaved)

    def saved(self) -> None:
        """Forget what is in the file now."""
        self._unsaved.clear()

    def tidy(self, connection: "Connection", now: datetime) -> None:
        """Delete the days that are too old, and what nothing refers to any more."""
        if self._keep_days is None:
            return
        first = (now - timedelta(days=self._keep_days)).astimezone(self._zone)
        hours = now - timedelta(days=min(HOURS_KEPT_DAYS, self._keep_days))
        tables.delete_before(connection, first, hours)
        _delete_old(broken_file(self._file.path), first)

    def _totals(self, connection: "Connection | None", query: UsageQuery) -> tuple[UsageRow, ...]:
        rows = Rows()
        if connection is not None:
            tables.add_stored(connection, query, self._zone, rows)
        for key, cell in self._unsaved.items():
            if self._is_within(key, query):
                names = tuple(self._unsaved.name_of(key, grouping) for grouping in query.by)
                rows.add(names, cell)
        return rows.sorted()

    def _is_within(self, key: Key, query: UsageQuery) -> bool:
        since, until = query.since, query.until
        if Grouping.HOUR in query.by:
            return (since is None or key.hour >= hour_of(since)) and (
                until is None or key.hour < until
            )
        day = tables.day_of(key.hour)
        return (since is None or day >= tables.day_of(since.astimezone(self._zone))) and (
            until is None or day < tables.day_of(until.astimezone(self._zone))
        )

    def _folders(self, connection: "Connection | None") -> Mapping[str, str]:
        stored: Iterable[tuple[str, str]] = ()
        if connection is not None:
            stored = connection.execute("SELECT key, name FROM session WHERE name != ''")
        return {**dict(stored), **self._unsaved.folders}

    def _since(self, connection: "Connection | None") -> datetime:
        found = None
        if connection is not None:
            found = connection.execute("SELECT since_s FROM coverage").fetchone()
        return self._began if found is None else min(utc(found[0]), utc(self._clock.wall_s()))

    def _forget(self, connection: "Connection | None") -> bool:
        """Tell whether nothing is left."""
        if connection is not None:
            tables.delete_all(connection)
        elif self._file.path.exists():
            return False
        broken_file(self._file.path).unlink(missing_ok=True)
        self._unsaved.clear()
        self._began = utc(self._clock.wall_s())
        return True


def _delete_old(file: Path, first: datetime) -> None:
    """Delete a damaged file that was put aside so long ago."""
    with contextlib.suppress(FileNotFoundError):
        if file.stat().st_mtime < first.timestamp():
            file.unlink()
