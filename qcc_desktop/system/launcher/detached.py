"""Starts this program in the background, independent of the terminal it was asked from."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import make_private_dir
from qcc_desktop.system.launcher.apart import DETACHED, start_apart

if TYPE_CHECKING:
    import subprocess


def start_detached(
    words: Sequence[str], environ: Mapping[str, str], complaints: Path
) -> "subprocess.Popen[bytes]":
    """Start ``words``; what they write to stderr goes to the file ``complaints``. Blocks.

    Raises:
        UserFacingError: it cannot be started.
    """
    try:
        make_private_dir(complaints.parent)
        with complaints.open("wb") as stderr:
            return start_apart(words, environ, flags=DETACHED, stderr=stderr)
    except OSError as error:
        raise UserFacingError(
            f"QCC Desktop could not be started: {error.strerror or error}.",
            "Start it by hand: qcc-desktop.",
        ) from error


def last_words(complaints: Path) -> str:
    """Return the last line that was written there, empty for none. Blocks."""
    try:
        lines = complaints.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
