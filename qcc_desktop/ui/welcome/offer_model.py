"""The model of the list of what was found: lines, and which of them are ticked."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from qcc_desktop.ui.welcome.presenter import Line, place_text, reason_text, spoken_text

Index = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
"""The role under which a row gives its whole `Line`."""


class OfferModel(QAbstractListModel):
    """Holds lines with their ticks; texts are made when they are asked for."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self._ticked: set[int] = set()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Hold these and tick what can be taken."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self._ticked = self._takeable()
        self.endResetModel()

    @property
    def ticked(self) -> tuple[Line, ...]:
        """What is to be taken, in its order."""
        return tuple(self.lines[row] for row in sorted(self._ticked))

    def tick_all(self, *, are_wanted: bool) -> None:
        """Tick everything that can be taken, or nothing."""
        self._ticked = self._takeable() if are_wanted else set()
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Have everything shown anew."""
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def _takeable(self) -> set[int]:
        return {row for row, line in enumerate(self.lines) if line.can_take}

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.CheckStateRole if line.can_take:
                is_on = index.row() in self._ticked
                return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (place_text(line), reason_text(line))))
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken_text(line)
            case Qt.ItemDataRole.DisplayRole:
                return line.item.name
            case _:
                return line if role == LINE else None

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = index.row()
        if role != Qt.ItemDataRole.CheckStateRole or not self.lines[row].can_take:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(row)
        else:
            self._ticked.discard(row)
        self.dataChanged.emit(index, index)
        self.changed.emit()
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        can_tick = index.isValid() and self.lines[index.row()].can_take
        return super().flags(index) | (
            Qt.ItemFlag.ItemIsUserCheckable if can_tick else Qt.ItemFlag.NoItemFlags
        )
