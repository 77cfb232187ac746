"""What is the client's own fault reaches it word for word, and no endpoint is blamed for it."""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.e2e.claude import FINAL, Stage
from tests.helpers import steps
from tests.helpers.claude_code import ClaudeCode
from tests.helpers.tray_program import TOKEN
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(600)]

MESSAGES = {
    "invalid request": "messages.1.content.0: this scripted request is invalid",
    "prompt too long": "prompt is too long: 210000 tokens > 200000 maximum",
}
AT_ONCE_S = 0.5
"""A second endpoint or a second try would show; most of it is the machine's load."""


@asynccontextmanager
async def refusing(message: str, stage: Stage) -> AsyncIterator[ScriptedUpstream]:
    """Put an endpoint A in front that refuses every request as invalid; B would answer."""
    stage.second.script(steps.tool_loop("true", FINAL))
    async with ScriptedUpstream("A") as first, stage.first(first.base_url):
        first.script(steps.status(400, "invalid_request_error", message))
        yield first


async def breakers(stage: Stage) -> dict[str, tuple[str, int, str]]:
    found = (await stage.program.page("status"))["endpoints"]
    return {
        each["name"]: (each["breaker"]["state"], each["breaker"]["failures"], each["health"])
        for each in found
    }


UNHARMED = {"A": ("closed", 0, "healthy"), "B": ("closed", 0, "healthy")}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
async def test_a_refused_request_comes_back_verbatim_and_at_once(
    message: str, stage: Stage
) -> None:
    body = {"model": "claude-x", "max_tokens": 9, "messages": [], "stream": True}
    error = {"type": "error", "error": {"type": "invalid_request_error", "message": message}}
    asked_of_second = len(stage.second.messages)

    async with refusing(message, stage) as first, httpx.AsyncClient(trust_env=False) as client:
        began_s = time.perf_counter()
        response = await client.post(
            f"{stage.program.base_url}/v1/messages?beta=true",
            json=body,
            headers={"x-api-key": TOKEN, "x-claude-code-session-id": str(uuid4())},
        )
        duration_s = time.perf_counter() - began_s
        states = await breakers(stage)

        assert (response.status_code, response.content) == (400, json.dumps(error).encode())
        assert response.headers["request-id"] == "req_scripted"
        assert duration_s < AT_ONCE_S
        assert len(first.messages) == 1
        assert len(stage.second.messages) == asked_of_second
        assert states == UNHARMED


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
async def test_claude_code_shows_why_its_request_was_refused(
    message: str, claude: ClaudeCode, stage: Stage, tmp_path: Path
) -> None:
    asked_of_second = len(stage.second.messages)

    async with refusing(message, stage) as first:
        run = await stage.work(claude, tmp_path / "home")
        states = await breakers(stage)

    assert run.claude.exit_code == 1
    assert message.partition(":")[0].lower() in run.claude.output.lower()
    assert first.messages
    assert {answer.status for answer in run.answers} == {400}
    assert len(first.messages) == len(run.answers)
    assert len(stage.second.messages) == asked_of_second
    assert states == UNHARMED
