"""Opens a terminal window on Linux."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qcc_desktop.core.errors import UserFacingError


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal program and the words before the command it runs; ``{folder}`` is replaced."""

    program: str
    words: tuple[str, ...]


TERMINALS = (
    Terminal("x-terminal-emulator", ("-e",)),
    Terminal("gnome-terminal", ("--working-directory={folder}", "--")),
    Terminal("konsole", ("--workdir", "{folder}", "-e")),
    Terminal("xfce4-terminal", ("--working-directory={folder}", "-x")),
    Terminal("kitty", ("--directory", "{folder}")),
    Terminal("alacritty", ("--working-directory", "{folder}", "-e")),
    Terminal("foot", ("--working-directory={folder}",)),
    Terminal("wezterm", ("start", "--cwd", "{folder}", "--")),
    Terminal("ptyxis", ("--new-window", "--working-directory={folder}", "--")),
    Terminal("mate-terminal", ("--working-directory={folder}", "-x")),
    Terminal("xterm", ("-e",)),
)
"""In the order in which they are tried; the options are those of each program's manual."""


def terminal_commands(
    chosen: str,
    environ: Mapping[str, str],
    folder: str,
    command: Sequence[str],
    which: Callable[[str], str | None],
) -> tuple[tuple[str, ...], ...]:
    """Return the installed terminals' command lines that run ``command``, best first.

    ``chosen`` (the option) and ``$TERMINAL`` may hold a program with options of its own.

    Raises:
        UserFacingError: there is no screen or no terminal.
    """
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        raise UserFacingError(
            "There is no screen to open a terminal on.",
            "Use 'qcc-desktop launch --here' in a terminal.",
        )
    wanted = [text for text in (chosen, environ.get("TERMINAL", "")) if text.strip()]
    found = [_custom(text, folder, command) for text in wanted if which(_words(text)[0])]
    found += [
        _filled(terminal, folder, command) for terminal in TERMINALS if which(terminal.program)
    ]
    if not found:
        raise UserFacingError(
            "No terminal program was found.",
            "Install one (such as xterm), name yours with 'qcc-desktop config set"
            " claude.terminal NAME', or use 'qcc-desktop launch --here'.",
        )
    return tuple(found)


def _custom(text: str, folder: str, command: Sequence[str]) -> tuple[str, ...]:
    words = _words(text)
    name = words[0].rsplit("/", 1)[-1]
    known = next((terminal for terminal in TERMINALS if terminal.program == name), None)
    if known is None:
        return (*words, "-e", *command)
    return (*words, *_filled(known, folder, command)[1:])


def _filled(terminal: Terminal, folder: str, command: Sequence[str]) -> tuple[str, ...]:
    words = (word.format(folder=folder) for word in terminal.words)
    return (terminal.program, *words, *command)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text) or [text]
    except ValueError:
        return [text]
