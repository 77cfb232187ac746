"""The figures of the tray program: starts, memory, CPU at rest, and stalls of its loop.

    python3 installers/dev.py bench --desk [--runs 10] [--idle-s 60] [--only stalls]

The program runs on a screen of its own (Xvfb, openbox, trayer) with a session bus of its own, so
nothing is seen of it. Linux only, and worth something on an idle machine only; CPU time is shown
beside wall time, so that the load of other programs can be told from ours.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench import linux, measure, payload, report
from tests.bench.candidates import ROOT, TOKEN, start_upstream
from tests.bench.client import Answer, BenchError, connect
from tests.bench.desk_program import DeskProgram, Hands, WindowWatch, furnish
from tests.helpers.screen import Screen, missing_programs
from tests.helpers.sni_watcher import SniWatcher

_PARTS = ("starts", "memory", "idle", "stalls")
_PAGES = 8
_QUIET_S = 4.0
"""After a start or a click, what follows is over."""
_EVENTS, _INTERVAL_MS = 200, 20
_WALK_S = 300.0
_STALL_BAR_MS, _IDLE_BAR = 50.0, 0.5

Table = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Stage:
    """What all measurements need."""

    screen: Screen
    panel: SniWatcher
    environment: Mapping[str, str]
    options: argparse.Namespace

    @property
    def hands(self) -> Hands:
        """Somebody at the screen."""
        return Hands(self.screen, self.panel)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line as values."""
    parser = argparse.ArgumentParser(
        "dev.py bench --desk",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--runs", type=int, default=10, help="starts whose median is shown")
    parser.add_argument("--walks", type=int, default=3, help="walks whose median is shown")
    parser.add_argument("--idle-s", type=float, default=60)
    parser.add_argument("--endpoints", type=int, nargs="+", default=[4, 60], help="for the walks")
    parser.add_argument("--only", nargs="+", choices=_PARTS, default=list(_PARTS))
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench-desk.json")
    return parser.parse_args(arguments)


async def starts(stage: Stage) -> Table:
    """Milliseconds from the start of the process to the icon and to the window."""
    icons, windows, cpu = [], [], []
    async with DeskProgram(stage.environment):  # which compiles what the others load
        await stage.hands.icon()
    for _ in range(stage.options.runs):
        async with WindowWatch(stage.screen) as window, DeskProgram(stage.environment) as program:
            await stage.hands.icon()
            icons.append((time.perf_counter() - program.started_s) * 1e3)
            windows.append((await window.appeared() - program.started_s) * 1e3)
            await asyncio.sleep(_QUIET_S / 4)
            cpu.append(linux.cpu_s(program.pid) * 1e3)
    found = {"icon, ms": icons, "window, ms": windows, "CPU one second later, ms": cpu}
    return {
        name: {"median": statistics.median(all_), "least": min(all_), "most": max(all_)}
        for name, all_ in found.items()
    }


async def memory(stage: Stage) -> Table:
    """Memory with the window never opened, opened, and with every page opened once."""
    found: Table = {}
    async with DeskProgram(stage.environment, "--hidden") as program:
        item = await stage.hands.icon()
        await asyncio.sleep(_QUIET_S)
        found["window never opened"] = linux.memory_mb(program.pid)
        await stage.hands.open_window(item)
        await asyncio.sleep(_QUIET_S)
        found["window opened"] = linux.memory_mb(program.pid)
        for number in range(1, _PAGES + 1):
            await stage.hands.press(f"ctrl+{number}")
            await asyncio.sleep(1)
        await asyncio.sleep(_QUIET_S)
        found["all pages opened"] = linux.memory_mb(program.pid)
    return found


async def idle(stage: Stage) -> Table:
    """CPU and wake-ups while nothing happens: without the window, on each page, put away again."""
    found: Table = {}
    async with DeskProgram(stage.environment, "--hidden") as program:
        item = await stage.hands.icon()
        await asyncio.sleep(_QUIET_S)
        found["window never opened"] = await _rest(program.pid, stage.options.idle_s)
        await stage.hands.open_window(item)
        for number, name in ((1, "overview"), (2, "endpoints"), (3, "sessions"), (7, "settings")):
            await stage.hands.press(f"ctrl+{number}")
            await asyncio.sleep(_QUIET_S)
            found[f"window on {name}"] = await _rest(program.pid, stage.options.idle_s)
        await stage.hands.press("alt+F4")
        await asyncio.sleep(_QUIET_S)
        found["window closed"] = await _rest(program.pid, stage.options.idle_s)
    return found


async def _rest(pid: int, for_s: float) -> dict[str, float]:
    woken, cpu_s = linux.wake_ups(pid), linux.cpu_s(pid)
    await asyncio.sleep(for_s)
    cpu_s, after = linux.cpu_s(pid) - cpu_s, linux.wake_ups(pid)
    rates = {name: (count - woken.get(name, 0)) / for_s for name, count in after.items()}
    main = next(rate for name, rate in rates.items() if name.startswith(f"{pid} "))
    return {
        "cpu_percent": cpu_s / for_s * 100,
        "main_per_s": main,
        "all_per_s": sum(rates.values()),
    }


async def stalls(stage: Stage) -> Table:
    """The longest stalls of the loop during each step of a walk through the window."""
    async with Walker(stage.environment) as walker, asyncio.TaskGroup() as group:
        streams = [
            group.create_task(_stream(walker.port, number)) for number in range(measure.STREAMS)
        ]
        try:
            return await walker.walk()
        finally:
            for task in streams:
                task.cancel()


class Walker:
    """`tests.bench.desk_walk` as a process."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = {**os.environ, **environment}

    async def __aenter__(self) -> "Walker":
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bench.desk_walk"),
            cwd=ROOT,
            env=self._environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self.port = int(await self._line())
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            async with asyncio.timeout(_QUIET_S * 5):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def walk(self) -> Table:
        """Let it go, and return what it felt."""
        assert self._process.stdin is not None
        await asyncio.sleep(1)
        self._process.stdin.write(b"go\n")
        felt: Table = json.loads(await self._line())
        return felt

    async def _line(self) -> str:
        assert self._process.stdout is not None
        async with asyncio.timeout(_WALK_S):
            line = await self._process.stdout.readline()
        if not line:
            raise BenchError("the program with the walk in it ended before it was done")
        return line.decode()


async def _stream(port: int, number: int) -> None:
    """One session that streams answer after answer."""
    connection = (await connect(port, 1))[0]
    pace = f"{_EVENTS},{_INTERVAL_MS}"
    session = f"00000000-0000-4000-8000-{number:012d}"
    content = payload.body(payload.SMALL_BYTES, session=session, stream=True)
    request = payload.request(content, port=port, token=TOKEN, session=session, pace=pace)
    while True:
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        connection.send(request, partial(_settle, answered), partial(_fail, answered))
        await answered


def _settle(answered: asyncio.Future[Answer], answer: Answer) -> None:
    if not answered.done():
        answered.set_result(answer)


def _fail(answered: asyncio.Future[Answer], error: Exception) -> None:
    """A stream that nobody waits for ends with the program."""
    if not answered.done():
        answered.set_exception(error)


def median_of(walks: Sequence[Table]) -> Table:
    """Every figure's median over all walks, and the highest CPU time beside it."""
    found: Table = {}
    for step in walks[0]:
        figures = {
            name: statistics.median(walk[step][name] for walk in walks) for name in walks[0][step]
        }
        found[step] = figures | {"most_cpu_ms": max(walk[step]["cpu_ms"] for walk in walks)}
    return found


async def _measure(options: argparse.Namespace) -> dict[str, object]:
    result: dict[str, object] = {"machine": report.machine()}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        upstream, port = start_upstream(folder)
        stack.callback(upstream.stop)
        async with Screen("1600x1200x24") as screen, SniWatcher() as panel:
            on_screen = {**screen.variables, **panel.variables}
            home = await asyncio.to_thread(furnish, folder / "home", 4, port)
            stage = Stage(screen, panel, {**home, **on_screen}, options)
            for part, take, columns in (
                ("starts", starts, {"median": "median", "least": "least", "most": "most"}),
                ("memory", memory, {"rss_mb": "RSS MB", "pss_mb": "PSS MB", "uss_mb": "USS MB"}),
                (
                    "idle",
                    idle,
                    {
                        "cpu_percent": "CPU %",
                        "main_per_s": "wake-ups/s, loop",
                        "all_per_s": "wake-ups/s, all threads",
                    },
                ),
            ):
                if part in options.only:
                    result[part] = found = await take(stage)
                    print(f"\n{part}\n", report.table(found, columns), sep="\n", flush=True)
            if "stalls" in options.only:
                for count in options.endpoints:
                    place = folder / f"home-{count}"
                    home = await asyncio.to_thread(furnish, place, count, port)
                    there = Stage(screen, panel, {**home, **on_screen}, options)
                    await stalls(there)  # the first compiles what the others load
                    walks = [await stalls(there) for _ in range(options.walks)]
                    result[f"stalls-{count}"] = felt = median_of(walks)
                    _show_stalls(count, felt)
    return result


def _show_stalls(count: int, felt: Table) -> None:
    columns = {
        "cpu_ms": "longest, CPU ms",
        "most_cpu_ms": "worst walk",
        "wall_ms": "longest, wall ms",
        "total_cpu_ms": "CPU ms in all",
        "collecting_ms": "collecting, wall ms",
    }
    print(f"\nstalls with {count} endpoints\n", report.table(felt, columns), sep="\n", flush=True)
    late = [step for step, stall in felt.items() if stall["cpu_ms"] > _STALL_BAR_MS]
    print(f"\nover {_STALL_BAR_MS:g} ms: {', '.join(late) or 'none'}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Measures what was asked for and prints tables; 1 when something needed is missing."""
    options = parse(arguments)
    if missing := [*missing_programs()]:
        print(f"bench: install {', '.join(missing)}", file=sys.stderr)
        return 1
    try:
        result = asyncio.run(_measure(options))
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"raw figures: {options.json}")
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    raise SystemExit(main(sys.argv[1:]))
