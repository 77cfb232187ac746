"""Runs Claude Code in this terminal."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.command import ClaudeCommand
from qcc_desktop.system.launcher.quoting import batch_line

_UTF8_CODE_PAGE = 65001
EARLY_S = 60.0
"""A failure within this time is one of starting, which the user must be able to read: on a busy
computer Claude Code takes more than ten seconds to say that it has no session to go on with."""


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
        UserFacingError: it cannot be started, or not with one of its arguments.
    """
    began_s = time.monotonic()
    with utf8_console(), _interrupts_left_to_child():
        try:
            done = subprocess.run(  # noqa: S603 - the user asked for this program
                batch_start(words), cwd=folder, env=dict(command.environment), check=False
            )
        except OSError as error:
            raise UserFacingError(
                f"{words[0]} cannot be started: {error.strerror or error}.",
                "Check that Claude Code is installed well: claude --version.",
            ) from error
    if done.returncode and on_early_failure and time.monotonic() - began_s < EARLY_S:
        on_early_failure(done.returncode)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def batch_start(words: Sequence[str]) -> str | list[str]:
    """Return what starts ``words``: a batch file on Windows needs cmd.exe, and care. Blocks.

    Raises:
        UnsafeArgumentError: the batch file would change a word.
    """
    if os.name != "nt" or not words[0].lower().endswith((".cmd", ".bat")):
        return list(words)
    try:
        text = Path(words[0]).read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""  # starting it says why
    interpreter = os.environ.get("COMSPEC") or "cmd.exe"
    return batch_line(interpreter, words[0], words[1:], text)


@contextlib.contextmanager
def utf8_console() -> Iterator[None]:
    """Make this console one of UTF-8, as ``chcp 65001`` does; elsewhere the locale decides.

    A console keeps its code page: what is started in it later may speak another, such as 936.
    """
    if sys.platform == "win32":
        kernel32 = ctypes.windll.kernel32
        before = kernel32.GetConsoleCP(), kernel32.GetConsoleOutputCP()
        kernel32.SetConsoleCP(_UTF8_CODE_PAGE)
        kernel32.SetConsoleOutputCP(_UTF8_CODE_PAGE)
        try:
            yield
        finally:
            kernel32.SetConsoleCP(before[0])
            kernel32.SetConsoleOutputCP(before[1])
    else:
        yield


@contextlib.contextmanager
def _interrupts_left_to_child() -> Iterator[None]:
    """Outlive Ctrl-C and Ctrl-backslash or Ctrl-Break, which the terminal sends to both processes.

    A handler that does nothing, not SIG_IGN, for the child would inherit that.
    """
    names = ["SIGINT", "SIGBREAK" if sys.platform == "win32" else "SIGQUIT"]
    before = [
        (getattr(signal, name), signal.signal(getattr(signal, name), lambda *_: None))
        for name in names
    ]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
