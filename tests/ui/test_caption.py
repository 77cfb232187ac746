"""The line that says that the window shows a demo."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from qcc_desktop.core.settings import Language
from qcc_desktop.ui.caption import Caption
from qcc_desktop.ui.i18n import Translations
from qcc_desktop.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: object) -> Iterator[MainWindow]:
    memory = QSettings(f"{tmp_path}/window.ini", QSettings.Format.IniFormat)
    made = MainWindow(memory, lambda: True)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.hide()


def test_a_window_without_a_caption_keeps_no_room_for_one(window: MainWindow) -> None:
    assert not window.caption.isVisible()


def test_the_window_shows_what_the_caption_says_now_and_later(window: MainWindow) -> None:
    caption = Caption("All is well", title="Demo")
    window.follow_caption(caption)
    assert window.caption.label.text() == "All is well"

    caption.say("The first endpoint fails")

    assert window.caption.isVisible()
    assert window.caption.label.text() == "The first endpoint fails"
    assert window.windowTitle() == "Demo · QCC Desktop"


def test_the_caption_follows_the_language(window: MainWindow, qtbot: QtBot) -> None:
    translations = Translations(window)
    parts = "Demo with simulated endpoints · Aurora is overloaded · nothing here is kept"
    window.follow_caption(Caption(parts, title="Demo"))

    translations.choose(Language.CHINESE)
    qtbot.waitUntil(lambda: window.windowTitle() == "演示 · QCC Desktop")
    chinese = window.caption.label.text()
    translations.choose(Language.ENGLISH)

    assert chinese == "使用模拟端点的演示 · Aurora 过载 · 这里的内容不会保留"


def test_a_caption_that_nobody_follows_any_more_says_nothing(window: MainWindow) -> None:
    caption = Caption("All is well")
    window.follow_caption(caption)

    caption.follow(None)
    caption.say("The end")

    assert window.caption.label.text() == "All is well"
    assert caption.text == "The end"
