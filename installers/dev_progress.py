"""Shows on one line of a terminal how far an installation is; elsewhere it stays silent.

pip and apt-get take half a minute or more. Their own output is too much to read and no output
at all looks like a program that hangs, so a person sees the seconds and what is done now:

    Installing the project and its tools (about half a minute)
      12 s  downloading pyside6_essentials (14 found)

Where nobody looks (CI, a pipe) nothing but what went wrong is written.
"""

import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

_TICK_S = 0.25
_LINES_OF_A_FAILURE = 20
_ERASE = "\r\x1b[K"

Stage = Callable[[str], str]
"""Turns one line of a command's output into what it does now; empty: nothing new."""


def run(
    command: Sequence[str],
    *,
    stage: Stage,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    screen: IO[str] | None = None,
) -> None:
    """Runs a command to its end, showing seconds and stage on ``screen`` if it is a terminal.

    Raises:
        subprocess.CalledProcessError: the command failed; the end of its output was shown.
    """
    screen = screen or sys.stderr
    shown = _Line(screen) if screen.isatty() else None
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in _each_line(process):
            lines = [*lines, line][-_LINES_OF_A_FAILURE:] if line else lines
            if shown is not None:
                shown.draw(stage(line))
    if shown is not None:
        shown.close()
    if process.returncode:
        screen.write("\n".join(lines) + "\n")
        raise subprocess.CalledProcessError(process.returncode, list(command))


class PipStage:
    """What `pip install` does now, with the number of packages found so far."""

    def __init__(self) -> None:
        self._found = 0

    def __call__(self, line: str) -> str:
        """Reads one line of pip's output."""
        verb, _, rest = line.strip().partition(" ")
        self._found += verb in {"Collecting", "Processing"}
        what = Path(rest.split(" ")[0]).name.split("-")[0].split("==")[0].split("<")[0]
        found = f"({self._found} found)"
        match verb:
            case "Collecting" | "Processing" | "Using":
                return f"looking up packages {found}"
            case "Downloading":
                return f"downloading {what.lower()} {found}"
            case "Building" | "Preparing":
                return "preparing the project"
            case "Installing" if rest.startswith("collected"):
                return f"installing {self._found} packages"
        return ""


def apt_stage(line: str) -> str:
    """What `apt-get` does now."""
    verb, _, rest = line.strip().partition(" ")
    words = {"Get:": "downloading", "Unpacking": "unpacking", "Setting": "setting up"}
    doing = next((doing for start, doing in words.items() if verb.startswith(start)), "")
    if not doing:
        return ""
    what = rest.removeprefix("up ").split(" ")[0]
    return "downloading" if doing == "downloading" else f"{doing} {what.split(':')[0]}"


def _each_line(process: subprocess.Popen[str]) -> Iterator[str]:
    """Yields the lines of a process as they come, and an empty one at each tick without any."""
    came: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        for line in process.stdout or ():
            came.put(line.rstrip())
        came.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = came.get(timeout=_TICK_S)
        except queue.Empty:
            yield ""
            continue
        if line is None:
            return
        yield line


class _Line:
    """One line of a terminal that is written again and again, and gone at the end."""

    def __init__(self, screen: IO[str]) -> None:
        self._screen = screen
        self._began_s = time.monotonic()
        self._stage = "starting"
        self._width = shutil.get_terminal_size().columns

    def draw(self, stage: str) -> None:
        """Writes the seconds and the newest stage."""
        self._stage = stage or self._stage
        text = f"{self._seconds():5.0f} s  {self._stage}"
        self._screen.write(_ERASE + text[: self._width - 1])
        self._screen.flush()

    def close(self) -> None:
        """Puts the time it took in its place."""
        self._screen.write(f"{_ERASE}{self._seconds():5.0f} s  done\n")
        self._screen.flush()

    def _seconds(self) -> float:
        return time.monotonic() - self._began_s
