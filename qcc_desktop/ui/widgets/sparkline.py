"""A line of figures as small as a word: the trend, without axes."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.palette import Role, colour, current_tone

_INSET = 3.0


class Sparkline(QWidget):
    """Draws the newest figures from left to right; the last one has a dot.

    The scale begins at zero, so that a calm line looks calm.
    """

    heard_as = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = ()
        self.setMinimumSize(48, 20)

    def show_values(self, values: Sequence[float]) -> None:
        """Show ``values``, oldest first."""
        wanted = tuple(values)
        if wanted != self._values:
            self._values = wanted
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(72, 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._values:
            return
        tone = current_tone()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points = spread(
            self._values, QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        )
        painter.setPen(QPen(colour(Role.MUTED, tone), 1.25))
        if len(points) > 1:
            painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().accent())
        painter.drawEllipse(points[-1], 2.25, 2.25)
        painter.end()


def spread(values: Sequence[float], area: QRectF) -> list[QPointF]:
    """Return ``values`` as points of ``area``, from its left edge to its right one, 0 at its foot.

    A single value lies at the right edge.
    """
    top = max(*values, 1e-9)
    step = area.width() / max(1, len(values) - 1)
    first = area.right() if len(values) == 1 else area.left()
    return [
        QPointF(first + index * step, area.bottom() - area.height() * value / top)
        for index, value in enumerate(values)
    ]
