"""What becomes of Claude Code's settings when the program dies while it is taken over."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.helpers import steps
from tests.helpers.claude_code import ClaudeCode
from tests.helpers.guards import guard_of, guards_of, waited_for, zombies_of
from tests.helpers.program import Cli, Serve
from tests.helpers.sse import Text
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
ORIGINAL = b'{\r\n\t"model": "opus",\r\n\t"env": {"ANTHROPIC_API_KEY": "sk-mine"} // me\r\n}'
_END_S = 30.0

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="sends signals")


@pytest.fixture
def cli(qcc_home: Path) -> Cli:
    return Cli(qcc_home)


@pytest.fixture
def settings(home: Path) -> Path:
    file = home / ".claude" / "settings.json"
    file.parent.mkdir()
    file.write_bytes(ORIGINAL)
    return file


def _take_over(cli: Cli) -> None:
    assert cli.json("takeover", "on", "--yes", "--json")["active"]


def test_a_killed_program_leaves_every_byte_as_it_was_and_the_wish(
    cli: Cli, settings: Path
) -> None:
    with Serve(cli) as program:
        _take_over(cli)
        guard = guard_of(program.process.pid)
        assert settings.read_bytes() != ORIGINAL

        program.process.kill()
        waited_for(lambda: settings.read_bytes() == ORIGINAL)
        guard.wait(_END_S)
    with Serve(cli) as again:
        waited_for(lambda: settings.read_bytes() != ORIGINAL)
        assert guards_of(again.process.pid)
    log = (cli.home / "logs" / "qcc-desktop.log").read_text(encoding="utf-8")

    assert settings.read_bytes() == ORIGINAL
    assert f"The program (process {program.process.pid}) ended without a word" in log


def test_a_broken_configuration_is_not_in_the_guards_way(cli: Cli, settings: Path) -> None:
    with Serve(cli) as program:
        _take_over(cli)
        cli.ok("config", "set", "server.port", "7861")
        (cli.home / "config" / "config.json").write_text("{", encoding="utf-8")

        program.process.kill()

        waited_for(lambda: settings.read_bytes() == ORIGINAL)


def test_a_clean_quit_leaves_no_guard(cli: Cli, settings: Path) -> None:
    with Serve(cli) as program:
        before = guards_of(program.process.pid)
        _take_over(cli)
        guard = guard_of(program.process.pid)

    assert not before
    assert not guard.is_running()
    assert settings.read_bytes() == ORIGINAL
    assert program.process.returncode == 0


def test_switching_the_takeover_off_ends_the_guard(cli: Cli, settings: Path) -> None:
    with Serve(cli) as program:
        _take_over(cli)
        guard = guard_of(program.process.pid)

        cli.json("takeover", "off", "--json")

        assert not guard.is_running()
        assert not guards_of(program.process.pid)
        assert settings.read_bytes() == ORIGINAL


def test_a_guard_that_is_killed_is_replaced_by_one_that_guards(cli: Cli, settings: Path) -> None:
    with Serve(cli) as program:
        _take_over(cli)
        first = guard_of(program.process.pid)

        first.kill()
        waited_for(lambda: bool(set(guards_of(program.process.pid)) - {first}))
        assert not zombies_of(program.process.pid)
        program.process.kill()

        waited_for(lambda: settings.read_bytes() == ORIGINAL)


@posix_only
def test_a_guard_stands_aside_for_a_program_that_was_started_meanwhile(
    cli: Cli, settings: Path
) -> None:
    with Serve(cli) as dead:
        _take_over(cli)
        late = guard_of(dead.process.pid)
        late.suspend()
        dead.process.kill()
    with Serve(cli) as program:
        waited_for(lambda: bool(guards_of(program.process.pid)))
        waited_for(lambda: cli.json("takeover", "status", "--json")["active"])
        led_here = settings.read_bytes()

        late.resume()
        late.wait(_END_S)

        assert settings.read_bytes() == led_here
        assert guard_of(program.process.pid) != late
    assert settings.read_bytes() == ORIGINAL


@posix_only
def test_the_guard_shares_no_terminal_lock_or_socket_and_ignores_ctrl_c(
    cli: Cli, settings: Path
) -> None:
    with Serve(cli) as program:
        _take_over(cli)
        guard = guard_of(program.process.pid)

        guard.send_signal(signal.SIGINT)
        guard.send_signal(signal.SIGHUP)

        assert os.getsid(guard.pid) == guard.pid
        assert not guard.open_files()
        assert not guard.net_connections()
        assert guard.num_fds() == 3
        again = cli("serve", "--port", "0")
        assert "is running already" in again.stderr
        program.process.kill()
        waited_for(lambda: settings.read_bytes() == ORIGINAL)
        guard.wait(_END_S)
    assert not psutil.pid_exists(guard.pid)


async def test_claude_code_is_answered_as_before_when_the_program_was_killed(
    claude: ClaudeCode, home: Path, cli: Cli, settings: Path
) -> None:
    async with ScriptedUpstream("its own") as upstream:
        upstream.script(*[steps.answer(Text("pong"))] * 5)
        env = f'{{"ANTHROPIC_BASE_URL": "{upstream.base_url}", "ANTHROPIC_AUTH_TOKEN": "former"}}'
        before = f'{{"env": {env}}}'.encode()
        await asyncio.to_thread(settings.write_bytes, before)
        with Serve(cli) as program:
            await asyncio.to_thread(_take_over, cli)
            program.process.kill()
            await asyncio.to_thread(waited_for, lambda: settings.read_bytes() == before)

            output = await _ask(claude, home)

    assert output == (0, "pong")
    asked = [each for each in upstream.requests if each.path == "/v1/messages"]
    assert {request.header("authorization") for request in asked} == {"Bearer former"}


async def test_claude_code_without_settings_of_its_own_says_at_once_what_is_missing(
    claude: ClaudeCode, home: Path, cli: Cli
) -> None:
    settings = home / ".claude" / "settings.json"
    with Serve(cli) as program:
        await asyncio.to_thread(_take_over, cli)
        program.process.kill()
        await asyncio.to_thread(waited_for, lambda: not settings.exists())

        code, output = await _ask(claude, home)

    assert code == 1
    assert "login" in output


async def _ask(claude: ClaudeCode, home: Path) -> tuple[int | None, str]:
    """Run ``claude -p`` as a person does who has set no variable; 30 s are no silence yet."""
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
    try:
        async with asyncio.timeout(_END_S):
            output, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        raise
    return process.returncode, output.decode().strip()
