"""The few steps on the disk that a takeover is made of, one method a step.

Tests cut between them, and within each write, to see what a crash leaves behind.
"""

import errno
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qcc_desktop.storage.atomic import replace_patiently, sync_dir


@dataclass(frozen=True, slots=True)
class Facts:
    """Who may do what with a file."""

    mode: int
    owner: int
    group: int
    is_writable: bool


class Disk(Protocol):
    """What is needed of a file system; every method may raise OSError."""

    def resolve(self, path: Path) -> Path:
        """Return the file that ``path`` means, behind all symbolic links."""
        ...

    def read(self, path: Path) -> bytes | None:
        """Return the content, None if there is no such file."""
        ...

    def facts(self, path: Path) -> Facts | None:
        """Return whose the file is, None if there is none."""
        ...

    def has_dir(self, path: Path) -> bool:
        """Whether this directory is there."""
        ...

    def make_dir(self, path: Path) -> None:
        """Make a directory for the owner alone; its parents are there."""
        ...

    def remove_dir(self, path: Path) -> None:
        """Remove a directory that is empty."""
        ...

    def open_new(self, path: Path) -> int:
        """Make a file that is not there, for the owner alone."""
        ...

    def write(self, handle: int, content: bytes) -> int:
        """Write the beginning of ``content`` and return how much."""
        ...

    def take_on(self, path: Path, facts: Facts) -> None:
        """Give the file the mode and the owner of another."""
        ...

    def sync(self, handle: int) -> None:
        """Make what was written durable."""
        ...

    def close(self, handle: int) -> None:
        """Close it."""
        ...

    def replace(self, source: Path, target: Path) -> None:
        """Rename over ``target``."""
        ...

    def unlink(self, path: Path) -> None:
        """Remove a file; no error when it is not there."""
        ...

    def sync_dir(self, path: Path) -> None:
        """Make names made, changed and removed in a directory durable."""
        ...


class RealDisk:
    """Implements `Disk` on the file system."""

    def resolve(self, path: Path) -> Path:
        """Return the file that ``path`` means, behind all symbolic links."""
        return path.resolve()

    def read(self, path: Path) -> bytes | None:
        """Return the content, None if there is no such file.

        A pipe might never end, and a device must not be replaced: neither is read.
        """
        try:
            kind = path.stat().st_mode
            if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
                raise OSError(errno.EINVAL, "it is no ordinary file")
            return path.read_bytes()
        except FileNotFoundError:
            return None

    def facts(self, path: Path) -> Facts | None:
        """Return whose the file is; a root's own ``chmod a-w`` counts as read-only too."""
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        mode = stat.S_IMODE(found.st_mode)
        is_writable = bool(mode & 0o222) and os.access(path, os.W_OK)
        return Facts(mode, found.st_uid, found.st_gid, is_writable)

    def has_dir(self, path: Path) -> bool:
        """Whether this directory is there."""
        return path.is_dir()

    def make_dir(self, path: Path) -> None:
        """Make a directory for the owner alone; its parents are there."""
        path.mkdir(mode=0o700)

    def remove_dir(self, path: Path) -> None:
        """Remove a directory that is empty."""
        path.rmdir()

    def open_new(self, path: Path) -> int:
        """Make a file that is not there, for the owner alone."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.open(path, flags, 0o600)

    def write(self, handle: int, content: bytes) -> int:
        """Write the beginning of ``content`` and return how much."""
        return os.write(handle, content)

    def take_on(self, path: Path, facts: Facts) -> None:
        """Give the file the mode and the owner of another."""
        if sys.platform != "win32":
            now = path.stat()
            if (now.st_uid, now.st_gid) != (facts.owner, facts.group):
                os.chown(path, facts.owner, facts.group)
        path.chmod(facts.mode)

    def sync(self, handle: int) -> None:
        """Make what was written durable."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close it."""
        os.close(handle)

    def replace(self, source: Path, target: Path) -> None:
        """Rename; Windows refuses for moments while a virus scanner or an editor has it open."""
        replace_patiently(source, target)

    def unlink(self, path: Path) -> None:
        """Remove a file; no error when it is not there."""
        path.unlink(missing_ok=True)

    def sync_dir(self, path: Path) -> None:
        """Make names durable, where directories can be synced (not on Windows)."""
        sync_dir(path)
