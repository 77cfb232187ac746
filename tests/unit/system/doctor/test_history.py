"""The history's file as the doctor finds it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qcc_desktop.core.diagnosis import Verdict
from qcc_desktop.storage.database import open_database
from qcc_desktop.storage.paths import Paths, paths_below
from qcc_desktop.system.doctor.history import check_history

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_below(tmp_path / "home")


def test_before_the_first_request_there_is_nothing_to_say(paths: Paths) -> None:
    (before,) = check_history(paths)
    open_database(paths.history_file).close()
    (empty,) = check_history(paths)

    assert before.verdict is empty.verdict is Verdict.OK
    assert before.detail.plain() == empty.detail.plain() == "Nothing was used yet."


def test_a_history_that_is_well_says_since_when(paths: Paths) -> None:
    connection = open_database(paths.history_file)
    connection.execute("INSERT INTO coverage VALUES (?)", (NOON.timestamp(),))
    connection.close()

    (finding,) = check_history(paths)

    assert finding.verdict is Verdict.OK
    assert finding.detail.plain().startswith("Since 2026-11-23, ")
    assert str(paths.history_file) in finding.detail.plain()


def test_a_damaged_history_is_a_problem_with_a_remedy(paths: Paths) -> None:
    paths.data_dir.mkdir(parents=True)
    paths.history_file.write_bytes(b"no database at all " * 99)

    (finding,) = check_history(paths)

    assert finding.verdict is Verdict.PROBLEM
    assert finding.remedy.plain().startswith("Start the program anew")


def test_a_newer_history_is_noted(paths: Paths) -> None:
    connection = open_database(paths.history_file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    (finding,) = check_history(paths)

    assert finding.verdict is Verdict.NOTE
    assert finding.remedy.plain().startswith("Update this program")


def test_a_history_that_cannot_be_read_is_noted(paths: Paths) -> None:
    paths.history_file.mkdir(parents=True)

    (finding,) = check_history(paths)

    assert finding.verdict is Verdict.NOTE
    assert "cannot be read" in finding.detail.plain()
