"""Messages that need no answer."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import Language
from qcc_desktop.ui.contracts import Notice, NoticeKind
from qcc_desktop.ui.i18n import Translations
from qcc_desktop.ui.notices import complaint
from qcc_desktop.ui.widgets.message_bar import MessageBar


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    made.move(3000, 3000)  # away from where an earlier test has left the mouse
    qtbot.addWidget(made)
    return made


def test_a_message_with_a_time_goes_away_by_itself(bar: MessageBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.closed, timeout=2000):
        bar.show_notice(Notice("Copied.", lasting_s=0.01))

    assert bar.isHidden()


def test_a_later_message_is_not_closed_by_the_time_of_an_earlier_one(
    bar: MessageBar, qtbot: QtBot
) -> None:
    bar.show_notice(Notice("Copied.", lasting_s=0.01))
    bar.show_notice(Notice("The port is taken.", kind=NoticeKind.PROBLEM))

    with qtbot.assertNotEmitted(bar.closed, wait=50):
        assert bar.title.text() == "The port is taken."


def test_its_action_is_done_once_and_closes_it(bar: MessageBar) -> None:
    done: list[bool] = []
    bar.show_notice(Notice("Removed.", action_label="Undo", action=lambda: done.append(True)))

    QTest.mouseClick(bar.action, Qt.MouseButton.LeftButton)

    assert done == [True]
    assert bar.isHidden()


def test_a_message_stays_while_the_mouse_is_over_it(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_notice(Notice("Removed.", lasting_s=0.01))
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Enter))

    with qtbot.assertNotEmitted(bar.closed, wait=60):
        assert bar.underMouse()


def test_a_floating_message_stays_inside_the_page_when_that_shrinks(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    bar = MessageBar(over=page)
    bar.show_notice(Notice("Removed.", "It can be brought back. " * 6))
    assert page.rect().contains(bar.geometry())

    page.resize(400, 300)

    assert page.rect().contains(bar.geometry())
    assert bar.geometry().bottom() > 250


def test_markup_in_a_message_is_shown_as_text(bar: MessageBar) -> None:
    bar.show_notice(Notice("<b>x</b>", "<i>y</i>"))

    assert bar.title.textFormat() is Qt.TextFormat.PlainText
    assert bar.hint.textFormat() is Qt.TextFormat.PlainText


def test_a_complaint_is_said_again_in_another_language(bar: MessageBar) -> None:
    translations = Translations(bar)
    fault = UserFacingError("/a cannot be written: Permission denied.", "Name another place.")
    bar.show_notice(complaint(fault))
    english = bar.title.text(), bar.hint.text()

    translations.choose(Language.CHINESE)
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    chinese = bar.title.text(), bar.hint.text()
    translations.choose(Language.ENGLISH)

    assert english == (fault.title, fault.hint)
    assert chinese == ("无法写入 /a：没有权限。", "请换一个位置。")
