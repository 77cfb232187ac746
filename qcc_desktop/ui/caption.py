"""A line below the head of the window that says what the whole window is about: a demo."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.theme.measures import GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.widgets.elided_label import ElidedLabel

_BETWEEN = " · "
"""Stands between the parts of the line."""


class Caption:
    """Holds the sentence; whoever runs the demo says the next one when its part begins.

    ``title`` stands before the program's name in the title of the window (Qt adds the name to a
    title that does not end with it). Belongs to the thread of
    the event loop.
    """

    def __init__(self, text: str = "", *, title: str = "") -> None:
        self.title = title
        self._text = text
        self._listener: Callable[[str], None] | None = None

    @property
    def text(self) -> str:
        """The sentence shown now; empty: no line is shown."""
        return self._text

    def say(self, text: str) -> None:
        """Show ``text`` in the place of the sentence before."""
        self._text = text
        if self._listener is not None:
            self._listener(text)

    def follow(self, listener: Callable[[str], None] | None) -> None:
        """Tell ``listener`` this sentence and every later one; None: tell nobody."""
        self._listener = listener
        if listener is not None:
            listener(self._text)


class CaptionLine(QFrame):
    """Shows the sentence of a `Caption`; takes no room while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caption")
        self.label = ElidedLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        set_text(self.label, TextSize.BODY, muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        row.addWidget(self.label, 1)
        self.hide()

        self._text = ""

    def show_text(self, text: str) -> None:
        """Show ``text``, or nothing when it is empty; it is English and known to `core.app_texts`."""
        self._text = text
        said = [failure_sentence(part) for part in text.split(_BETWEEN)]
        self.label.setText(_BETWEEN.join(said))
        self.setVisible(bool(text))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_text(self._text)
