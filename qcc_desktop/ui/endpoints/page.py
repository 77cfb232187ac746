"""The endpoints page: title, what can be done with a row, and the table or its empty state."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.endpoints.model import EndpointsModel
from qcc_desktop.ui.endpoints.presenter import Row
from qcc_desktop.ui.endpoints.table import EndpointsTable
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, MARGIN, ROOMY, TextSize, set_text
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.picture import Picture


class EndpointsPage(QWidget):
    """Shows rows; what the person does with them becomes a signal."""

    add_requested = Signal()
    edit_requested = Signal(str)
    test_requested = Signal(str)
    remove_requested = Signal(str)
    pin_requested = Signal(object)
    try_requested = Signal(str)
    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.model = EndpointsModel(self)
        self.table = EndpointsTable(self.model)
        self.title = QLabel()
        set_text(self.title, TextSize.TITLE, bold=True)
        self.add = Button("add", Weight.PLAIN)
        self.edit = Button("edit", Weight.GHOST)
        self.test = Button("test", Weight.GHOST)
        self.pin = Button("pin", Weight.GHOST)
        self.pin.setCheckable(True)
        self.remove = Button("remove", Weight.GHOST)
        self.empty_sentence = QLabel()
        self.empty_button = Button("add", Weight.PRIMARY)
        self._add_actions()
        self._lay_out()
        self._connect()
        self._retranslate()
        self.apply(())

    def _add_actions(self) -> None:
        self.actions_of_row = {
            name: QAction(self) for name in ("edit", "test", "try", "pin", "up", "down", "remove")
        }
        self.actions_of_row["pin"].setCheckable(True)
        keys = {"edit": "Return", "up": "Alt+Up", "down": "Alt+Down", "remove": "Del"}
        for name, key in keys.items():
            self.actions_of_row[name].setShortcut(QKeySequence(key))
            self.actions_of_row[name].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.row_actions = list(self.actions_of_row.values())
        self._undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        self._undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._undo.activated.connect(self.undo_requested)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.title)
        top.addStretch(1)
        for button in (self.edit, self.test, self.pin, self.remove):
            top.addWidget(button)
        top.addSpacing(GAP)
        top.addWidget(self.add)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 4)
        inside.addWidget(self.table)
        self._stack = QStackedLayout()
        self._stack.addWidget(card)
        self._stack.addWidget(self._empty_state())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        whole.setSpacing(GAP)
        whole.addLayout(top)
        whole.addLayout(self._stack, 1)

    def _empty_state(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setSpacing(MARGIN)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        picture = Picture(lambda tone: icons.icon("plug", tone, Role.FAINT), 48)
        self.empty_sentence.setAlignment(middle)
        self.empty_sentence.setWordWrap(True)
        set_text(self.empty_sentence, TextSize.TITLE)
        column.addWidget(picture, 0, middle)
        column.addWidget(self.empty_sentence)
        column.addWidget(self.empty_button, 0, middle)
        column.addStretch(3)
        return card

    def _connect(self) -> None:
        for button in (self.add, self.empty_button):
            button.clicked.connect(self.add_requested)
        self.edit.clicked.connect(self._edit_selected)
        self.test.clicked.connect(self._test_selected)
        self.pin.clicked.connect(self._pin_selected)
        self.remove.clicked.connect(self._remove_selected)
        self.table.edit_requested.connect(self.edit_requested)
        self.table.remove_requested.connect(self.remove_requested)
        self.table.selection_moved.connect(self._show_what_can_be_done)
        wishes = {
            "edit": self._edit_selected,
            "test": self._test_selected,
            "try": self._try_selected,
            "pin": self._pin_selected,
            "up": lambda: self.table.move_selected(-1),
            "down": lambda: self.table.move_selected(1),
            "remove": self._remove_selected,
        }
        for name, wish in wishes.items():
            self.actions_of_row[name].triggered.connect(wish)

    def apply(self, rows: Sequence[Row]) -> None:
        """Show ``rows``; without any, the sentence and the button that help on."""
        had_focus = self.table.hasFocus()
        self.model.apply(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        for button in (self.add, self.edit, self.test, self.pin, self.remove):
            button.setVisible(bool(rows))
        if had_focus and not rows:
            self.take_focus()
        self._show_what_can_be_done()

    def take_focus(self) -> None:
        """Let keys go to the table, or to the button that stands in its place."""
        (self.table if self.model.ids else self.empty_button).setFocus()

    def _show_what_can_be_done(self) -> None:
        row = self.table.selected_row
        for button in (self.edit, self.test, self.pin, self.remove):
            button.setEnabled(row is not None)
        is_pinned = row is not None and row.is_pinned
        self.actions_of_row["try"].setVisible(row is not None and row.is_out)
        self.pin.setChecked(is_pinned)
        self.actions_of_row["pin"].setChecked(is_pinned)

    def _edit_selected(self) -> None:
        if chosen := self.table.selected_id:
            self.edit_requested.emit(chosen)

    def _test_selected(self) -> None:
        if chosen := self.table.selected_id:
            self.test_requested.emit(chosen)

    def _try_selected(self) -> None:
        if chosen := self.table.selected_id:
            self.try_requested.emit(chosen)

    def _remove_selected(self) -> None:
        if chosen := self.table.selected_id:
            self.remove_requested.emit(chosen)

    def _pin_selected(self) -> None:
        if row := self.table.selected_row:
            self.pin_requested.emit(None if row.is_pinned else row.id)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.title.setVisible(self.width() >= ROOMY)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Endpoints"))
        self.add.set_words(self.tr("Add endpoint"))
        self.edit.set_words(self.tr("Edit"))
        self.test.set_words(self.tr("Test"), self.tr("Ask this endpoint now, beside all traffic"))
        hint = self.tr("Ask this endpoint first for everything while it can answer")
        self.pin.set_words(self.tr("Prefer"), hint)
        self.remove.set_words(self.tr("Remove"))
        self.empty_button.set_words(self.tr("Add endpoint"))
        self.empty_sentence.setText(
            self.tr("Add the endpoints you have a key for. Claude Code works while one answers.")
        )
        self.table.setAccessibleName(self.tr("Endpoints"))
        texts = {
            "edit": self.tr("Edit…"),
            "test": self.tr("Test"),
            "try": self.tr("Try now"),
            "pin": self.tr("Prefer"),
            "up": self.tr("Move up"),
            "down": self.tr("Move down"),
            "remove": self.tr("Remove"),
        }
        for name, text in texts.items():
            self.actions_of_row[name].setText(text)
        self.model.retranslate()
        self._show_what_can_be_done()
