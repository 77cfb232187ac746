"""What lies directly within a widget."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from qcc_desktop.ui.insides import widgets_in


def test_widgets_are_found_and_other_objects_are_not(qtbot: QtBot) -> None:
    frame, label = QFrame(), QLabel("a text")
    qtbot.addWidget(frame)
    QHBoxLayout(frame).addWidget(label)

    assert list(widgets_in(frame)) == [label]


def test_fields_and_texts_of_one_piece_are_not_looked_into(qtbot: QtBot) -> None:
    """PySide would make every class of Qt there is, to find one for what Qt keeps in them."""
    for closed in (QLineEdit(), QLabel("a text")):
        qtbot.addWidget(closed)
        QWidget(closed)

        assert list(widgets_in(closed)) == []


def test_a_long_text_has_its_paper_and_its_scroll_bars(qtbot: QtBot) -> None:
    text = QPlainTextEdit()
    qtbot.addWidget(text)

    inside = [text.viewport(), text.verticalScrollBar(), text.horizontalScrollBar()]
    assert list(widgets_in(text)) == inside
