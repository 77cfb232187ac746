"""Draws the tray icon: the light as colour, as glyph and as badge.

| light | glyph   | badge               |
|-------|---------|---------------------|
| green | solid   | none                |
| amber | solid   | triangle            |
| red   | broken  | cross               |
| grey  | outline | pause; a slash when this computer is offline; none before there is an endpoint |

The plug has the panel's foreground colour, arc and badge have the light's. On macOS the picture
is a template: the system paints all of it in one colour, so there the shapes alone speak (Apple,
Human Interface Guidelines, "The menu bar").
"""

from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.palette import Role, Tone, colour, role_of_light
from qcc_desktop.ui.tray.look import Badge, IconLook

SIZES_PX = (16, 20, 22, 24, 32, 40, 44, 48, 64, 96, 128)
"""The sizes panels ask for and their doubles; each is drawn, none is scaled."""

_GRIDS = (16, 20, 22, 24)
PULSE = (1.0, 0.75, 0.5, 0.75)
"""How opaque the arc is in each step of the pulse; `IconLook.step` counts them."""


@lru_cache(maxsize=64)
def tray_icon(look: IconLook, tone: Tone, *, template: bool = False) -> QIcon:
    """Return the icon with every size drawn; ``template`` is macOS's one-colour kind."""
    icon = QIcon()
    for size_px in SIZES_PX:
        icon.addPixmap(QPixmap.fromImage(draw(look, tone, size_px, template=template)))
    icon.setIsMask(template)
    return icon


def draw(look: IconLook, tone: Tone, size_px: int, *, template: bool = False) -> QImage:
    """Return the picture at exactly this size."""
    grid = _grid_of(size_px)
    foreground = colour(Role.PANEL_TEXT, Tone.LIGHT if template else tone).name()
    light = foreground if template else colour(role_of_light(look.light), tone).name()
    image = icons.blank(size_px)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(0, 0, size_px, size_px)
    folder = f"tray/{grid}"
    painter.setOpacity(PULSE[look.step % len(PULSE)])
    icons.draw(painter, icons.renderer(f"{folder}/arc-{look.glyph}", foreground, light), area)
    painter.setOpacity(1)
    icons.draw(painter, icons.renderer(f"{folder}/plug-{look.glyph}", foreground, light), area)
    if look.badge is not Badge.NONE:
        badge = icons.renderer(f"{folder}/badge-{look.badge}", foreground, light)
        _clear_around(painter, badge, size_px, size_px / grid)
        icons.draw(painter, badge, area)
    painter.end()
    return image


def _grid_of(size_px: int) -> int:
    """Return the largest grid that fits a whole number of times, else the nearest one."""
    whole = [grid for grid in _GRIDS if size_px % grid == 0]
    return min(whole) if whole else min(_GRIDS, key=lambda grid: abs(size_px % grid))


def _clear_around(painter: QPainter, badge: QSvgRenderer, size_px: int, pixel: float) -> None:
    """Cut a gap of one grid pixel around the badge out of the glyph."""
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            area = QRectF(dx * pixel, dy * pixel, size_px, size_px)
            icons.draw(painter, badge, area)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
