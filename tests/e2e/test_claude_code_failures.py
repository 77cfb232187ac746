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

    record_property(
        *claude_matrix.recorded(
            claude_matrix.Case(
                table="Endpoint A fails, endpoint B is well",
                failure=failure,
                version=claude.version,
                finished=run.finished,
                a_asked=run.asked("A"),
                own_requests=len(run.answers),
                seconds_over_healthy=round(run.wire_s - healthy_s, 3),
                judged=run.verdict,
            )
        )
    )
    assert run.finished, str(run.claude)
    assert run.asked("A") == 1 + FREE_RETRIES.get(failure, 0)
    assert first.seen() in (None, run.asked("A"))
    assert len(run.answers) == (3 if failure.startswith("mid-stream") else 2)
    assert not run.cut_silently
