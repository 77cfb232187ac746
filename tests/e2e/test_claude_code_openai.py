"""The real Claude Code does its task through an endpoint that speaks OpenAI's API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from qcc_desktop.wire.translate.turn import SIGNATURE
from tests.e2e.claude import COMMAND, FINAL, Stage
from tests.helpers import openai_steps, sse, steps
from tests.helpers.claude_code import ClaudeCode
from tests.helpers.tray_program import key_of
from tests.helpers.upstream import Request, ScriptedUpstream, Step

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]
THOUGHT = sse.Thinking("The person wants a file. 我来写。")


@asynccontextmanager
async def openai(stage: Stage, priority: int = 1) -> AsyncIterator[ScriptedUpstream]:
    """Put endpoint O into the running program, and let B rest meanwhile."""
    program = stage.program
    async with ScriptedUpstream("O") as upstream:
        await program.command("endpoint", "disable", "B")
        await program.command(
            *("endpoint", "add", "--name", "O", "--base-url", upstream.base_url),
            *("--protocol", "openai", "--map", f"claude-*={openai_steps.MODEL}"),
            *("--priority", str(priority), "--api-key", key_of("O")),
        )
        try:
            yield upstream
        finally:
            await program.remove_endpoint("O")
            await program.command("endpoint", "enable", "B")


def two_tools(request: Request) -> Step:
    """Think, say something and call Bash twice at once; then say that it is done."""
    messages = request.json["messages"]
    if any(message["role"] == "tool" for message in messages):
        return openai_steps.answer(sse.Text(FINAL))
    tools = {tool["function"]["name"] for tool in request.json.get("tools", [])}
    if "Bash" not in tools:
        return openai_steps.answer(sse.Text(FINAL))
    both = (sse.bash("echo 你好 > other.txt"), sse.bash(COMMAND))
    return openai_steps.answer(THOUGHT, sse.Text("I run it."), *both)


def well_formed(body: dict[str, Any]) -> str | None:
    """Complain as OpenAI's servers do of calls without results and results without calls."""
    waiting: list[str] = []
    for message in body["messages"]:
        if message["role"] == "tool":
            if message["tool_call_id"] not in waiting:
                return "'tool' must follow a message with 'tool_calls'"
            waiting.remove(message["tool_call_id"])
        elif waiting:
            return f"An assistant message with 'tool_calls' must be followed by {waiting}"
        else:
            waiting = [call["id"] for call in message.get("tool_calls") or []]
    if any("cache_control" in str(each) for each in body["messages"]):
        return "Unrecognized request argument: cache_control"
    return None


async def test_a_task_with_parallel_tools_is_finished_through_openais_api(
    claude: ClaudeCode, stage: Stage, tmp_path: Path
) -> None:
    async with openai(stage) as upstream:
        answering = steps.by_request(two_tools)
        openai_steps.chat(upstream, openai_steps.strict(well_formed, answering))

        run = await stage.work(claude, tmp_path / "home")

    assert run.finished, str(run.claude)
    assert (tmp_path / "home" / "work" / "other.txt").read_text(encoding="utf-8").strip() == "你好"
    assert run.asked("O") == 2
    assert not run.cut_silently
    results = [m for m in openai_steps.asked(upstream)[1].json["messages"] if m["role"] == "tool"]
    assert len(results) == 2
    assert not [each for each in upstream.requests if "messages" in each.path]


async def test_a_server_that_refuses_what_claude_code_sends_is_asked_without_it(
    claude: ClaudeCode, stage: Stage, tmp_path: Path
) -> None:
    def refuse(body: dict[str, Any]) -> str | None:
        if "stream_options" in body:
            return "property 'stream_options' is unsupported"
        if body.get("max_tokens", 0) > 8192:
            return "`max_tokens` must be less than or equal to `8192`"
        return well_formed(body)

    async with openai(stage) as upstream:
        openai_steps.chat(upstream, openai_steps.strict(refuse, steps.by_request(two_tools)))

        run = await stage.work(claude, tmp_path / "home")

    assert run.finished, str(run.claude)
    assert len(run.answers) == 2
    assert run.asked("O") == 2


@pytest.mark.parametrize("failure", ["529", "mid-stream rst"])
async def test_a_dying_anthropic_endpoint_is_followed_by_one_of_openais_api(
    failure: str, claude: ClaudeCode, stage: Stage, tmp_path: Path
) -> None:
    async with openai(stage, priority=3) as upstream, ScriptedUpstream("A") as first:
        openai_steps.chat(upstream, openai_steps.tool_loop(COMMAND, FINAL))
        first.script(
            steps.answer(THOUGHT, sse.Text("I run it."), sse.bash(COMMAND)),
            steps.FAILURES[failure](),
        )
        async with stage.first(first.base_url):
            run = await stage.work(claude, tmp_path / "home")

    assert run.finished, str(run.claude)
    assert run.asked("A") == 2
    assert run.asked("O") >= 1
    assert not run.cut_silently


async def test_in_the_middle_of_a_task_an_anthropic_endpoint_takes_over(
    claude: ClaudeCode, stage: Stage, tmp_path: Path
) -> None:
    async with openai(stage) as upstream, ScriptedUpstream("A") as second:
        openai_steps.chat(
            upstream,
            openai_steps.answer(THOUGHT, sse.Text("I run it."), sse.bash(COMMAND)),
            openai_steps.error(500, "The server had an error", error_type="server_error"),
        )
        second.script(steps.answer(sse.Text(FINAL)))
        await stage.program.add_endpoint("A", second.base_url, priority=2)
        try:
            run = await stage.work(claude, tmp_path / "home")
        finally:
            await stage.program.remove_endpoint("A")

    assert run.finished, str(run.claude)
    (asked,) = second.messages
    assert SIGNATURE.encode() not in asked.body
    calls = [
        block
        for message in asked.json["messages"]
        if message["role"] == "assistant"
        for block in message["content"]
    ]
    assert [block["type"] for block in calls] == ["text", "tool_use"]


SAID = openai_steps.stream(sse.Text("This answer will never be finished."))[:3]
HALF_A_CALL = openai_steps.stream(sse.bash("echo half > marker.txt"))[:6]
"""Ends within the arguments of the call."""
BROKEN = {
    "cut": openai_steps.dying(SAID, "rst"),
    "ended without a reason": openai_steps.dying(SAID, "eof"),
    "DONE without a reason": openai_steps.dying([*SAID, openai_steps.DONE], "eof"),
    "error": openai_steps.dying([*SAID, openai_steps.data({"error": {"message": "down"}})], "eof"),
    "half a call": openai_steps.dying([*HALF_A_CALL, openai_steps.chunk("tool_calls")], "eof"),
    "half a call, cut": openai_steps.dying(HALF_A_CALL, "rst"),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_an_answer_that_breaks_off_is_given_again_by_another_endpoint(
    how: str, claude: ClaudeCode, stage: Stage, tmp_path: Path
) -> None:
    async with openai(stage) as upstream, ScriptedUpstream("A") as second:
        openai_steps.chat(upstream, BROKEN[how])
        second.script(steps.tool_loop(COMMAND, FINAL))
        await stage.program.add_endpoint("A", second.base_url, priority=2)
        try:
            run = await stage.work(claude, tmp_path / "home")
        finally:
            await stage.program.remove_endpoint("A")

    assert run.finished, str(run.claude)
    assert run.asked("O") == 1
    assert not run.cut_silently


async def test_a_call_that_the_limit_cut_short_is_not_run_as_it_stands(
    claude: ClaudeCode, stage: Stage, tmp_path: Path
) -> None:
    async with openai(stage) as upstream:
        openai_steps.chat(
            upstream,
            openai_steps.dying(
                [*HALF_A_CALL, openai_steps.chunk("length"), openai_steps.counts()], "eof"
            ),
            openai_steps.tool_loop(COMMAND, FINAL),
        )

        run = await stage.work(claude, tmp_path / "home")

    assert run.marker in {None, "finished"}, str(run.claude)
