"""One option: its name and explanation at the left, its input at the right."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.settings.controls import Control
from qcc_desktop.ui.settings.presenter import Row, allowed_words, fault_sentence
from qcc_desktop.ui.theme.measures import GAP, GRID, TextSize, set_text
from qcc_desktop.ui.widgets.buttons import Button, Weight


class OptionRow(QFrame):
    """Shows a `Row`; a wish for another value is a signal until the state says otherwise."""

    change_requested = Signal(str, object)
    restart_requested = Signal()

    def __init__(self, row: Row, control: Control, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("row")
        self.key = row.option.key
        self.control = control
        self._row = row
        self._refused = ""
        self.label = QLabel()
        self.label.setBuddy(control.widget)
        set_text(self.label, TextSize.BODY)
        self.help = _line("muted")
        self.fault = _line("fault")
        self.later = _line("muted")
        self.restart = Button(weight=Weight.LINK)
        self.restart.clicked.connect(self._restart)
        self.reset = Button("undo", Weight.GHOST)
        self.reset.clicked.connect(
            lambda: self.change_requested.emit(self.key, self._row.option.default)
        )
        control.changed.connect(lambda value: self.change_requested.emit(self.key, value))
        self._lay_out()
        self._retranslate()
        self.show_pending(is_pending=False)
        self.apply(row)

    def _lay_out(self) -> None:
        later = QHBoxLayout()
        later.setSpacing(GRID)
        later.addWidget(self.later)
        later.addWidget(self.restart)
        later.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, GAP, GAP, GAP)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.help, 1, 0)
        grid.addWidget(self.fault, 2, 0)
        grid.addLayout(later, 3, 0)
        middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self.control.widget, 0, 1, 2, 1, middle)
        grid.addWidget(self.reset, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)

    @property
    def row(self) -> Row:
        """What is shown."""
        return self._row

    def apply(self, row: Row) -> None:
        """Show ``row``."""
        self._row = row
        self.label.setText(row.label)
        self.help.setText(row.help)
        self.control.widget.setAccessibleName(row.label)
        self.control.widget.setAccessibleDescription(row.help)
        self.control.widget.setToolTip(allowed_words(row.option))
        self.control.show_row(row)
        self.reset.setVisible(not row.is_default)
        hint = self.tr("Back to {value}").format(value=row.default)
        if self.reset.toolTip() != hint:
            self.reset.set_words("", hint)
        self.reset.setAccessibleName(f"{hint}: {row.label}")
        self._say_refused()

    def show_taken(self) -> None:
        """Say nothing any more of a value that was not taken."""
        self._refused = ""
        self._say_refused()

    def show_refused(self, english: str) -> None:
        """Say why a value was not taken; what was typed stays, to be put right."""
        self._refused = english
        self._say_refused()
        self.control.refuse(self._row)

    def _say_refused(self) -> None:
        text = fault_sentence(self._row, failure_sentence(self._refused))
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def show_pending(self, *, is_pending: bool) -> None:
        """Say that the change waits for the proxy's next start, and offer that."""
        self.later.setVisible(is_pending)
        self.restart.setVisible(is_pending)

    def _restart(self) -> None:
        self.show_pending(is_pending=False)
        self.restart_requested.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.later.setText(self.tr("In force once the proxy starts again."))
        self.restart.set_words(self.tr("Restart it now"))


def _line(name: str) -> QLabel:
    label = QLabel()
    set_text(label, TextSize.SMALL)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if name != "muted":  # what has no parent yet must not be shown: it would be a window
        label.hide()
    return label
