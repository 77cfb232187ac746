"""Rolling figures of one endpoint."""

import random
from statistics import quantiles

import pytest

from qcc_desktop.core.metrics import SIZE, TRACE_SIZE, Metrics


def test_nothing_is_known_at_first() -> None:
    metrics = Metrics()

    assert (metrics.success_rate, metrics.p50_s, metrics.p95_s) == (None, None, None)


def test_the_rate_is_that_of_the_last_outcomes() -> None:
    metrics = Metrics()
    for _ in range(SIZE):
        metrics.failed()

    for _ in range(SIZE // 4):
        metrics.succeeded(None)

    assert metrics.success_rate == 0.25
    assert (metrics.failures, metrics.successes) == (SIZE, SIZE // 4)


def test_percentiles_are_those_of_the_last_latencies() -> None:
    metrics, rng = Metrics(), random.Random(1)
    latencies = [rng.random() for _ in range(5 * SIZE)]

    for latency_s in latencies:
        metrics.succeeded(latency_s)

    cuts = quantiles(latencies[-SIZE:], n=20, method="inclusive")
    assert metrics.p50_s == pytest.approx(cuts[9], abs=0.02)
    assert metrics.p95_s == pytest.approx(cuts[18], abs=0.02)


def test_one_latency_is_every_percentile() -> None:
    metrics = Metrics()

    metrics.succeeded(0.7)

    assert (metrics.p50_s, metrics.p95_s) == (0.7, 0.7)


def test_failures_that_were_not_its_own_can_be_taken_back() -> None:
    metrics = Metrics()
    metrics.succeeded(None)
    metrics.failed()
    metrics.failed()

    metrics.forgive(2)

    assert (metrics.success_rate, metrics.failures) == (1.0, 0)


def test_only_the_latest_failures_are_taken_back() -> None:
    metrics = Metrics()
    metrics.failed()
    metrics.succeeded(None)

    metrics.forgive(1)

    assert metrics.success_rate == 0.5


def test_the_trace_holds_the_last_latencies_oldest_first() -> None:
    metrics = Metrics()
    before = metrics.trace_ms
    for number in range(TRACE_SIZE + 5):
        metrics.succeeded(number / 1000)
    metrics.failed()

    assert before == ()
    assert metrics.trace_ms == pytest.approx(tuple(range(5, TRACE_SIZE + 5)))
    assert metrics.trace_ms is metrics.trace_ms
