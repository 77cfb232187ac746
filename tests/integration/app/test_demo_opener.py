"""The demo beside the program: a process of its own, started once, watched while it starts."""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from qcc_desktop.app.demo_opener import DemoOpener
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.paths import paths_below

_WAIT_S = 20.0


def program(directory: Path, code: str) -> Sequence[str]:
    """Words that start a stand-in, which gets the words that follow."""
    file = directory / "stand_in.py"
    file.write_text(code, encoding="utf-8")
    return (sys.executable, str(file))


async def test_it_starts_the_command_once_while_it_runs(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    code = (
        "import sys\n"
        f"open({str(notes)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
        f"while not __import__('os').path.exists({str(tmp_path / 'end')!r}):\n"
        "    __import__('time').sleep(0.02)\n"
    )
    words = program(tmp_path, code)
    opener = DemoOpener(paths_below(tmp_path), words=lambda: words, environ=os.environ, sure_s=0.5)
    try:
        await opener.open()
        async with asyncio.timeout(_WAIT_S):
            while not notes.exists():  # noqa: ASYNC110 - another process, no event to wait for
                await asyncio.sleep(0.02)
        assert opener.is_open
        await opener.open()
        assert notes.read_text(encoding="utf-8") == "demo\n"
    finally:
        (tmp_path / "end").touch()
        async with asyncio.timeout(_WAIT_S):
            while opener.is_open:  # noqa: ASYNC110 - another process, no event to wait for
                await asyncio.sleep(0.02)


async def test_one_that_ends_at_once_says_why(tmp_path: Path) -> None:
    words = program(tmp_path, "raise SystemExit('There is no screen.')")
    opener = DemoOpener(paths_below(tmp_path), words=lambda: words, environ=os.environ)

    with pytest.raises(UserFacingError) as caught:
        async with asyncio.timeout(_WAIT_S):
            await opener.open()

    assert caught.value.title == "The demo could not be opened."
    assert caught.value.hint == "There is no screen."
    assert not opener.is_open


async def test_one_that_is_quit_at_once_is_no_fault(tmp_path: Path) -> None:
    words = program(tmp_path, "")
    opener = DemoOpener(paths_below(tmp_path), words=lambda: words, environ=os.environ)

    async with asyncio.timeout(_WAIT_S):
        await opener.open()

    assert not opener.is_open


async def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    opener = DemoOpener(paths_below(tmp_path), words=lambda: (str(tmp_path / "gone"),))

    with pytest.raises(UserFacingError):
        await opener.open()
