"""Terminals on macOS: everything runs a script, whose quoting a real shell checks."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qcc_desktop.system.launcher.macos import TERMINALS, installed, named, others, script_text
from qcc_desktop.system.launcher.terminals import Terminal
from tests.helpers.hostile import ARGUMENTS, FOLDERS

SCRIPT = '/Users/王 "x"/Library/it\'s/launch-1.command'
COMMAND = ("/Applications/QCC Desktop.app/Contents/MacOS/qcc", "launch", "--ticket", "/a 'b'")
SHELLS = [shell for shell in ("sh", "dash", "bash", "zsh") if shutil.which(shell)]


@pytest.mark.parametrize("terminal", TERMINALS, ids=lambda terminal: terminal.id)
def test_every_terminal_gets_the_script_as_a_word_of_its_own(terminal: Terminal) -> None:
    opening = named(terminal.id, COMMAND, "/", SCRIPT)

    assert opening is not None
    assert opening.words[0] == "open"
    assert opening.words[-1] == SCRIPT
    assert "osascript" not in opening.words


def test_the_persons_default_comes_first_and_terminal_second() -> None:
    assert [each.words for each in others(SCRIPT)] == [
        ("open", SCRIPT),
        ("open", "-a", "Terminal", SCRIPT),
    ]


def test_an_own_command_gets_the_words_themselves() -> None:
    opening = named("/opt/term --run {command}", COMMAND, "/", SCRIPT)

    assert opening is not None
    assert opening.words == ("/opt/term", "--run", *COMMAND)


def test_terminals_are_found_by_their_applications() -> None:
    there = Path("/Users/a/Applications/iTerm.app"), Path("/Applications/Ghostty.app")

    found = installed(Path("/Users/a"), lambda path: path in there)

    assert [terminal.id for terminal in found] == ["iterm2", "ghostty"]


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_a_parser_of_its_own_finds_the_words_again(argument: str) -> None:
    line = script_text("/", ("a", argument)).splitlines(keepends=True)[2:]

    assert shlex.split("".join(line)) == ["cd", "--", "/", "&&", "exec", "a", argument]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_runs_the_words_in_the_folder_and_is_gone(shell: str, tmp_path: Path) -> None:
    for number, name in enumerate(FOLDERS):
        folder = tmp_path / str(number) / name
        folder.mkdir(parents=True)
        script = folder / f"{name}.command"
        told = (sys.executable, "-c", _TELL, *ARGUMENTS)
        script.write_text(script_text(str(folder), told), encoding="utf-8")

        done = subprocess.run([shell, str(script)], capture_output=True, check=True)

        assert done.stdout.decode().split("\0") == [str(folder), *ARGUMENTS]
        assert not script.exists()


_TELL = "import os, sys; sys.stdout.write(chr(0).join([os.getcwd(), *sys.argv[1:]]))"
