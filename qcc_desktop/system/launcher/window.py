"""Starts a command in a terminal window of its own, on each system."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher import linux, macos, windows

_SETTLE_S = 1.0
"""A terminal that cannot start says so within this time."""


def open_window(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], *, chosen: str = ""
) -> str:
    """Run ``command`` in a new terminal window in ``folder``; return the terminal's name. Blocks.

    Raises:
        UserFacingError: no terminal could be opened.
    """
    if os.name == "nt":
        windows.open_console(command, folder, environ)
        return "console"
    if sys.platform == "darwin":
        candidates: tuple[tuple[str, ...], ...] = (macos.terminal_command(str(folder), command),)
    else:
        which = partial(shutil.which, path=environ.get("PATH"))
        candidates = linux.terminal_commands(chosen, environ, str(folder), command, which)
    for words in candidates:
        if _start(words, folder, environ):
            return Path(words[0]).name
    raise UserFacingError(
        "The terminal could not be opened.", "Use 'qcc-desktop launch --here' in a terminal."
    )


def _start(words: Sequence[str], folder: Path, environ: Mapping[str, str]) -> bool:
    """Start and watch for a moment; True unless it failed to start or ended with a failure."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the user asked for this program
            list(words),
            cwd=folder,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    with contextlib.suppress(subprocess.TimeoutExpired):
        return process.wait(_SETTLE_S) == 0
    return True
