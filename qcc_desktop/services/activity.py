"""How busy the last hour was, minute by minute, for a chart."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from qcc_desktop.core.events import Event, RequestFinished
from qcc_desktop.core.snapshot import FAILED_OUTCOMES
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.runtime.clock import Clock, utc

KEPT_MINUTES = 60
_MINUTE_S = 60
_SAMPLES = 500
"""So many times to first content are kept of one minute: enough for two percentiles."""


@dataclass(frozen=True, slots=True)
class Minute:
    """What ended within one minute that began ``at`` (UTC).

    The times run from the request's arrival to the first content of its answer, whoever gave it.
    """

    at: datetime
    requests: int = 0
    failures: int = 0
    """Requests that the client saw fail for a reason not its own."""
    first_token_p50_ms: float | None = None
    first_token_p95_ms: float | None = None


@dataclass(slots=True)
class _Tally:
    requests: int = 0
    failures: int = 0
    first_tokens_ms: list[float] = field(default_factory=list)
    shown: Minute | None = None


class Activity:
    """Counts finished requests of the last hour; listens until `close`."""

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._clock = clock
        self._tallies: OrderedDict[int, _Tally] = OrderedDict()
        self.close = bus.subscribe(self._on_event)
        """Listen no longer."""

    def minutes(self, count: int = KEPT_MINUTES) -> tuple[Minute, ...]:
        """Return the last ``count`` minutes (at most 60), oldest first, the running one last."""
        last = self._now()
        first = last - min(count, KEPT_MINUTES) + 1
        return tuple(self._minute(number) for number in range(first, last + 1))

    def _now(self) -> int:
        return int(self._clock.wall_s() // _MINUTE_S)

    def _minute(self, number: int) -> Minute:
        tally = self._tallies.get(number)
        if tally is None:
            return Minute(utc(number * _MINUTE_S))
        if tally.shown is None:
            times_ms = sorted(tally.first_tokens_ms)
            tally.shown = Minute(
                utc(number * _MINUTE_S),
                tally.requests,
                tally.failures,
                _percentile(times_ms, 0.50),
                _percentile(times_ms, 0.95),
            )
        return tally.shown

    def _on_event(self, event: Event) -> None:
        if not isinstance(event, RequestFinished):
            return
        tally = self._tally(self._now())
        tally.shown = None
        tally.requests += 1
        tally.failures += event.outcome in FAILED_OUTCOMES
        first_ms = event.request.first_token_ms
        if first_ms is not None and len(tally.first_tokens_ms) < _SAMPLES:
            tally.first_tokens_ms.append(first_ms)

    def _tally(self, number: int) -> _Tally:
        tally = self._tallies.get(number)
        if tally is None:
            tally = self._tallies[number] = _Tally()
            # By count rather than by age: a clock that was set back must not let it grow.
            if len(self._tallies) > KEPT_MINUTES:
                self._tallies.popitem(last=False)
        return tally


def _percentile(ordered: list[float], share: float) -> float | None:
    if not ordered:
        return None
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
