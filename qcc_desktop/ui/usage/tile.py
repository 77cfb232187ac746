"""Large figures in cards: each with its title, its value, a line below."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.measures import GAP, TextSize, set_text
from qcc_desktop.ui.usage.presenter import Figure
from qcc_desktop.ui.widgets.elided_label import ElidedLabel

_COUNT = 5
_NARROWEST = 132
_PADDING = 8


class Tile(QFrame):
    """Shows a `Figure`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._figure: Figure | None = None
        self.title, self.value, self.note = ElidedLabel(), ElidedLabel(), ElidedLabel()
        set_text(self.title, TextSize.SMALL, muted=True)
        set_text(self.value, TextSize.HEAD, bold=True)
        set_text(self.note, TextSize.SMALL, muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, _PADDING, 12, _PADDING)
        column.setSpacing(0)
        for label in (self.title, self.value, self.note):
            column.addWidget(label)

    def apply(self, figure: Figure) -> None:
        """Show ``figure``."""
        if figure == self._figure:
            return
        self._figure = figure
        self.title.setText(figure.title)
        self.value.setText(figure.value)
        self.note.setText(figure.note)
        self.setToolTip(figure.hint)
        self.setAccessibleName(f"{figure.title}: {figure.value}, {figure.note}")
        self.setAccessibleDescription(figure.hint)


class Tiles(QWidget):
    """The headline: in one row, or in two that both fill the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = [Tile(self) for _ in range(_COUNT)]

    def apply(self, figures: Sequence[Figure]) -> None:
        """Show the figures, as many as there are tiles."""
        for tile, figure in zip(self.tiles, figures, strict=True):
            tile.apply(figure)
        self._arrange()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_NARROWEST, self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        fit = (self.width() + GAP) // (_NARROWEST + GAP)
        split = _COUNT if fit >= _COUNT else -(-_COUNT // 2)
        tall = max(tile.sizeHint().height() for tile in self.tiles)
        top = 0
        for line in (self.tiles[:split], self.tiles[split:]):
            if line:
                self._lay_line(line, top, tall)
                top += tall + GAP
        if self.height() != top - GAP:
            self.setFixedHeight(top - GAP)

    def _lay_line(self, line: Sequence[Tile], top: int, tall: int) -> None:
        share = (self.width() + GAP) / len(line)
        for place, tile in enumerate(line):
            left, right = round(place * share), round((place + 1) * share) - GAP
            tile.setGeometry(left, top, right - left, tall)
