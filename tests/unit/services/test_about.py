"""What the program says about itself, read from what is installed here."""

import importlib
import platform
import sys
from pathlib import Path

import pytest

from qcc_desktop import __version__
from qcc_desktop.services import package_facts
from qcc_desktop.services.about import About, Licence


async def test_the_versions_are_those_that_run(tmp_path: Path) -> None:
    versions = await About(tmp_path / "log").versions()

    assert versions.program == __version__
    assert versions.python == platform.python_version()
    assert versions.qt.startswith("6.")
    assert platform.system() in versions.system


async def test_every_part_is_named_with_its_licence_our_own_first(tmp_path: Path) -> None:
    licences = await About(tmp_path / "log").licences()

    names = [item.name for item in licences]
    assert names[0] == "qcc-desktop"
    assert {"PySide6_Essentials", "httpx", "aiohttp", "Python"} <= set(names)
    assert names[1:] == sorted(names[1:], key=str.lower)
    assert len(names) == len(set(names))
    assert not [item.name for item in licences if not item.licence]


async def test_a_frozen_program_shows_the_folder_that_it_carries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Zlib.txt").write_text("Zlib 1.3\nZlib\n\nAs is.\n\nNo warranty.\n", "utf-8")
    (tmp_path / "bzip2.txt").write_text("bzip2\nbzip2-1.0.6\n\nAs it is.\n", "utf-8")
    (tmp_path / "qcc-desktop.txt").write_text("qcc-desktop 1.2\nMIT\n\nFree.\n", "utf-8")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(package_facts, "_LICENCES", tmp_path)

    own, *rest = await About(tmp_path / "log").licences()

    assert own == Licence("qcc-desktop", "1.2", "MIT", "Free.")
    assert rest == [
        Licence("bzip2", "", "bzip2-1.0.6", "As it is."),
        Licence("Zlib", "1.3", "Zlib", "As is.\n\nNo warranty."),
    ]


async def test_what_only_developers_need_is_not_shipped_and_not_listed(tmp_path: Path) -> None:
    names = {item.name for item in await About(tmp_path / "log").licences()}

    assert not names & {"pytest", "mypy", "ruff", "hypothesis"}


async def test_what_an_extra_of_a_part_needs_is_listed(tmp_path: Path) -> None:
    """httpx[brotli,zstd] brings decoders with it."""
    names = {item.name.lower() for item in await About(tmp_path / "log").licences()}

    assert "brotli" in names or "brotlicffi" in names


async def test_most_licences_come_with_their_text(tmp_path: Path) -> None:
    licences = await About(tmp_path / "log").licences()

    (own,) = [item for item in licences if item.name == "qcc-desktop"]
    assert "Permission is hereby granted" in own.text
    assert sum(bool(item.text) for item in licences) > len(licences) / 2


@pytest.mark.parametrize(("chinese", "heading"), [(False, "First steps"), (True, "快速上手")])
async def test_the_manual_is_there_in_both_languages(
    tmp_path: Path, chinese: bool, heading: str
) -> None:
    manual = await About(tmp_path / "log").manual(is_chinese=chinese)

    assert f"## {heading}" in manual


async def test_an_installed_program_carries_its_manual_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_facts, "_ROOT", tmp_path)

    packed = tmp_path / "resources"
    monkeypatch.setattr(package_facts, "_PACKED", packed)
    manual = About(tmp_path / "log").manual

    assert "## First steps" in await manual(is_chinese=True)
    importlib.import_module("importlib_metadata")  # as keyring does; it takes the finder over
    assert "## First steps" in await manual(is_chinese=True)

    packed.mkdir()
    (packed / "README.zh-CN.md").write_text("## 开始使用", encoding="utf-8")

    assert await manual(is_chinese=True) == "## 开始使用"
    assert "## First steps" in await manual()


async def test_a_program_without_metadata_still_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_facts, "_ROOT", tmp_path)
    monkeypatch.setattr(package_facts, "PACKAGE", "no-such-distribution-of-ours")
    nothing = About(tmp_path / "log")

    assert await nothing.manual() == ""
    assert [item.name for item in await nothing.licences()] == ["Python"]


async def test_the_end_of_the_log_is_handed_out(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "qcc.log"
    before = await About(file).log_text()
    file.parent.mkdir()
    file.write_text("one\ntwo\n", encoding="utf-8")

    assert before == ""
    assert await About(file).log_text() == "one\ntwo"
    assert About(file).log_folder == file.parent
