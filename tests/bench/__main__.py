"""The benchmark: QCC Desktop against direct, nginx and QCC 0.6.0 in the same run.

Rounds are interleaved (every candidate in every round, in rotating order), so that a busy moment of
the machine hits all of them. Times are medians over the rounds; CPU is the candidate's processes
only. Everything stays on the loopback interface, and every loop is bounded. Linux only: it reads
other processes' clocks.

`--soak N` sends N requests at 32 connections to ours instead, four of which carry short streams, and
shows memory and CPU for each slice of 20,000.
"""

import argparse
import asyncio
import contextlib
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.bench import measure, report
from tests.bench.candidates import (
    ROOT,
    Candidate,
    start_nginx,
    start_ours,
    start_qcc,
    start_upstream,
)
from tests.bench.client import BenchError

RIVALS = ("nginx", "qcc")
QCC_PROGRAM = ROOT / ".tools" / "qcc-0.6.0" / "bin" / "qcc"
QUICK = measure.Size(
    sequential=50, first_bytes=20, load_s=0.5, stream_events=30, stream_interval_ms=10
)
_SETTLE_S = 2.0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line as values."""
    parser = argparse.ArgumentParser(
        "dev.py bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--loop", choices=["qt", "asyncio", "both", "none"], default="qt")
    parser.add_argument("--against", nargs="*", choices=RIVALS, default=list(RIVALS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one small round, to try the bench")
    parser.add_argument("--soak", type=int, metavar="N", help="send N requests to ours instead")
    parser.add_argument("--slice", type=int, default=20_000, help="requests per line of --soak")
    parser.add_argument("--check", action="store_true", help="exit 1 when a bar is missed")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench.json")
    options = parser.parse_args(arguments)
    if options.soak and options.loop == "none":
        parser.error("--soak needs a --loop")
    return options


def main(arguments: Sequence[str]) -> int:
    """Runs the benchmark; 1 when a candidate failed, or a bar was missed under `--check`."""
    options = parse(arguments)
    try:
        with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
            candidates = _start(options, Path(folder), stack)
            time.sleep(_SETTLE_S)
            work = _soak(candidates, options) if options.soak else _compare(candidates, options)
            result, verdict = asyncio.run(work)
            stack.close()
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(*verdict, f"raw figures: {options.json}", sep="\n")
    return int(options.check and not all(bar.met for bar in verdict))


def _start(
    options: argparse.Namespace, folder: Path, stack: contextlib.ExitStack
) -> list[Candidate]:
    upstream, port = start_upstream(folder)
    stack.callback(upstream.stop)
    loops = {"both": ["qt", "asyncio"], "none": []}.get(options.loop, [options.loop])
    starts: list[Callable[[], Candidate]] = []
    if not options.soak:
        rivals: dict[str, Callable[[], Candidate]] = {
            "nginx": lambda: start_nginx(folder, port),
            "qcc": lambda: start_qcc(folder, port, QCC_PROGRAM),
        }
        starts += [lambda: Candidate("direct", port), *(rivals[name] for name in options.against)]
    starts += [partial(start_ours, folder, port, loop=loop) for loop in loops]
    candidates = []
    for start in starts:
        candidates.append(start())
        stack.callback(candidates[-1].stop)
    return candidates


async def _compare(
    candidates: Sequence[Candidate], options: argparse.Namespace
) -> tuple[dict[str, object], list[report.Bar]]:
    machine = report.machine()
    size, count = (QUICK, 1) if options.quick else (measure.Size(), options.rounds)
    idle = {one.name: one.rss_mb() for one in candidates if one.processes}
    rounds = []
    for number in range(count):
        rounds.append(await _round(candidates, size, number))
        print(f"round {number + 1} of {count} done", file=sys.stderr, flush=True)
    summary = report.summarise(rounds)
    for one in candidates:
        if one.processes:
            summary[one.name] |= {"rss_idle_mb": idle[one.name], "rss_after_mb": one.rss_mb()}
    _print_comparison(machine, summary)
    verdict = [
        bar
        for name in summary
        if name.startswith("qcc-desktop")
        for bar in report.bars(summary, name)
    ]
    result: dict[str, object] = {
        "machine": machine,
        "rounds": rounds,
        "summary": summary,
        "ratio_to_direct": report.ratios(summary, "direct"),
        "ratio_to_qcc": report.ratios(summary, report.QCC),
        "bars": [
            {"candidate": bar.name, "bar": bar.text, "value": bar.value, "met": bar.met}
            for bar in verdict
        ],
    }
    return result, verdict


async def _round(
    candidates: Sequence[Candidate], size: measure.Size, number: int
) -> dict[str, dict[str, float]]:
    """Every measurement on every candidate; who comes first changes with each measurement."""
    figures: dict[str, dict[str, float]] = {one.name: {} for one in candidates}
    for position, take in enumerate(measure.ALL):
        turn = (number + position) % len(candidates)
        for one in (*candidates[turn:], *candidates[:turn]):
            try:
                found = await take(one, size)
            except (BenchError, TimeoutError, OSError) as error:
                raise BenchError(f"{one.name}, {take.__name__}: {error!r}") from error
            figures[one.name] |= found if one.processes else measure.without_cpu(found)
    return figures


def _print_comparison(machine: dict[str, object], summary: report.Summary) -> None:
    described = ("cpu", "cores", "memory_gb", "system", "python", "load_before")
    print(*(f"{key}: {machine[key]}" for key in described), sep="; ", end="\n\n")
    print(report.table(summary, report.COLUMNS))
    to_qcc = report.ratios(summary, report.QCC)
    if to_qcc:
        print(f"\nRatio to {report.QCC}:\n" + report.table(to_qcc, report.COLUMNS))
    rates = {"requests_per_s": "req/s", "large_requests_per_s": "76 KB req/s", "p50_ms": "p50"}
    print(
        "\nRatio to direct:\n" + report.table(report.ratios(summary, "direct"), rates), end="\n\n"
    )


async def _soak(
    candidates: Sequence[Candidate], options: argparse.Namespace
) -> tuple[dict[str, object], list[report.Bar]]:
    machine, verdict, soaks = report.machine(), [], {}
    columns = {"rss_mb": "RSS MB", "cpu_ms_per_request": "CPU ms/req", "requests_per_s": "req/s"}
    for one in candidates:
        before_mb, slices = await measure.soak(one, options.soak, options.slice)
        rows = {f"{(i + 1) * options.slice}": figures for i, figures in enumerate(slices)}
        print(
            f"{one.name}, {before_mb:.1f} MB after warming up\n",
            report.table(rows, columns),
            "",
            sep="\n",
        )
        verdict += report.soak_bars(one.name, slices, before_mb)
        soaks[one.name] = {"rss_before_mb": before_mb, "slices": slices}
    return {"machine": machine, "soak": soaks}, verdict


if __name__ == "__main__":
    if platform.system() != "Linux":
        raise SystemExit("bench: it runs on Linux only (per-process clocks, nginx)")
    os.chdir(ROOT)
    raise SystemExit(main(sys.argv[1:]))
