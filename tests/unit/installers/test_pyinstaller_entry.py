"""Where the frozen program starts: its environment."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

import dev_env
from windows import package


@pytest.fixture
def entry() -> ModuleType:
    file = dev_env.ROOT / "installers" / "pyinstaller" / "entry.py"
    spec = importlib.util.spec_from_file_location("entry_of_the_frozen_program", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_the_starter_changed_is_undone(entry: ModuleType) -> None:
    environ = {"LD_LIBRARY_PATH": "/ours", "LD_LIBRARY_PATH_ORIG": "/theirs", "_PYI_X": "1"}

    entry.give_back(environ)

    assert environ == {"LD_LIBRARY_PATH": "/theirs"}


def test_a_program_with_the_mark_beside_it_keeps_everything_there(
    entry: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / package.MARK).write_text("", encoding="utf-8")
    environ: dict[str, str] = {}

    entry.keep_beside(environ, tmp_path / "qcc-desktop.exe")

    assert environ == {"QCC_DESKTOP_HOME": str(tmp_path / "home")}


def test_a_home_that_was_asked_for_goes_before_the_mark(entry: ModuleType, tmp_path: Path) -> None:
    (tmp_path / package.MARK).write_text("", encoding="utf-8")
    environ = {"QCC_DESKTOP_HOME": "/mine"}

    entry.keep_beside(environ, tmp_path / "qcc-desktop.exe")

    assert environ == {"QCC_DESKTOP_HOME": "/mine"}


def test_without_the_mark_the_systems_places_are_used(entry: ModuleType, tmp_path: Path) -> None:
    environ: dict[str, str] = {}

    entry.keep_beside(environ, tmp_path / "qcc-desktop.exe")

    assert environ == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps what is open in its place")
def test_modules_come_from_the_program_that_started_though_another_takes_its_place(
    entry: ModuleType, tmp_path: Path
) -> None:
    program, other = tmp_path / "program", tmp_path / "other"
    program.write_bytes(b"old modules")
    other.write_bytes(b"other file")
    reader = ModuleType("reader")
    entry.hold(reader, str(program))
    other.replace(program)
    other.write_bytes(b"plain")

    with reader.open(str(program), "rb") as first, reader.open(str(program), "rb") as second:
        first.seek(4, os.SEEK_SET)
        second.seek(0)
        pieces = (first.read(3), second.read(3), first.read(99), first.read(1))
    with reader.open(str(other), "rb") as plain:
        rest = plain.read()

    assert pieces == (b"mod", b"old", b"ules", b"")
    assert rest == b"plain"
