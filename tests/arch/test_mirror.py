"""Decisions and formats are covered by tests that are found where one looks for them."""

from pathlib import Path

import pytest

_DECLARATIONS_ONLY = {"core/events.py", "core/ports.py", "core/snapshot.py"}
"""Protocols and plain values without a method: nothing in them runs."""


def _sources(root: Path, package: str) -> list[Path]:
    return [
        path.relative_to(root / "qcc_desktop")
        for path in sorted((root / "qcc_desktop" / package).rglob("*.py"))
        if path.name != "__init__.py"
        and path.relative_to(root / "qcc_desktop").as_posix() not in _DECLARATIONS_ONLY
    ]


@pytest.mark.parametrize("package", ["core", "wire"])
def test_every_source_file_has_its_own_test_file(root: Path, package: str) -> None:
    sources = _sources(root, package)

    missing = [
        str(source)
        for source in sources
        if not (root / "tests" / "unit" / source.parent / f"test_{source.name}").is_file()
    ]

    assert sources
    assert not missing


def test_package_init_files_hold_nothing_but_a_docstring(root: Path) -> None:
    crowded = [
        str(path.relative_to(root))
        for path in (root / "qcc_desktop").rglob("__init__.py")
        if path.parent.name != "qcc_desktop"
        and len(path.read_text(encoding="utf-8").strip().splitlines()) > 1
    ]

    assert not crowded
