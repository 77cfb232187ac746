"""What was used and what it costs: fills the usage history, asks it, and writes it as CSV."""

import asyncio
import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.events import Event, RequestFinished
from qcc_desktop.core.ports import UsageHistory
from qcc_desktop.core.snapshot import FAILED_OUTCOMES
from qcc_desktop.core.usage import Coverage, Grouping, UsageQuery, UsageRecord, UsageRow
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.storage.atomic import write_private

_FIGURES = (
    "requests",
    "failures",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "cost_usd",
    "has_unpriced",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection")."""


class UsageReport:
    """Listens until `close`; ``zone`` is the local time days are of, None: the system's."""

    def __init__(
        self, history: UsageHistory, bus: Bus, clock: Clock, zone: tzinfo | None = None
    ) -> None:
        self._history = history
        self._clock = clock
        self._zone = zone
        self.close: Callable[[], None] = bus.subscribe(self._on_event)
        """Listen no longer."""

    async def rows(self, by: Sequence[Grouping], days: int | None = None) -> tuple[UsageRow, ...]:
        """Return a sum for each combination of ``by``, sorted by their keys.

        ``days`` counts today as the first; None: everything that is remembered.
        """
        return await self._history.totals(UsageQuery(tuple(by), self._since(days)))

    async def folders(self) -> Mapping[str, str]:
        """Return where sessions worked, by their keys, of those that told."""
        return await self._history.folders()

    async def coverage(self) -> Coverage:
        """Return how far back the history goes, and what is wrong with its file."""
        return await self._history.coverage()

    async def forget(self) -> None:
        """Delete the whole history, for good.

        Raises:
            UserFacingError: it cannot be deleted.
        """
        await self._history.forget()

    async def save_csv(self, path: Path, by: Sequence[Grouping], days: int | None = None) -> None:
        """Write these sums to a file that spreadsheets open, replacing it whole.

        RFC 4180 in UTF-8 with a byte order mark, by which Excel knows the encoding.

        Raises:
            UserFacingError: the file cannot be written.
        """
        rows = await self.rows(by, days)
        content = _csv(by, rows).encode("utf-8-sig")
        try:
            await asyncio.to_thread(write_private, path, content)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UserFacingError("The file could not be saved.", f"{reason}.") from error

    def _since(self, days: int | None) -> datetime | None:
        if days is None:
            return None
        today = utc(self._clock.wall_s()).astimezone(self._zone)
        first = today.date() - timedelta(days=days - 1)
        midnight = datetime(first.year, first.month, first.day, tzinfo=self._zone)
        # A naive local midnight gets the system's offset of that day, not of today.
        return midnight if self._zone is not None else midnight.astimezone()

    def _on_event(self, event: Event) -> None:
        if not isinstance(event, RequestFinished):
            return
        request = event.request
        self._history.add(
            UsageRecord(
                at=request.at,
                endpoint_id=request.endpoint_id,
                endpoint=request.endpoint,
                session=request.session,
                folder=request.folder,
                model=request.sent_model or request.model,
                usage=request.usage,
                ok=request.outcome not in FAILED_OUTCOMES,
            )
        )


def _csv(by: Sequence[Grouping], rows: Sequence[UsageRow]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*(str(grouping) for grouping in by), *_FIGURES])
    for row in rows:
        usage = row.usage
        writer.writerow(
            [
                *(_safe(key) for key in row.keys),
                row.requests,
                row.failures,
                usage.input_tokens,
                usage.output_tokens,
                usage.cache_read,
                usage.cache_creation,
                "" if row.cost_usd is None else f"{row.cost_usd:.6f}",
                "yes" if row.has_unpriced else "no",
            ]
        )
    return text.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
