"""A table of frozen rows: declared columns, quiet updates, the same looks everywhere.

Rows are values with a key. A new list is merged into the shown one: what stayed keeps its
selection and its place under the mouse, what changed is repainted, nothing else is touched.
Cells are drawn by Qt's own delegate: a Python one costs a call for each cell.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget
from typing_extensions import override

from qcc_desktop.ui.focus import ring_by_key
from qcc_desktop.ui.theme.measures import text_scale
from qcc_desktop.ui.theme.palette import Role, Tone, colour, current_tone
from qcc_desktop.ui.widgets import row_table

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """What one column shows of a row.

    ``width`` is in pixels; 0 shares what is left with the other columns of width 0.
    ``hidden_below`` is the width of the table below which the column gives way.
    """

    title: Callable[[], str]
    text: Callable[[R], str]
    width: int = 0
    is_figure: bool = False
    hint: Callable[[R], str] | None = None
    role: Callable[[R], Role] | None = None
    icon: Callable[[R, Tone], QIcon] | None = None
    hidden_below: int = 0
    title_hint: Callable[[], str] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """Holds the rows."""

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], str]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[R] = []
        self._keys: list[str] = []

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows from top to bottom."""
        return tuple(self._rows)

    def row_at(self, place: int) -> R:
        """Return the row in this place."""
        return self._rows[place]

    def place_of(self, key: str) -> int:
        """Return where the row of this key is; -1 if nowhere."""
        return self._keys.index(key) if key in self._keys else -1

    def apply(self, rows: Sequence[R]) -> None:
        """Show ``rows``, whose keys are all different, in their order."""
        wanted = list(rows)
        if wanted == self._rows:
            return
        keys = [self._key(row) for row in wanted]
        self._remove_others(frozenset(keys))
        for place, (key, row) in enumerate(zip(keys, wanted, strict=True)):
            self._put(place, key, row)

    def _remove_others(self, kept: frozenset[str]) -> None:
        end = len(self._keys)
        while end:
            begin = end
            while begin and self._keys[begin - 1] not in kept:
                begin -= 1
            if begin < end:
                self.beginRemoveRows(QModelIndex(), begin, end - 1)
                del self._keys[begin:end], self._rows[begin:end]
                self.endRemoveRows()
            end = begin - 1 if begin else 0

    def _put(self, place: int, key: str, row: R) -> None:
        if place < len(self._keys) and self._keys[place] == key:
            if self._rows[place] != row:
                self._rows[place] = row
                last = self.index(place, len(self.columns) - 1)
                self.dataChanged.emit(self.index(place, 0), last)
            return
        if key in self._keys:
            source = self._keys.index(key)
            self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), place)
            del self._keys[source], self._rows[source]
            self._keys.insert(place, key)
            self._rows.insert(place, row)
            self.endMoveRows()
            return
        self.beginInsertRows(QModelIndex(), place, place)
        self._keys.insert(place, key)
        self._rows.insert(place, row)
        self.endInsertRows()

    def retranslate(self) -> None:
        """Show words in another language."""
        if self.columns:
            last = len(self.columns) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self._rows:
            last_cell = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last_cell)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title()
        if role == Qt.ItemDataRole.ToolTipRole and column.title_hint is not None:
            return column.title_hint()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        reader = _READERS.get(role)
        if reader is None:
            return None
        return reader(self.columns[index.column()], self._rows[index.row()])


def _alignment(column: Column[Any]) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.is_figure else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _shade(column: Column[Any], row: Any) -> Any:
    return None if column.role is None else colour(column.role(row), current_tone())


def _picture(column: Column[Any], row: Any) -> Any:
    return None if column.icon is None else column.icon(row, current_tone())


_READERS: Mapping[int, Callable[[Column[Any], Any], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, row: column.text(row),
    Qt.ItemDataRole.TextAlignmentRole: lambda column, _: _alignment(column),
    Qt.ItemDataRole.ForegroundRole: _shade,
    Qt.ItemDataRole.DecorationRole: _picture,
    Qt.ItemDataRole.ToolTipRole: lambda column, row: (column.hint or column.text)(row),
    Qt.ItemDataRole.AccessibleTextRole: lambda column, row: f"{column.title()}: {column.text(row)}",
}


class RowsTable(QTableView, Generic[R]):
    """Shows a `RowsModel`; Enter and a double click open the current row."""

    current_moved = Signal()
    opened = Signal(str)
    """The key of a row."""
    menu_requested = Signal(QPoint)
    """Where, on the screen, the menu of the selected row is wanted."""

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("rows")
        self._key = key
        self.rows: RowsModel[R] = RowsModel(columns, key)
        self.setModel(self.rows)
        self.setIconSize(QSize(12, 12))
        row_table.set_up(self, QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().selectionChanged.connect(lambda *_: self.current_moved.emit())
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    @property
    def selected(self) -> R | None:
        """The selected row."""
        found = self.selectionModel().selectedRows()
        return self.rows.row_at(found[0].row()) if found else None

    @property
    def selected_key(self) -> str:
        """The key of the selected row; "" for none."""
        row = self.selected
        return "" if row is None else self._key(row)

    def select(self, key: str) -> bool:
        """Select a row and bring it into view; False when it is not there."""
        place = self.rows.place_of(key)
        if place < 0:
            return False
        self.selectRow(place)
        self.scrollTo(self.rows.index(place, 0))
        return True

    def _open(self, place: int) -> None:
        self.opened.emit(self._key(self.rows.row_at(place)))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            cell = self.visualRect(self.currentIndex())
            if self.selected_key:
                self.menu_requested.emit(self.viewport().mapToGlobal(cell.bottomLeft()))
            return
        index = self.indexAt(event.pos())
        if index.isValid():
            self.selectRow(index.row())
            self.menu_requested.emit(event.globalPos())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        ring_by_key(self, event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        ring_by_key(self, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.selected_key:
            self.opened.emit(self.selected_key)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Give each column its width; those without one share what is left."""
        room = self.viewport().width()
        scale = text_scale()
        widths = [round(column.width * scale) for column in self.rows.columns]
        shown = [column.hidden_below * scale <= room for column in self.rows.columns]
        taken = [width for width, is_on in zip(widths, shown, strict=True) if is_on]
        share = max(48, (room - sum(taken)) // max(1, taken.count(0)))
        for place, width in enumerate(widths):
            self.setColumnHidden(place, not shown[place])
            self.setColumnWidth(place, width or share)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.rows.retranslate()
