"""Runs a command if the program dies without a word: a process of its own, beside the program.

``python -I -S guard.py COMMAND…`` waits at its stdin, a pipe whose only other end the program
holds. A byte there is the goodbye: it ends and does nothing. A pipe that just ends means that the
program was killed or has crashed: then it becomes COMMAND. It uses no CPU, and imports next to
nothing, for it lives as long as the program: 9 MB, of which 3 MB are its own (Linux, Python 3.11).
"""

import os
import signal
import sys
from collections.abc import Sequence

GUARD = "guard"
"""The hidden command by which a frozen program becomes its own guard."""
_DETACHED = 0x00000008 | 0x00000200
"""As `system.launcher.apart`, whose imports would treble what this process takes."""


def main(words: Sequence[str]) -> int:
    """Wait for the program's end, and run ``words`` if it said no goodbye."""
    for name in ("SIGINT", "SIGHUP"):  # they are meant for the program, which says goodbye then
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if os.read(0, 1):
        return 0
    _become(list(words))
    return 0


def _become(words: list[str]) -> None:
    """Run ``words``: in place of this process, where the system knows such a thing."""
    if os.name != "nt":
        os.execv(words[0], words)  # noqa: S606 - the program's own command
    import subprocess  # noqa: PLC0415 - 2 MB that the wait does not need

    quiet = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603 - the program's own command
        words, stdin=quiet, stdout=quiet, stderr=quiet, creationflags=_DETACHED
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
