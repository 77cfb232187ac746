"""Terminals on Linux."""

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.linux import TERMINALS, terminal_commands

SCREEN = {"DISPLAY": ":0"}
COMMAND = ("qcc-desktop", "launch", "--here", "a folder")


def _which(*installed: str):  # type: ignore[no-untyped-def] # a test's stand-in
    return lambda name: f"/usr/bin/{name}" if name in installed else None


def _first(chosen: str, environ: dict[str, str], *installed: str) -> tuple[str, ...]:
    return terminal_commands(chosen, environ, "/tmp/a b", COMMAND, _which(*installed))[0]


def test_without_a_screen_the_remedy_is_this_terminal() -> None:
    with pytest.raises(UserFacingError, match="--here"):
        terminal_commands("", {}, "/", COMMAND, _which("xterm"))


def test_without_a_terminal_the_remedy_is_to_name_one() -> None:
    with pytest.raises(UserFacingError, match=r"claude\.terminal"):
        terminal_commands("", SCREEN, "/", COMMAND, _which())


@pytest.mark.parametrize("terminal", TERMINALS, ids=lambda terminal: terminal.program)
def test_every_terminal_gets_the_command_word_by_word(terminal: object) -> None:
    name = str(getattr(terminal, "program", ""))

    words = _first("", SCREEN, name)

    assert words[0] == name
    assert words[-len(COMMAND) :] == COMMAND
    assert "{folder}" not in " ".join(words)


def test_the_option_beats_the_variable_and_the_variable_beats_the_list() -> None:
    environ = SCREEN | {"TERMINAL": "foot"}
    installed = ("xterm", "foot", "kitty", "x-terminal-emulator")

    assert _first("kitty", environ, *installed)[0] == "kitty"
    assert _first("", environ, *installed)[0] == "foot"
    assert _first("", SCREEN, *installed)[0] == "x-terminal-emulator"


def test_a_chosen_terminal_that_is_missing_is_passed_over() -> None:
    assert _first("ghostty", SCREEN, "xterm")[0] == "xterm"


def test_a_chosen_terminal_keeps_its_own_options() -> None:
    assert _first("xterm -fa Mono", SCREEN, "xterm") == ("xterm", "-fa", "Mono", "-e", *COMMAND)
    assert _first("/opt/my-term --dark", SCREEN, "/opt/my-term") == (
        *("/opt/my-term", "--dark", "-e"),
        *COMMAND,
    )
    assert _first("/opt/kitty -1", SCREEN, "/opt/kitty") == (
        *("/opt/kitty", "-1", "--directory", "/tmp/a b"),
        *COMMAND,
    )


def test_an_unbalanced_quote_in_the_option_is_no_crash() -> None:
    assert _first("xterm '", SCREEN, "xterm")[0] == "xterm"


def test_a_wayland_screen_counts() -> None:
    assert _first("", {"WAYLAND_DISPLAY": "wayland-0"}, "foot")[0] == "foot"
