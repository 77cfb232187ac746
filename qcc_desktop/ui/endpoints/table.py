"""The table view of endpoints: widths, hovering, keys, dragging."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from qcc_desktop.ui.endpoints.delegate import RowDelegate
from qcc_desktop.ui.endpoints.model import ROW_ROLE, Column, EndpointsModel
from qcc_desktop.ui.endpoints.presenter import Row
from qcc_desktop.ui.theme.measures import ROW, TextSize, font

_WIDTHS = {
    Column.PLACE: 44,
    Column.ENABLED: 44,
    Column.HEALTH: 136,
    Column.LATENCY: 88,
    Column.SUCCESS: 72,
    Column.IN_FLIGHT: 72,
    Column.SESSIONS: 76,
}
_SHARES = {Column.NAME: 0.21, Column.ADDRESS: 0.30, Column.TROUBLE: 0.49}
_HIDDEN_BELOW = {
    Column.ADDRESS: 960,
    Column.SESSIONS: 860,
    Column.SUCCESS: 780,
    Column.IN_FLIGHT: 700,
}
"""Columns that give way to the others in a window narrower than this."""


class EndpointsTable(QTableView):
    """Shows an `EndpointsModel`; what is done to the selected row becomes a signal."""

    edit_requested = Signal(str)
    remove_requested = Signal(str)
    selection_moved = Signal()

    def __init__(self, model: EndpointsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._endpoints = model
        self.row_actions: list[QAction] = []
        self._delegate = RowDelegate(self)
        self.setFont(font(TextSize.BODY))
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._set_behaviour()
        self._set_dragging()
        self._set_headers()
        self.entered.connect(lambda index: self._hover(index.row()))
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().selectionChanged.connect(self._selection_changed)

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _set_dragging(self) -> None:
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def _set_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        titles = self.horizontalHeader()
        titles.setFont(font(TextSize.SMALL))
        titles.setFixedHeight(ROW)
        titles.setHighlightSections(False)
        titles.setSectionsClickable(False)
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setMinimumSectionSize(24)

    @property
    def selected_id(self) -> str | None:
        """The id of the selected endpoint."""
        indexes = self.selectionModel().selectedRows()
        return self._endpoints.row_at(indexes[0].row()).id if indexes else None

    @property
    def selected_row(self) -> Row | None:
        """The selected row."""
        indexes = self.selectionModel().selectedRows()
        return self._endpoints.row_at(indexes[0].row()) if indexes else None

    def select(self, endpoint_id: str) -> None:
        """Select an endpoint and show its row."""
        number = self._endpoints.number_of(endpoint_id)
        if number is not None:
            self.selectRow(number)
            self.scrollTo(self._endpoints.index(number, Column.NAME))

    def _selection_changed(self) -> None:
        self.selection_moved.emit()

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() != Column.ENABLED:
            self.edit_requested.emit(index.data(ROW_ROLE).id)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.selected_id
        if chosen is None or not self._handle_key(event, chosen):
            super().keyPressEvent(event)

    def _handle_key(self, event: QKeyEvent, chosen: str) -> bool:
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        match Qt.Key(event.key()):
            case Qt.Key.Key_Up | Qt.Key.Key_Down if has_alt:
                self.move_selected(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_F2:
                self.edit_requested.emit(chosen)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove_requested.emit(chosen)
            case Qt.Key.Key_Space:
                self._toggle(chosen)
            case _:
                return False
        return True

    def _toggle(self, endpoint_id: str) -> None:
        number = self._endpoints.number_of(endpoint_id)
        if number is not None:
            is_on = self._endpoints.row_at(number).is_enabled
            self._endpoints.enabled_requested.emit(endpoint_id, not is_on)

    def move_selected(self, step: int) -> None:
        """Move the selected endpoint up (-1) or down (1) in the order."""
        chosen = self.selected_id
        number = self._endpoints.number_of(chosen) if chosen else None
        if chosen is None or number is None:
            return
        place = number + step + (1 if step > 0 else 0)
        if 0 <= place <= self._endpoints.rowCount():
            self._endpoints.move(chosen, place)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selected_id is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.row_actions)
        menu.popup(event.globalPos())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, limit in _HIDDEN_BELOW.items():
            self.setColumnHidden(column, width < limit)
        shown = {column for column in Column if not self.isColumnHidden(column)}
        rest = width - sum(_WIDTHS[column] for column in shown if column in _WIDTHS)
        whole = sum(share for column, share in _SHARES.items() if column in shown)
        for column in shown:
            share = _SHARES.get(column)
            self.setColumnWidth(
                column, _WIDTHS[column] if share is None else int(rest * share / whole)
            )
