"""A picture that is drawn anew for every theme and screen."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.palette import Tone, current_tone


class Picture(QWidget):
    """Shows what ``source`` returns for the tone of the surroundings."""

    def __init__(
        self, source: Callable[[Tone], QIcon], edge: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._edge = edge
        self.setFixedSize(edge, edge)

    def show_icon(self, source: Callable[[Tone], QIcon]) -> None:
        """Show another picture."""
        self._source = source
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._edge, self._edge)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._source(current_tone()).paint(painter, self.rect())
        painter.end()
