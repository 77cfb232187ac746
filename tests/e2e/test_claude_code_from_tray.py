"""A person's first way: the tray's menu, a folder, a prompt typed, the answer; later, going on."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.test_claude_code_interactive import (
    ANSWER_PARTS,
    PROMPT,
    READY,
    answered,
    drawn,
    one_word_loop,
    shown,
    typed,
)
from tests.helpers import steps
from tests.helpers.claude_code import ClaudeCode, skip_first_questions
from tests.helpers.screen import Screen
from tests.helpers.sni_watcher import MenuEntry, SniItem, SniWatcher
from tests.helpers.tray_program import ROOT, TrayProgram
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="driven under Xvfb"),
]
PICKER = "Launch Claude Code in this folder"


@dataclass
class Person:
    """Sits before the screen: uses the tray's menu, the keyboard and what terminals show."""

    screen: Screen
    item: SniItem
    program: TrayProgram
    log: Path

    async def choose(self, entry: str) -> None:
        """Click an entry of the tray's menu, once it is there and can be clicked."""
        async with asyncio.timeout(60):
            while (found := await self._clickable(entry)) is None:  # noqa: ASYNC110
                await asyncio.sleep(0.05)  # the panel has no event for it
        await self.item.choose(found)

    async def _clickable(self, text: str) -> MenuEntry | None:
        entries = (await self.item.menu()).walk()
        return next((one for one in entries if text in one.label and one.is_enabled), None)

    async def pick(self, folder: Path) -> None:
        """Type a folder into the picker that has opened."""
        picker = await self.screen.xdotool("search", "--sync", "--onlyvisible", "--name", PICKER)
        window = picker.split()[-1]
        await self.screen.xdotool("windowfocus", "--sync", window)
        await self.screen.xdotool("type", "--delay", "20", str(folder))
        await self.screen.xdotool("key", "Return")

    async def terminal(self) -> str:
        """Return the window of the newest terminal, once Claude Code waits for a prompt in it."""
        await shown(self.log, READY)
        found = await self.screen.xdotool("search", "--onlyvisible", "--class", "xterm")
        return found.split()[-1]

    async def close(self, window: str) -> None:
        """Close a terminal and forget what it showed."""
        await self.screen.xdotool("windowclose", window)
        self.log.unlink()


def variables_of(claude: ClaudeCode, home: Path, log: Path) -> Mapping[str, str]:
    return {
        "PATH": f"{claude.program.parent}{os.pathsep}{os.environ['PATH']}",
        "TERMINAL": f"xterm -u8 -fa Monospace -fs 10 -geometry 120x40 -l -lf {log}",
        "HOME": str(home),
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
    }


@pytest_asyncio.fixture(loop_scope="session")
async def person(claude: ClaudeCode, screen: Screen, tmp_path: Path) -> AsyncIterator[Person]:
    """A person, the program with its icon on a panel, and no window yet."""
    log = tmp_path / "terminal.log"
    async with SniWatcher() as panel:
        ours = variables_of(claude, tmp_path, log)
        program = TrayProgram(tmp_path, {**screen.variables, **panel.variables, **ours})
        await program.command("config", "set", "claude.arguments", "--allowedTools Bash")
        async with program:
            yield Person(screen, await panel.item(), program, log)
        assert program.complaints() == []


async def test_launched_from_the_menu_answered_despite_a_dying_endpoint_and_continued_from_it(
    claude: ClaudeCode, person: Person, tmp_path: Path
) -> None:
    work = tmp_path / "shop api"
    work.mkdir()
    skip_first_questions(tmp_path, work)
    pictures = ROOT / "build"
    pictures.mkdir(exist_ok=True)

    async with ScriptedUpstream("A") as first, ScriptedUpstream("B") as second:
        first.script(steps.FAILURES["529"]())
        second.script(steps.by_request(one_word_loop))
        await person.program.add_endpoint("A", first.base_url, priority=1)
        await person.program.add_endpoint("B", second.base_url, priority=2)

        await person.choose("Launch Claude Code…")
        await person.pick(work)
        window = await person.terminal()
        await typed(person.screen, window, person.log)
        await answered(person.screen, window, person.log)
        await person.screen.picture(pictures / f"tray-launch-{claude.version}.png")
        await person.close(window)

        await person.choose("Continue last session in shop api")
        window = await person.terminal()
        await shown(person.log, *PROMPT.split()[2:4])  # it may move the cursor over a blank
        await shown(person.log, *ANSWER_PARTS)
        await person.screen.picture(pictures / f"tray-continue-{claude.version}.png")
        seen = drawn(person.log)
        await person.close(window)

    assert (work / "marker.txt").read_text().strip() == "finished"
    assert first.messages
    assert "API Error" not in seen
