"""The list of what was found: a tick box, the name, the address, why not where it is not offered."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
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
from qcc_desktop.ui.welcome.offer_model import LINE, Index, OfferModel
from qcc_desktop.ui.welcome.presenter import (
    Line,
    address_text,
    reason_text,
)
from qcc_desktop.ui.welcome.words import source_word

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
        self.offers = OfferModel(self)
        self.setModel(self.offers)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.offers.changed.connect(self.changed)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these and tick what can be taken."""
        self.offers.show_lines(lines)
        if lines:
            self.setCurrentIndex(self.offers.index(0))
        self.retranslate()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that is shown."""
        return self.offers.lines

    @property
    def ticked(self) -> tuple[Line, ...]:
        """What is to be taken."""
        return self.offers.ticked

    def tick_all(self, *, are_wanted: bool) -> None:
        """Tick everything that can be taken, or nothing."""
        self.offers.tick_all(are_wanted=are_wanted)

    def retranslate(self) -> None:
        """Show every text in the language of now."""
        self.setAccessibleName(self.tr("Endpoints found"))
        self._delegate.measure()
        self.offers.refresh()
        whole = sum(self._delegate.height_of(line) for line in self.lines) + 2
        self.setFixedHeight(min(whole, _MOST_SHOWN))


def _height(lines_below: int) -> int:
    body = QFontMetrics(font(TextSize.BODY)).height()
    small = QFontMetrics(font(TextSize.SMALL)).height()
    return GAP + body + lines_below * (small + 2) + GAP


def _below(line: Line) -> tuple[tuple[str, Role], ...]:
    """Return what stands below the name: the address, and why it cannot be taken."""
    reason = Role.AMBER if line.is_fault else Role.MUTED
    found = ((address_text(line), Role.MUTED), (reason_text(line), reason))
    return tuple((text, role) for text, role in found if text)


class _Delegate(QStyledItemDelegate):
    """Paints the name, and small what there is to say below it; toggles ticks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.measure()

    def measure(self) -> None:
        """Learn how tall lines are in the fonts of now; a list asks for each of its lines."""
        self._heights = tuple(map(_height, range(3)))

    def height_of(self, line: Line) -> int:
        """Return how tall a line is."""
        return self._heights[len(_below(line))]

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE)
        return QSize(0, self.height_of(line))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        line: Line = index.data(LINE)
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
        index: Index,
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
    for number, (text, role) in enumerate(_below(line)):
        _text(painter, below.translated(0, number * (below.height() + 2)), text, role)


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
