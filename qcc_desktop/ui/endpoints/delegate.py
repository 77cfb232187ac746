"""What a cell of the endpoints table does with the mouse, and its picture under a drag."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from qcc_desktop.ui.endpoints.model import Column
from qcc_desktop.ui.theme.measures import GAP, ROW

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Ticks boxes; ``paint_cell`` is asked for single cells, as a drag shows them."""

    def __init__(
        self, paint_cell: Callable[[QPainter, QRect, Index], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._paint_cell = paint_cell

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 2 * GAP, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        self._paint_cell(painter, area, index)

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if index.column() != Column.ENABLED or not isinstance(event, QMouseEvent):
            return False
        if event.type() is QEvent.Type.MouseButtonDblClick:
            return True
        if event.type() is not QEvent.Type.MouseButtonRelease:
            return False
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
        return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
