"""One running conversation as a line that leads to its page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qcc_desktop.ui.overview.presenter import SessionLine
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, TextSize, scaled, set_text
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.widgets.elided_label import ElidedLabel
from qcc_desktop.ui.widgets.picture import Picture


class SessionRow(QPushButton):
    """Shows a `SessionLine`."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line")
        self.setFixedHeight(scaled(32))
        self._look: SessionLine | None = None
        self.name = ElidedLabel()
        set_text(self.name, TextSize.BODY)
        self.rest = ElidedLabel()
        set_text(self.rest, TextSize.SMALL, muted=True)
        self.rest.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 0, GAP, 0)
        row.setSpacing(GAP)
        row.addWidget(self.name, 1)
        row.addWidget(self.rest, 2)
        row.addWidget(Picture(lambda tone: icons.icon("expand", tone, Role.FAINT), 12))
        for part in (self.name, self.rest):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._open)

    def apply(self, look: SessionLine) -> None:
        """Show ``look``."""
        if look != self._look:
            self._look = look
            self.name.setText(look.title)
            self.rest.setText(look.rest)
            self.setAccessibleName(f"{look.title}, {look.rest}")

    def _open(self) -> None:
        if self._look is not None:
            self.opened.emit(self._look.key)
