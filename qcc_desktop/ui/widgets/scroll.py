"""A page's scrolling part: as wide as the page, as tall as what is in it."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from qcc_desktop.ui.theme.measures import GAP, MARGIN

_SETTLING_MS = 300


class Scroll(QScrollArea):
    """Holds a column, `column`; ``is_inset`` lies in a card and lets it shine through."""

    def __init__(self, parent: QWidget | None = None, *, is_inset: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("inset" if is_inset else "scroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("inset" if is_inset else "scrolled")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        self.column.setSpacing(GAP)
        self.setWidget(inside)
        self._inside = inside
        self._sought: tuple[QWidget, int] | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLING_MS)
        self._settling.timeout.connect(self._found)
        self.verticalScrollBar().rangeChanged.connect(self._bring)

    def settle(self, *layouts: QLayout) -> None:
        """Give what is in it now the height it needs, ahead of the next painting.

        Without this, parts that were just added share the old height until the layout's own
        turn comes, which is long when many are made. ``layouts`` are those within, inner first.
        """
        for layout in (*layouts, self.column):
            layout.activate()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def seek(self, part: QWidget, above: int = MARGIN) -> None:
        """Bring a part to the top, ``above`` pixels below it, as far as the page goes.

        Parts that were made just now get their place a few turns later; until then the page
        follows.
        """
        self._sought = (part, above)
        self._settling.start()
        self._bring()

    def _bring(self) -> None:
        if self._sought is not None:
            part, above = self._sought
            top = part.mapTo(self._inside, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(max(0, top - above))

    def _found(self) -> None:
        self._bring()
        self._sought = None
