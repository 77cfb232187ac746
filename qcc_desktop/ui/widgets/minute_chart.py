"""Charts of the last hour, minute by minute: bars of counts, lines of times.

Drawn by hand: sixty bars need no plotting library, and the overview is open all day. The usage
page, where people look into figures, has one.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.measures import TextSize, font, set_text
from qcc_desktop.ui.theme.palette import Role, Tone, colour, current_tone
from qcc_desktop.ui.widgets.elided_label import ElidedLabel

_TALL = 96
_FOOT = 18
_STEPS = (1, 2, 5)
_DASH = QSize(14, 12)


class Trait(StrEnum):
    """The lines of `TimeLines`."""

    HALF = "half"
    MOST = "most"


def trait_pen(trait: Trait, palette: QPalette, tone: Tone) -> QPen:
    """Return what a line is drawn with, in the chart and in its legend."""
    if trait is Trait.MOST:
        return QPen(colour(Role.AMBER, tone), 1.5, Qt.PenStyle.DotLine)
    return QPen(palette.accent().color(), 1.75)


def rounded_up(value: float) -> float:
    """Return the next 1, 2 or 5 times a power of ten: where a scale ends so that it reads well."""
    if value <= 0:
        return 1.0
    power = 1.0
    while power * 5 < value:
        power *= 10
    while power / 10 * 5 >= value:
        power /= 10
    return next(step * power for step in _STEPS if step * power >= value * (1 - 1e-9))


class MinuteChart(QWidget):
    """The frame of both charts: a scale from zero, three grid lines, words below."""

    heard_as = QAccessible.Role.Chart

    def __init__(self, scale_word: Callable[[float], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale_word = scale_word
        self._ends = ("", "")
        self.setMinimumSize(160, _TALL)

    def show_ends(self, left: str, right: str) -> None:
        """Say when the first and the last minute was."""
        if (left, right) != self._ends:
            self._ends = (left, right)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, _TALL + _FOOT)

    @property
    def top(self) -> float:
        """The value at the upper end of the scale."""
        return 1.0

    def paint_values(self, painter: QPainter, area: QRectF, tone: Tone) -> None:
        """Paint the figures into ``area``."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tone = current_tone()
        painter = QPainter(self)
        painter.setFont(font(TextSize.SMALL))
        words = (self._scale_word(self.top), self._scale_word(self.top / 2))
        metrics = painter.fontMetrics()
        gutter = max(metrics.horizontalAdvance(word) for word in words) + 8
        whole = QRectF(self.rect())
        area = QRectF(gutter, 6, whole.width() - gutter - 2, whole.height() - 6 - _FOOT)
        self._paint_grid(painter, area, words, tone)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_values(painter, area, tone)
        painter.setPen(colour(Role.MUTED, tone))
        foot = QRectF(area.left(), area.bottom() + 2, area.width(), _FOOT - 2)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(foot, int(middle | Qt.AlignmentFlag.AlignLeft), self._ends[0])
        painter.drawText(foot, int(middle | Qt.AlignmentFlag.AlignRight), self._ends[1])
        painter.end()

    def _paint_grid(
        self, painter: QPainter, area: QRectF, words: tuple[str, str], tone: Tone
    ) -> None:
        side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for share, word in ((0.0, ""), (0.5, words[1]), (1.0, words[0])):
            y = round(area.bottom() - share * area.height()) + 0.5
            painter.setPen(QPen(colour(Role.LINE, tone), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(colour(Role.MUTED, tone))
            painter.drawText(QRectF(0, y - 8, area.left() - 6, 16), side, word)


def _even(value: float) -> float:
    """Return the end of a scale of counts whose middle is a count too: 6 for 5."""
    return value + value % 2


class CountBars(MinuteChart):
    """A bar a minute; what failed is a part of it in another colour, at its foot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda value: f"{value:g}", parent)
        self._counts: tuple[tuple[int, int], ...] = ()

    def show_counts(self, counts: Sequence[tuple[int, int]]) -> None:
        """Show (all, failed) of each minute, oldest first."""
        wanted = tuple(counts)
        if wanted != self._counts:
            self._counts = wanted
            self.update()

    @property
    @override
    def top(self) -> float:
        most = max((count for count, _ in self._counts), default=0)
        return max(2.0, _even(rounded_up(most)))

    @override
    def paint_values(self, painter: QPainter, area: QRectF, tone: Tone) -> None:
        if not self._counts:
            return
        step = area.width() / len(self._counts)
        thick = max(1.0, step - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        for index, (count, failed) in enumerate(self._counts):
            left = area.left() + index * step + (step - thick) / 2
            for value, brush in (
                (count, self.palette().accent().color()),
                (failed, colour(Role.RED, tone)),
            ):
                if value:
                    tall = max(2.0, area.height() * value / self.top)
                    painter.setBrush(brush)
                    painter.drawRect(QRectF(left, area.bottom() - tall, thick, tall))


class TimeLines(MinuteChart):
    """Two lines of milliseconds: the usual and the slow; minutes without a figure are gaps."""

    def __init__(self, scale_word: Callable[[float], str], parent: QWidget | None = None) -> None:
        super().__init__(scale_word, parent)
        self._times: tuple[tuple[float | None, float | None], ...] = ()

    def show_times(self, times: Sequence[tuple[float | None, float | None]]) -> None:
        """Show (half, most) of each minute in milliseconds, oldest first."""
        wanted = tuple(times)
        if wanted != self._times:
            self._times = wanted
            self.update()

    @property
    @override
    def top(self) -> float:
        known = [value for pair in self._times for value in pair if value is not None]
        return rounded_up(max(known, default=1000.0))

    @override
    def paint_values(self, painter: QPainter, area: QRectF, tone: Tone) -> None:
        for place, trait in ((1, Trait.MOST), (0, Trait.HALF)):
            pen = trait_pen(trait, self.palette(), tone)
            for run in self._runs(place, area):
                painter.setPen(pen)
                painter.drawPolyline(QPolygonF(run))
                if len(run) == 1:
                    painter.setBrush(pen.color())
                    painter.drawEllipse(run[0], 1.25, 1.25)

    def _runs(self, place: int, area: QRectF) -> list[list[QPointF]]:
        """Return the points of unbroken stretches; an idle minute does not break one."""
        step = area.width() / max(1, len(self._times) - 1)
        points = [
            QPointF(area.left() + index * step, area.bottom() - area.height() * value / self.top)
            for index, pair in enumerate(self._times)
            if (value := pair[place]) is not None
        ]
        runs: list[list[QPointF]] = []
        for point in points:
            if runs and point.x() - runs[-1][-1].x() <= _BRIDGED * step:
                runs[-1].append(point)
            else:
                runs.append([point])
        return runs


class LineKey(QWidget):
    """One entry of the legend: a piece of the line, and what it stands for."""

    def __init__(self, trait: Trait, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ElidedLabel()
        set_text(self.text, TextSize.SMALL, muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(_Dash(trait))
        row.addWidget(self.text)

    def say(self, words: str) -> None:
        """Show ``words``; an entry without any is hidden."""
        self.text.setText(words)
        self.setVisible(bool(words))


class _Dash(QWidget):
    def __init__(self, trait: Trait) -> None:
        super().__init__()
        self._trait = trait
        self.setFixedSize(_DASH)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(trait_pen(self._trait, self.palette(), current_tone()))
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        painter.end()


_BRIDGED = 5.5
"""So many minutes without a figure are bridged by the line: work comes in bursts."""
