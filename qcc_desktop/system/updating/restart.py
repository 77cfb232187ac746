"""Starts a version as soon as this process has ended, however it ends."""

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence

from qcc_desktop.system.updating.selftest import clean_environ

_WAIT_FOR_END = 'cat >/dev/null; exec "$@" </dev/null'
"""Reads from a pipe whose other end only this process holds: it is over when the process is."""


def start_after_exit(words: Sequence[str], environ: Mapping[str, str]) -> int:
    """Have ``words`` started after this process; return the descriptor that holds it back.

    Not on Windows, where `system.updating.setup` waits. Blocks.

    Raises:
        OSError: nobody can be asked to wait.
    """
    reading, writing = os.pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program
            ["/bin/sh", "-c", _WAIT_FOR_END, "qcc-desktop-restart", *words],
            stdin=reading,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=clean_environ(environ),
            start_new_session=True,
        )
    except OSError:
        os.close(writing)
        raise
    finally:
        os.close(reading)
    threading.Thread(target=process.wait, name="wait for its end", daemon=True).start()
    return writing
