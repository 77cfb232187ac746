"""One field of a form: its name above, what is wrong with it below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qcc_desktop.ui.theme.measures import GRID, TextSize, set_text


class Field(QWidget):
    """Holds an input; the fault's line takes room only while there is a fault."""

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.label = QLabel()
        self.label.setBuddy(editor)
        set_text(self.label, TextSize.SMALL, muted=True)
        self.fault = _below("fault")
        self.offer = _below("offer")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self.label, editor, self.fault, self.offer):
            column.addWidget(widget)

    def set_label(self, text: str) -> None:
        """Name the field, also for screen readers."""
        self.label.setText(text)
        self.editor.setAccessibleName(text)

    def show_fault(self, text: str) -> None:
        """Say what is wrong; an empty text says that nothing is."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)


def _below(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText if name == "fault" else Qt.TextFormat.RichText)
    set_text(label, TextSize.SMALL)
    label.hide()
    return label
