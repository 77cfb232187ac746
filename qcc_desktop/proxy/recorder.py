"""Remembers the last requests with their decision chain, and counts totals.

Everything is in memory and bounded; a persistent history subscribes to the same records.
"""

import asyncio
import itertools
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from qcc_desktop.core.events import RequestFinished, RequestStarted
from qcc_desktop.core.failure import FailureClass
from qcc_desktop.core.ports import EventSink
from qcc_desktop.core.snapshot import FAILED_OUTCOMES, AttemptView, RequestView, Totals
from qcc_desktop.core.usage import Usage
from qcc_desktop.runtime.clock import Clock, utc

KEPT_REQUESTS = 200


@dataclass(slots=True)
class Record:
    """One request while it runs; the handler fills it in."""

    id: int
    started_s: float
    wall_s: float
    path: str
    session: str = ""
    agent: str = ""
    folder: str = ""
    model: str = ""
    sent_model: str = ""
    endpoint_id: str = ""
    endpoint_name: str = ""
    status: int | None = None
    outcome: str = "running"
    ended_s: float | None = None
    first_content_s: float | None = None
    asked: int = 0
    has_failed_over: bool = False
    """Another endpoint answered than the one asked first."""
    attempts: list[AttemptView] = field(default_factory=list)
    usage: Usage | None = None
    _final: RequestView | None = None

    def view(self, now_s: float) -> RequestView:
        """Return the record as front ends show it; a finished one changes no more."""
        if self._final is not None:
            return self._final
        view = self._view(now_s)
        if self.ended_s is not None:
            self._final = view
        return view

    def _view(self, now_s: float) -> RequestView:
        usage = self.usage or Usage()
        first_s = self.first_content_s
        return RequestView(
            id=self.id,
            at=utc(self.wall_s),
            session=self.session,
            model=self.model,
            path=self.path,
            outcome=self.outcome,
            status=self.status,
            endpoint=self.endpoint_name,
            endpoint_id=self.endpoint_id,
            agent=self.agent,
            folder=self.folder,
            sent_model=self.sent_model,
            attempts=tuple(self.attempts),
            duration_ms=((self.ended_s or now_s) - self.started_s) * 1000,
            first_token_ms=None if first_s is None else (first_s - self.started_s) * 1000,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cache_read_tokens=usage.cache_read,
            cache_write_tokens=usage.cache_creation,
        )


_ANSWERED = frozenset({"ok", "recovered"})
_BLAMES = frozenset(FailureClass) - {
    FailureClass.CLIENT,
    FailureClass.CLIENT_ABORT,
    FailureClass.PERMANENT,
}
"""Failures that another request would meet too; a model that nobody offers is not one."""


class Recorder:
    """Owns the records; `begin` and `finish` bracket each request."""

    def __init__(self, clock: Clock, sink: EventSink) -> None:
        self._clock = clock
        self._sink = sink
        self._ids = itertools.count(1)
        self._records: deque[Record] = deque(maxlen=KEPT_REQUESTS)
        self._running: dict[int, Record] = {}
        self._idle = asyncio.Event()
        self._beside = 0
        self.totals = Totals()
        self.last_endpoint_id = ""
        """Who answered last."""
        self.has_outage = False
        """The last request failed because of the endpoints, and none has answered since."""

    @property
    def in_flight(self) -> int:
        """How many requests are being answered."""
        return len(self._running)

    def begin(self, path: str) -> Record:
        """Open a record."""
        clock = self._clock
        record = Record(next(self._ids), clock.now_s(), clock.wall_s(), path)
        self._records.append(record)
        self._running[record.id] = record
        self._sink.publish(RequestStarted(record.id))
        return record

    def finish(self, record: Record) -> None:
        """Close a record and count it."""
        record.ended_s = self._clock.now_s()
        self._running.pop(record.id, None)
        self._look_whether_idle()
        if record.outcome in _ANSWERED:
            self.last_endpoint_id = record.endpoint_id
            self.answered()
        elif record.outcome == "failed":
            self.has_outage = any(each.outcome in _BLAMES for each in record.attempts)
        usage = record.usage or Usage()
        totals = self.totals
        self.totals = replace(
            totals,
            requests=totals.requests + 1,
            failures=totals.failures + (record.outcome in FAILED_OUTCOMES),
            failovers=totals.failovers + record.has_failed_over,
            cancelled=totals.cancelled + (record.outcome == "cancelled"),
            input_tokens=totals.input_tokens + usage.input_tokens,
            output_tokens=totals.output_tokens + usage.output_tokens,
        )
        self._sink.publish(
            RequestFinished(
                record.id,
                record.outcome,
                record.endpoint_id,
                record.asked,
                record.view(record.ended_s),
            )
        )

    def answered(self) -> None:
        """Note that an endpoint answers: a request that still runs, or a check."""
        self.has_outage = False

    async def idle(self) -> None:
        """Wait until no request is being answered."""
        while self._running or self._beside:
            self._idle.clear()
            await self._idle.wait()

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Count something that is no inference: `idle` waits for it, nobody is shown it."""
        self._beside += 1
        try:
            yield
        finally:
            self._beside -= 1
            self._look_whether_idle()

    def _look_whether_idle(self) -> None:
        if not (self._running or self._beside):
            self._idle.set()

    def views(self) -> Iterator[RequestView]:
        """Yield the remembered requests, newest first."""
        now_s = self._clock.now_s()
        return (record.view(now_s) for record in reversed(self._records))
