"""The benchmark of the window: what it feels, and what it reads of a process."""

import asyncio
import gc
import os
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the benchmark runs on Linux")

if sys.platform == "linux":
    from tests.bench import desk, linux
    from tests.bench.desk_heart import Heart

_HELD_UP_MS = 60


async def test_a_stall_is_felt_as_long_as_it_was() -> None:
    with Heart() as heart:
        await asyncio.sleep(0.02)
        heart.begin()
        until_s = time.thread_time() + _HELD_UP_MS / 1e3
        while time.thread_time() < until_s:
            pass
        await asyncio.sleep(0.02)
        held_up = heart.stall()
        heart.begin()
        forgotten = heart.stall()

    assert held_up.cpu_ms >= _HELD_UP_MS
    assert held_up.wall_ms >= _HELD_UP_MS - 2
    assert forgotten.cpu_ms < _HELD_UP_MS


async def test_a_collection_is_told_from_other_work() -> None:
    gc.disable()
    try:
        with Heart() as heart:
            without = heart.stall().collecting_ms
            gc.collect()
            found = heart.stall().collecting_ms
    finally:
        gc.enable()

    assert without == 0 < found


def test_memory_is_split_into_what_is_shared_and_what_is_not() -> None:
    found = linux.memory_mb(os.getpid())

    assert 1 < found["uss_mb"] <= found["pss_mb"] <= found["rss_mb"]


def test_every_sleep_of_a_thread_counts_as_one_wake_up() -> None:
    before = sum(linux.wake_ups(os.getpid()).values())
    for _ in range(20):
        time.sleep(0.001)
    after = sum(linux.wake_ups(os.getpid()).values())

    assert after - before >= 20


def test_walks_are_summed_up_by_their_median_and_the_worst_of_them() -> None:
    walks = [{"open": {"cpu_ms": value, "wall_ms": 2 * value}} for value in (1.0, 9.0, 2.0)]

    found = desk.median_of(walks)

    assert found == {"open": {"cpu_ms": 2.0, "wall_ms": 4.0, "most_cpu_ms": 9.0}}
