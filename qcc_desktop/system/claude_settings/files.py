"""Reads and replaces a settings file whole, if nobody else has changed it meanwhile."""

import contextlib
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.claude_settings.disk import Disk, Facts

_TEMPORARY = ".qcc-desktop.tmp"


class ChangedMeanwhile(Exception):  # noqa: N818 - says what is the case, like StopIteration
    """Another program wrote the file between our reading and our writing; it was not replaced."""


def read_settings(disk: Disk, path: Path) -> bytes | None:
    """Return the content of a settings file, None if there is none.

    Raises:
        UserFacingError: it cannot be read.
    """
    try:
        return disk.read(path)
    except OSError as error:
        raise UserFacingError(
            f"{path} cannot be read: {error.strerror or error}.", "Make it readable for you."
        ) from error


def replace_settings(disk: Disk, path: Path, *, old: bytes | None, new: bytes | None) -> None:
    """Put ``new`` in the place of ``old``; None stands for no file. A link stays a link.

    Between the last look and the rename lie some microseconds in which a change of another
    program is lost; no file system offers to compare and rename in one step.

    Raises:
        ChangedMeanwhile: the file holds something else than ``old``; it stays.
        UserFacingError: it is read-only or cannot be written; the old content is still there.
    """
    try:
        target = disk.resolve(path)
        facts = disk.facts(target)
        if facts is not None and not facts.is_writable:
            raise UserFacingError(f"{path} is read-only.", "Make it writable, then try again.")
        if new is None:
            _remove(disk, target, old)
        else:
            write_whole(disk, target, new, facts=facts, expected=(old,))
    except OSError as error:
        raise UserFacingError(
            f"{path} cannot be written: {error.strerror or error}. Nothing was changed.",
            "Free some space, or make the file and its folder writable for you.",
        ) from error


def write_whole(
    disk: Disk,
    target: Path,
    content: bytes,
    *,
    facts: Facts | None = None,
    expected: tuple[bytes | None] | None = None,
) -> None:
    """Replace ``target`` by ``content``: temporary file, sync, rename, sync of the directory.

    Raises:
        ChangedMeanwhile: it holds something else than ``expected``, where that is given.
        OSError: the old content is still there.
    """
    make_dirs(disk, target.parent)
    temporary = _temporary(target)
    disk.unlink(temporary)  # what a crash left behind
    try:
        _write_synced(disk, temporary, content)
        if facts is not None:
            disk.take_on(temporary, facts)
        if expected is not None:
            _compare(disk, target, expected[0])
        disk.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.unlink(temporary)
        raise
    disk.sync_dir(target.parent)


def remove_leftover(disk: Disk, path: Path) -> None:
    """Remove the temporary file that a crash left beside a settings file, if there is one."""
    with contextlib.suppress(OSError):
        disk.unlink(_temporary(disk.resolve(path)))


def make_dirs(disk: Disk, folder: Path) -> None:
    """Make a directory and the missing ones above it."""
    if disk.has_dir(folder):
        return
    make_dirs(disk, folder.parent)
    disk.make_dir(folder)
    disk.sync_dir(folder.parent)


def _temporary(target: Path) -> Path:
    return target.with_name(f".{target.name}{_TEMPORARY}")


def _write_synced(disk: Disk, path: Path, content: bytes) -> None:
    handle = disk.open_new(path)
    try:
        rest = content
        while rest:
            rest = rest[disk.write(handle, rest) :]
        disk.sync(handle)
    finally:
        disk.close(handle)


def _remove(disk: Disk, target: Path, old: bytes | None) -> None:
    _compare(disk, target, old)
    disk.unlink(target)
    disk.sync_dir(target.parent)


def _compare(disk: Disk, target: Path, expected: bytes | None) -> None:
    if disk.read(target) != expected:
        raise ChangedMeanwhile
