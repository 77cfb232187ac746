"""Pictures from SVG, coloured by role and kept once drawn."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from qcc_desktop.core.health import CauseKind, Light
from qcc_desktop.ui import assets
from qcc_desktop.ui.marks import Mark
from qcc_desktop.ui.theme.palette import Role, Tone, colour, role_of_light, role_of_mark

_CAUSE_SHAPES = {CauseKind.OFFLINE: "offline", CauseKind.NO_ENDPOINTS: "empty"}
"""Kinds of grey that are not "off"."""


@lru_cache(maxsize=512)
def renderer(name: str, foreground: str, light: str = "") -> QSvgRenderer:
    """Return the drawing called ``name`` with its two colours put in."""
    text = assets.icon_text(name).replace("currentColor", foreground)
    return QSvgRenderer(QByteArray(text.replace("var(--light)", light or foreground).encode()))


def draw(painter: QPainter, drawing: QSvgRenderer, area: QRectF) -> None:
    """Paint a whole drawing into ``area``."""
    drawing.render(painter, area)


def blank(size_px: int) -> QImage:
    """Return a transparent square."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


class _Drawing(QIconEngine):
    """Draws a picture when it is first painted, in the size in which it is."""

    def __init__(self, name: str, foreground: str, faint: str) -> None:
        super().__init__()
        self._name = name
        self._foreground = foreground
        self._faint = faint

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        edge = min(rect.width(), rect.height())
        drawn = self._drawn(round(edge * ratio), mode)
        drawn.setDevicePixelRatio(ratio)
        square = QRect(0, 0, edge, edge)
        square.moveCenter(rect.center())
        painter.drawPixmap(square, drawn)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._drawn(min(size.width(), size.height()), mode)

    @override
    def clone(self) -> "_Drawing":
        # WORKAROUND PySide6 6.11: Qt takes the copy over, and the binding does not know; remove
        # when a copy that nobody holds here survives test_a_picture_outlives_whoever_asked_for_it.
        copy = _Drawing(self._name, self._foreground, self._faint)
        _copies.append(copy)
        return copy

    def _drawn(self, size_px: int, mode: QIcon.Mode) -> QPixmap:
        shade = self._faint if mode is QIcon.Mode.Disabled else self._foreground
        return QPixmap(_pixmap(self._name, shade, size_px)) if size_px > 0 else QPixmap()


_copies: list[_Drawing] = []
"""Made when a picture of ours is changed, which nobody does but Qt may."""


@lru_cache(maxsize=256)
def _icon(name: str, foreground: str, faint: str) -> QIcon:
    return QIcon(_Drawing(name, foreground, faint))


@lru_cache(maxsize=512)
def _pixmap(name: str, foreground: str, size_px: int) -> QPixmap:
    image = blank(size_px)
    painter = QPainter(image)
    draw(painter, renderer(name, foreground), QRectF(0, 0, size_px, size_px))
    painter.end()
    return QPixmap.fromImage(image)


def icon(name: str, tone: Tone, role: Role = Role.TEXT) -> QIcon:
    """Return the picture called ``name`` in the colour of ``role``."""
    return icon_in(name, colour(role, tone), colour(Role.FAINT, tone))


def icon_in(name: str, shade: QColor, faint: QColor | None = None) -> QIcon:
    """Return the picture called ``name`` in one colour, and in another where it is disabled."""
    return _icon(name, shade.name(), (faint or shade).name())


def light_icon(light: Light, cause: CauseKind, tone: Tone) -> QIcon:
    """Return the mark of the one light, each with a shape of its own."""
    name = _CAUSE_SHAPES.get(cause, light.value)
    return icon(f"light/{name}", tone, role_of_light(light))


def mark_icon(mark: Mark, tone: Tone) -> QIcon:
    """Return the mark of an endpoint: a colour and a shape of its own."""
    return icon(f"health/{mark}", tone, role_of_mark(mark))


def use_no_system_pictures() -> None:
    """Let Qt draw its own pictures, in fields and dialogs, instead of searching the system's.

    Where those have no valid index, it asks the disk some 50,000 times for each new picture.
    """
    QIcon.setThemeSearchPaths([":/icons"])  # an empty list means the system's
    QIcon.setFallbackSearchPaths([])


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """Return the program's own icon, for windows and task bars."""
    found = QIcon()
    drawing = QSvgRenderer(QByteArray(assets.icon_text("app").encode()))
    for size_px in (16, 24, 32, 48, 64, 128, 256):
        image = blank(size_px)
        painter = QPainter(image)
        drawing.render(painter, QRectF(0, 0, size_px, size_px))
        painter.end()
        found.addPixmap(QPixmap.fromImage(image))
    return found


def pixmap(source: QIcon, edge: int, ratio: float) -> QPixmap:
    """Return a picture of ``edge`` logical pixels for a screen of this device pixel ratio."""
    return source.pixmap(QSize(edge, edge), ratio)
