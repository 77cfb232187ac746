"""A real terminal window on a real screen, with a program that stands for Claude Code."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.program import COMMAND, Cli, Serve
from tests.helpers.screen import Screen, missing_programs

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        sys.platform != "linux" or bool(missing_programs()), reason="needs Xvfb and its tools"
    ),
]
_DEADLINE_S = 40.0


class Desk:
    """A home, a folder to work in and a stand-in that tells through a pipe what it was given."""

    def __init__(self, directory: Path, home: Path, screen: Mapping[str, str]) -> None:
        self.folder = directory / "my project"
        self.folder.mkdir()
        self._pipe = directory / "seen"
        if sys.platform != "win32":
            os.mkfifo(self._pipe)
        self._script = directory / "bin" / "claude"
        self._script.parent.mkdir()
        self.screen_log = directory / "screen.log"
        path = f"{self._script.parent}{os.pathsep}{os.environ['PATH']}"
        terminal = f"xterm -l -lf {self.screen_log}"
        self.cli = Cli(home, {**screen, "PATH": path, "TERMINAL": terminal})

    def stand_in(self, ending: str) -> None:
        """Make the stand-in: it tells what it sees and then does ``ending`` (Python)."""
        self._script.write_text(
            f"#!{sys.executable}\n"
            "import json, os, sys, time\n"
            "seen = {'args': sys.argv[1:], 'cwd': os.getcwd(), 'env': dict(os.environ),\n"
            "        'tty': os.isatty(0), 'pid': os.getpid()}\n"
            f"open({str(self._pipe)!r}, 'w').write(json.dumps(seen))\n"
            f"{ending}\n"
        )
        self._script.chmod(0o755)

    async def launch(self, *args: str) -> dict[str, Any]:
        """Run ``launch`` and return what the stand-in saw."""
        launching = await asyncio.create_subprocess_exec(
            *COMMAND, "launch", str(self.folder), *args, env=dict(self.cli.environ)
        )
        async with asyncio.timeout(_DEADLINE_S):
            seen: dict[str, Any] = json.loads(await asyncio.to_thread(self._pipe.read_text))
            assert await launching.wait() == 0
        return seen


async def test_claude_code_opens_in_a_window_through_the_proxy(
    tmp_path: Path, qcc_home: Path
) -> None:
    async with Screen() as screen:
        desk = Desk(tmp_path, qcc_home, screen.variables)
        desk.stand_in("time.sleep(600)")
        with Serve(desk.cli):
            seen = await desk.launch("--", "--resume")
            wanted = desk.cli.json("env", "--json")
            window = await screen.xdotool("search", "--onlyvisible", "--class", "xterm")
            words = (Path("/proc") / str(seen["pid"]) / "cmdline").read_text()
            os.kill(seen["pid"], 9)

    assert window
    assert seen["tty"] is True
    assert seen["cwd"] == str(desk.folder)
    assert seen["args"] == ["--resume"]
    assert {name: seen["env"][name] for name in wanted} == wanted
    assert wanted["ANTHROPIC_AUTH_TOKEN"] not in words


async def test_the_window_stays_and_says_why_when_claude_code_ends_at_once(
    tmp_path: Path, qcc_home: Path
) -> None:
    async with Screen() as screen:
        desk = Desk(tmp_path, qcc_home, screen.variables)
        desk.stand_in("print('cannot find my node', flush=True); sys.exit(3)")
        with Serve(desk.cli):
            await desk.launch()
            window = await screen.xdotool("search", "--onlyvisible", "--class", "xterm")
            shown = await _shown(desk.screen_log, "Press Enter")
            await screen.xdotool("windowfocus", "--sync", window, "key", "Return")
            await _gone(screen, window)

    assert "cannot find my node" in shown
    assert "Claude Code ended at once with code 3" in shown


async def _shown(log: Path, wanted: str) -> str:
    """Return what the terminal shows once ``wanted`` is among it."""
    async with asyncio.timeout(_DEADLINE_S):
        while wanted not in (text := await asyncio.to_thread(_read, log)):  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # xterm tells nobody that it has written its log
    return text


def _read(log: Path) -> str:
    return log.read_text() if log.exists() else ""


async def _gone(screen: Screen, window: str) -> None:
    async with asyncio.timeout(_DEADLINE_S):
        while window in await screen.xdotool("search", "--class", ".*"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # X tells nobody who did not ask that a window is gone
