"""The real Claude Code reaches the proxy, whatever its own settings and the shell say."""

import asyncio
import json
import os
from pathlib import Path

import pytest

from tests.helpers import steps
from tests.helpers.claude_code import ClaudeCode
from tests.helpers.program import COMMAND, InProcess, Serve
from tests.helpers.sse import Text
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(os.name == "nt", reason="as on Unix")]
ELSEWHERE = "http://127.0.0.1:1"
IN_THE_WAY = {
    "ANTHROPIC_BASE_URL": ELSEWHERE,
    "ANTHROPIC_AUTH_TOKEN": "token-of-another-proxy",
    "ANTHROPIC_API_KEY": "sk-key-of-another-proxy",
    "CLAUDE_CODE_USE_BEDROCK": "1",
    "CLAUDE_CODE_USE_VERTEX": "1",
}


async def test_settings_and_variables_that_lead_elsewhere_are_overruled_for_the_launch(
    claude: ClaudeCode,
    home: Path,
    qcc_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cli = InProcess(qcc_home, capsys, monkeypatch)
    settings = home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"env": IN_THE_WAY}))
    before = settings.read_bytes()
    path = f"{claude.program.parent}{os.pathsep}{os.environ['PATH']}"
    environ = os.environ | IN_THE_WAY | {"PATH": path, "HTTPS_PROXY": ELSEWHERE}
    environ |= {"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "DISABLE_AUTOUPDATER": "1"}

    async with ScriptedUpstream("A") as upstream:
        upstream.script(*[steps.answer(Text("pong"))] * 5)
        await asyncio.to_thread(
            cli.ok,
            *("endpoint", "add", "--name", "A", "--base-url", upstream.base_url),
            *("--api-key", "sk-test-key-000000", "--proxy", "direct"),
        )
        with Serve(cli):
            process = await asyncio.create_subprocess_exec(
                *(*COMMAND, "launch", "--here", str(home), "--", "-p", "say pong"),
                env=environ,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            async with asyncio.timeout(60):
                said, complained = await process.communicate()

    assert (process.returncode, said.decode().strip()) == (0, "pong"), complained.decode()
    assert len(upstream.messages) == 1
    assert all(name in complained.decode() for name in IN_THE_WAY)
    assert settings.read_bytes() == before


async def test_a_launch_that_prefers_an_endpoint_reaches_it_with_the_persons_own_headers(
    claude: ClaudeCode,
    home: Path,
    qcc_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cli = InProcess(qcc_home, capsys, monkeypatch)
    settings = home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"env": {"ANTHROPIC_CUSTOM_HEADERS": "X-Team: blue"}}))
    path = f"{claude.program.parent}{os.pathsep}{os.environ['PATH']}"
    environ = os.environ | {"PATH": path, "DISABLE_AUTOUPDATER": "1"}
    environ |= {"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}

    async with ScriptedUpstream("A") as first, ScriptedUpstream("B") as second:
        second.script(*[steps.answer(Text("pong"))] * 5)
        for upstream in (first, second):
            await asyncio.to_thread(
                cli.ok,
                *("endpoint", "add", "--name", upstream.name, "--base-url", upstream.base_url),
                *("--api-key", "sk-test-key-000000", "--proxy", "direct"),
            )
        with Serve(cli):
            words = ("launch", "--here", str(home), "--endpoint", "B", "--", "-p", "say pong")
            process = await asyncio.create_subprocess_exec(
                *(*COMMAND, *words),
                env=environ,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            async with asyncio.timeout(60):
                said, complained = await process.communicate()

    assert (process.returncode, said.decode().strip()) == (0, "pong"), complained.decode()
    assert first.messages == []
    (request,) = second.messages
    assert request.headers_named("x-team") == ["blue"]
    assert request.headers_named("x-qcc-prefer") == []
