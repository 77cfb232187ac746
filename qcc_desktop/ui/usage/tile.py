"""One large figure in a card: its title, its value, a line below."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcc_desktop.ui.theme.measures import TextSize, set_text
from qcc_desktop.ui.usage.presenter import Figure
from qcc_desktop.ui.widgets.elided_label import ElidedLabel


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
        column.setContentsMargins(12, 8, 12, 8)
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
