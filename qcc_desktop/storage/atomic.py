"""Replaces files whole: whoever reads sees the old content or the new one, never a part.

Temp file in the same directory, fsync, rename, fsync of the directory; permissions are the
owner's alone from the first byte on.
"""

import contextlib
import glob
import os
import secrets
import time
from pathlib import Path

_REPLACE_TRIES = 20
_REPLACE_PAUSE_S = 0.05
_LEFT_BEHIND_S = 60.0
"""No write takes as long: its temporary file is nobody's any more."""


def make_private_dir(directory: Path) -> None:
    """Create ``directory`` and its parents, for the owner alone; an existing one stays as it is."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``, readable by the owner alone.

    A symbolic link stays one: what it points to is replaced. Blocks; call in a thread.

    Raises:
        OSError: the old content is still there.
    """
    target = path.resolve() if path.is_symlink() else path
    make_private_dir(target.parent)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    try:
        _write_synced(temporary, content)
        replace_patiently(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_dir(target.parent)
    _remove_leftovers(target)


def _remove_leftovers(target: Path) -> None:
    """Remove what writes that were killed left behind: it may hold keys deleted since."""
    oldest_s = time.time() - _LEFT_BEHIND_S  # noqa: TID251 - compared with the disk's own times
    for file in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
        with contextlib.suppress(OSError):
            if file.stat().st_mtime < oldest_s:
                file.unlink()


def _write_synced(path: Path, content: bytes) -> None:
    descriptor = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_patiently(source: Path, target: Path) -> None:
    """Rename over ``target``.

    Windows refuses while another process (a virus scanner, an editor) has the target open
    without FILE_SHARE_DELETE, usually for milliseconds, so there it is tried for a second.
    """
    for _ in range(_REPLACE_TRIES - 1):
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(_REPLACE_PAUSE_S)
        else:
            return
    source.replace(target)


def sync_dir(directory: Path) -> None:
    """Make the rename itself durable, where directories can be synced (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
