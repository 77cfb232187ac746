"""Something is done again and again: woken early, surviving failures, stopped cleanly."""

import asyncio

import pytest

from qcc_desktop.runtime.periodic import Periodic


class Work:
    """Counts its calls and tells the test of each."""

    def __init__(self, failures: int = 0) -> None:
        self.calls = 0
        self._failures = failures
        self._called = asyncio.Event()

    async def __call__(self) -> None:
        self.calls += 1
        self._called.set()
        if self.calls <= self._failures:
            raise ValueError("not this time")

    async def happens(self, calls: int) -> None:
        async with asyncio.timeout(5):
            while self.calls < calls:
                self._called.clear()
                await self._called.wait()


async def test_the_action_runs_at_once_and_again_after_each_delay() -> None:
    work = Work()
    periodic = Periodic("work", work, lambda: 0.0)

    periodic.start()
    await work.happens(3)
    await periodic.stop()

    calls = work.calls
    await asyncio.sleep(0)
    assert work.calls == calls


async def test_wake_ends_a_long_wait() -> None:
    work = Work()
    periodic = Periodic("work", work, lambda: 3600.0)
    periodic.start()
    periodic.start()
    await work.happens(1)

    periodic.wake()
    await work.happens(2)

    await periodic.stop()
    assert work.calls == 2


@pytest.mark.logs("work failed; it is tried again")
async def test_a_failing_action_is_logged_and_tried_again() -> None:
    work = Work(failures=1)
    periodic = Periodic("work", work, lambda: 0.0)

    periodic.start()
    await work.happens(2)

    await periodic.stop()


async def test_stop_ends_a_running_action() -> None:
    started = asyncio.Event()

    async def hang() -> None:
        started.set()
        await asyncio.Event().wait()

    periodic = Periodic("hang", hang, lambda: 0.0)
    periodic.start()
    await started.wait()

    async with asyncio.timeout(5):
        await periodic.stop()
        await periodic.stop()
