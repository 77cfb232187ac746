"""The table of endpoints: frozen rows, one tuple of columns, changes as small as they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from operator import attrgetter

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.ui.endpoints.presenter import Row, moved
from qcc_desktop.ui.i18n import translate

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-qcc-desktop-endpoints"
_MANY = 40
"""More rows that come or go at once are a new table rather than so many changes."""
ROW_ROLE = int(Qt.ItemDataRole.UserRole)


class Column(IntEnum):
    """The columns from left to right."""

    PLACE = 0
    ENABLED = 1
    HEALTH = 2
    NAME = 3
    ADDRESS = 4
    LATENCY = 5
    SUCCESS = 6
    IN_FLIGHT = 7
    SESSIONS = 8
    TROUBLE = 9


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """What a column is called and says."""

    title: str
    hint: str
    text: Callable[[Row], str]
    tip: Callable[[Row], str]
    is_number: bool = False


def _nothing(row: Row) -> str:
    del row
    return ""


COLUMNS: Mapping[Column, ColumnLook] = {
    Column.PLACE: ColumnLook(
        "",
        QT_TRANSLATE_NOOP("Endpoints", "The order in which they are asked. Drag a row to move it."),
        _nothing,
        _nothing,
        is_number=True,
    ),
    Column.ENABLED: ColumnLook(
        QT_TRANSLATE_NOOP("Endpoints", "On"),
        QT_TRANSLATE_NOOP("Endpoints", "Only ticked endpoints get requests."),
        _nothing,
        _nothing,
    ),
    Column.HEALTH: ColumnLook(
        QT_TRANSLATE_NOOP("Endpoints", "Health"),
        QT_TRANSLATE_NOOP("Endpoints", "What the last requests and checks have shown."),
        lambda row: row.health_word,
        lambda row: row.trouble_hint,
    ),
    Column.NAME: ColumnLook(
        QT_TRANSLATE_NOOP("Endpoints", "Name"),
        QT_TRANSLATE_NOOP("Endpoints", "What you call it. The pin marks the preferred one."),
        lambda row: row.name,
        lambda row: f"{row.name}\n{row.note}" if row.note else row.name,
    ),
    Column.ADDRESS: ColumnLook(
        QT_TRANSLATE_NOOP("Endpoints", "Address"),
        QT_TRANSLATE_NOOP("Endpoints", "The base URL that requests go to."),
        lambda row: row.address,
        lambda row: row.address_hint,
    ),
    Column.LATENCY: ColumnLook(
        QT_TRANSLATE_NOOP("Endpoints", "First token"),
        QT_TRANSLATE_NOOP("Endpoints", "Median time to the first token."),
        lambda row: row.latency,
        lambda row: row.latency_hint,
        is_number=True,
    ),
    Column.SUCCESS: ColumnLook(
        QT_TRANSLATE_NOOP("Endpoints", "Success"),
        QT_TRANSLATE_NOOP("Endpoints", "Share of requests that were answered."),
        lambda row: row.success,
        lambda row: row.success_hint,
        is_number=True,
    ),
    Column.IN_FLIGHT: ColumnLook(
        QT_TRANSLATE_NOOP("Endpoints", "Running"),
        QT_TRANSLATE_NOOP("Endpoints", "Requests being answered now."),
        lambda row: row.in_flight,
        _nothing,
        is_number=True,
    ),
    Column.SESSIONS: ColumnLook(
        QT_TRANSLATE_NOOP("Endpoints", "Sessions"),
        QT_TRANSLATE_NOOP("Endpoints", "Conversations bound to this endpoint."),
        lambda row: row.sessions,
        _nothing,
        is_number=True,
    ),
    Column.TROUBLE: ColumnLook(
        QT_TRANSLATE_NOOP("Endpoints", "Trouble"),
        QT_TRANSLATE_NOOP("Endpoints", "Why it is out and when it is tried again."),
        lambda row: row.trouble,
        lambda row: row.trouble_hint,
    ),
}

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORD = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


_WITHOUT_TROUBLE = attrgetter(*(each.name for each in fields(Row) if each.name != "trouble"))


def _changed_columns(old: Row, new: Row) -> tuple[Column, Column]:
    """Return the first and the last column that read otherwise; all when the state is another."""
    if _WITHOUT_TROUBLE(old) == _WITHOUT_TROUBLE(new):
        return Column.TROUBLE, Column.TROUBLE
    if (old.is_enabled, old.mark, old.is_pinned) == (new.is_enabled, new.mark, new.is_pinned):
        changed = [column for column in Column if _differs(COLUMNS[column], old, new)]
        if changed:
            return changed[0], changed[-1]
    return Column.PLACE, Column.TROUBLE


def _differs(look: ColumnLook, old: Row, new: Row) -> bool:
    return look.text(old) != look.text(new) or look.tip(old) != look.tip(new)


def _shown(number: int, row: Row, column: Column) -> object:
    del number  # the place is painted by the delegate: here it would change with every neighbour
    return COLUMNS[column].text(row)


def _check(number: int, row: Row, column: Column) -> object:
    del number
    if column is not Column.ENABLED:
        return None
    return Qt.CheckState.Checked if row.is_enabled else Qt.CheckState.Unchecked


_ROLES: dict[int, Callable[[int, Row, Column], object]] = {
    Qt.ItemDataRole.DisplayRole: _shown,
    Qt.ItemDataRole.ToolTipRole: lambda _, row, column: COLUMNS[column].tip(row),
    Qt.ItemDataRole.TextAlignmentRole: lambda _, __, column: (
        _NUMBER if COLUMNS[column].is_number else _WORD
    ),
    Qt.ItemDataRole.CheckStateRole: _check,
    Qt.ItemDataRole.AccessibleTextRole: lambda _, row, column: (
        f"{row.name}, {COLUMNS[column].text(row)}"
    ),
    ROW_ROLE: lambda _, row, __: row,
}


class EndpointsModel(QAbstractTableModel):
    """Holds the rows; ticking and dragging become wishes, the rows change when they come true.

    A drop is shown at once, so that the row does not jump back until the service has saved.
    """

    enabled_requested = Signal(object, bool)
    """The ids, and whether they are to be on."""
    order_requested = Signal(object)
    """All ids that are shown, in their new order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids from top to bottom."""
        return tuple(row.id for row in self._rows)

    def row_at(self, number: int) -> Row:
        """Return a row."""
        return self._rows[number]

    def place_at(self, number: int) -> int:
        """Return the place among all endpoints, from 1, of the one in a row."""
        return self._places.get(self._rows[number].id, number) + 1

    def number_of(self, endpoint_id: str) -> int | None:
        """Return where an endpoint is, None when it is not there."""
        return self.ids.index(endpoint_id) if endpoint_id in self.ids else None

    def apply(self, rows: Sequence[Row], order: Iterable[str] | None = None) -> None:
        """Show ``rows``, telling views of nothing that stayed as it was.

        ``order`` are the ids of all endpoints where the rows are a part of them.
        """
        ids = [row.id for row in rows]
        self._number({key: place for place, key in enumerate(ids if order is None else order)})
        if ids == [row.id for row in self._rows]:
            self._replace_all(rows)
            return
        if len(set(ids) ^ set(self.ids)) > _MANY:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        self._take_out(set(ids))
        self._put_in(rows)
        self._put_in_order(ids)
        self._replace_all(rows)

    def _number(self, places: dict[str, int]) -> None:
        """Number the endpoints anew, and have those drawn again whose place is another one."""
        before, self._places = self._places, places
        if before == places:
            return
        moved_rows = [
            number
            for number, row in enumerate(self._rows)
            if before.get(row.id) != places.get(row.id)
        ]
        if moved_rows:
            top = self.index(moved_rows[0], Column.PLACE)
            self.dataChanged.emit(top, self.index(moved_rows[-1], Column.PLACE))

    def _replace_all(self, rows: Sequence[Row]) -> None:
        """Tell views of the cells that read otherwise now; of very many, as one block."""
        changed: dict[int, tuple[Column, Column]] = {}
        for number, row in enumerate(rows):
            old = self._rows[number]
            if old is not row and old != row:
                self._rows[number] = row
                changed[number] = _changed_columns(old, row)
        if len(changed) > _MANY:
            left = min(first for first, _ in changed.values())
            right = max(last for _, last in changed.values())
            top, bottom = self.index(min(changed), left), self.index(max(changed), right)
            self.dataChanged.emit(top, bottom)
            return
        for number, (first, last) in changed.items():
            self.dataChanged.emit(self.index(number, first), self.index(number, last))

    def _take_out(self, kept: set[str]) -> None:
        for number in reversed(range(len(self._rows))):
            if self._rows[number].id not in kept:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number]
                self.endRemoveRows()

    def _put_in(self, rows: Sequence[Row]) -> None:
        known = set(self.ids)
        for number, row in enumerate(rows):
            if row.id not in known:
                place = min(number, len(self._rows))
                self.beginInsertRows(QModelIndex(), place, place)
                self._rows.insert(place, row)
                self.endInsertRows()

    def _put_in_order(self, ids: Sequence[str]) -> None:
        if list(self.ids) == list(ids):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._rows[index.row()].id for index in before]
        by_id = {row.id: row for row in self._rows}
        self._rows = [by_id[key] for key in ids]
        place = {key: number for number, key in enumerate(ids)}
        after = [
            self.index(place[key], index.column()) for key, index in zip(keys, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def retranslate(self) -> None:
        """Tell views that the titles are in another language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def move(self, endpoint_ids: Sequence[str], place: int) -> None:
        """Wish that endpoints are asked, one after the other, before the one in row ``place``."""
        wanted = moved(self.ids, endpoint_ids, place)
        if wanted != self.ids:
            shared = sorted(self._places[key] for key in wanted)
            self._put_in_order(wanted)
            self._number({**self._places, **dict(zip(wanted, shared, strict=True))})
            self.order_requested.emit(wanted)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        answer = _ROLES.get(role)
        row, column = self._rows[index.row()], Column(index.column())
        return answer(index.row(), row, column) if answer is not None else None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != Column.ENABLED:
            return False
        is_enabled = Qt.CheckState(value) is Qt.CheckState.Checked
        self.enabled_requested.emit((self._rows[index.row()].id,), is_enabled)
        return True

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        look = COLUMNS[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if look.is_number else _WORD
        texts = {Qt.ItemDataRole.DisplayRole: look.title, Qt.ItemDataRole.ToolTipRole: look.hint}
        text = texts.get(Qt.ItemDataRole(role), "")
        return translate("Endpoints", text) if text else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        )
        if index.column() == Column.ENABLED:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    @override
    def mimeTypes(self) -> list[str]:
        return [MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        numbers = sorted({index.row() for index in indexes})
        data.setData(MIME, "\n".join(self._rows[number].id for number in numbers).encode())
        return data

    @override
    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        dropped = bytes(data.data(MIME).data()).decode().split("\n")
        known = [each for each in dropped if each in self.ids]
        if action is not Qt.DropAction.MoveAction or not known:
            return False
        place = row if row >= 0 else (parent.row() if parent.isValid() else len(self._rows))
        self.move(known, place)
        return False  # the rows have moved already: the view must not take the old ones out
