"""What the Windows set-up put aside goes once nobody uses it."""

import shutil
from pathlib import Path

import pytest

from qcc_desktop.system.updating.aside import clear_away, put_aside


def _installed(place: Path, *former: str) -> None:
    for name in ("_internal", *former):
        (place / name / "parts").mkdir(parents=True)
        (place / name / "parts" / "base.dll").write_bytes(b"part")
    (place / "former.txt").write_text("somebody's note")


def test_folders_of_former_versions_are_found_and_nothing_else(tmp_path: Path) -> None:
    _installed(tmp_path, "former", "former-2")

    assert [path.name for path in put_aside(tmp_path)] == ["former", "former-2"]


def test_they_are_deleted_and_the_installed_program_stays(tmp_path: Path) -> None:
    _installed(tmp_path, "former", "former-2")

    clear_away(tmp_path)

    assert put_aside(tmp_path) == []
    assert (tmp_path / "_internal" / "parts" / "base.dll").exists()
    assert (tmp_path / "former.txt").exists()


def test_one_that_is_in_use_does_not_keep_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _installed(tmp_path, "former", "former-2")
    delete = shutil.rmtree

    def refusing(path: Path, *, ignore_errors: bool) -> None:
        if path.name != "former":  # as Windows with a program that runs
            delete(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", refusing)

    clear_away(tmp_path)

    assert [path.name for path in put_aside(tmp_path)] == ["former"]


def test_a_place_that_is_gone_has_nothing_aside(tmp_path: Path) -> None:
    assert put_aside(tmp_path / "gone") == []
