"""Makes the icon of the Windows programs and set-up from the drawing, on any system.

    python installers/windows/icon.py OUTPUT.ico

The container is simple (Microsoft, "Icons", Win32): a directory of pictures, then the pictures.
All but the largest are bitmaps, for NSIS and older parts of Windows read no PNGs.
"""

import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "app.svg"
WIDTHS = (16, 20, 24, 32, 40, 48, 64, 256)
"""What Windows asks for at 100 to 250 % of its small and large icons, and for tiles."""

_PNG_FROM = 256


def container() -> bytes:
    """Return the file."""
    pictures = [_picture(width) for width in WIDTHS]
    offset = 6 + 16 * len(pictures)
    directory = struct.pack("<HHH", 0, 1, len(pictures))
    for width, data in zip(WIDTHS, pictures, strict=True):
        side = width % 256  # 0 stands for 256
        directory += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return directory + b"".join(pictures)


def _picture(width: int) -> bytes:
    image = QImage(width, width, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, width, width))
    painter.end()
    return _png(image) if width >= _PNG_FROM else _bitmap(image)


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants text
    return bytes(held.data())


def _bitmap(image: QImage) -> bytes:
    """A picture without file header, from the bottom up, and an empty mask: alpha says it all."""
    width = image.width()
    flipped = image.flipped(Qt.Orientation.Vertical)  # owns the memory that is read
    rows = bytes(flipped.constBits())
    mask = bytes(width * ((width + 31) // 32 * 4))
    header = struct.pack("<IiiHHIIiiII", 40, width, 2 * width, 1, 32, 0, len(rows), 0, 0, 0, 0)
    return header + rows + mask


def main(arguments: list[str]) -> int:
    """Write the icon to the file named; 2 on wrong usage."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    Path(arguments[0]).write_bytes(container())
    del application
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
