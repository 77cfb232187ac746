"""The card around the chart: its title, what bars are made of, the legend, and loading it."""

import asyncio
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import Shiboken
from typing_extensions import override

from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.theme.palette import Role, colour, current_tone
from qcc_desktop.ui.usage.bars import ChartLook, Series
from qcc_desktop.ui.usage.chart_loading import load_chart
from qcc_desktop.ui.usage.choices import Measure
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from qcc_desktop.ui.usage.chart import UsageChart

SKELETON_MS = 200
"""What takes less is not announced."""
_TALL = 160
_LEGEND_MAX = 3
_log = logging.getLogger(__name__)


class ChartCard(QFrame):
    """Shows a `ChartLook` as soon as the chart is loaded; what it cannot draw, it says."""

    measure_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.chart: UsageChart | None = None
        self._look: ChartLook | None = None
        self._is_loading = self._is_broken = False
        self.title = QLabel()
        set_text(self.title, TextSize.BODY, bold=True)
        self.legend = [_LegendEntry() for _ in range(_LEGEND_MAX)]
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_text(self.note, TextSize.BODY, muted=True)
        self.skeleton = _Skeleton()
        self.stack = QStackedWidget()
        self.stack.setMinimumHeight(_TALL)
        self._blank = QWidget()
        for part in (self._blank, self.skeleton, self.note):
            self.stack.addWidget(part)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SKELETON_MS)
        self._patience.timeout.connect(lambda: self.stack.setCurrentWidget(self.skeleton))
        self._build_measures()
        self._lay_out()
        self._retranslate()

    def _build_measures(self) -> None:
        self.measures = {measure: Button(weight=Weight.GHOST) for measure in Measure}
        group = QButtonGroup(self)
        for measure, button in self.measures.items():
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(lambda _=False, it=measure: self.measure_chosen.emit(it))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title)
        head.addStretch(1)
        for button in self.measures.values():
            head.addWidget(button)
        keys = QHBoxLayout()
        keys.setSpacing(MARGIN)
        for entry in self.legend:
            keys.addWidget(entry)
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, GAP, 12, GAP)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addLayout(keys)
        column.addWidget(self.stack, 1)

    def choose(self, measure: Measure) -> None:
        """Mark what bars are made of."""
        self.measures[measure].setChecked(True)

    def apply(self, look: ChartLook) -> None:
        """Show ``look``."""
        if look == self._look:
            return
        self._look = look
        self.title.setText(look.title)
        parts = look.series if len(look.series) > 1 and not look.note else ()
        for place, entry in enumerate(self.legend):
            entry.setVisible(place < len(parts))
            if place < len(parts):
                entry.apply(parts[place])
        self._show()

    def _show(self) -> None:
        look = self._look
        if look is not None and look.note:
            self.note.setText(look.note)
            self.stack.setCurrentWidget(self.note)
        elif self._is_broken:
            self.note.setText(
                self.tr("The chart cannot be shown here. The table has the same figures.")
            )
            self.stack.setCurrentWidget(self.note)
        elif self.chart is not None and look is not None:
            self.chart.show_look(look)
            self.stack.setCurrentWidget(self.chart)

    @property
    def wants_loading(self) -> bool:
        """Whether `load` was not tried yet."""
        return not self._is_loading and not self._is_broken and self.chart is None

    async def load(self) -> None:
        """Load the chart in a thread, once; say so if that takes a while."""
        if not self.wants_loading:
            return
        self._is_loading = True
        self._patience.start()
        try:
            made = await asyncio.to_thread(load_chart)
            self.chart = made()
            self.stack.addWidget(self.chart)
        except Exception:  # noqa: BLE001 - a boundary: a broken library fails in ways of its own
            _log.warning("The chart cannot be loaded", exc_info=True)
            self._is_broken = True
        finally:
            self._is_loading = False
            if Shiboken.isValid(self._patience):  # a program that ends meanwhile deletes it
                self._patience.stop()
        self._show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.measures[Measure.TOKENS].set_words(self.tr("Tokens"))
        self.measures[Measure.COST].set_words(self.tr("Cost"))
        self.measures[Measure.REQUESTS].set_words(self.tr("Requests"))
        self.skeleton.setAccessibleName(self.tr("The chart is loading."))
        self._show()


class _LegendEntry(QWidget):
    """A square of a part's colour and the part's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._square = _Square()
        self.name = ElidedLabel()
        set_text(self.name, TextSize.SMALL, muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._square)
        row.addWidget(self.name)

    def apply(self, part: Series) -> None:
        """Explain ``part``."""
        self._square.role = part.role
        self._square.update()
        self.name.setText(part.name)


class _Square(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = Role.ACCENT
        self.setFixedSize(10, 10)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self.role, current_tone()))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.end()


class _Skeleton(QWidget):
    """Quiet bars in the place of those to come."""

    _SHARES = (0.35, 0.5, 0.42, 0.7, 0.62, 0.3, 0.45, 0.8, 0.66, 0.52, 0.74, 0.4)

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, _TALL)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(Role.PRESSED, current_tone()))
        step = self.width() / len(self._SHARES)
        for place, share in enumerate(self._SHARES):
            tall = self.height() * share
            painter.drawRect(
                QRectF(place * step + step * 0.14, self.height() - tall, step * 0.72, tall)
            )
        painter.end()
