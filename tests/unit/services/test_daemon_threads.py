"""Blocking work in threads that nobody waits for at exit."""

import asyncio
import threading

import pytest

from qcc_desktop.services.daemon_threads import in_thread


async def test_the_result_comes_back_from_a_daemon_thread() -> None:
    assert await in_thread(lambda: threading.current_thread().daemon)


async def test_an_error_comes_back_as_it_is() -> None:
    def fail() -> int:
        raise ValueError("odd")

    with pytest.raises(ValueError, match="odd"):
        await in_thread(fail)


async def test_whoever_gives_up_waiting_is_not_disturbed_by_the_late_result() -> None:
    may_end, has_ended = threading.Event(), threading.Event()

    def work() -> None:
        may_end.wait()
        has_ended.set()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await in_thread(work)
    may_end.set()
    assert await asyncio.to_thread(has_ended.wait, 5)
    await asyncio.sleep(0)
