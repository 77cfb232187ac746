"""Starts a command in a terminal window of its own, on each system."""

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import write_private
from qcc_desktop.system.launcher import linux, linux_default, macos, windows
from qcc_desktop.system.launcher.apart import NEW_CONSOLE, start_apart
from qcc_desktop.system.launcher.terminals import Opening, Terminal

_NO_TERMINAL = UserFacingError(
    "No terminal program was found.",
    "Install one (such as xterm), name yours with 'qcc-desktop config set claude.terminal NAME',"
    " or use 'qcc-desktop launch --here'.",
)
_PLATFORM: str = sys.platform
_SETTLE_S = 1.0
"""A terminal that cannot start says so within this time."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a window runs, and the person's wish: the option's text, or a terminal for this time."""

    command: tuple[str, ...]
    folder: Path
    chosen: str = ""
    only: str = ""
    """This terminal and no other; empty: any that can be opened, `chosen` first."""


def open_window(window: Window, environ: Mapping[str, str], home: Path, private_dir: Path) -> str:
    """Run the command in a new terminal window; return the terminal's name. Blocks.

    Raises:
        UserFacingError: no terminal could be opened.
    """
    openings = _openings(window, environ, home, private_dir)
    if not openings:
        raise _NO_TERMINAL
    for opening in openings:
        if _start(opening, window.folder, environ):
            return opening.name
    raise UserFacingError(
        f"{window.only or 'The terminal'} could not be opened.",
        "Use 'qcc-desktop launch --here' in a terminal.",
    )


def installed_terminals(environ: Mapping[str, str], home: Path) -> tuple[Terminal, ...]:
    """Return the known terminals of this computer. Blocks."""
    which = partial(shutil.which, path=environ.get("PATH"))
    if os.name == "nt":
        return windows.installed(environ, which)
    if _PLATFORM == "darwin":
        return macos.installed(home)
    return linux.installed(which)


def _openings(
    window: Window, environ: Mapping[str, str], home: Path, private_dir: Path
) -> tuple[Opening, ...]:
    named, others, preferred = _system(window, environ, home, private_dir)
    if window.only:
        opening = named(window.only)
        if opening is None:
            raise _unknown(window.only, installed_terminals(environ, home))
        return (opening,)
    wanted = [named(text) for text in (window.chosen, *preferred) if text.strip()]
    return (*(opening for opening in wanted if opening is not None), *others)


def _system(
    window: Window, environ: Mapping[str, str], home: Path, private_dir: Path
) -> tuple[Callable[[str], Opening | None], tuple[Opening, ...], tuple[str, ...]]:
    """Return this system's way to open a named terminal, the others, and the person's own."""
    command, folder = window.command, str(window.folder)
    if os.name == "nt":
        known = installed_terminals(environ, home)
        named = partial(windows.named, terminals=known, command=command, folder=folder)
        return named, windows.others(command), ()
    if _PLATFORM == "darwin":
        script = str(_script(private_dir, window))
        named = partial(macos.named, command=command, folder=folder, script=script)
        return named, macos.others(script), ()
    linux.check_screen(environ)
    which = partial(shutil.which, path=environ.get("PATH"))
    named = partial(linux.named, command=command, folder=folder, which=which)
    others = linux.others(command, folder, which)
    preferred = linux_default.preferred_terminals(environ, home)
    return named, others, preferred


def _unknown(name: str, known: Sequence[Terminal]) -> UserFacingError:
    ids = ", ".join(terminal.id for terminal in known) or "none"
    return UserFacingError(
        f"There is no terminal {name!r} on this computer.", f"Those that were found: {ids}."
    )


def _script(directory: Path, window: Window) -> Path:
    file = directory / f"launch-{secrets.token_hex(8)}.command"
    write_private(file, macos.script_text(str(window.folder), window.command).encode())
    file.chmod(0o700)
    return file


def _start(opening: Opening, folder: Path, environ: Mapping[str, str]) -> bool:
    """Start and watch for a moment; True unless it failed to start or ended with a failure."""
    words = windows.line_of(opening.words) if os.name == "nt" else opening.words
    if _PLATFORM == "linux":
        environ = linux.speaking_utf8(environ)
    try:
        process = start_apart(words, environ, folder=folder, flags=NEW_CONSOLE)
    except OSError:
        return False
    with contextlib.suppress(subprocess.TimeoutExpired):
        return process.wait(_SETTLE_S) == 0
    return True
