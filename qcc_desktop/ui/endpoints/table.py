"""The table view of endpoints: widths, hovering, keys, selecting and dragging several."""

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QMenu,
    QTableView,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.ui.endpoints.delegate import Index, RowDelegate
from qcc_desktop.ui.endpoints.model import MIME, ROW_ROLE, Column, EndpointsModel
from qcc_desktop.ui.endpoints.painting import RowPainter, RowState, Slot
from qcc_desktop.ui.endpoints.presenter import Row
from qcc_desktop.ui.focus import BY_KEY, ring_by_key
from qcc_desktop.ui.theme.measures import ROW, text_scale
from qcc_desktop.ui.theme.palette import current_tone
from qcc_desktop.ui.widgets import row_table

_WIDTHS = {
    Column.PLACE: 44,
    Column.ENABLED: 44,
    Column.HEALTH: 136,
    Column.LATENCY: 88,
    Column.SUCCESS: 72,
    Column.IN_FLIGHT: 72,
    Column.SESSIONS: 76,
}
_SHARES = {Column.NAME: 0.27, Column.ADDRESS: 0.29, Column.TROUBLE: 0.44}
_HIDDEN_BELOW = {
    Column.SESSIONS: 1120,
    Column.IN_FLIGHT: 1040,
    Column.ADDRESS: 860,
    Column.SUCCESS: 720,
}
"""Columns that give way to the others in a window narrower than this."""
_LOOKS = frozenset({QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange})


class EndpointsTable(QTableView):
    """Shows an `EndpointsModel`; what is done to the selected rows becomes a signal.

    What is dropped on it from elsewhere is handed on as ``dropped``.
    """

    edit_requested = Signal(str)
    remove_requested = Signal(object)
    selection_moved = Signal()
    dropped = Signal(object)

    def __init__(self, model: EndpointsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._endpoints = model
        self.row_actions: list[QAction] = []
        self._hovered = -1
        self._drop_place: int | None = None
        self._painter: RowPainter | None = None
        self._kept_ids: tuple[str, ...] = ()
        self._shared = (0, 0.0)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self._paint_cell, self))
        row_table.set_up(self, QAbstractItemView.SelectionMode.ExtendedSelection)
        self._set_dragging()
        self.entered.connect(lambda index: self._hover(index.row()))
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(lambda: self.select_all_of(self._kept_ids))

    def _set_dragging(self) -> None:
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)  # a line of our own
        self.setDragDropOverwriteMode(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    # What is selected

    @property
    def selected_rows(self) -> tuple[Row, ...]:
        """The selected rows from top to bottom."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._endpoints.row_at(number) for number in numbers)

    @property
    def selected_ids(self) -> tuple[str, ...]:
        """The ids of the selected endpoints from top to bottom."""
        return tuple(row.id for row in self.selected_rows)

    @property
    def selected_id(self) -> str | None:
        """The id of the one selected endpoint; None when none or several are."""
        chosen = self.selected_ids
        return chosen[0] if len(chosen) == 1 else None

    def select(self, endpoint_id: str) -> None:
        """Select an endpoint alone and show its row."""
        number = self._endpoints.number_of(endpoint_id)
        if number is not None:
            self.selectRow(number)
            self.scrollTo(self._endpoints.index(number, Column.NAME))

    def stand_somewhere(self) -> None:
        """Have a row for keys to act on: the selected one, else the current, else the first."""
        if not self.selected_ids and self._endpoints.ids:
            number = max(self.currentIndex().row(), 0)
            self.select(self._endpoints.ids[number])

    def select_all_of(self, endpoint_ids: tuple[str, ...]) -> None:
        """Select these endpoints, as far as they are shown."""
        chosen = self.selectionModel()
        chosen.clearSelection()
        wanted = set(endpoint_ids)
        for number, endpoint_id in enumerate(self._endpoints.ids):
            if endpoint_id in wanted:
                index = self._endpoints.index(number, Column.NAME)
                chosen.setCurrentIndex(index, chosen.SelectionFlag.NoUpdate)
                flags = chosen.SelectionFlag.Select | chosen.SelectionFlag.Rows
                chosen.select(self._endpoints.index(number, 0), flags)

    def _keep_selection(self) -> None:
        self._kept_ids = self.selected_ids

    def _selection_changed(self) -> None:
        self.selection_moved.emit()

    # Mouse and keys

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() != Column.ENABLED:
            self.edit_requested.emit(index.data(ROW_ROLE).id)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            for number in (before, row):
                self._update_row(number)

    def _update_row(self, number: int) -> None:
        if 0 <= number < self._endpoints.rowCount():
            top = self.rowViewportPosition(number)
            self.viewport().update(0, top, self.viewport().width(), ROW)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.selected_ids
        if not chosen or not self._handle_key(event, chosen):
            super().keyPressEvent(event)

    def _handle_key(self, event: QKeyEvent, chosen: tuple[str, ...]) -> bool:
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        match Qt.Key(event.key()):
            case Qt.Key.Key_Up | Qt.Key.Key_Down if has_alt:
                self.move_selected(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_F2:
                self.edit_requested.emit(chosen[0])
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove_requested.emit(chosen)
            case Qt.Key.Key_F10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._open_menu(self._below_current())  # Qt itself knows the menu key alone
            case Qt.Key.Key_Space:
                self.toggle_selected()
            case _:
                return False
        return True

    def toggle_selected(self) -> None:
        """Wish that the selected endpoints are on, or off when all of them are on."""
        rows = self.selected_rows
        if rows:
            are_all_on = all(row.is_enabled for row in rows)
            self._endpoints.enabled_requested.emit(tuple(row.id for row in rows), not are_all_on)

    def move_selected(self, step: int) -> None:
        """Move the selected endpoints up (-1) or down (1) in the order, together."""
        numbers = [index.row() for index in self.selectionModel().selectedRows()]
        if not numbers:
            return
        place = min(numbers) - 1 if step < 0 else max(numbers) + 2
        if 0 <= place <= self._endpoints.rowCount():
            self._endpoints.move(self.selected_ids, place)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_KEY:
            self.stand_somewhere()
        ring_by_key(self, event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        ring_by_key(self, event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self._open_menu(self._below_current() if is_by_key else event.globalPos())

    def _open_menu(self, place: QPoint) -> None:
        if not self.selected_ids or QApplication.activePopupWidget() is not None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.row_actions)
        menu.popup(place)

    def _below_current(self) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())

    # Dragging

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._show_drop_place(None)
        if self._is_own(event.mimeData()) and event.source() is self:
            self._show_drop_place(self._place_under(event.position().toPoint()))
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        elif can_take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop_place(None)
        super().dragLeaveEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        place, data = self._drop_place, event.mimeData()
        self._show_drop_place(None)
        self.setState(QAbstractItemView.State.NoState)
        if self._is_own(data) and place is not None:
            self.model().dropMimeData(data, Qt.DropAction.MoveAction, place, 0, QModelIndex())
            event.accept()
        elif can_take(data):
            event.acceptProposedAction()
            self.dropped.emit(data)

    def _is_own(self, data: QMimeData) -> bool:
        return data.hasFormat(MIME)

    def _place_under(self, point: QPoint) -> int:
        number = self.rowAt(point.y())
        if number < 0:
            return self._endpoints.rowCount()
        middle = self.rowViewportPosition(number) + ROW // 2
        return number + 1 if point.y() > middle else number

    def _show_drop_place(self, place: int | None) -> None:
        if place != self._drop_place:
            self._drop_place = place
            self.viewport().update()

    # Looks

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        area = event.rect()
        slots = self._slots(area)
        first = self.rowAt(area.top())
        last = self.rowAt(area.bottom())
        if first >= 0:
            count = self._endpoints.rowCount()
            self._paint_rows(painter, range(first, last + 1 if last >= 0 else count), slots)
        if self._drop_place is not None:
            self._paint_drop_place(painter, self._drop_place)
        painter.end()

    def _paint_rows(self, painter: QPainter, numbers: range, slots: list[Slot]) -> None:
        rows = self._row_painter()
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        for number in numbers:
            state = RowState(
                self._endpoints.place_at(number), number in chosen, number == self._hovered
            )
            top = self.rowViewportPosition(number)
            rows.paint(painter, top, self._endpoints.row_at(number), slots, state)

    def _paint_drop_place(self, painter: QPainter, place: int) -> None:
        is_last = place >= self._endpoints.rowCount()
        number = place - 1 if is_last else place
        top = self.rowViewportPosition(number) + (ROW if is_last else 0)
        line = QRect(0, max(0, top - 1), self.viewport().width(), 2)
        painter.fillRect(line, self.palette().accent())

    def _paint_cell(self, painter: QPainter, area: QRect, index: Index) -> None:
        slot = Slot(Column(index.column()), area.left(), area.width())
        number = index.row()
        state = RowState(self._endpoints.place_at(number), is_selected=True)
        self._row_painter().paint(
            painter, area.top(), self._endpoints.row_at(number), [slot], state
        )

    def _row_painter(self) -> RowPainter:
        if self._painter is None:
            self._painter = RowPainter(self.font(), current_tone(), self.devicePixelRatioF())
        return self._painter

    def _slots(self, area: QRect) -> list[Slot]:
        every = (
            Slot(column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in Column
            if not self.isColumnHidden(column)
        )
        return [
            slot
            for slot in every
            if slot.left <= area.right() and slot.left + slot.width > area.left()
        ]

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._painter = None

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._painter = None
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._share_width()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give each column its part of the width, once for each width: it costs a layout."""
        width, scale = self.viewport().width(), text_scale()
        if (width, scale) == self._shared:
            return
        self._shared = (width, scale)
        for column, limit in _HIDDEN_BELOW.items():
            if self.isColumnHidden(column) is not (width < limit * scale):
                self.setColumnHidden(column, width < limit * scale)
        shown = {column for column in Column if not self.isColumnHidden(column)}
        fixed = {column: round(_WIDTHS[column] * scale) for column in shown if column in _WIDTHS}
        rest = width - sum(fixed.values())
        whole = sum(share for column, share in _SHARES.items() if column in shown)
        for column in shown:
            share = _SHARES.get(column)
            self.setColumnWidth(
                column, fixed[column] if share is None else int(rest * share / whole)
            )


def can_take(data: QMimeData) -> bool:
    """Whether this can hold endpoints: text, or files."""
    return data.hasText() or data.hasUrls()
