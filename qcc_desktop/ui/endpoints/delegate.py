"""Paints the rows of the endpoints table: marks, figures and words, the same on every system."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.ui.endpoints.model import ROW_ROLE, Column
from qcc_desktop.ui.endpoints.presenter import Row
from qcc_desktop.ui.marks import Mark
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, ROW
from qcc_desktop.ui.theme.palette import (
    Role,
    Tone,
    colour,
    current_tone,
    readable_on,
    role_of_mark,
)

Index = QModelIndex | QPersistentModelIndex
_MARK = 12
_BOX = 16
_QUIET = frozenset({Column.ADDRESS, Column.PLACE})
_WORD_ROLES = {Mark.UNASKED: Role.MUTED, Mark.NO_KEY: Role.AMBER}


class RowDelegate(QStyledItemDelegate):
    """Paints one cell; ``hovered`` is the row under the mouse, -1 for none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hovered = -1

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width() + 2 * GAP, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        area: QRect = option.rect
        tone = current_tone()
        column = Column(index.column())
        painter.save()
        self._paint_back(painter, option, index, area, tone)
        inside = area.adjusted(GAP, 0, -GAP, 0)
        match column:
            case Column.ENABLED:
                _paint_check(painter, area, row, tone)
            case Column.HEALTH:
                _paint_mark(painter, inside, row, tone)
                self._paint_text(painter, inside.adjusted(_MARK + GAP, 0, 0, 0), index, tone)
            case Column.PLACE:
                self._paint_place(painter, inside, index, tone)
            case Column.NAME if row.is_pinned:
                edge = 14
                place = QRect(inside.left(), inside.center().y() - edge // 2 + 1, edge, edge)
                icons.icon("pin", tone, Role.TEXT).paint(painter, place)
                self._paint_text(painter, inside.adjusted(edge + 4, 0, 0, 0), index, tone)
            case _:
                self._paint_text(painter, inside, index, tone)
        painter.restore()

    def _paint_back(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        area: QRect,
        tone: Tone,
    ) -> None:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour(Role.SELECTION, tone))
        elif index.row() == self.hovered:
            painter.fillRect(area, colour(Role.HOVER, tone))
        painter.setPen(colour(Role.LINE, tone))
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _paint_place(self, painter: QPainter, area: QRect, index: Index, tone: Tone) -> None:
        if index.row() != self.hovered:
            self._paint_text(painter, area, index, tone)
            return
        edge = 16
        place = QRect(area.right() - edge + 4, area.center().y() - edge // 2 + 1, edge, edge)
        icons.icon("grip", tone, Role.MUTED).paint(painter, place)

    def _paint_text(self, painter: QPainter, area: QRect, index: Index, tone: Tone) -> None:
        is_place = index.column() == Column.PLACE
        text = str(index.row() + 1 if is_place else index.data() or "")
        if not text:
            return
        painter.setPen(_text_colour(index, tone))
        metrics = painter.fontMetrics()
        if index.column() == Column.ADDRESS:
            shown = elided_address(text, area.width(), metrics)
        else:
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), shown)

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


def elided_address(text: str, width: int, metrics: QFontMetrics) -> str:
    """Return an address cut in the middle of its path, so that host and port are kept."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    scheme, marker, rest = text.rpartition("://")
    host, slash, path = rest.partition("/")
    origin = f"{scheme}{marker}{host}{slash}"
    room = width - metrics.horizontalAdvance(origin)
    if path and room > metrics.horizontalAdvance("…aaa"):
        return origin + metrics.elidedText(path, Qt.TextElideMode.ElideMiddle, room)
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def _text_colour(index: Index, tone: Tone) -> QColor:
    row: Row = index.data(ROW_ROLE)
    column = Column(index.column())
    if not row.is_enabled or column in _QUIET:
        return colour(Role.MUTED, tone)
    if column is Column.TROUBLE:
        return colour(role_of_mark(row.mark) if row.is_out else Role.MUTED, tone)
    if column is Column.HEALTH:
        return colour(_WORD_ROLES.get(row.mark, Role.TEXT), tone)
    if index.data(Qt.ItemDataRole.DisplayRole) == "–":
        return colour(Role.FAINT, tone)
    return colour(Role.TEXT, tone)


def _paint_mark(painter: QPainter, area: QRect, row: Row, tone: Tone) -> None:
    top = area.top() + (area.height() - _MARK) // 2
    icons.draw_mark(painter, row.mark, tone, QRect(area.left(), top, _MARK, _MARK))


def _paint_check(painter: QPainter, area: QRect, row: Row, tone: Tone) -> None:
    """Paint a tick box of our own: Fusion's is all but invisible in dark colours."""
    box = QRectF(0, 0, _BOX, _BOX)
    box.moveCenter(QRectF(area).center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not row.is_enabled:
        painter.setPen(QPen(colour(Role.EDGE, tone), 1.2))
        painter.setBrush(colour(Role.FIELD, tone))
        painter.drawRoundedRect(box, 4, 4)
        return
    accent = QGuiApplication.palette().accent().color()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    painter.drawRoundedRect(box, 4, 4)
    icons.draw(painter, icons.renderer("done", readable_on(accent).name()), box)
