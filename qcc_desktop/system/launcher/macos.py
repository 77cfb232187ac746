"""Terminal windows on macOS.

All of them open a ``.command`` file: ``open FILE`` takes the terminal the person has chosen for
such files (Terminal, unless iTerm2, Ghostty, kitty or Warp were made the default), ``open -a APP
FILE`` a named one. No word passes through AppleScript, and macOS need not ask whether this
program may control the terminal, which it does for each ``osascript``.
"""

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from qcc_desktop.system.launcher.terminals import Opening, Terminal, own_opening

TERMINALS = (
    Terminal("default", "the default terminal", ("open", "{script}")),
    Terminal("terminal", "Terminal", ("open", "-a", "Terminal", "{script}")),
    Terminal("iterm2", "iTerm2", ("open", "-a", "iTerm", "{script}")),
    Terminal("ghostty", "Ghostty", ("open", "-a", "Ghostty", "{script}")),
    Terminal("kitty", "kitty", ("open", "-a", "kitty", "{script}")),
    Terminal("warp", "Warp", ("open", "-a", "Warp", "{script}")),
    Terminal("wezterm", "WezTerm", ("open", "-na", "WezTerm", "--args", "start", "--", "/bin/sh", "{script}")),
    Terminal("alacritty", "Alacritty", ("open", "-na", "Alacritty", "--args", "-e", "/bin/sh", "{script}")),
)  # fmt: skip
"""Terminal.app, iTerm2, Ghostty (its pull request 1316) and kitty (its issue 3366) run such files;
WezTerm and Alacritty do not (alacritty issue 4722) and get it as an argument."""

_APPLICATIONS = {
    "terminal": "/System/Applications/Utilities/Terminal.app",
    "iterm2": "iTerm.app",
    "ghostty": "Ghostty.app",
    "kitty": "kitty.app",
    "warp": "Warp.app",
    "wezterm": "WezTerm.app",
    "alacritty": "Alacritty.app",
}


def installed(home: Path, exists: Callable[[Path], bool] = Path.exists) -> tuple[Terminal, ...]:
    """Return the terminals that are there. Blocks."""
    folders = (Path("/Applications"), home / "Applications")
    return tuple(
        terminal
        for terminal in TERMINALS[1:]
        if any(exists(folder / _APPLICATIONS[terminal.id]) for folder in folders)
    )


def script_text(folder: str, command: Sequence[str]) -> str:
    """Return a script that runs ``command`` in ``folder`` and removes itself as it starts."""
    return f'#!/bin/sh\nrm -f -- "$0"\ncd -- {shlex.quote(folder)} && exec {shlex.join(command)}\n'


def named(text: str, command: Sequence[str], folder: str, script: str) -> Opening | None:
    """Return how the terminal of this text runs ``script``, which runs ``command`` in ``folder``.

    ``text`` is what the option ``claude.terminal`` holds.
    """
    known = next((each for each in TERMINALS if each.id == text.strip().lower()), None)
    return _opening(known, script) if known else own_opening(text, (), command, folder)


def others(script: str) -> tuple[Opening, ...]:
    """Return how macOS itself runs ``script``, then how Terminal does."""
    return tuple(_opening(terminal, script) for terminal in TERMINALS[:2])


def _opening(terminal: Terminal, script: str) -> Opening:
    words = tuple(script if word == "{script}" else word for word in terminal.words)
    return Opening(terminal.name, words)
