"""The dialog that imports endpoints of other programs and tells what came of it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.ui.page import Rooms
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.titles import set_title
from qcc_desktop.ui.welcome.importing import Importing, undo
from qcc_desktop.ui.welcome.launching import choose_and_launch
from qcc_desktop.ui.welcome.offer_view import OfferView
from qcc_desktop.ui.welcome.presenter import Outcome
from qcc_desktop.ui.welcome.report_view import ReportView
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.scroll import Scroll

_SIZE = QSize(600, 560)


class ImportDialog(QDialog):
    """Shows what was found, then what an import did; with ``outcome``, that at once."""

    def __init__(
        self, rooms: Rooms, parent: QWidget | None = None, *, outcome: Outcome | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rooms = rooms
        self._outcome: Outcome | None = None
        self.title = QLabel()
        set_text(self.title, TextSize.TITLE, bold=True)
        self.offer = OfferView()
        self.importing = Importing(rooms, self.offer)
        self.importing.looked.connect(self._lead_on)
        self.importing.imported.connect(self.show_outcome)
        self.finished.connect(self.importing.leave)
        self.report = ReportView()
        self.undo = Button("undo", Weight.PLAIN)
        self.undo.clicked.connect(self._undo)
        self.close_button = Button(weight=Weight.PLAIN)
        self.close_button.clicked.connect(self.accept)
        self.launch = Button("launch", Weight.PRIMARY)
        self.launch.clicked.connect(self._launch)
        self._lay_out()
        self._retranslate()
        if outcome is None:
            self._show_buttons()
            self.importing.look()
        else:
            self.show_outcome(outcome)

    def _lay_out(self) -> None:
        self._offer_page = QWidget()
        column = QVBoxLayout(self._offer_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        scroll = Scroll(is_inset=True)
        scroll.column.setContentsMargins(0, 0, GAP, 0)
        scroll.column.addWidget(self.offer)
        scroll.column.addStretch(1)
        column.addWidget(scroll, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._offer_page)
        self._stack.addWidget(self.report)
        inside = QVBoxLayout()
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.addWidget(self._stack)
        bar = QFrame()
        bar.setObjectName("footer")
        row = QHBoxLayout(bar)
        row.setContentsMargins(MARGIN, 3 * GRID, MARGIN, 3 * GRID)
        row.setSpacing(GAP)
        row.addWidget(self.undo)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.launch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inside, 1)
        whole.addWidget(bar)

    def show_outcome(self, outcome: Outcome) -> None:
        """Tell what an import did, and offer what comes next."""
        self._outcome = outcome
        self.report.show_outcome(outcome)
        self._stack.setCurrentWidget(self.report)
        self._show_buttons()
        (self.launch if outcome.added_ids else self.close_button).setFocus()

    def _lead_on(self) -> None:
        """Let the keys go to what comes next."""
        take = self.offer.take
        (take if take.isEnabled() else self.close_button).setFocus()

    def _show_buttons(self) -> None:
        is_told = self._outcome is not None
        has_added = self._outcome is not None and bool(self._outcome.added_ids)
        self.undo.setVisible(has_added)
        self.launch.setVisible(has_added)
        self.close_button.set_words(self.tr("Done") if is_told else self.tr("Close"))

    def _undo(self) -> None:
        if self._outcome is not None:
            undo(self._rooms, self._outcome)
        self.accept()

    def _launch(self) -> None:
        self.accept()
        choose_and_launch(self._rooms, self.parentWidget())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif (button := self._button_of_enter()) is not None:
            button.click()

    def _button_of_enter(self) -> Button | None:
        """The button that has the focus, else the highlighted one."""
        focused = self.focusWidget()
        if isinstance(focused, Button):
            return focused
        primary = (self.offer.take, self.launch)
        return next((each for each in primary if each.isVisible() and each.isEnabled()), None)

    @override
    def sizeHint(self) -> QSize:
        return _SIZE

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        set_title(self, self.tr("Import endpoints"))
        self.title.setText(self.tr("Found on this computer"))
        self.undo.set_words(self.tr("Undo import"), self.tr("Remove what was added"))
        self.launch.set_words(
            self.tr("Launch Claude Code…"), self.tr("Choose a folder; a terminal opens in it")
        )
        self._show_buttons()


def open_import(rooms: Rooms, parent: QWidget) -> ImportDialog:
    """Open the dialog over ``parent``; it deletes itself when it is closed."""
    dialog = ImportDialog(rooms, parent)
    dialog.open()
    return dialog
