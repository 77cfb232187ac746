"""The status in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats)."""

from collections.abc import Callable, Iterable

from qcc_desktop.core.health import Health, Light
from qcc_desktop.core.snapshot import EndpointView, Snapshot

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PREFIX = "qcc_desktop_"
_Series = Iterable[tuple[dict[str, str], float]]


def metrics(snapshot: Snapshot) -> str:
    """Return every metric of the snapshot."""
    totals = snapshot.totals
    lines = [
        *_metric("up", "gauge", "1 while the proxy listens.", [({}, float(snapshot.running))]),
        *_metric("light", "gauge", "1 for the light that is on.", _lights(snapshot)),
        *_metric("in_flight", "gauge", "Requests being answered.", [({}, snapshot.in_flight)]),
        *_metric("sessions", "gauge", "Bound sessions.", [({}, len(snapshot.sessions))]),
        *_metric("requests_total", "counter", "Requests.", [({}, totals.requests)]),
        *_metric("failures_total", "counter", "Failed requests.", [({}, totals.failures)]),
        *_metric("failovers_total", "counter", "Failovers.", [({}, totals.failovers)]),
        *_metric("cancelled_total", "counter", "Cancelled requests.", [({}, totals.cancelled)]),
        *_metric("tokens_total", "counter", "Tokens.", _tokens(snapshot)),
    ]
    for name, kind, words, value in _PER_ENDPOINT:
        series = [(_labels(view), value(view)) for view in snapshot.endpoints]
        lines += _metric(f"endpoint_{name}", kind, words, series)
    lines += _metric(
        "endpoint_latency_ms", "gauge", "Time to the first content.", _latency(snapshot)
    )
    return "\n".join(lines) + "\n"


_PER_ENDPOINT: tuple[tuple[str, str, str, Callable[[EndpointView], float]], ...] = (
    ("requests_total", "counter", "Attempts at the endpoint.", lambda view: view.requests),
    ("failures_total", "counter", "Failed attempts.", lambda view: view.failures),
    ("in_flight", "gauge", "Requests the endpoint answers now.", lambda view: view.in_flight),
    ("sessions", "gauge", "Sessions bound to the endpoint.", lambda view: view.sessions),
    ("healthy", "gauge", "1 while it is healthy.", lambda view: view.health is Health.HEALTHY),
    ("breaker_open", "gauge", "1 unless its breaker is closed.", lambda v: v.breaker != "closed"),
)


def _metric(name: str, kind: str, words: str, series: _Series) -> list[str]:
    full = _PREFIX + name
    lines = [f"# HELP {full} {words}", f"# TYPE {full} {kind}"]
    lines += [f"{full}{_label_text(labels)} {_number(value)}" for labels, value in series]
    return lines


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _lights(snapshot: Snapshot) -> _Series:
    return [({"light": str(light)}, float(light is snapshot.light)) for light in Light]


def _tokens(snapshot: Snapshot) -> _Series:
    return [
        ({"kind": "input"}, snapshot.totals.input_tokens),
        ({"kind": "output"}, snapshot.totals.output_tokens),
    ]


def _latency(snapshot: Snapshot) -> _Series:
    for view in snapshot.endpoints:
        quantiles = (("0.5", view.latency_p50_ms), ("0.95", view.latency_p95_ms))
        for quantile, value in quantiles:
            if value is not None:
                yield {**_labels(view), "quantile": quantile}, value


def _labels(view: EndpointView) -> dict[str, str]:
    return {"id": view.endpoint.id, "name": view.endpoint.name}


def _label_text(labels: dict[str, str]) -> str:
    if not labels:
        return ""
    pairs = (f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return "{" + ",".join(pairs) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
