"""The measurements: each takes one running candidate and gives figures by name."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench import payload
from tests.bench.candidates import TOKEN, Candidate
from tests.bench.client import BenchError, Connection, connect, hammer

PARALLEL = 32
STREAMS = 50
_FRAMES_AROUND = 7
"""message_start, block start, ping, first delta; block stop, message_delta, message_stop."""

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Size:
    """How much one round measures."""

    sequential: int = 300
    first_bytes: int = 100
    load_s: float = 2.0
    load_most: int = 40_000
    stream_events: int = 100
    stream_interval_ms: int = 20


Measurement = Callable[[Candidate, Size], Awaitable[Figures]]


async def latency(candidate: Candidate, size: Size) -> Figures:
    """A 76 KB request after the other on one connection: milliseconds to the whole answer."""
    request = _request(candidate, payload.LARGE_BYTES, 0)
    async with _Connections(candidate, 1) as (connection,):
        await _warm_up(connection, request)
        times = [(await connection.fetch(request)).end_s for _ in range(size.sequential)]
    return {"p50_ms": _quantile(times, 0.5) * 1e3, "p99_ms": _quantile(times, 0.99) * 1e3}


async def first_byte(candidate: Candidate, size: Size) -> Figures:
    """A 76 KB request for a stream: milliseconds to the first byte of the first event."""
    request = _request(candidate, payload.LARGE_BYTES, 0, pace="5,2")
    async with _Connections(candidate, 1) as (connection,):
        await _warm_up(connection, request)
        times = [(await connection.fetch(request)).first_byte_s for _ in range(size.first_bytes)]
    return {"first_byte_ms": _quantile(times, 0.5) * 1e3}


async def throughput(candidate: Candidate, size: Size) -> Figures:
    """32 connections with small requests, each always busy: rate, and CPU of the candidate."""
    rate, cpu_ms = await _load(candidate, payload.SMALL_BYTES, size)
    return {"requests_per_s": rate, "cpu_ms_per_request": cpu_ms}


async def large_throughput(candidate: Candidate, size: Size) -> Figures:
    """The same with 76 KB requests, as Claude Code really sends them."""
    rate, cpu_ms = await _load(candidate, payload.LARGE_BYTES, size)
    return {"large_requests_per_s": rate, "large_cpu_ms_per_request": cpu_ms}


async def streams(candidate: Candidate, size: Size) -> Figures:
    """50 streams paced like models at once: CPU seconds per 1000 events relayed."""
    pace = f"{size.stream_events},{size.stream_interval_ms}"
    requests = [_request(candidate, payload.SMALL_BYTES, i, pace=pace) for i in range(STREAMS)]
    async with _Connections(candidate, STREAMS) as connections:
        started_s, cpu_s = time.perf_counter(), candidate.cpu_s()
        answers = await asyncio.gather(
            *(
                connection.fetch(request)
                for connection, request in zip(connections, requests, strict=True)
            )
        )
        cpu_s = candidate.cpu_s() - cpu_s
        took_s = time.perf_counter() - started_s
    events = sum(answer.events for answer in answers)
    if events != STREAMS * (size.stream_events + _FRAMES_AROUND):
        raise BenchError(
            f"{events} events came of {STREAMS} x {size.stream_events + _FRAMES_AROUND}"
        )
    ideal_s = size.stream_events * size.stream_interval_ms / 1000
    return {
        "cpu_s_per_1000_events": cpu_s / events * 1000,
        "stream_delay_ms": (took_s - ideal_s) * 1e3,
    }


ALL: Sequence[Measurement] = (latency, first_byte, throughput, large_throughput, streams)


def without_cpu(figures: Figures) -> dict[str, float]:
    """The figures that make sense where there is no proxy whose CPU could be counted."""
    return {name: value for name, value in figures.items() if "cpu" not in name}


async def soak(candidate: Candidate, total: int, slice_size: int) -> tuple[float, list[Figures]]:
    """Many requests at 32 connections; four of them carry short streams, the others whole answers.

    Returns:
        Memory after warming up, and for each slice its rate, CPU per request and memory after it.
    """
    requests = [
        _request(candidate, payload.SMALL_BYTES, i, pace="" if i % 10 else "3,1")
        for i in range(PARALLEL)
    ]
    slices: list[Figures] = []
    async with _Connections(candidate, PARALLEL) as connections:
        await hammer(connections, requests, 2000)
        before_mb = candidate.rss_mb()
        for _ in range(max(1, total // slice_size)):
            started_s, cpu_s = time.perf_counter(), candidate.cpu_s()
            await hammer(connections, requests, slice_size)
            took_s, cpu_s = time.perf_counter() - started_s, candidate.cpu_s() - cpu_s
            slices.append(
                {
                    "requests_per_s": slice_size / took_s,
                    "cpu_ms_per_request": cpu_s / slice_size * 1e3,
                    "rss_mb": candidate.rss_mb(),
                }
            )
    return before_mb, slices


async def _load(candidate: Candidate, size_bytes: int, size: Size) -> tuple[float, float]:
    requests = [_request(candidate, size_bytes, i) for i in range(PARALLEL)]
    async with _Connections(candidate, PARALLEL) as connections:
        await hammer(connections, requests, PARALLEL * 4)
        started_s, cpu_s = time.perf_counter(), candidate.cpu_s()
        total = await hammer(connections, requests, size.load_most, for_s=size.load_s)
        took_s, cpu_s = time.perf_counter() - started_s, candidate.cpu_s() - cpu_s
    return total / took_s, cpu_s / total * 1e3


async def _warm_up(connection: Connection, request: bytes) -> None:
    for _ in range(10):
        await connection.fetch(request)


class _Connections:
    """Connections to a candidate that end with the measurement."""

    def __init__(self, candidate: Candidate, count: int) -> None:
        self._port, self._count = candidate.port, count

    async def __aenter__(self) -> list[Connection]:
        self._open = await connect(self._port, self._count)
        return self._open

    async def __aexit__(self, *_: object) -> None:
        for connection in self._open:
            connection.close()
        await asyncio.sleep(0)


def _request(candidate: Candidate, size_bytes: int, number: int, *, pace: str = "") -> bytes:
    session = f"00000000-0000-4000-8000-{number:012d}"
    content = payload.body(size_bytes, session=session, stream=bool(pace))
    return payload.request(content, port=candidate.port, token=TOKEN, session=session, pace=pace)


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]
