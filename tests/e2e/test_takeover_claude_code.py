"""The real Claude Code finds the proxy through its own settings alone."""

import asyncio
from pathlib import Path

import pytest

from tests.helpers import steps
from tests.helpers.claude_code import ClaudeCode
from tests.helpers.program import Cli, Serve
from tests.helpers.sse import Text
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


async def test_claude_code_started_by_hand_is_answered_through_the_proxy(
    claude: ClaudeCode, home: Path, qcc_home: Path
) -> None:
    cli = Cli(qcc_home)
    settings = home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(
        '{"env": {"ANTHROPIC_API_KEY": "sk-old"}, "apiKeyHelper": "exit 1"}', encoding="utf-8"
    )
    before = settings.read_bytes()

    async with ScriptedUpstream("A") as upstream:
        upstream.script(*[steps.answer(Text("pong"))] * 5)
        add = ("endpoint", "add", "--name", "A", "--base-url", upstream.base_url)
        await asyncio.to_thread(cli.ok, *add, "--api-key-stdin", stdin="sk-key-of-a")
        with Serve(cli):
            await asyncio.to_thread(cli.json, "takeover", "on", "--yes", "--json")
            run = await _ask(claude, home)

    assert run == (0, "pong")
    assert settings.read_bytes() == before


async def _ask(claude: ClaudeCode, home: Path) -> tuple[int | None, str]:
    """Run ``claude -p`` as a person does who has set no variable of ours."""
    environ = claude.environment(home, "", "")
    del environ["ANTHROPIC_BASE_URL"], environ["ANTHROPIC_AUTH_TOKEN"]
    process = await asyncio.create_subprocess_exec(
        *(claude.program, "-p", "say hi"),
        cwd=home,
        env=environ,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(120):
        output, _ = await process.communicate()
    return process.returncode, output.decode().strip()
