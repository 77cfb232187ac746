"""The real Claude Code does its task while an answer breaks off at every place it can.

The rows are those of protocol.md D.5, which says what Claude Code does with each of them without
a proxy; the remarks there about 2.1.197 are what `HONEST_NOTICE` refers to.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

import dev_tools
from tests.e2e.claude import COMMAND, FINAL, Stage, TaskRun
from tests.helpers import claude_matrix, sse, steps
from tests.helpers.claude_code import ClaudeCode
from tests.helpers.steps import Death
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(600)]

DEATHS: tuple[Death, ...] = ("rst", "eof", "error")
BEFORE_CONTENT = ("headers only", "pings", "comments", "message_start")
RECOVERED = "message_delta"
"""The stop reason was seen: the answer is whole but for its last event, which the proxy adds."""
HONEST_NOTICE = {"thinking then open text", "complete text"}
"""Where 2.1.197 tells that the connection was lost, and ends; later versions go on."""
OLD_NOTICE = "Connection closed mid-response"


def cuts() -> dict[str, tuple[bytes, ...]]:
    """Return the first frames of one answer, up to each place where it can break off."""
    start = (sse.message_start(), sse.ping())
    thinking = tuple(sse.block_events(0, sse.Thinking("First I think about it for a while.")))
    text = tuple(sse.block_events(0, sse.Text("I run the command now.")))
    later_text = tuple(sse.block_events(1, sse.Text("I run the command now.")))
    tool = tuple(sse.block_events(1, sse.bash(COMMAND)))
    return {
        "headers only": (),
        "pings": (sse.ping(), sse.ping()),
        "comments": (b": still here\n\n", b": still here\n\n"),
        "message_start": start,
        "partial thinking": (*start, *thinking[:2]),
        "partial text": (*start, *text[:2]),
        "complete thinking": (*start, *thinking),
        "thinking then open text": (*start, *thinking, *later_text[:2]),
        "complete text": (*start, *text),
        "complete tool_use": (*start, *text, *tool),
        RECOVERED: (*start, *text, *tool, sse.message_delta("tool_use")),
    }


def ended_honestly(run: TaskRun) -> bool:
    """Whether Claude Code said that it lost the connection, instead of passing off a part."""
    return run.claude.exit_code != 0 and OLD_NOTICE in run.claude.output


@pytest.mark.parametrize("death", DEATHS)
@pytest.mark.parametrize("cut", cuts())
async def test_claude_code_finishes_its_task_when_an_answer_breaks_off(
    cut: str,
    death: Death,
    claude: ClaudeCode,
    stage: Stage,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    healthy_s = await stage.healthy_run_s(claude, tmp_path)
    stage.second.script(steps.tool_loop(COMMAND, FINAL))

    async with ScriptedUpstream("A") as first, stage.first(first.base_url):
        first.script(steps.dying(cuts()[cut], death), steps.tool_loop(COMMAND, FINAL))
        run = await stage.work(claude, tmp_path / "home")

    table = "Endpoint A's stream breaks off (protocol.md D.5), endpoint B is well"
    case = run.case(table, f"{cut}, then {death}", claude.version, healthy_s)
    record_property(*claude_matrix.recorded(case))
    assert not run.cut_silently
    may_give_up = claude.version == dev_tools.OLD_CLAUDE and cut in HONEST_NOTICE
    assert run.finished or (may_give_up and ended_honestly(run)), str(run.claude)
    assert run.asked("A") == len(first.messages) == (2 if cut == RECOVERED else 1)
    if cut in BEFORE_CONTENT:
        assert len(run.answers) == 2
