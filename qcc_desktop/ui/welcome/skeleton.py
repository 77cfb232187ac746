"""Grey bars in the place of lines that are still being looked for."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.measures import GAP
from qcc_desktop.ui.theme.palette import Role, colour, current_tone

_ROW = 44
_SHARES = (0.32, 0.46, 0.27, 0.52, 0.36, 0.42)
"""Lengths of the bars, two for each line, as parts of the width."""


class Skeleton(QWidget):
    """Stands still: nothing on the page moves while the person reads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_ROW * (len(_SHARES) // 2))

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(Role.HOVER, current_tone()))
        for place, share in enumerate(_SHARES):
            row, is_second = divmod(place, 2)
            top = row * _ROW + (26 if is_second else GAP)
            painter.drawRoundedRect(QRectF(0, top, self.width() * share, 10), 4, 4)
        painter.end()
