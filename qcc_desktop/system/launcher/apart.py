"""Starts programs that live on when this one ends."""

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

NEW_CONSOLE = 0x00000010
NO_WINDOW = 0x08000000
DETACHED = 0x00000008 | 0x00000200
"""Process creation flags (winbase.h): a console of its own, none for a console program, and
none at all with no Ctrl-C of ours."""


def start_apart(
    words: str | Sequence[str],
    environ: Mapping[str, str],
    *,
    folder: Path | None = None,
    flags: int,
    stderr: int | IO[bytes] = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":
    """Start a program on its own; ``flags`` are Windows' creation flags.

    With `NEW_CONSOLE` its standard streams are that console's. A thread waits for its end, for
    nobody else does and the system would keep its entry.

    Raises:
        OSError: it cannot be started.
    """
    streams: dict[str, Any] = {}
    if flags != NEW_CONSOLE or os.name != "nt":
        quiet = subprocess.DEVNULL
        streams = {"stdin": quiet, "stdout": quiet, "stderr": stderr}
    process = subprocess.Popen(  # noqa: S603 - the user asked for this program
        words if isinstance(words, str) else list(words),
        cwd=folder,
        env=dict(environ),
        **streams,
        **({"creationflags": flags} if os.name == "nt" else {"start_new_session": True}),
    )
    threading.Thread(target=process.wait, name="wait for its end", daemon=True).start()
    return process
