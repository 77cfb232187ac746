"""Our own files and folders, on a real disk."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.diagnosis import Verdict
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.paths import Paths, paths_below
from qcc_desktop.system.doctor import files
from tests.helpers.root_powers import without_root_powers

posix_modes = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    found = paths_below(tmp_path / "home")
    for folder in (found.config_dir, found.data_dir, found.log_dir):
        folder.mkdir(parents=True)
    return found


@posix_modes
def test_a_secrets_file_that_others_can_read_is_a_problem_and_is_mended(paths: Paths) -> None:
    paths.secrets_file.write_text("{}")
    paths.secrets_file.chmod(0o644)

    (before,) = files.check_permissions(paths)
    changed = files.make_private(paths)
    (after,) = files.check_permissions(paths)

    assert before.verdict is Verdict.PROBLEM
    assert str(paths.secrets_file) in before.detail.plain()
    assert changed == (paths.secrets_file,)
    assert stat.S_IMODE(paths.secrets_file.stat().st_mode) == 0o600
    assert after.verdict is Verdict.OK


@posix_modes
def test_rotated_logs_and_the_runtime_file_are_private_too(paths: Paths) -> None:
    for file in (paths.runtime_file, paths.log_file.with_name(f"{paths.log_file.name}.2")):
        file.write_text("x")
        file.chmod(0o640)

    assert len(files.open_files(paths)) == 2


@posix_modes
def test_the_history_and_all_that_belongs_to_it_are_private_too(paths: Paths) -> None:
    for ending in ("", "-wal", ".broken"):
        file = paths.history_file.with_name(f"{paths.history_file.name}{ending}")
        file.write_text("x")
        file.chmod(0o644)

    assert len(files.open_files(paths)) == 3


def test_on_windows_no_modes_are_judged(paths: Paths) -> None:
    (finding,) = files.check_permissions(paths, os_name="nt")

    assert finding.verdict is Verdict.OK


def test_folders_that_can_be_written_are_well_and_stay_empty(paths: Paths) -> None:
    (finding,) = files.check_folders(paths)

    assert finding.verdict is Verdict.OK
    assert list(paths.config_dir.iterdir()) == []
    assert not paths.cache_dir.exists()


def test_a_folder_that_cannot_be_written_is_named(paths: Paths) -> None:
    paths.log_dir.rmdir()
    paths.log_dir.write_text("a file where the folder should be")

    (finding,) = files.check_folders(paths)

    assert finding.verdict is Verdict.PROBLEM
    assert finding.detail.plain() == f"Cannot be written: {paths.log_dir}."


@posix_modes
def test_a_read_only_folder_is_named(paths: Paths) -> None:
    paths.data_dir.chmod(0o500)

    with without_root_powers():
        (finding,) = files.check_folders(paths)

    paths.data_dir.chmod(0o700)
    assert str(paths.data_dir) in finding.detail.plain()


@pytest.mark.parametrize(
    ("free_mb", "verdict"), [(10, Verdict.PROBLEM), (100, Verdict.NOTE), (600, Verdict.OK)]
)
def test_a_full_disk_is_told_before_it_hurts(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, free_mb: int, verdict: Verdict
) -> None:
    usage = shutil.disk_usage(paths.data_dir)._replace(free=free_mb * 1024 * 1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    (finding,) = files.check_folders(paths)

    assert finding.verdict is verdict


def test_a_log_that_rotation_did_not_keep_small_is_noted(paths: Paths) -> None:
    with paths.log_file.open("wb") as log:
        log.truncate(60 * 1024 * 1024)

    (finding,) = files.check_log(paths)

    assert finding.verdict is Verdict.NOTE
    assert "60 MB" in finding.detail.plain()


def test_a_runtime_file_of_a_dead_program_is_noted_and_removed(paths: Paths) -> None:
    paths.runtime_file.write_text("{}")

    (before,) = files.check_runtime(paths)
    removed = files.remove_dead_runtime(paths)

    assert (before.verdict, before.fix_id) == (Verdict.NOTE, files.FIX_RUNTIME)
    assert removed
    assert not paths.runtime_file.exists()
    assert not files.remove_dead_runtime(paths)


def test_a_broken_configuration_is_told_in_its_own_words(paths: Paths) -> None:
    def broken() -> tuple[Config, tuple[str, ...]]:
        raise UserFacingError("The file is broken.", "Repair it.")

    (finding,) = files.check_config(paths.config_file, broken)

    assert (finding.verdict, finding.detail.plain(), finding.remedy.plain()) == (
        Verdict.PROBLEM,
        "The file is broken.",
        "Repair it.",
    )


def test_replaced_values_of_the_configuration_are_a_problem(paths: Paths) -> None:
    (finding,) = files.check_config(paths.config_file, lambda: (Config(), ("x was odd.",)))

    assert finding.verdict is Verdict.PROBLEM
    assert "x was odd." in finding.detail.plain()


@pytest.mark.parametrize(
    ("count", "words"), [(2048, "2 KB"), (5 * 1024**2, "5 MB"), (73 * 1024**3, "73 GB")]
)
def test_sizes_are_told_as_people_read_them(count: int, words: str) -> None:
    assert files.size(count) == words
