"""The folder of licences that goes along with the frozen program, as its Help page reads it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from qcc_desktop.services import package_facts

FILE = Path(__file__).resolve().parents[3] / "installers" / "pyinstaller" / "licences.py"


def _load() -> ModuleType:
    """Return a module that no package holds, as PyInstaller's recipe loads it."""
    spec = importlib.util.spec_from_file_location("frozen_licences", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


licences = _load()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[package_facts.Component, ...]:
    folder = tmp_path_factory.mktemp("frozen") / "licenses"
    return package_facts.written_licences(licences.write(folder))


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_every_part_goes_along_with_the_text_of_its_licence(system: str) -> None:
    parts = list(licences.components(system))

    assert not [part.name for part in parts if not part.text.strip()]
    assert not [part.name for part in parts if not part.licence]


def test_the_program_finds_what_was_written(
    written: tuple[package_facts.Component, ...],
) -> None:
    names = [part.name for part in written]

    assert names[0] == "qcc-desktop"
    assert sorted(written) == sorted(licences.components(sys.platform))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("PySide6_Essentials", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("PySide6_Essentials", "GNU GENERAL PUBLIC LICENSE"),
        ("PySide6_Essentials", "harfbuzz"),
        ("PySide6_Essentials", "may be replaced"),
        ("Python", "PYTHON SOFTWARE FOUNDATION LICENSE"),
        ("Python", "Stefan Krah"),
        ("OpenSSL", "Apache License"),
        ("numpy", "OpenBLAS"),
        ("PyInstaller", "Bootloader Exception"),
    ],
)
def test_the_texts_are_those_of_their_parts(
    written: tuple[package_facts.Component, ...], name: str, says: str
) -> None:
    (part,) = [part for part in written if part.name == name]

    assert says in part.text


def test_libraries_of_other_systems_are_not_named() -> None:
    names = {part.name for part in licences.components("win32")}

    assert "libxcb" not in names
    assert "Microsoft Visual C++ Runtime" in names
