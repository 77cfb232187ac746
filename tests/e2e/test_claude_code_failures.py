"""The real Claude Code does its task while its first endpoint fails in every way we know."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import pytest

from tests.e2e.claude import COMMAND, FINAL, Stage
from tests.helpers import claude_matrix, steps
from tests.helpers.claude_code import ClaudeCode
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(600)]

FREE_RETRIES = {"408": 1}
"""Row 19 of the classification asks the same endpoint once more."""
FREE_RETRIES_REUSED = {"rst after request": 1, "fin after request": 1}
"""Row 4: a kept connection may have been closed at that moment, so a fresh one is tried."""
SECOND_TURN = (
    *("rst after request", "fin after request", "hang before headers", "garbage"),
    *("401", "429", "529", "mid-stream rst"),
)


@dataclass
class First:
    """Endpoint A: where it is, and how often it saw a request, None where it cannot see any."""

    base_url: str
    seen: Callable[[], int | None]


@asynccontextmanager
async def scripted(failure: str) -> AsyncIterator[First]:
    async with ScriptedUpstream("A") as upstream:
        upstream.script(steps.FAILURES[failure]())
        is_deaf = failure == "refused"
        yield First(upstream.base_url, lambda: None if is_deaf else len(upstream.played))


@asynccontextmanager
async def unknown_name() -> AsyncIterator[First]:
    yield First("http://nonexistent.invalid", lambda: None)


@asynccontextmanager
async def distrusted(kind: Literal["good", "wrong_host", "expired"]) -> AsyncIterator[First]:
    async with ScriptedUpstream("A", tls=steps.certificate(kind).context) as upstream:
        yield First(upstream.base_url, lambda: upstream.failed_handshakes)


FAILURES: dict[str, Callable[[], AbstractAsyncContextManager[First]]] = {
    **{name: partial(scripted, name) for name in steps.FAILURES},
    "dns": unknown_name,
    "tls unknown authority": partial(distrusted, "good"),
    "tls wrong host": partial(distrusted, "wrong_host"),
    "tls expired": partial(distrusted, "expired"),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_claude_code_finishes_its_task_while_the_first_endpoint_fails(
    failure: str,
    claude: ClaudeCode,
    stage: Stage,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    healthy_s = await stage.healthy_run_s(claude, tmp_path)
    stage.second.script(steps.tool_loop(COMMAND, FINAL))

    async with FAILURES[failure]() as first, stage.first(first.base_url):
        run = await stage.work(claude, tmp_path / "home")

    case = run.case("Endpoint A fails, endpoint B is well", failure, claude.version, healthy_s)
    record_property(*claude_matrix.recorded(case))
    assert run.finished, str(run.claude)
    assert run.asked("A") == 1 + FREE_RETRIES.get(failure, 0)
    assert first.seen() in (None, run.asked("A"))
    assert len(run.answers) == (3 if failure.startswith("mid-stream") else 2)
    assert not run.cut_silently


@pytest.mark.parametrize("failure", SECOND_TURN)
async def test_claude_code_finishes_its_task_when_its_endpoint_fails_in_the_middle_of_it(
    failure: str,
    claude: ClaudeCode,
    stage: Stage,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    healthy_s = await stage.healthy_run_s(claude, tmp_path)
    stage.second.script(steps.tool_loop(COMMAND, FINAL))

    async with ScriptedUpstream("A") as first, stage.first(first.base_url):
        first.script(steps.tool_loop(COMMAND, FINAL), steps.FAILURES[failure]())
        run = await stage.work(claude, tmp_path / "home")

    table = "Endpoint A answers, then fails at the second turn, endpoint B is well"
    case = run.case(table, failure, claude.version, healthy_s)
    record_property(*claude_matrix.recorded(case))
    assert run.finished, str(run.claude)
    assert run.asked("A") == len(first.messages) == 2 + FREE_RETRIES_REUSED.get(failure, 0)
    assert len(run.answers) == (3 if failure.startswith("mid-stream") else 2)
    assert not run.cut_silently
