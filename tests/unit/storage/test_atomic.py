"""Files are replaced whole and are the owner's alone."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from qcc_desktop.storage import atomic
from qcc_desktop.storage.atomic import write_private

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")


def test_a_new_file_and_its_directories_appear_with_the_content(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "er" / "file.json"

    write_private(file, b"content")

    assert file.read_bytes() == b"content"
    assert [path.name for path in file.parent.iterdir()] == ["file.json"]


@posix_only
def test_file_and_directory_are_readable_by_the_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "private" / "file.json"

    write_private(file, b"secret")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@posix_only
def test_an_existing_file_that_others_may_read_becomes_private(tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    file.write_bytes(b"old")
    file.chmod(0o644)

    write_private(file, b"new")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_failure_before_the_rename_leaves_the_old_content_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.json"
    file.write_bytes(b"old")

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)

    with pytest.raises(OSError, match="No space"):
        write_private(file, b"new")

    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file.json"]


@posix_only
def test_a_symbolic_link_stays_one_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles" / "config.json"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "config.json"
    link.symlink_to(target)

    write_private(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


class _Refusing:
    """Stands for a file system on which a scanner holds the target for a while."""

    def __init__(self, times: int) -> None:
        self.left = times

    def replace(self, target: Path) -> None:
        del target
        if self.left:
            self.left -= 1
            raise PermissionError(13, "Access is denied")


def test_windows_tries_again_while_a_scanner_holds_the_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    monkeypatch.setattr(os, "name", "nt")
    source = _Refusing(times=3)

    atomic.replace_patiently(source, tmp_path)  # type: ignore[arg-type] # only what it needs

    assert source.left == 0
    assert len(pauses) == 3


def test_elsewhere_a_refused_rename_is_an_error_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "name", "posix")

    with pytest.raises(PermissionError):
        atomic.replace_patiently(_Refusing(times=1), tmp_path)  # type: ignore[arg-type] # as above


def test_what_a_killed_write_left_behind_goes_with_the_next_one(tmp_path: Path) -> None:
    file = tmp_path / "[secrets].json"
    old, young, other = (
        tmp_path / ".[secrets].json.0123456789ab.tmp",
        tmp_path / ".[secrets].json.ba9876543210.tmp",
        tmp_path / ".other.json.0123456789ab.tmp",
    )
    for left in (old, young, other):
        left.write_text("a key")
    for left in (old, other):
        os.utime(left, (0, 0))

    write_private(file, b"new")

    assert sorted(tmp_path.iterdir()) == sorted([young, other, file])
