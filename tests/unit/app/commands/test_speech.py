"""The command line speaks the person's language, with the window's words."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qcc_desktop.app.commands import speech

I18N = Path(__file__).parents[4] / "resources" / "i18n"


def _choose(home: Path, language: str) -> None:
    file = home / "config" / "config.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"settings": {"ui.language": language}}), encoding="utf-8")


def test_every_text_of_the_compiled_file_is_read() -> None:
    tree = ElementTree.parse(I18N / "qcc_zh_CN.ts")
    written = {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext(
            "translation", ""
        )
        for context in tree.iter("context")
        for message in context.iter("message")
    }

    assert dict(speech.messages((I18N / "qcc_zh_CN.qm").read_bytes())) == written


@pytest.mark.parametrize(
    ("environ", "is_chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_Hans_CN"}, True),
        ({"LANG": "zh_TW.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
        ({}, False),
    ],
)
def test_the_system_tells_its_language(environ: dict[str, str], is_chinese: bool) -> None:
    assert speech.is_chinese_system(environ, "linux") is is_chinese


def test_the_option_comes_before_the_system(
    qcc_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "There is no endpoint 'x'. Known: a, b."
    assert speech.spoken(said) == said

    _choose(qcc_home, "zh_CN")
    assert speech.spoken(said) == "没有端点 'x'。现有：a, b。"
    assert speech.word("Doctor", "Port") == "端口"

    monkeypatch.setattr(speech, "is_chinese_system", lambda _environ: True)
    _choose(qcc_home, "en")
    assert speech.spoken(said) == said
    _choose(qcc_home, "system")
    assert speech.word("Doctor", "Port") == "端口"


def test_without_the_file_of_translations_it_speaks_english(
    qcc_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _choose(qcc_home, "zh_CN")
    monkeypatch.setattr("qcc_desktop.ui.assets.translation", lambda _: tmp_path / "none.qm")
    speech._chinese.cache_clear()
    try:
        assert speech.spoken("There is no endpoint 'x'.") == "There is no endpoint 'x'."
    finally:
        speech._chinese.cache_clear()
