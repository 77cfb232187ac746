"""Prometheus' text format."""

from datetime import UTC, datetime

import pytest

from qcc_desktop.admin.metrics import metrics
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.health import Health, Light
from qcc_desktop.core.snapshot import EndpointView, SessionView, Snapshot, Totals

VIEW = EndpointView(
    Endpoint(id="ep-1", name='Relay "A"\\\n', base_url="https://a.example"),
    Health.CIRCUIT_OPEN,
    breaker="open",
    requests=5,
    failures=2,
    in_flight=1,
    latency_p50_ms=12.5,
)
SNAPSHOT = Snapshot(
    running=True,
    light=Light.AMBER,
    endpoints=(VIEW,),
    in_flight=1,
    sessions=(SessionView("s", "ep-1", "m", 1, datetime(2026, 1, 1, tzinfo=UTC)),),
    totals=Totals(requests=9, failures=1, failovers=2, input_tokens=100, output_tokens=7),
)
LABELS = r'id="ep-1",name="Relay \"A\"\\\n"'


@pytest.mark.parametrize(
    "line",
    [
        "qcc_desktop_up 1",
        'qcc_desktop_light{light="amber"} 1',
        'qcc_desktop_light{light="green"} 0',
        "qcc_desktop_in_flight 1",
        "qcc_desktop_sessions 1",
        "qcc_desktop_requests_total 9",
        "qcc_desktop_failovers_total 2",
        'qcc_desktop_tokens_total{kind="input"} 100',
        f"qcc_desktop_endpoint_requests_total{{{LABELS}}} 5",
        f"qcc_desktop_endpoint_breaker_open{{{LABELS}}} 1",
        f"qcc_desktop_endpoint_healthy{{{LABELS}}} 0",
        f'qcc_desktop_endpoint_latency_ms{{{LABELS},quantile="0.5"}} 12.5',
        "# TYPE qcc_desktop_endpoint_requests_total counter",
    ],
)
def test_every_figure_has_its_line_with_escaped_labels(line: str) -> None:
    assert line in metrics(SNAPSHOT).splitlines()


def test_a_latency_that_is_not_known_has_no_line() -> None:
    assert 'quantile="0.95"' not in metrics(SNAPSHOT)


def test_large_counts_keep_every_digit() -> None:
    many = Snapshot(totals=Totals(requests=12_345_678, input_tokens=9_876_543_210))

    lines = metrics(many).splitlines()

    assert "qcc_desktop_requests_total 12345678" in lines
    assert 'qcc_desktop_tokens_total{kind="input"} 9876543210' in lines


def test_the_text_ends_with_a_line_break() -> None:
    assert metrics(Snapshot()).endswith("\n")
