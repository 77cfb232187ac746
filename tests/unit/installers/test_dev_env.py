"""When the virtual environment counts as ready."""

import shutil
from pathlib import Path

import pytest

import dev_env


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "installers").mkdir()
    shutil.copy(dev_env.ROOT / "pyproject.toml", tmp_path)
    shutil.copy(dev_env.CONSTRAINTS, tmp_path / "installers")
    return tmp_path


@pytest.mark.parametrize("changed", ["pyproject.toml", "installers/constraints.txt"])
def test_the_fingerprint_changes_with(project: Path, changed: str) -> None:
    before = dev_env.fingerprint(root=project)

    with (project / changed).open("a", encoding="utf-8") as file:
        file.write("# more\n")

    assert dev_env.fingerprint(root=project) != before


def test_the_fingerprint_changes_with_the_python_version(project: Path) -> None:
    first = dev_env.fingerprint(root=project, version=(3, 11, 9))

    assert dev_env.fingerprint(root=project, version=(3, 13, 1)) != first
    assert dev_env.fingerprint(root=project, version=(3, 11, 9)) == first


def _environment(folder: Path, stamp: str) -> Path:
    program = dev_env.executable("python", environment=folder)
    program.parent.mkdir(parents=True)
    program.touch()
    (folder / dev_env.STAMP_NAME).write_text(stamp + "\n", encoding="utf-8")
    return folder


def test_an_environment_with_the_same_stamp_is_current(tmp_path: Path) -> None:
    assert dev_env.is_current(_environment(tmp_path / "venv", "abc"), "abc")


def test_an_environment_with_another_stamp_is_not_current(tmp_path: Path) -> None:
    assert not dev_env.is_current(_environment(tmp_path / "venv", "abc"), "abd")


def test_an_environment_that_was_never_finished_is_not_current(tmp_path: Path) -> None:
    environment = _environment(tmp_path / "venv", "abc")
    (environment / dev_env.STAMP_NAME).unlink()

    assert not dev_env.is_current(environment, "abc")


def test_an_environment_without_its_python_is_not_current(tmp_path: Path) -> None:
    environment = _environment(tmp_path / "venv", "abc")
    dev_env.executable("python", environment=environment).unlink()

    assert not dev_env.is_current(environment, "abc")
