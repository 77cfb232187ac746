"""What the cards of the page are made of."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.theme.measures import GRID, MARGIN, TextSize, set_text


def text_line(size: TextSize = TextSize.BODY, *, muted: bool = False, bold: bool = False) -> QLabel:
    """Return a label for plain text of any length that can be copied with the mouse."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_text(label, size, muted=muted, bold=bold)
    return label


def fault_line() -> QLabel:
    """Return a label that is there while something is wrong."""
    label = text_line(TextSize.SMALL)
    label.setObjectName("fault")
    label.hide()
    return label


def say(label: QLabel, text: str) -> None:
    """Show ``text``; an empty one takes no room."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))


def sentence_of(error: UserFacingError) -> str:
    """Return what went wrong and what to do, in the language shown."""
    return failure_sentence(str(error))


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
