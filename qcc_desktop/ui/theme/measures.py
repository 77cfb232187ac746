"""Spacing and type: a 4 px grid and four sizes of text."""

from enum import IntEnum

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

GRID = 4
GAP = 2 * GRID
MARGIN = 4 * GRID
ROW = 8 * GRID
RADIUS = 2 * GRID
ROOMY = 670
"""In a window narrower than this, buttons keep their words and other texts give way."""


class TextSize(IntEnum):
    """Pixels of text where the system's own text has 13; larger system text enlarges all."""

    SMALL = 11
    BODY = 13
    TITLE = 15
    HEAD = 20


def text_scale() -> float:
    """Return how much larger the system's text is than ours by default; twice at most."""
    return min(max(1.0, QFontInfo(QApplication.font()).pixelSize() / TextSize.BODY), 2.0)


def scaled(pixels: int) -> int:
    """Return a length that has to hold text, for the system's size of text."""
    return round(pixels * text_scale())


def font(size: TextSize = TextSize.BODY, *, bold: bool = False) -> QFont:
    """Return the system's font in one of our sizes, digits all equally wide."""
    made = QFont(QApplication.font())
    made.setPixelSize(round(size * text_scale()))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def set_text(widget: QWidget, size: TextSize, *, bold: bool = False, muted: bool = False) -> None:
    """Give ``widget`` one of our sizes, and the quiet colour where ``muted``."""
    widget.setFont(font(size, bold=bold))
    if muted:
        widget.setObjectName("muted")
