"""Settings of one launch of Claude Code, in a file that only the user can read."""

import contextlib
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from qcc_desktop.storage.atomic import write_private

_LEFT_BEHIND_S = 7 * 86_400.0


@contextlib.contextmanager
def settings_file(directory: Path, settings: str) -> Iterator[Path]:
    """Keep ``settings`` in a file while the launch lasts. Blocks.

    Files older than a week, left behind by a kill, are removed on the way.
    """
    tidy(directory)
    file = directory / f"settings-{secrets.token_hex(6)}.json"
    write_private(file, settings.encode())
    try:
        yield file
    finally:
        with contextlib.suppress(OSError):
            file.unlink()


def tidy(directory: Path) -> None:
    """Remove what launches left behind more than a week ago. Blocks."""
    oldest_s = time.time() - _LEFT_BEHIND_S  # noqa: TID251 - compared with the disk's own times
    for file in directory.glob("*-*.*"):
        with contextlib.suppress(OSError):
            if file.stat().st_mtime < oldest_s:
                file.unlink()
