"""Opens a console window on Windows."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError

_CREATE_NEW_CONSOLE = 0x00000010
"""Process creation flag (winbase.h): a console window of its own."""


def open_console(command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> None:
    """Run ``command`` in a new console; no shell reads its words. Blocks for a moment.

    The standard streams are not redirected, so that they are the new console's.

    Raises:
        UserFacingError: the program cannot be started.
    """
    try:
        subprocess.Popen(  # noqa: S603 - the user asked for this program
            list(command), cwd=folder, env=dict(environ), creationflags=_CREATE_NEW_CONSOLE
        )
    except OSError as error:
        raise UserFacingError(
            f"The console could not be opened: {error.strerror or error}.",
            "Use 'qcc-desktop launch --here' in a terminal.",
        ) from error
