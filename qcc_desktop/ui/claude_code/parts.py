"""What the cards of the page are made of."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.theme.measures import GRID, MARGIN, TextSize, set_text


def text_line(size: TextSize = TextSize.BODY, *, muted: bool = False, bold: bool = False) -> QLabel:
    """Return a label for plain text of any length that can be copied with the mouse."""
    label = QLabel()
    _make_text_line(label, size, muted=muted, bold=bold)
    return label


def _make_text_line(
    label: QLabel, size: TextSize, *, muted: bool = False, bold: bool = False
) -> None:
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_text(label, size, muted=muted, bold=bold)


class FaultLine(QLabel):
    """Is there while something is wrong, and says so in the language of the moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        _make_text_line(self, TextSize.SMALL)
        self.setObjectName("fault")
        self.hide()

    def tell(self, english: str) -> None:
        """Say a sentence of the inner rooms; an empty one takes no room."""
        self._said = english
        say(self, failure_sentence(english))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.tell(self._said)


def say(label: QLabel, text: str) -> None:
    """Show ``text``; an empty one takes no room."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))


def column_of(card: QFrame) -> QVBoxLayout:
    """Return the column of a new card."""
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(MARGIN, 12, MARGIN, 12)
    column.setSpacing(GRID)
    return column


def dialog_foot(buttons: QDialogButtonBox, *before: QLabel) -> QFrame:
    """Return the foot of a dialog; its accepting button is the primary one."""
    bar = QFrame()
    bar.setObjectName("footer")
    row = QHBoxLayout(bar)
    row.setContentsMargins(MARGIN, 3 * GRID, MARGIN, 3 * GRID)
    for label in before:
        row.addWidget(label, 1)
    for button in buttons.buttons():
        button.setIcon(QIcon())  # Fusion puts pictures of its own there
        button.setObjectName("plain")
    first = buttons.button(QDialogButtonBox.StandardButton.Ok)
    first.setObjectName("primary")
    first.setDefault(True)
    row.addStretch(1)
    row.addWidget(buttons)
    return bar
