"""Equal columns that fill the width: as many as fit."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.measures import GAP, scaled


class Flow(QWidget):
    """Lays its cards out in rows of equally wide ones and is as tall as they need."""

    def __init__(self, narrowest: int, tall: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrowest = scaled(narrowest)
        self._tall = scaled(tall)
        self._cards: list[QWidget] = []

    def add(self, card: QWidget) -> None:
        """Put ``card`` behind the others."""
        card.setParent(self)
        self._cards.append(card)

    def arrange(self) -> None:
        """Lay out the cards that are not hidden."""
        cards = [card for card in self._cards if not card.isHidden()]
        room = max(1, self.width())
        columns = max(1, min(len(cards) or 1, (room + GAP) // (self._narrowest + GAP)))
        columns = _even(len(cards), columns)
        wide = (room - GAP * (columns - 1)) // columns
        for index, card in enumerate(cards):
            row, column = divmod(index, columns)
            place = QRect(column * (wide + GAP), row * (self._tall + GAP), wide, self._tall)
            card.setGeometry(place)
        rows = -(-len(cards) // columns)
        self.setFixedHeight(max(0, rows * (self._tall + GAP) - GAP))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._narrowest, self._tall)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


def _even(count: int, columns: int) -> int:
    """Return so many columns that rows are filled evenly: 6 in two rows of 3, not 5 and 1."""
    if count == 0:
        return columns
    rows = -(-count // columns)
    return -(-count // rows)
