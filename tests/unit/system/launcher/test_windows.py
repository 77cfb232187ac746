"""Terminals on Windows, their words taken apart as each reads them."""

import base64
import shlex

import pytest

from qcc_desktop.system.launcher.quoting import UnsafeArgumentError, split_windows_line
from qcc_desktop.system.launcher.terminals import Terminal
from qcc_desktop.system.launcher.windows import (
    CONSOLE,
    TERMINALS,
    installed,
    line_of,
    named,
    others,
)

COMMAND = ("C:\\Program Files\\QCC; Desktop\\qcc.exe", "launch", "--ticket", "C:\\王 x\\it's.json")
FOLDER = "C:\\a;b"


def _words(terminal_id: str) -> tuple[str, ...]:
    opening = named(terminal_id, TERMINALS, COMMAND, FOLDER)
    assert opening is not None
    return opening.words


def test_windows_terminal_takes_no_semicolon_for_the_end_of_its_command() -> None:
    *head, folder, program, launch, ticket, file = _words("windows-terminal")

    assert head == ["wt.exe", "-w", "new", "new-tab", "-d"]
    assert folder == "C:\\a\\;b"
    assert program == COMMAND[0].replace(";", "\\;")
    assert (launch, ticket, file) == COMMAND[1:]


@pytest.mark.parametrize("shell", ["pwsh", "powershell"])
def test_powershell_gets_an_encoded_call(shell: str) -> None:
    program, *options, encoded = _words(shell)

    assert (program, *options) == (f"{shell}.exe", "-NoLogo", "-EncodedCommand")
    script = base64.b64decode(encoded).decode("utf-16-le")
    assert script == (
        "& 'C:\\Program Files\\QCC; Desktop\\qcc.exe' 'launch' '--ticket' 'C:\\王 x\\it''s.json'"
    )


def test_cmd_gets_one_text_within_quotes_that_it_takes_off() -> None:
    line = line_of(_words("cmd"))

    head, text = line.split(" /c ")
    assert head == "cmd.exe /d /v:off /s"
    assert (text[0], text[-1]) == ('"', '"')
    assert split_windows_line(text[1:-1]) == COMMAND


def test_an_own_command_for_cmd_is_written_the_same_way() -> None:
    opening = named("cmd.exe /k {command}", (), COMMAND, FOLDER)

    assert opening is not None
    if split_windows_line("a b") == ("a", "b"):
        assert line_of(opening.words).startswith('cmd.exe /s /k ""C:\\Program Files')


def test_a_path_that_cmd_would_change_is_refused() -> None:
    opening = named("cmd", TERMINALS, ("C:\\100%\\qcc.exe",), FOLDER)

    assert opening is not None
    with pytest.raises(UnsafeArgumentError, match="100%"):
        line_of(opening.words)


def test_git_bash_gets_a_line_that_its_shell_takes_apart() -> None:
    program, option, line = _words("git-bash")

    assert (program, option) == ("git-bash.exe", "-c")
    assert tuple(shlex.split(line)) == tuple(word.replace("\\", "/") for word in COMMAND)
    assert split_windows_line(line_of((program, option, line))) == (program, option, line)


@pytest.mark.parametrize("terminal", ["wezterm", "alacritty"])
def test_other_terminals_get_the_words_themselves(terminal: str) -> None:
    words = _words(terminal)

    assert words[-len(COMMAND) :] == COMMAND
    assert FOLDER in words


def test_without_a_wish_windows_own_setting_decides() -> None:
    (opening,) = others(COMMAND)

    assert (opening.name, opening.words) == (CONSOLE, COMMAND)


def test_a_known_terminal_that_is_missing_is_no_program_of_that_name() -> None:
    assert named("pwsh", (), COMMAND, FOLDER) is None
    assert named("", (), COMMAND, FOLDER) is None


def test_terminals_are_found_where_their_installers_put_them() -> None:
    environ = {"ProgramFiles": "C:\\P", "LOCALAPPDATA": "C:\\L"}
    there = {"C:\\P\\Git\\git-bash.exe", "C:\\L\\Microsoft\\WindowsApps\\wt.exe", "cmd.exe"}

    found = installed(environ, lambda path: path if path in there else None)

    assert found == (
        Terminal(
            "windows-terminal", "Windows Terminal", ("C:\\L\\Microsoft\\WindowsApps\\wt.exe",)
        ),
        Terminal("cmd", "Command Prompt", ("cmd.exe",)),
        Terminal("git-bash", "Git Bash", ("C:\\P\\Git\\git-bash.exe",)),
    )
