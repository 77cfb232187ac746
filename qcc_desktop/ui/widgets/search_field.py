"""A field to search in what the page shows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override


class SearchField(QLineEdit):
    """Escape empties it, and once it is empty the key is the window's again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)

    def bind_find(self, page: QWidget) -> None:
        """Give it the keys when the person presses Ctrl+F on ``page``."""
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), page)
        key.activated.connect(self.setFocus)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
