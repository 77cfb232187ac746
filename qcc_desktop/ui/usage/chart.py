"""The chart of the usage page, on pyqtgraph: stacked bars, a scale with units, words on hover.

The only module that imports pyqtgraph (0.3 s, 50 MB with numpy); `chart_card` loads it when
there is something to draw.
"""

import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.measures import TextSize, font
from qcc_desktop.ui.theme.palette import Role, colour, current_tone
from qcc_desktop.ui.usage.bars import ChartLook

_THICK = 0.72
_TALL = 160
_PARTS = 3
_OVERHANG = 24
"""Pixels by which a name may reach beyond its axis: the last day's, the top value."""


class UsageChart(QWidget):
    """Draws a `ChartLook`; the mouse goes past pyqtgraph, so that the wheel scrolls the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: ChartLook | None = None
        self._under_mouse = -1
        self.setMinimumHeight(_TALL)
        self.setMouseTracking(True)
        self._box = pyqtgraph.ViewBox(enableMenu=False, enableMouse=False)
        self._scale = pyqtgraph.AxisItem("left", linkView=self._box)
        self._foot = pyqtgraph.AxisItem("bottom", linkView=self._box)
        self._band = pyqtgraph.BarGraphItem(x=[], height=[], width=1.0)
        self._bars = [pyqtgraph.BarGraphItem(x=[], height=[], width=_THICK) for _ in range(_PARTS)]
        self._lines = pyqtgraph.PlotCurveItem(connect="pairs")
        """The axis would draw lines, too, but over the bars, and without its outermost values."""
        for item in (self._band, self._lines, *self._bars):
            self._box.addItem(item, ignoreBounds=True)
        self._view = pyqtgraph.GraphicsView(self, background=None)
        self._lay_out()
        self._dress()

    def _lay_out(self) -> None:
        inside = pyqtgraph.GraphicsLayout()
        inside.layout.setSpacing(0)
        inside.layout.setContentsMargins(0, 8, 20, 0)
        inside.addItem(self._scale, 0, 0)
        inside.addItem(self._box, 0, 1)
        inside.addItem(self._foot, 1, 1)
        self._view.setCentralItem(inside)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)

    def show_look(self, look: ChartLook) -> None:
        """Draw ``look``."""
        if look == self._look:
            return
        self._look = look
        self._under_mouse = -1
        self._draw()
        self.setAccessibleName(look.title)
        self.setAccessibleDescription(look.description)

    @property
    def look(self) -> ChartLook | None:
        """What is drawn."""
        return self._look

    def place_at(self, x: float) -> int:
        """Return which bar is at this distance from the left edge; -1 for none."""
        if self._look is None:
            return -1
        scene = self._view.mapToScene(round(x), 0)
        place = round(self._box.mapSceneToView(scene).x())
        inside = self._box.sceneBoundingRect()
        is_there = inside.left() <= scene.x() <= inside.right()
        return place if is_there and 0 <= place < len(self._look.hints) else -1

    def centre_of(self, place: int) -> QPointF:
        """Return where the middle of a bar is, half-way up."""
        top = self._look.scale[-1][0] if self._look else 1.0
        scene = self._box.mapViewToScene(QPointF(place, top / 2))
        return QPointF(self._view.mapFromScene(scene))

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, _TALL)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().x())
        if place != self._under_mouse:
            self._under_mouse = place
            self._draw_band()
        if place >= 0 and self._look is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self._look.hints[place], self)
        else:
            QToolTip.hideText()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under_mouse = -1
        self._draw_band()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = {QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange}
        if event.type() in kinds and hasattr(self, "_view"):
            self._dress()

    def _dress(self) -> None:
        """Take the colours and the font of this moment."""
        tone = current_tone()
        small = font(TextSize.SMALL)
        nothing = pyqtgraph.mkPen(None)
        for axis in (self._scale, self._foot):
            axis.setStyle(tickLength=0, tickFont=small, tickTextOffset=6, maxTickLevel=0)
            axis.setStyle(hideOverlappingLabels=_OVERHANG)
            axis.setPen(nothing)
            axis.setTickPen(nothing)
            axis.setTextPen(pyqtgraph.mkPen(colour(Role.MUTED, tone)))
        self._view.setBackground(colour(Role.CARD, tone))
        self._draw()

    def _draw(self) -> None:
        look = self._look
        if look is None:
            return
        size = len(look.hints)
        self._box.setRange(
            xRange=(-0.5, size - 0.5), yRange=(0, look.scale[-1][0]), padding=0, update=False
        )
        self._scale.setTicks([list(look.scale)])
        self._foot.setTicks([list(look.ticks)])
        self._draw_lines(look, size)
        self._draw_bars(look, [0.0] * size)
        self._draw_band()

    def _draw_lines(self, look: ChartLook, size: int) -> None:
        values = [value for value, _ in look.scale for _ in range(2)]
        ends = [-0.5, size - 0.5] * len(look.scale)
        self._lines.setData(ends, values, pen=pyqtgraph.mkPen(colour(Role.LINE, current_tone())))

    def _draw_bars(self, look: ChartLook, base: list[float]) -> None:
        tone = current_tone()
        edge = pyqtgraph.mkPen(colour(Role.CARD, tone))
        for number, item in enumerate(self._bars):
            values = look.series[number].values if number < len(look.series) else ()
            role = look.series[number].role if values else Role.CARD
            # Bars of no height would still draw their edges, over the line below.
            places = [place for place, value in enumerate(values) if value]
            item.setOpts(
                x=places,
                y0=[base[place] for place in places],
                height=[values[place] for place in places],
                brush=pyqtgraph.mkBrush(colour(role, tone)),
                pen=edge,
            )
            for place in places:
                base[place] += values[place]

    def _draw_band(self) -> None:
        """Lay a band behind the bar under the mouse."""
        if self._look is None or self._under_mouse < 0:
            self._band.setOpts(x=[], y0=[], height=[])
            return
        shade = colour(Role.PRESSED, current_tone())
        self._band.setOpts(
            x=[self._under_mouse],
            y0=[0],
            height=[self._look.scale[-1][0]],
            brush=pyqtgraph.mkBrush(shade),
            pen=pyqtgraph.mkPen(None),
        )
