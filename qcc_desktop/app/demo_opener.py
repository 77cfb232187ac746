"""Opens the demo beside the running program: a program of its own, in a home of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.claude_code import program_words
from qcc_desktop.services.daemon_threads import in_thread
from qcc_desktop.storage.paths import Paths
from qcc_desktop.system.launcher.detached import last_words, start_detached

_SURE_S = 10.0
"""Who cannot start has ended by then; a start takes 1 to 3 s."""


class DemoOpener:
    """Starts ``qcc-desktop demo``, which keeps to a temporary folder and outlives this program.

    ``words`` start the program; ``sure_s`` is how long its start is watched.
    """

    def __init__(
        self,
        paths: Paths,
        *,
        words: Callable[[], Sequence[str]] = program_words,
        environ: Mapping[str, str] | None = None,
        sure_s: float = _SURE_S,
    ) -> None:
        self._complaints = paths.log_dir / "demo.log"
        self._words = words
        self._environ = os.environ if environ is None else environ
        self._sure_s = sure_s
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a demo that was started here still runs."""
        return self._process is not None and self._process.poll() is None

    async def open(self) -> None:
        """Start it, and see that it stays; no second one beside one that runs.

        Raises:
            UserFacingError: it could not be started, or ended at once.
        """
        if self.is_open:
            return
        process = self._process = await in_thread(self._start)
        if await in_thread(lambda: _code_within(process, self._sure_s)):
            raise UserFacingError(
                "The demo could not be opened.",
                await in_thread(lambda: last_words(self._complaints))
                or f"Start it in a terminal: {Path(sys.argv[0]).name} demo.",
            )

    def _start(self) -> "subprocess.Popen[bytes]":
        return start_detached((*self._words(), "demo"), self._environ, self._complaints)


def _code_within(process: "subprocess.Popen[bytes]", patience_s: float) -> int:
    """Return the exit code of a program that ends soon; 0 while it runs. Blocks."""
    try:
        return process.wait(patience_s)
    except subprocess.TimeoutExpired:
        return 0
