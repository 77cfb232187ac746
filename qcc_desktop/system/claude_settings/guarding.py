"""Keeps a guard beside the program, which gives Claude Code's settings back if the program dies.

Claude Code whose settings lead to a dead port tries again for minutes, with ``-p`` in silence, so
the settings must not wait for the next start. What the guard itself does: `guard`.
"""

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

from qcc_desktop.system.claude_settings import guard
from qcc_desktop.system.launcher.apart import DETACHED
from qcc_desktop.system.own_program import console_program

_log = logging.getLogger(__name__)
_GOODBYE = b"."
_END_S = 2.0
_RESTS_S = (0.0, 1.0, 5.0)
"""Before each guard that replaces one which died; then no more."""
_STEADY_S = 60.0
"""A guard that lived as long as this has the count begin anew."""


class Guard:
    """At most one guard process at a time; every method may be called in any thread. Blocks."""

    def __init__(
        self,
        words: Sequence[str],
        environ: Mapping[str, str],
        *,
        rests_s: Sequence[float] = _RESTS_S,
    ) -> None:
        self._words = tuple(words)
        self._environ = environ
        self._rests_s = tuple(rests_s)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._over = threading.Event()
        self._watcher: threading.Thread | None = None

    def stand(self) -> None:
        """Have a guard from now on; one that dies is replaced. Twice does nothing.

        It never fails: the takeover is better unguarded than not there.
        """
        with self._lock:
            if self._watcher is not None and self._watcher.is_alive():
                return
            self._over = threading.Event()
            self._process = process = self._start()
            if process is None:
                return
            self._watcher = threading.Thread(
                target=self._watch, args=(process, self._over), name="watch the guard", daemon=True
            )
            self._watcher.start()

    def dismiss(self) -> None:
        """Say goodbye to the guard and wait for its end; no error when there is none."""
        with self._lock:
            self._over.set()
            process, self._process = self._process, None
            watcher, self._watcher = self._watcher, None
        if process is None or watcher is None:
            return
        _send_away(process)
        watcher.join(_END_S)
        if watcher.is_alive():
            process.kill()
            watcher.join(_END_S)

    def _start(self) -> "subprocess.Popen[bytes] | None":
        try:
            return _started(self._words, self._environ)
        except OSError as error:
            _log.warning("Claude Code's settings have no guard: %s", error.strerror or error)
            return None

    def _watch(self, process: "subprocess.Popen[bytes] | None", over: threading.Event) -> None:
        """Wait for the guard's end, and replace it if it was not sent away."""
        deaths = 0
        while process is not None:
            began_s = time.monotonic()
            process.wait()
            if over.is_set():
                return
            _close(process)
            deaths = 1 if time.monotonic() - began_s > _STEADY_S else deaths + 1
            if deaths > len(self._rests_s):
                _log.warning("The guard of Claude Code's settings died %d times", deaths)
                return
            if over.wait(self._rests_s[deaths - 1]):
                return
            with self._lock:
                if over.is_set():
                    return
                self._process = process = self._start()


def guard_words(environ: Mapping[str, str], *, is_frozen: bool | None = None) -> tuple[str, ...]:
    """Return the command of this process's guard, which runs ``restore --after`` if need be.

    An AppImage is named by its file, for what it is mounted at goes with the program (AppImage,
    "Environment variables").
    """
    is_frozen = bool(getattr(sys, "frozen", False)) if is_frozen is None else is_frozen
    python = sys.executable
    if is_frozen:
        program: tuple[str, ...] = (console_program(environ=environ),)
        watching: tuple[str, ...] = (*program, guard.GUARD)
    else:
        program = (python, "-m", "qcc_desktop")
        watching = (python, "-I", "-S", guard.__file__)
    return (*watching, *program, "restore", "--after", str(os.getpid()))


def _started(words: Sequence[str], environ: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Start a guard that shares nothing with us but the pipe: no terminal, no lock, no socket."""
    apart: dict[str, Any] = {"start_new_session": True}
    if os.name == "nt":
        apart = {"creationflags": DETACHED}
    return subprocess.Popen(  # noqa: S603 - our own program
        list(words),
        env=dict(environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        close_fds=True,
        **apart,
    )


def _send_away(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.write(_GOODBYE)
    _close(process)


def _close(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
