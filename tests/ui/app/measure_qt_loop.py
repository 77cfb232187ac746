"""Figures of the event loops, side by side: python -m tests.ui.app.measure_qt_loop [rounds].

Run by hand on a quiet machine; each loop gets a process of its own, rounds are interleaved.
"""

# ruff: noqa: T201 - a script for people

import asyncio
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from typing_extensions import override

LOOPS = ("asyncio", "selector", "posted", "stock")
CHAIN = 50_000
ECHOES = 20_000
CONNECTIONS = 32
IDLE_S = 1.5


def _runner(name: str) -> asyncio.Runner:
    if name == "asyncio":
        return asyncio.Runner()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from qcc_desktop.app.event_loop.factory import LoopShape, new_loop

    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    return asyncio.Runner(loop_factory=lambda: new_loop(app, shape=LoopShape(name)))


async def _chain() -> float:
    """Callbacks a second when each schedules the next."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def step(left: int) -> None:
        if left:
            loop.call_soon(step, left - 1)
        else:
            done.set()

    start_s = time.perf_counter()
    step(CHAIN)
    await done.wait()
    return CHAIN / (time.perf_counter() - start_s)


async def _burst() -> float:
    """Callbacks a second when they are scheduled a thousand at a time."""
    loop = asyncio.get_running_loop()
    start_s = time.perf_counter()
    for _ in range(CHAIN // 1000):
        done = asyncio.Event()
        for _ in range(999):
            loop.call_soon(int)
        loop.call_soon(done.set)
        await done.wait()
    return CHAIN / (time.perf_counter() - start_s)


class _Echo(asyncio.Protocol):
    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        self.transport.write(data)


async def _echo(connections: int, pause_s: float = 0.0, total: int = ECHOES) -> tuple[float, float]:
    """Round trips a second through streams, and CPU microseconds of each."""
    server = await asyncio.get_running_loop().create_server(_Echo, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()

    async def client(trips: int) -> None:
        reader, writer = await asyncio.open_connection(*address)
        for _ in range(trips):
            writer.write(b"x" * 100)
            await reader.readexactly(100)
            if pause_s:
                await asyncio.sleep(pause_s)
        writer.close()
        await writer.wait_closed()

    start_s, cpu_s = time.perf_counter(), time.process_time()
    await asyncio.gather(*(client(total // connections) for _ in range(connections)))
    took_s, cpu_s = time.perf_counter() - start_s, time.process_time() - cpu_s
    server.close()
    await server.wait_closed()
    return total / took_s, cpu_s / total * 1e6


def _switches() -> int:
    for line in Path("/proc/thread-self/status").read_text().splitlines():
        if line.startswith("voluntary_ctxt"):
            return int(line.split()[1])
    return 0


async def _idle() -> float:
    """Wakeups a second with nothing to do but a far time-out and an open server."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Echo, "127.0.0.1", 0)
    far = loop.call_later(300, int)
    await asyncio.sleep(0.1)
    before = _switches()
    await asyncio.sleep(IDLE_S)
    woken = _switches() - before
    far.cancel()
    server.close()
    await server.wait_closed()
    return (woken - 1) / IDLE_S


async def _late() -> float:
    """Milliseconds that a 5 ms sleep comes late, median."""
    late = []
    for _ in range(50):
        start_s = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append((time.perf_counter() - start_s - 0.005) * 1000)
    return statistics.median(late)


async def _figures() -> dict[str, float]:
    busy, busy_cpu = await _echo(CONNECTIONS)
    single, single_cpu = await _echo(1, total=4000)
    _, paced_cpu = await _echo(50, 0.02, 5000)
    return {
        "chain/s": await _chain(),
        "burst/s": await _burst(),
        "echo32/s": busy,
        "echo32 us": busy_cpu,
        "echo1/s": single,
        "echo1 us": single_cpu,
        "paced50 us": paced_cpu,
        "late ms": await _late(),
        "idle/s": await _idle(),
    }


def main() -> None:
    if len(sys.argv) > 2:
        with _runner(sys.argv[2]) as runner:
            figures = runner.run(_figures())
        print(*(f"{name}={value}" for name, value in figures.items()), sep="\n")
        return
    seen: dict[str, dict[str, list[float]]] = {name: {} for name in LOOPS}
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
        for name in LOOPS:
            command = [sys.executable, "-m", __spec__.name, "0", name]
            for line in subprocess.check_output(command, text=True).splitlines():
                key, value = line.split("=")
                seen[name].setdefault(key, []).append(float(value))
    keys = list(seen["asyncio"])
    print(f"{'':10}", *(f"{key:>11}" for key in keys))
    for name in LOOPS:
        print(f"{name:10}", *(f"{statistics.median(seen[name][key]):11.4g}" for key in keys))


if __name__ == "__main__":
    main()
