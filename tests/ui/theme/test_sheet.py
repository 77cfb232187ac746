"""Colours and style sheet of the whole program."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from typing_extensions import override

from qcc_desktop.core.settings import Theme
from qcc_desktop.ui.theme.sheet import Look


class _Polishings(QObject):
    """Counts how often a widget is dressed anew."""

    def __init__(self, widget: QLabel) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.StyleChange
        return False


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp, qapp)
    yield made
    made.choose(Theme.LIGHT)
    made.deleteLater()


@pytest.mark.parametrize("other", [Theme.DARK, Theme.LIGHT])
def test_another_theme_dresses_every_widget_anew_and_the_same_one_none(
    look: Look, qtbot: QtBot, other: Theme
) -> None:
    first = Theme.LIGHT if other is Theme.DARK else Theme.DARK
    label = QLabel("a label")
    qtbot.addWidget(label)
    label.show()
    look.choose(first)
    seen = _Polishings(label)

    look.choose(first)
    unchanged = seen.count
    look.choose(other)

    assert (unchanged, seen.count > 0) == (0, True)
