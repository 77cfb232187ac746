"""Runs Claude Code in this terminal."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.command import ClaudeCommand

EARLY_S = 10.0
"""A failure within this time is one of starting, which the user must be able to read."""


def run_here(
    command: ClaudeCommand,
    words: Sequence[str],
    folder: Path,
    *,
    on_early_failure: Callable[[int], None] | None = None,
) -> int:
    """Run ``words`` in this terminal until it ends; return its exit code. Blocks.

    Ctrl-C belongs to Claude Code while it runs. ``on_early_failure`` is called with the exit
    code when it failed within `EARLY_S`.

    Raises:
        UserFacingError: it cannot be started.
    """
    began_s = time.monotonic()
    with _interrupts_left_to_child():
        try:
            done = subprocess.run(  # noqa: S603 - the user asked for this program
                list(words), cwd=folder, env=dict(command.environment), check=False
            )
        except OSError as error:
            raise UserFacingError(
                f"{words[0]} cannot be started: {error.strerror or error}.",
                "Check that Claude Code is installed well: claude --version.",
            ) from error
    if done.returncode and on_early_failure and time.monotonic() - began_s < EARLY_S:
        on_early_failure(done.returncode)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


@contextlib.contextmanager
def _interrupts_left_to_child() -> Iterator[None]:
    """Outlive Ctrl-C (and Ctrl-backslash), which the terminal sends to both processes.

    A handler that does nothing, not SIG_IGN, for the child would inherit that.
    """
    names = ["SIGINT"] + (["SIGQUIT"] if sys.platform != "win32" else [])
    before = [
        (getattr(signal, name), signal.signal(getattr(signal, name), lambda *_: None))
        for name in names
    ]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
