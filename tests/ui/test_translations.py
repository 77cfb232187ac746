"""The Chinese texts are complete, current and usable."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from qcc_desktop.core.settings import Language
from qcc_desktop.ui import assets
from qcc_desktop.ui.i18n import Translations, resolve

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "resources" / "i18n" / "qcc_zh_CN.ts"
SHIPPED = ROOT / "resources" / "i18n" / "qcc_zh_CN.qm"


def _tool(name: str) -> str:
    found = shutil.which(f"pyside6-{name}", path=str(Path(sys.executable).parent))
    assert found is not None
    return found


def _messages(file: Path) -> dict[tuple[str, str], ElementTree.Element]:
    tree = ElementTree.parse(file)
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in tree.iter("context")
        for message in context.iter("message")
    }


def _translation(message: ElementTree.Element) -> ElementTree.Element:
    found = message.find("translation")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What lupdate finds in the sources of today, merged into a copy of the shipped file."""
    copy = tmp_path_factory.mktemp("i18n") / SOURCE.name
    shutil.copy(SOURCE, copy)
    sources = [
        str(file.relative_to(ROOT))
        for package in ("ui", "core")
        for file in sorted((ROOT / "qcc_desktop" / package).rglob("*.py"))
    ]
    command = [_tool("lupdate"), *sources, "-ts", str(copy), "-locations", "none"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return copy


def test_no_text_of_the_program_lacks_its_translation(extracted: Path) -> None:
    missing = [
        key
        for key, message in _messages(extracted).items()
        if _translation(message).get("type") == "unfinished" or not _translation(message).text
    ]

    assert not missing


def test_no_translation_is_left_over(extracted: Path) -> None:
    obsolete = [
        key
        for key, message in _messages(extracted).items()
        if _translation(message).get("type") in {"obsolete", "vanished"}
    ]

    assert not obsolete


def test_placeholders_are_the_same_in_both_languages() -> None:
    differing = [
        source
        for (_, source), message in _messages(SOURCE).items()
        if set(re.findall(r"{\w+}", source))
        != set(re.findall(r"{\w+}", _translation(message).text or ""))
    ]

    assert not differing


def test_the_compiled_file_belongs_to_the_source(tmp_path: Path) -> None:
    compiled = tmp_path / SHIPPED.name
    command = [_tool("lrelease"), str(SOURCE), "-qm", str(compiled)]
    subprocess.run(command, check=True, capture_output=True)

    assert compiled.read_bytes() == SHIPPED.read_bytes()


def test_language_can_be_switched_and_switched_back(qapp: QApplication) -> None:
    translations = Translations(qapp)

    assert translations.choose(Language.CHINESE)
    chinese = QCoreApplication.translate("TrayMenu", "Quit")
    assert not translations.choose(Language.CHINESE)
    assert translations.choose(Language.ENGLISH)

    assert chinese == "退出"
    assert QCoreApplication.translate("TrayMenu", "Quit") == "Quit"


@pytest.mark.parametrize(
    ("chosen", "system", "shown"),
    [
        (Language.SYSTEM, "zh_CN", Language.CHINESE),
        (Language.SYSTEM, "zh_TW", Language.ENGLISH),
        (Language.SYSTEM, "de_DE", Language.ENGLISH),
        (Language.ENGLISH, "zh_CN", Language.ENGLISH),
        (Language.CHINESE, "en_US", Language.CHINESE),
    ],
)
def test_the_system_decides_unless_the_person_does(
    chosen: Language, system: str, shown: Language
) -> None:
    assert resolve(chosen, QLocale(system)) is shown


def test_resources_are_found_in_the_source_tree() -> None:
    assert assets.folder() == ROOT / "resources"
    assert assets.translation("zh_CN") == SHIPPED


def test_a_bundle_comes_before_the_source_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources" / "icons").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assets.folder.cache_clear()
    try:
        assert assets.folder() == tmp_path / "resources"
    finally:
        monkeypatch.undo()
        assets.folder.cache_clear()
