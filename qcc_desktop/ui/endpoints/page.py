"""The view of the endpoints page: the head, and the table or what stands in its place."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.endpoints.model import EndpointsModel
from qcc_desktop.ui.endpoints.presenter import Row, matching, woven
from qcc_desktop.ui.endpoints.table import EndpointsTable, can_take
from qcc_desktop.ui.endpoints.toolbar import Toolbar
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, MARGIN, TextSize, set_text
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.picture import Picture

_KEYS = {"edit": "Return", "toggle": "Space", "up": "Alt+Up", "down": "Alt+Down", "remove": "Del"}
_ACTIONS = ("edit", "test", "try", "pin", "toggle", "up", "down", "remove")


class EndpointsPage(QWidget):
    """Shows rows; what the person does with them becomes a signal."""

    add_requested = Signal()
    edit_requested = Signal(str)
    test_requested = Signal(object)
    """The ids."""
    remove_requested = Signal(object)
    """The ids."""
    try_requested = Signal(object)
    """The ids."""
    order_requested = Signal(object)
    """All ids, in their new order."""
    pin_requested = Signal(object)
    undo_requested = Signal()
    paste_requested = Signal()
    dropped = Signal(object)
    """What was dropped from elsewhere, a `QMimeData`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._rows: tuple[Row, ...] = ()
        self._lost: set[str] = set()
        """What was selected when it was removed."""
        self.model = EndpointsModel(self)
        self.table = EndpointsTable(self.model)
        self.toolbar = Toolbar()
        self.add, self.edit, self.test = self.toolbar.add, self.toolbar.edit, self.toolbar.test
        self.pin, self.remove = self.toolbar.pin, self.toolbar.remove
        self.search = self.toolbar.search
        self.empty_sentence, self.empty_hint = QLabel(), QLabel()
        self.empty_button = Button("add", Weight.PRIMARY)
        self.no_match = QLabel()
        self.clear_button = Button("", Weight.PLAIN)
        self._add_actions()
        self._lay_out()
        self._connect()
        self._retranslate()
        self.apply(())

    def _add_actions(self) -> None:
        self.actions_of_row = {name: QAction(self) for name in _ACTIONS}
        self.actions_of_row["pin"].setCheckable(True)
        for name, key in _KEYS.items():
            self.actions_of_row[name].setShortcut(QKeySequence(key))
            self.actions_of_row[name].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.row_actions = list(self.actions_of_row.values())
        wishes = {
            QKeySequence.StandardKey.Undo: self.undo_requested,
            QKeySequence.StandardKey.Paste: self.paste_requested,
            QKeySequence.StandardKey.Find: self._find,
        }
        for standard, wish in wishes.items():
            shortcut = QShortcut(QKeySequence(standard), self)
            if standard is not QKeySequence.StandardKey.Find:  # which works in the whole window
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(wish)

    def _lay_out(self) -> None:
        card = _card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 4)
        inside.addWidget(self.table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        whole.setSpacing(GAP)
        whole.addWidget(self.toolbar)
        self._stack = QStackedLayout()
        whole.addLayout(self._stack, 1)  # before the stack shows its first part
        self._stack.addWidget(card)
        self._stack.addWidget(
            _state("plug", self.empty_sentence, self.empty_hint, self.empty_button)
        )
        self._stack.addWidget(_state("search", self.no_match, None, self.clear_button))

    def _connect(self) -> None:
        for button in (self.add, self.empty_button):
            button.clicked.connect(self.add_requested)
        self.toolbar.paste.clicked.connect(self.paste_requested)
        self.edit.clicked.connect(self._edit_selected)
        self.test.clicked.connect(self._test_selected)
        self.pin.clicked.connect(self._pin_selected)
        self.remove.clicked.connect(self._remove_selected)
        self.search.textChanged.connect(self._show_rows)
        self.search.returnPressed.connect(self.take_focus)
        self.clear_button.clicked.connect(self.search.clear)
        self.model.order_requested.connect(self._order_shown)
        self.table.edit_requested.connect(self.edit_requested)
        self.table.remove_requested.connect(self.remove_requested)
        self.table.dropped.connect(self.dropped)
        self.table.selection_moved.connect(self._show_what_can_be_done)
        wishes = {
            "edit": self._edit_selected,
            "test": self._test_selected,
            "try": self._try_selected,
            "pin": self._pin_selected,
            "toggle": self.table.toggle_selected,
            "up": lambda: self.table.move_selected(-1),
            "down": lambda: self.table.move_selected(1),
            "remove": self._remove_selected,
        }
        for name, wish in wishes.items():
            self.actions_of_row[name].triggered.connect(wish)

    def apply(self, rows: Sequence[Row]) -> None:
        """Show ``rows``; without any, the sentence and the button that help on.

        Where a selected row was removed the next one is selected; one that comes back is again.
        """
        before, chosen = self.model.ids, self.table.selected_ids
        known = {row.id for row in self._rows}
        self._rows = tuple(rows)
        self._show_rows()
        ids = {row.id for row in rows}
        if back := (ids - known) & self._lost:
            self._lost -= back
            self.table.select_all_of(tuple(back))
        elif gone := [each for each in chosen if each not in ids]:
            self._lost.update(gone)
            self._select_near(before.index(gone[0]))

    def _select_near(self, number: int) -> None:
        left = self.model.ids
        if left and not self.table.selected_ids:
            self.table.select(left[min(number, len(left) - 1)])

    def _show_rows(self) -> None:
        part = self._part_with_focus()
        sought = self.search.text()
        shown = matching(self._rows, sought)
        self.model.apply(shown, [row.id for row in self._rows])
        self._stack.setCurrentIndex(0 if shown else 2 if self._rows else 1)
        self.toolbar.show_rows(are_any=bool(self._rows))
        if self._rows and not shown:
            self.no_match.setText(self.tr("No endpoint matches “{text}”.").format(text=sought))
        if part is not None and part is not self._stack.currentWidget():
            self.take_focus()
        self._show_what_can_be_done()

    def _part_with_focus(self) -> QWidget | None:
        """The table's card or what stands in its place, where keys go to it."""
        now = self._stack.currentWidget()
        focused = self.window().focusWidget()
        return now if now is not None and now.isAncestorOf(focused) else None

    def take_focus(self) -> None:
        """Let keys go to the table, or to what stands in its place."""
        if self.model.ids:
            self.table.setFocus()
            self.table.stand_somewhere()
        else:
            (self.clear_button if self._rows else self.empty_button).setFocus()

    def select(self, endpoint_id: str) -> None:
        """Bring an endpoint into view, whatever was searched for."""
        if self.model.number_of(endpoint_id) is None:
            self.search.clear()
        self.table.select(endpoint_id)

    def _find(self) -> None:
        if self._rows:
            self.search.setFocus()
            self.search.selectAll()

    def _order_shown(self, shown: Sequence[str]) -> None:
        self.order_requested.emit(woven([row.id for row in self._rows], shown))

    def _show_what_can_be_done(self) -> None:
        rows = self.table.selected_rows
        self.toolbar.show_selection(rows)
        is_one = len(rows) == 1
        actions = self.actions_of_row
        for name in ("edit", "pin"):
            actions[name].setVisible(is_one)
        actions["pin"].setChecked(is_one and rows[0].is_pinned)
        actions["try"].setVisible(any(row.is_out for row in rows))
        are_on = all(row.is_enabled for row in rows)
        actions["toggle"].setText(self.tr("Switch off") if are_on else self.tr("Switch on"))

    def _edit_selected(self) -> None:
        if chosen := self.table.selected_id:
            self.edit_requested.emit(chosen)

    def _test_selected(self) -> None:
        if chosen := self.table.selected_ids:
            self.test_requested.emit(chosen)

    def _try_selected(self) -> None:
        if chosen := tuple(row.id for row in self.table.selected_rows if row.is_out):
            self.try_requested.emit(chosen)

    def _remove_selected(self) -> None:
        if chosen := self.table.selected_ids:
            self.remove_requested.emit(chosen)

    def _pin_selected(self) -> None:
        rows = self.table.selected_rows
        if len(rows) == 1:
            self.pin_requested.emit(None if rows[0].is_pinned else rows[0].id)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()) and event.source() is None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.empty_button.set_words(self.tr("Add endpoint"))
        self.empty_sentence.setText(
            self.tr("Add the endpoints you have a key for. Claude Code works while one answers.")
        )
        self.empty_hint.setText(
            self.tr("You can also paste or drop variables, JSON or a curl command here.")
        )
        self.clear_button.set_words(self.tr("Clear the search"))
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


def _card() -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    return card


def _state(picture: str, sentence: QLabel, hint: QLabel | None, button: Button) -> QFrame:
    """Return what stands in the table's place: a picture, a sentence and one button."""
    card = _card()
    column = QVBoxLayout(card)
    column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    column.setSpacing(MARGIN)
    column.addStretch(2)
    middle = Qt.AlignmentFlag.AlignHCenter
    column.addWidget(Picture(lambda tone: icons.icon(picture, tone, Role.FAINT), 48), 0, middle)
    for label, size in ((sentence, TextSize.TITLE), (hint, TextSize.BODY)):
        if label is not None:
            label.setAlignment(middle)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_text(label, size, muted=size is TextSize.BODY)
            column.addWidget(label)
    column.addWidget(button, 0, middle)
    column.addStretch(3)
    return card
