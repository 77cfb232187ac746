"""What stands where there is nothing to list: a picture, one sentence, perhaps one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import MARGIN, TextSize, set_text
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.picture import Picture

_WIDEST = 560
_ALL = 1000
"""Of the room, before the stretches beside it get any."""


class EmptyState(QWidget):
    """Says why there is nothing, and what to do about it."""

    wanted = Signal()
    """The button was pressed."""

    def __init__(self, picture: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.sentence = QLabel()
        self.sentence.setAlignment(middle)
        self.sentence.setWordWrap(True)
        self.sentence.setMaximumWidth(_WIDEST)
        set_text(self.sentence, TextSize.TITLE, muted=True)
        self.button = Button(weight=Weight.PRIMARY)
        self.button.clicked.connect(self.wanted)
        self.button.hide()
        column = QVBoxLayout(self)
        column.setSpacing(MARGIN)
        column.addStretch(2)
        column.addWidget(Picture(lambda tone: icons.icon(picture, tone, Role.FAINT), 40), 0, middle)
        column.addLayout(self._in_the_middle())
        column.addWidget(self.button, 0, middle)
        column.addStretch(3)

    def _in_the_middle(self) -> QHBoxLayout:
        """Return the sentence as wide as it may be: an aligned label is given one line only."""
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.sentence, _ALL)
        row.addStretch(1)
        return row

    def say(self, sentence: str, button: str = "") -> None:
        """Show ``sentence``, and ``button`` if there is something to do."""
        if self.sentence.text() != sentence:
            self.sentence.setText(sentence)
        if self.button.text() != button:
            self.button.set_words(button)
        self.button.setVisible(bool(button))
