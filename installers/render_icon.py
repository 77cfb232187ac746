"""Draws an SVG as PNG files, one per size: `python render_icon.py SVG FOLDER SIZE…`.

Run by `.venv`'s Python, which has Qt; needs no screen.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def main(arguments: list[str]) -> int:
    """Writes FOLDER/SIZE.png for each size in pixels; 1 when one cannot be drawn."""
    source, folder, *sizes = arguments
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])  # pictures need one
    renderer = QSvgRenderer(source)
    drawn = [draw(renderer, int(size), Path(folder) / f"{size}.png") for size in sizes]
    is_well = renderer.isValid() and all(drawn)
    del renderer, application
    return 0 if is_well else 1


def draw(renderer: QSvgRenderer, size_px: int, file: Path) -> bool:
    """Writes one picture; whether that went well."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return image.save(str(file))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
