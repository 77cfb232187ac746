"""Grey bars where texts will be: shown only where waiting for them is felt."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.measures import GAP, GRID
from qcc_desktop.ui.theme.palette import Role, colour, current_tone

_FELT_MS = 200
"""What is there sooner needs no picture of itself."""
_BAR = 3 * GRID
_SHARES = (0.42, 0.68, 0.55)


class Skeleton(QWidget):
    """Stands still, so that it costs nothing while it is shown."""

    def __init__(self, bars: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = bars
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FELT_MS)
        self._timer.timeout.connect(self.show)
        self.hide()

    def start(self) -> None:
        """Appear, unless `stop` comes first."""
        if not self.isVisible():
            self._timer.start()

    def stop(self) -> None:
        """Make room for what was waited for."""
        self._timer.stop()
        self.hide()

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, self._bars * (_BAR + GAP) - GAP)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(Role.PRESSED, current_tone()))
        for place in range(self._bars):
            wide = self.width() * _SHARES[place % len(_SHARES)]
            painter.drawRoundedRect(QRectF(0, place * (_BAR + GAP), wide, _BAR), GRID, GRID)
        painter.end()
