"""Paints the rows of the endpoints table: marks, figures and words, the same on every system.

The table paints its rows here rather than cell by cell through a delegate: ten calls from Qt
into Python for each row took 40 ms for sixty rows. Texts are laid out once and kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QIcon,
    QPainter,
    QPen,
    QPixmap,
    QStaticText,
)

from qcc_desktop.ui.endpoints.model import COLUMNS, Column
from qcc_desktop.ui.endpoints.presenter import Row
from qcc_desktop.ui.marks import Mark
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, ROW
from qcc_desktop.ui.theme.palette import Role, Tone, colour, readable_on, role_of_mark

_MARK = 12
_BOX = 16
CHECK_EDGE = _BOX + 2
"""The picture of a tick box, its antialiased edge included."""
_PIN = 14
_GRIP = 16
_KEPT_TEXTS = 4096
_QUIET = frozenset({Column.ADDRESS, Column.PLACE})
_WORD_ROLES = {Mark.UNASKED: Role.MUTED, Mark.NO_KEY: Role.AMBER}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column is."""

    column: Column
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row is shown besides what it says."""

    place: int
    is_selected: bool = False
    is_hovered: bool = False


class RowPainter:
    """Paints rows in one font and tone, and keeps the layouts of their texts.

    A change of font, tone, accent or pixel ratio needs a new one.
    """

    def __init__(self, font: QFont, tone: Tone, ratio: float) -> None:
        self._metrics = QFontMetricsF(font)
        self._font = font
        self._tone = tone
        self._ratio = ratio
        self._texts: dict[tuple[str, int, bool], tuple[QStaticText, float]] = {}
        self._pictures: dict[tuple[str, Role, int], QPixmap] = {}
        self._boxes: dict[tuple[bool, str], QPixmap] = {}

    def paint(
        self, painter: QPainter, top: int, row: Row, slots: Sequence[Slot], state: RowState
    ) -> None:
        """Paint the cells of one row whose upper edge is at ``top``."""
        if not slots:
            return
        whole = QRect(slots[0].left, top, slots[-1].left + slots[-1].width - slots[0].left, ROW)
        if state.is_selected or state.is_hovered:
            role = Role.SELECTION if state.is_selected else Role.HOVER
            painter.fillRect(whole, colour(role, self._tone))
        painter.setPen(colour(Role.LINE, self._tone))
        painter.drawLine(whole.bottomLeft(), whole.bottomRight())
        for slot in slots:
            self._paint_cell(painter, top, row, slot, state)

    def _paint_cell(
        self, painter: QPainter, top: int, row: Row, slot: Slot, state: RowState
    ) -> None:
        left, width = slot.left + GAP, slot.width - 2 * GAP
        match slot.column:
            case Column.ENABLED:
                box = self.check_box(is_on=row.is_enabled)
                edge = CHECK_EDGE
                left = slot.left + (slot.width - edge) // 2
                painter.drawPixmap(left, top + (ROW - edge) // 2, edge, edge, box)
                return
            case Column.PLACE if state.is_hovered:
                edge = left + width - _GRIP + 4
                self._picture(painter, "grip", Role.MUTED, edge, top, _GRIP)
                return
            case Column.PLACE:
                self._text(painter, str(state.place), row, slot.column, (left, top, width))
                return
            case Column.HEALTH:
                name = f"health/{row.mark}"
                self._picture(painter, name, role_of_mark(row.mark), left, top, _MARK)
                left, width = left + _MARK + GAP, width - _MARK - GAP
            case Column.NAME if row.is_pinned:
                self._picture(painter, "pin", Role.TEXT, left, top, _PIN)
                left, width = left + _PIN + 4, width - _PIN - 4
            case _:
                pass
        text = COLUMNS[slot.column].text(row)
        self._text(painter, text, row, slot.column, (left, top, width))

    def check_box(self, *, is_on: bool) -> QPixmap:
        """Return a tick box of our own: Fusion's is all but invisible in dark colours."""
        accent = QGuiApplication.palette().accent().color()
        found = self._boxes.get((is_on, accent.name()))
        if found is None:
            found = QPixmap(QSize(CHECK_EDGE, CHECK_EDGE) * self._ratio)
            found.setDevicePixelRatio(self._ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(1, 1, _BOX, _BOX)
            if is_on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(accent)
            else:
                painter.setPen(QPen(colour(Role.EDGE, self._tone), 1.2))
                painter.setBrush(colour(Role.FIELD, self._tone))
            painter.drawRoundedRect(box, 4, 4)
            if is_on:
                icons.draw(painter, icons.renderer("done", readable_on(accent).name()), box)
            painter.end()
            self._boxes[is_on, accent.name()] = found
        return found

    def _text(
        self, painter: QPainter, text: str, row: Row, column: Column, area: tuple[int, int, int]
    ) -> None:
        left, top, width = area
        if not text or width <= 0:
            return
        laid_out, needed = self._laid_out(text, width, is_address=column is Column.ADDRESS)
        start = left + width - needed if COLUMNS[column].is_number else left
        painter.setPen(colour(_role_of(row, column, text), self._tone))
        above = (ROW - laid_out.size().height()) / 2
        painter.drawStaticText(QPointF(start, top + above), laid_out)

    def _laid_out(self, text: str, width: int, *, is_address: bool) -> tuple[QStaticText, float]:
        key = (text, width, is_address)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= _KEPT_TEXTS:
                self._texts.clear()
            shown = (
                elided_address(text, width, self._metrics)
                if is_address
                else self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            )
            layout = QStaticText(shown)
            layout.setTextFormat(Qt.TextFormat.PlainText)
            layout.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            layout.prepare(font=self._font)
            found = self._texts[key] = (layout, self._metrics.horizontalAdvance(shown))
        return found

    def _picture(
        self, painter: QPainter, name: str, role: Role, left: int, top: int, edge: int
    ) -> None:
        key = (name, role, edge)
        picture = self._pictures.get(key)
        if picture is None:
            drawing: QIcon = icons.icon(name, self._tone, role)
            picture = icons.pixmap(drawing, edge, self._ratio)
            self._pictures[key] = picture
        painter.drawPixmap(left, top + (ROW - edge) // 2, edge, edge, picture)


def elided_address(text: str, width: float, metrics: QFontMetricsF) -> str:
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


def _role_of(row: Row, column: Column, text: str) -> Role:
    if not row.is_enabled or column in _QUIET:
        return Role.MUTED
    if column is Column.TROUBLE:
        return role_of_mark(row.mark) if row.is_out else Role.MUTED
    if column is Column.HEALTH:
        return _WORD_ROLES.get(row.mark, Role.TEXT)
    return Role.FAINT if text == "–" else Role.TEXT
