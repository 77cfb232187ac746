"""A page's scrolling part: as wide as the page, as tall as what is in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from qcc_desktop.ui.theme.measures import GAP, MARGIN


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
