"""The list of what was found: a tick box, the name, the address, why not where it is not offered."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, GRID, TextSize, font
from qcc_desktop.ui.theme.palette import Role, colour, current_tone, readable_on
from qcc_desktop.ui.welcome.presenter import (
    Line,
    address_text,
    place_text,
    reason_text,
    spoken_text,
)
from qcc_desktop.ui.welcome.words import source_word

_LINE = int(Qt.ItemDataRole.UserRole)
_BOX = 16
_TEXT_LEFT = GAP + _BOX + 3 * GRID
_MOST_SHOWN = 278
"""Pixels of the list before it scrolls: six endpoints."""
_TICKS = {Qt.Key.Key_Space, Qt.Key.Key_Select}


class OfferList(QListView):
    """Shows lines, the takeable ones ticked at first; a click or the space bar changes a tick."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offers")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self._model.itemChanged.connect(lambda _: self.changed.emit())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these and tick what can be taken."""
        self._model.clear()
        for line in lines:
            item = QStandardItem()
            item.setData(line, _LINE)
            item.setEditable(False)
            if line.can_take:
                item.setCheckable(True)
                item.setCheckState(Qt.CheckState.Checked)
            self._model.appendRow(item)
        if lines:
            self.setCurrentIndex(self._model.index(0, 0))
        self.retranslate()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that is shown."""
        return tuple(item.data(_LINE) for item in self._items())

    @property
    def ticked(self) -> tuple[Line, ...]:
        """What is to be taken."""
        return tuple(item.data(_LINE) for item in self._items() if is_ticked(item))

    def tick_all(self, *, are_wanted: bool) -> None:
        """Tick everything that can be taken, or nothing."""
        state = Qt.CheckState.Checked if are_wanted else Qt.CheckState.Unchecked
        for item in self._items():
            if item.isCheckable():
                item.setCheckState(state)

    def retranslate(self) -> None:
        """Show every text in the language of now."""
        self.setAccessibleName(self.tr("Endpoints found"))
        self._model.blockSignals(True)
        for item in self._items():
            line = item.data(_LINE)
            item.setData(spoken_text(line), Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip("\n".join(filter(None, (place_text(line), reason_text(line)))))
        self._model.blockSignals(False)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
        self.updateGeometry()
        self.setFixedHeight(min(self._whole_height(), _MOST_SHOWN))

    def _items(self) -> list[QStandardItem]:
        return [self._model.item(row) for row in range(self._model.rowCount())]

    def _whole_height(self) -> int:
        return sum(_height(item.data(_LINE)) for item in self._items()) + 2


def is_ticked(item: QStandardItem) -> bool:
    """Tell whether an entry of the list is ticked."""
    return item.isCheckable() and item.checkState() is Qt.CheckState.Checked


def _height(line: Line) -> int:
    body = QFontMetrics(font(TextSize.BODY)).height()
    small = QFontMetrics(font(TextSize.SMALL)).height()
    rows = 1 if line.can_take else 2
    return GAP + body + rows * (small + 2) + GAP


class _Delegate(QStyledItemDelegate):
    """Paints two lines of text, three where the last says why; toggles ticks."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _height(index.data(_LINE)))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line: Line = index.data(_LINE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_back(painter, area, state)
        if line.can_take:
            box = QRectF(area.left() + GAP, area.center().y() - _BOX / 2, _BOX, _BOX)
            is_on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
            _paint_box(painter, box, is_on=is_on is Qt.CheckState.Checked)
        _paint_texts(painter, area.adjusted(_TEXT_LEFT, GAP, -GAP, -GAP), line)
        painter.restore()

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if not _is_toggle(event) or index.data(Qt.ItemDataRole.CheckStateRole) is None:
            return False
        was_on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if was_on else Qt.CheckState.Checked
        return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)


def _is_toggle(event: QEvent) -> bool:
    if isinstance(event, QMouseEvent):
        is_left = event.button() is Qt.MouseButton.LeftButton
        return is_left and event.type() is QEvent.Type.MouseButtonRelease
    return (
        isinstance(event, QKeyEvent)
        and event.type() is QEvent.Type.KeyPress
        and event.key() in _TICKS
    )


def _paint_back(painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
    tone = current_tone()
    if state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(Role.HOVER, tone))
        painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QGuiApplication.palette().accent().color())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 1.5, -0.5, -1.5), 6, 6)


def _paint_box(painter: QPainter, box: QRectF, *, is_on: bool) -> None:
    """Paint a tick box of our own: Fusion's is all but invisible in dark colours."""
    accent = QGuiApplication.palette().accent().color()
    if is_on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(box, 4, 4)
        icons.draw(painter, icons.renderer("done", readable_on(accent).name()), box)
        return
    painter.setPen(QPen(colour(Role.EDGE, current_tone()), 1.2))
    painter.setBrush(colour(Role.FIELD, current_tone()))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def _paint_texts(painter: QPainter, area: QRect, line: Line) -> None:
    body, small = font(TextSize.BODY), font(TextSize.SMALL)
    top = QRect(area.left(), area.top(), area.width(), QFontMetrics(body).height())
    source = source_word(line.source)
    wide = QFontMetrics(small).horizontalAdvance(source) + 3 * GAP
    painter.setFont(small)
    _text(painter, top, source, Role.MUTED, Qt.AlignmentFlag.AlignRight)
    painter.setFont(body)
    name = Role.TEXT if line.can_take else Role.MUTED
    _text(painter, top.adjusted(0, 0, -wide, 0), line.item.name, name)
    painter.setFont(small)
    below = QRect(area.left(), top.bottom() + 3, area.width(), QFontMetrics(small).height())
    _text(painter, below, address_text(line), Role.MUTED)
    if reason := reason_text(line):
        role = Role.AMBER if line.is_fault else Role.MUTED
        _text(painter, below.translated(0, below.height() + 2), reason, role)


def _text(
    painter: QPainter,
    area: QRect,
    text: str,
    role: Role,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    metrics = painter.fontMetrics()
    painter.setPen(colour(role, current_tone()))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
