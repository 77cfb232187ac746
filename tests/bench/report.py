"""From raw rounds to a summary, a table and a verdict on the bars."""

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from typing_extensions import override

from tests.bench import linux
from tests.bench.measure import Figures

Round = Mapping[str, Figures]
"""The figures of one round, by name of the candidate."""

Summary = Mapping[str, Mapping[str, float]]
"""Medians over all rounds: figure by name, by name of the candidate."""

ADDED = {"p50_ms": "added_p50_ms", "p99_ms": "added_p99_ms", "first_byte_ms": "added_first_byte_ms"}
"""Times that are stated as what the candidate adds to `direct` in the same round."""

QCC = "qcc-0.6.0"
COLUMNS: Mapping[str, str] = {
    "added_p50_ms": "added p50 ms",
    "added_p99_ms": "added p99 ms",
    "added_first_byte_ms": "added first byte ms",
    "requests_per_s": "req/s",
    "cpu_ms_per_request": "CPU ms/req",
    "large_requests_per_s": "76 KB req/s",
    "large_cpu_ms_per_request": "76 KB CPU ms/req",
    "cpu_s_per_1000_events": "CPU s/1000 events",
    "stream_delay_ms": "stream end delay ms",
    "rss_idle_mb": "RSS idle MB",
    "rss_after_mb": "RSS after MB",
}
"""The figures shown, in this order, with their headings."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One demand of the project and whether a candidate met it."""

    name: str
    text: str
    value: float
    met: bool

    @override
    def __str__(self) -> str:
        return f"{'met   ' if self.met else 'MISSED'}  {self.name}: {self.text}: {self.value:.3g}"


def summarise(rounds: Sequence[Round]) -> dict[str, dict[str, float]]:
    """Median of every figure over the rounds, times also as added to `direct`."""
    enriched = [_with_added(one) for one in rounds]
    return {
        name: {
            figure: statistics.median(one[name][figure] for one in enriched) for figure in figures
        }
        for name, figures in enriched[0].items()
    }


def ratios(summary: Summary, to: str) -> dict[str, dict[str, float]]:
    """Each figure divided by the same of another candidate, where that is not zero."""
    reference = summary.get(to, {})
    return {
        name: {
            figure: value / reference[figure]
            for figure, value in figures.items()
            if reference.get(figure)
        }
        for name, figures in summary.items()
        if reference
    }


def bars(summary: Summary, name: str) -> list[Bar]:
    """The bars a candidate of ours has to clear; the one against QCC only where QCC ran."""
    own = summary[name]
    found = [
        _at_most(name, "added p50 of a 76 KB request, ms, at most 0.6", own["added_p50_ms"], 0.6),
        _at_most(
            name, "added time to the first byte, ms, at most 5", own["added_first_byte_ms"], 5
        ),
        Bar(
            name,
            "requests/s at 32, at least 1000",
            own["requests_per_s"],
            own["requests_per_s"] >= 1000,
        ),
    ]
    if QCC in summary:
        half = summary[QCC]["cpu_s_per_1000_events"] / 2
        text = f"CPU s per 1000 events, at most half of QCC's ({half:.3f})"
        found.append(_at_most(name, text, own["cpu_s_per_1000_events"], half))
    return found


def soak_bars(name: str, slices: Sequence[Figures], rss_before_mb: float) -> list[Bar]:
    """Whether a long run stayed as it began."""
    grown_mb = slices[-1]["rss_mb"] - rss_before_mb
    change = slices[-1]["cpu_ms_per_request"] / slices[0]["cpu_ms_per_request"] - 1
    return [
        _at_most(name, "growth of RSS, MB, at most 10", grown_mb, 10),
        _at_most(name, "growth of CPU per request, %, at most 10", change * 100, 10),
    ]


def table(rows: Mapping[str, Figures], columns: Mapping[str, str]) -> str:
    """A Markdown table; figures that a row lacks stay empty."""
    lines = ["| | " + " | ".join(columns.values()) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, figures in rows.items():
        cells = [_number(figures[key]) if key in figures else "" for key in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def machine() -> dict[str, object]:
    """What the figures were measured on, and how busy it was before."""
    packages = ("PySide6_Essentials", "qasync", "aiohttp", "httpx", "httptools")
    return {
        "cpu": linux.processors() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(linux.memory_gb(), 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in packages},
        "load_before": round(linux.load(), 2),
    }


def _with_added(one: Round) -> dict[str, dict[str, float]]:
    direct = one["direct"]
    return {
        name: dict(figures)
        | {added: figures[key] - direct[key] for key, added in ADDED.items() if key in figures}
        for name, figures in one.items()
    }


def _at_most(name: str, text: str, value: float, limit: float) -> Bar:
    return Bar(name, text, value, value <= limit)


def _number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"
