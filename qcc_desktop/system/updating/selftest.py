"""Has a version test itself: it starts its proxy, asks through it and says what it saw."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import make_private_dir
from qcc_desktop.system.launcher.apart import NO_WINDOW

TIMEOUT_S = 90.0
FAILED = "The new version failed its self-test."
SAID_IN = "What it said: "
_OURS = ("APPIMAGE", "APPDIR", "ARGV0", "OWD", "LD_LIBRARY_PATH", "QT_PLUGIN_PATH")
"""What an AppImage and a frozen program set for themselves alone."""


def clean_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for another version of this program.

    PyInstaller, "Run-time information": ``LD_LIBRARY_PATH_ORIG`` keeps the person's own value,
    ``PYINSTALLER_RESET_ENVIRONMENT`` makes the other program one of its own.
    """
    kept = {
        name: value
        for name, value in environ.items()
        if name not in _OURS and not name.startswith(("_PYI_", "_MEIPASS"))
    }
    if "LD_LIBRARY_PATH_ORIG" in kept:
        kept["LD_LIBRARY_PATH"] = kept.pop("LD_LIBRARY_PATH_ORIG")
    return kept | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}


class SelfTest:
    """Runs the command ``selftest`` of a version; what it says goes to the file ``log``."""

    def __init__(
        self, environ: Mapping[str, str], log: Path, *, timeout_s: float = TIMEOUT_S
    ) -> None:
        self.log = log
        self._environ = environ
        self._timeout_s = timeout_s

    def run(self, words: Sequence[str]) -> None:
        """Wait for the test. Blocks.

        Raises:
            UserFacingError: the version does not work here.
        """
        try:
            make_private_dir(self.log.parent)
            with self.log.open("wb") as log:
                code = self._wait([*words, "selftest"], log.fileno())
        except OSError as error:
            with self.log.open("ab") as log:
                log.write(f"{error}\n".encode())
            code = -1
        if code:
            raise UserFacingError(FAILED, f"{SAID_IN}{self.log}")

    def _wait(self, words: Sequence[str], output: int) -> int:
        quiet = subprocess.DEVNULL
        with subprocess.Popen(  # noqa: S603 - a version that was verified
            words,
            stdin=quiet,
            stdout=output,
            stderr=output,
            env=clean_environ(self._environ),
            creationflags=NO_WINDOW if os.name == "nt" else 0,
        ) as process:
            try:
                return process.wait(self._timeout_s)
            except subprocess.TimeoutExpired:
                process.kill()
                os.write(output, b"It took too long.\n")
                return -1
