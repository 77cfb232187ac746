"""Rolling success rate and latency of one endpoint; the cost of a record does not grow."""

from bisect import bisect_left, insort
from collections import deque
from itertools import islice

SIZE = 200
"""So many outcomes and latencies are remembered."""
TRACE_SIZE = 30
"""So many of the last latencies are drawn as a line."""


class Metrics:
    """Counts since the program started, and percentiles of the last 200 answers.

    ``requests`` are attempts sent, ``failures`` those the endpoint is blamed for; background
    checks are neither. Latency is the time to the first content of a stream, or to the whole
    answer, in seconds.
    """

    __slots__ = (
        "_good",
        "_latest",
        "_outcomes",
        "_sorted",
        "_trace_ms",
        "failures",
        "requests",
        "successes",
    )

    def __init__(self) -> None:
        self.requests = 0
        self.successes = 0
        self.failures = 0
        self._outcomes: deque[bool] = deque()
        self._good = 0
        self._latest: deque[float] = deque()
        self._sorted: list[float] = []
        self._trace_ms: tuple[float, ...] | None = ()

    def succeeded(self, latency_s: float | None) -> None:
        """Record an answer and, if known, how long its first content took."""
        self.successes += 1
        self._note(good=True)
        if latency_s is not None:
            self._measure(latency_s)

    def failed(self) -> None:
        """Record a failure that the endpoint is blamed for."""
        self.failures += 1
        self._note(good=False)

    def forgive(self, count: int) -> None:
        """Take back the last ``count`` failures: they were not the endpoint's."""
        self.failures -= count
        for _ in range(count):
            if self._outcomes and not self._outcomes[-1]:
                self._outcomes.pop()

    @property
    def success_rate(self) -> float | None:
        """Share of good outcomes among the last 200; None before the first."""
        return self._good / len(self._outcomes) if self._outcomes else None

    @property
    def p50_s(self) -> float | None:
        """Median latency; None before the first answer."""
        return self._percentile(0.50)

    @property
    def p95_s(self) -> float | None:
        """Latency that 95 of 100 answers keep; None before the first answer."""
        return self._percentile(0.95)

    @property
    def trace_ms(self) -> tuple[float, ...]:
        """The last latencies in milliseconds, at most 30, oldest first."""
        if self._trace_ms is None:
            newest = [latency_s * 1000 for latency_s in islice(reversed(self._latest), TRACE_SIZE)]
            self._trace_ms = tuple(reversed(newest))
        return self._trace_ms

    def _note(self, *, good: bool) -> None:
        self._outcomes.append(good)
        self._good += good
        if len(self._outcomes) > SIZE:
            self._good -= self._outcomes.popleft()

    def _measure(self, latency_s: float) -> None:
        self._latest.append(latency_s)
        if len(self._latest) > SIZE:
            del self._sorted[bisect_left(self._sorted, self._latest.popleft())]
        insort(self._sorted, latency_s)
        self._trace_ms = None

    def _percentile(self, share: float) -> float | None:
        count = len(self._sorted)
        return self._sorted[min(int(share * count), count - 1)] if count else None
