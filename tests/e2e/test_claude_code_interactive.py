"""A person's way: launch Claude Code in a terminal window, type, read the answer on the screen."""

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from tests.e2e.claude import COMMAND, Stage
from tests.helpers import sse, steps
from tests.helpers.claude_code import ClaudeCode, skip_first_questions
from tests.helpers.screen import Screen
from tests.helpers.tray_program import ROOT
from tests.helpers.upstream import Request, ScriptedUpstream, Step

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(600)]

PROMPT = "Do the whole task, from A to Z"
LAST_KEY = PROMPT[-1]
"""Is nowhere else on the screen: seen there, the prompt was taken, and Return is no part of it."""
ANSWER = "Done-exactly-as-asked."
ANSWER_PARTS = ("exactly", "asked")
"""Either tells that the answer is there: what is drawn over a like character leaves that out."""
READY = "❯"
HOSTILE = 'it\'s "我的 项目" & 100% $HOME (a)'
"""A folder's name with a blank, quotes, Chinese and what shells and cmd.exe act on."""
_DEADLINE_S = 120.0


def one_word_loop(request: Request) -> Step:
    """Ask for Bash once, then say the word; whatever else is asked (a title) gets the word too."""
    if b'"Bash"' in request.body and b'"tool_result"' not in request.body:
        return steps.answer(sse.bash(COMMAND))
    return steps.answer(sse.Text(ANSWER, pieces=1))


async def shown(log: Path, *wanted: str) -> None:
    """Wait until the terminal has drawn one of ``wanted``."""
    async with asyncio.timeout(_DEADLINE_S):
        while not _holds(await asyncio.to_thread(drawn, log), wanted):  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # xterm tells nobody that it has drawn


def _holds(text: str, wanted: tuple[str, ...]) -> bool:
    return any(one in text for one in wanted)


def drawn(log: Path) -> str:
    """Return all that the terminal has drawn so far, with its control sequences."""
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


async def typed(screen: Screen, window: str, log: Path) -> None:
    """Type the prompt; keys that come while the program draws itself anew may be lost."""
    for _ in range(4):
        before = drawn(log).count(LAST_KEY)
        await screen.xdotool("windowfocus", "--sync", window, "type", "--delay", "20", PROMPT)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(20):
                while drawn(log).count(LAST_KEY) <= before:  # noqa: ASYNC110 - as in `shown`
                    await asyncio.sleep(0.1)
            return
        await screen.xdotool("key", "ctrl+u")
    raise AssertionError(f"the prompt never stood in the window: {drawn(log)}")


async def answered(screen: Screen, window: str, log: Path) -> None:
    """Press Return and wait for the answer; the key, too, may be lost while focus moves."""
    for _ in range(4):
        await screen.xdotool("windowfocus", "--sync", window, "key", "Return")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(30):
                return await shown(log, *ANSWER_PARTS)
    raise AssertionError(f"the prompt was never answered: {drawn(log)[-2000:]}")


@pytest.mark.parametrize("name", ["work", HOSTILE], ids=["plain", "hostile"])
async def test_a_prompt_typed_into_a_launched_terminal_is_answered_despite_a_dying_endpoint(
    claude: ClaudeCode, stage: Stage, screen: Screen, tmp_path: Path, name: str
) -> None:
    work, log = tmp_path / name, tmp_path / "terminal.log"
    work.mkdir()
    skip_first_questions(tmp_path, work)
    stage.second.script(steps.by_request(one_word_loop))
    variables = {
        "HOME": str(tmp_path),
        "PATH": f"{claude.program.parent}{os.pathsep}{os.environ['PATH']}",
        "TERMINAL": f"xterm -u8 -fa Monospace -fs 10 -geometry 120x40 -l -lf {log}",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
    }

    async with ScriptedUpstream("A") as first, stage.first(first.base_url):
        first.script(steps.FAILURES["529"]())
        launch = ("launch", str(work), "--", "--allowedTools", "Bash")
        await stage.program.command(*launch, variables=variables)
        await shown(log, READY)
        # The newest: the one of the run before may still be closing.
        found = await screen.xdotool("search", "--onlyvisible", "--class", "xterm")
        window = found.split()[-1]
        await typed(screen, window, log)
        await answered(screen, window, log)
        kind = "hostile" if name == HOSTILE else "plain"
        pictures = ROOT / "build"
        pictures.mkdir(exist_ok=True)
        await screen.picture(pictures / f"claude-code-{claude.version}-{kind}.png")
        await screen.xdotool("windowclose", window)

    assert (work / "marker.txt").read_text().strip() == "finished"
    assert first.messages
    assert "API Error" not in drawn(log)
    # Word by word: 2.1.197 moves the cursor instead of drawing blanks.
    assert all(word in drawn(log) for word in name.split())
