"""The history of a running program: what it keeps, for how long, and what it leaves behind."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from qcc_desktop.app.container import Container, build_container
from qcc_desktop.app.lifecycle import Program
from qcc_desktop.core.events import RequestFinished
from qcc_desktop.core.snapshot import RequestView
from qcc_desktop.core.usage import Grouping, HistoryTrouble
from qcc_desktop.runtime.clock import utc
from qcc_desktop.storage.database import open_database
from qcc_desktop.storage.paths import paths_below

Start = Callable[..., Awaitable[Container]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts the program of one home, and ends the one before."""
    running: list[Program] = []

    async def begin(*, simulated: bool = False) -> Container:
        for program in running:
            await program.stop(drain_s=0)
        container = build_container(paths_below(tmp_path), simulated=simulated)
        running.append(Program(container, port=0))
        await running[-1].start()
        return container

    yield begin
    for program in running:
        await program.stop(drain_s=0)


def use(container: Container, days_ago: int = 0) -> None:
    """Have a request finish, so many days ago."""
    at = utc(container.clock.wall_s()) - timedelta(days=days_ago)
    request = RequestView(
        1, at, "s1", "claude-sonnet-4-5", "/v1/messages", "ok", endpoint="A", endpoint_id="a",
        folder="/home/me/shop", input_tokens=10,
    )  # fmt: skip
    container.bus.publish(RequestFinished(1, "ok", "a", 1, request))


async def days_of(container: Container) -> int:
    return len(await container.usage_report.rows([Grouping.DAY]))


async def test_what_was_used_is_known_after_a_restart(start: Start) -> None:
    first = await start()
    use(first)
    before = await first.usage_report.rows([Grouping.MODEL, Grouping.SESSION], 30)
    second = await start()

    assert await second.usage_report.rows([Grouping.MODEL, Grouping.SESSION], 30) == before
    assert dict(await second.usage_report.folders()) == {"s1": "/home/me/shop"}


async def test_a_change_of_how_long_it_is_kept_holds_at_once(start: Start) -> None:
    container = await start()
    for days in (0, 3, 20):
        use(container, days)
    assert await days_of(container) == 3

    await container.preferences.set("history.retention_days", 5)

    async with asyncio.timeout(20):
        while await days_of(container) != 2:  # noqa: ASYNC110 - a thread's work
            await asyncio.sleep(0.01)


async def test_a_longer_time_than_the_default_survives_the_start(start: Start) -> None:
    container = await start()
    await container.preferences.set("history.retention_days", 365)
    use(container, 200)
    container = await start()
    for _ in range(3):
        assert await days_of(container) == 1


async def test_the_demo_leaves_no_history(start: Start, tmp_path: Path) -> None:
    container = await start(simulated=True)
    use(container)
    assert await days_of(container) == 1
    await start(simulated=True)

    assert not container.paths.history_file.exists()


@pytest.mark.logs("A newer version of QCC Desktop wrote it")
async def test_the_program_runs_beside_a_newer_history(start: Start, tmp_path: Path) -> None:
    path = paths_below(tmp_path).history_file
    connection = open_database(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    container = await start()
    use(container)

    assert container.history.notice.startswith("A newer version of QCC Desktop wrote the history.")
    assert (await container.usage_report.coverage()).trouble is HistoryTrouble.NEWER
    assert await days_of(container) == 1
