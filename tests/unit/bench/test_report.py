"""How rounds become a summary and a verdict."""

import pytest

from tests.bench import report


def _figures(**changed: float) -> dict[str, float]:
    return {
        "p50_ms": 0.5,
        "p99_ms": 1.0,
        "first_byte_ms": 1.0,
        "requests_per_s": 2000.0,
        "cpu_s_per_1000_events": 0.05,
    } | changed


def _round(own_p50_ms: float, direct_p50_ms: float = 0.2) -> dict[str, dict[str, float]]:
    return {
        "direct": _figures(p50_ms=direct_p50_ms),
        "qcc-0.6.0": _figures(p50_ms=3.0, cpu_s_per_1000_events=0.12),
        "ours": _figures(p50_ms=own_p50_ms),
    }


def test_times_are_stated_as_added_to_direct_in_the_same_round() -> None:
    slow_moment = _round(own_p50_ms=1.5, direct_p50_ms=1.2)

    summary = report.summarise([slow_moment])

    assert summary["ours"]["added_p50_ms"] == pytest.approx(0.3)
    assert summary["direct"]["added_p50_ms"] == 0


def test_one_odd_round_does_not_move_the_median() -> None:
    rounds = [_round(0.5), _round(9.0), _round(0.6)]

    assert report.summarise(rounds)["ours"]["p50_ms"] == 0.6


def test_ratios_leave_out_what_the_other_lacks() -> None:
    summary = {"a": {"x": 6.0, "y": 1.0}, "b": {"x": 3.0, "y": 0.0}}

    assert report.ratios(summary, "b")["a"] == {"x": 2.0}
    assert report.ratios(summary, "absent") == {}


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        pytest.param({}, 0, id="all met"),
        pytest.param({"p50_ms": 0.81}, 1, id="latency"),
        pytest.param({"first_byte_ms": 6.1}, 1, id="first byte"),
        pytest.param({"requests_per_s": 999.0}, 1, id="rate"),
        pytest.param({"cpu_s_per_1000_events": 0.061}, 1, id="more than half of QCC's CPU"),
    ],
)
def test_a_bar_is_missed_by(changed: dict[str, float], missed: int) -> None:
    rounds = [_round(0.5) | {"ours": _figures(**changed)}]

    verdict = report.bars(report.summarise(rounds), "ours")

    assert len(verdict) == 4
    assert sum(not bar.met for bar in verdict) == missed


@pytest.mark.parametrize(
    ("rss_mb", "cpu_ms", "met"),
    [
        pytest.param(59.9, 0.21, [True, True], id="steady"),
        pytest.param(60.1, 0.21, [False, True], id="memory grew"),
        pytest.param(50.0, 0.23, [True, False], id="work grew"),
        pytest.param(40.0, 0.10, [True, True], id="both shrank"),
    ],
)
def test_a_long_run_is_judged_by_its_end(rss_mb: float, cpu_ms: float, met: list[bool]) -> None:
    first = {"rss_mb": 55.0, "cpu_ms_per_request": 0.2}
    last = {"rss_mb": rss_mb, "cpu_ms_per_request": cpu_ms}

    assert [bar.met for bar in report.soak_bars("ours", [first, last], rss_before_mb=50.0)] == met


def test_a_table_leaves_missing_figures_empty() -> None:
    shown = report.table({"direct": {"rate": 1234.4}}, {"rate": "req/s", "cpu": "CPU"})

    assert shown.splitlines()[-1] == "| direct | 1234 |  |"
