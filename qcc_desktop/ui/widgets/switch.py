"""An on/off switch."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.palette import Role, colour, current_tone, readable_on

_WIDTH, _HEIGHT, _KNOB = 40, 22, 14


class Switch(QAbstractButton):
    """Says by place and by colour whether it is on; works with mouse and keyboard."""

    heard_as = QAccessible.Role.CheckBox

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH + 4, _HEIGHT + 4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(2.5, (self.height() - _HEIGHT) / 2 + 0.5, _WIDTH - 1, _HEIGHT - 1)
        tone = current_tone()
        accent = self.palette().color(QPalette.ColorRole.Accent)
        if self.isChecked():
            painter.setPen(QPen(accent, 1))
            painter.setBrush(accent)
            knob, place = readable_on(accent), track.right() - track.height() / 2
        else:
            painter.setPen(QPen(colour(Role.MUTED, tone), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            knob, place = colour(Role.MUTED, tone), track.left() + track.height() / 2
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(knob)
        painter.drawEllipse(QPointF(place, track.center().y()), _KNOB / 2, _KNOB / 2)
        if self.hasFocus():
            painter.setPen(QPen(colour(Role.TEXT, tone), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), 13, 13)
        painter.end()
