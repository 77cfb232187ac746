"""Tasks are kept alive, named, and never fail in silence."""

import asyncio
import gc

import pytest

from qcc_desktop.runtime.tasks import cancel, spawn


async def test_a_task_nobody_holds_runs_to_its_end() -> None:
    done = asyncio.Event()
    gate = asyncio.Event()

    async def work() -> None:
        await gate.wait()
        done.set()

    _ = spawn(work(), name="work")
    gc.collect()
    gate.set()

    async with asyncio.timeout(5):
        await done.wait()


@pytest.mark.logs("Task work failed")
async def test_a_failure_nobody_awaits_is_logged_with_the_tasks_name() -> None:
    async def work() -> None:
        raise ValueError("broken")

    task = spawn(work(), name="work")

    await asyncio.wait({task})


async def test_cancel_waits_until_the_task_has_cleaned_up() -> None:
    cleaned: list[str] = []
    started = asyncio.Event()

    async def work() -> None:
        try:
            started.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.append("yes")

    task = spawn(work(), name="work")
    await started.wait()
    await cancel(task)

    assert cleaned == ["yes"]
    assert task.cancelled()


async def test_cancelling_nothing_or_what_has_ended_does_nothing() -> None:
    async def work() -> int:
        return 1

    task = spawn(work(), name="work")
    await task
    await cancel(task)
    await cancel(None)

    assert task.result() == 1
