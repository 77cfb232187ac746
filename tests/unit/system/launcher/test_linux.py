"""Terminals on Linux."""

import sys

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.linux import (
    TERMINALS,
    check_screen,
    installed,
    named,
    others,
    speaking_utf8,
)
from qcc_desktop.system.launcher.terminals import Opening, Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="own words are a shell's")
COMMAND = ("qcc-desktop", "launch", "--ticket", "a file")
FOLDER = "/tmp/a b"


def _which(*names: str):  # type: ignore[no-untyped-def] # a test's stand-in
    return lambda name: f"/usr/bin/{name}" if name in names else None


def _named(text: str, *names: str) -> Opening | None:
    return named(text, COMMAND, FOLDER, _which(*names))


def _words(text: str, *names: str) -> tuple[str, ...]:
    opening = _named(text, *names)
    assert opening is not None
    return opening.words


def test_without_a_screen_the_remedy_is_this_terminal() -> None:
    with pytest.raises(UserFacingError, match="--here"):
        check_screen({})
    check_screen({"DISPLAY": ":0"})
    check_screen({"WAYLAND_DISPLAY": "wayland-0"})


@pytest.mark.parametrize("terminal", TERMINALS, ids=lambda terminal: terminal.id)
def test_every_terminal_gets_the_command_word_by_word(terminal: Terminal) -> None:
    (opening,) = others(COMMAND, FOLDER, _which(terminal.program))

    assert opening.words[0] == terminal.program
    assert opening.words[-len(COMMAND) :] == COMMAND
    assert "{" not in " ".join(opening.words)


def test_what_is_not_installed_is_not_offered() -> None:
    assert [each.id for each in installed(_which("kitty", "xterm"))] == ["kitty", "xterm"]
    assert _named("ghostty", "xterm") is None
    assert _named("", "xterm") is None


def test_a_chosen_terminal_keeps_its_own_options() -> None:
    assert _words("xterm -fa Mono", "xterm") == ("xterm", "-fa", "Mono", "-e", *COMMAND)
    assert _words("/opt/my-term --dark", "/opt/my-term") == (
        *("/opt/my-term", "--dark", "-e"),
        *COMMAND,
    )
    assert _words("/opt/kitty -1", "/opt/kitty") == (
        *("/opt/kitty", "-1", "--directory", FOLDER),
        *COMMAND,
    )


def test_an_own_command_says_where_command_and_folder_go() -> None:
    assert _words("st -d {folder} -e {command} ;", "st") == (
        *("st", "-d", FOLDER, "-e"),
        *COMMAND,
        ";",
    )
    assert _words("tmux new-window '{command}'", "tmux") == (
        *("tmux", "new-window"),
        *COMMAND,
    )
    assert _words("screen -X stuff 'cd {folder}; {command}'", "screen")[-1] == (
        "cd /tmp/a b; qcc-desktop launch --ticket 'a file'"
    )


def test_an_unbalanced_quote_in_the_option_is_told() -> None:
    with pytest.raises(UserFacingError, match="no partner"):
        _named("xterm '", "xterm")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"LC_CTYPE": "C.UTF-8"}),
        ({"LANG": "C"}, {"LANG": "C", "LC_CTYPE": "C.UTF-8"}),
        (
            {"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"},
            {"LANG": "de_DE.UTF-8", "LC_CTYPE": "C.UTF-8"},
        ),
        ({"LANG": "zh_CN.GB18030"}, {"LANG": "zh_CN.GB18030", "LC_CTYPE": "C.UTF-8"}),
        ({"LANG": "zh_CN.UTF-8"}, {"LANG": "zh_CN.UTF-8"}),
        ({"LC_ALL": "en_US.utf8"}, {"LC_ALL": "en_US.utf8"}),
        ({"LANG": "sr_RS.UTF-8@latin"}, {"LANG": "sr_RS.UTF-8@latin"}),
    ],
)
def test_a_terminal_speaks_utf8(before: dict[str, str], after: dict[str, str]) -> None:
    assert speaking_utf8(before) == after
