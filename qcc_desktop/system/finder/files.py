"""Looks at files of other programs; a strange tree is an empty one, never an error.

Permission denied, loops of links, dead links, names with NUL: all answer "not there".
"""

import os
from pathlib import Path

_TEXT_LIMIT_BYTES = 64 * 1024
"""Shims and manifests are a few kB; a named pipe or a program is not read whole."""


def is_file(path: Path) -> bool:
    """Whether there is a file, links followed."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_dead_link(path: Path) -> bool:
    """Whether it is a link that leads nowhere, or in a circle."""
    try:
        return path.is_symlink() and not os.path.exists(path)  # noqa: PTH110 - never raises
    except (OSError, ValueError):
        return False


def is_executable(path: Path) -> bool:
    """Whether this user may run it."""
    try:
        return os.access(path, os.X_OK)
    except (OSError, ValueError):
        return False


def real(path: Path) -> Path:
    """Return where the links lead; as far as they lead, when they go in a circle."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return path


def children(directory: Path) -> tuple[Path, ...]:
    """Return what lies in the directory, last name first (newest version, as a rule)."""
    try:
        return tuple(sorted(directory.iterdir(), reverse=True))
    except (OSError, ValueError):
        return ()


def head(path: Path, size_bytes: int = _TEXT_LIMIT_BYTES) -> bytes | None:
    """Return the first bytes of a plain file, None when it cannot be read."""
    if not is_file(path):
        return None
    try:
        with path.open("rb") as file:
            return file.read(size_bytes)
    except (OSError, ValueError):
        return None


def text(path: Path) -> str:
    """Return the beginning of a file as text, empty when it cannot be read."""
    return (head(path) or b"").decode("utf-8-sig", errors="replace")
