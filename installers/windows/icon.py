"""Makes the icon of the Windows programs and set-up from the drawing, on any system.

    python installers/windows/icon.py OUTPUT.ico    the icon
    python installers/windows/icon.py OUTPUT.bmp    the picture at the side of the set-up's last page

The icon's container is simple (Microsoft, "Icons", Win32): a directory of pictures, then the pictures.
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

SIDE = (140 * 3, 314 * 3)
"""Three times what the set-up shows at 100 %, for it can only make it smaller well. It is fitted to
the page's height, which goes by the font: less wide than its place is with any of them."""
_SIDE_ICON = 88 * 3


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


def side() -> bytes:
    """Return the picture at the side: the drawing on white, as the page is."""
    width, height = SIDE
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    _draw(image, QRectF((width - _SIDE_ICON) / 2, (height - _SIDE_ICON) / 3, *[_SIDE_ICON] * 2))
    return _saved(image.convertToFormat(QImage.Format.Format_RGB888), "BMP")


def _picture(width: int) -> bytes:
    image = QImage(width, width, QImage.Format.Format_ARGB32)
    image.fill(0)
    _draw(image, QRectF(0, 0, width, width))
    return _saved(image, "PNG") if width >= _PNG_FROM else _bitmap(image)


def _draw(image: QImage, where: QRectF) -> None:
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, where)
    painter.end()


def _saved(image: QImage, kind: str) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs want bytes, Qt wants text
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
    """Write the picture to the file named; 2 on wrong usage."""
    if len(arguments) != 1 or Path(arguments[0]).suffix not in {".ico", ".bmp"}:
        print(__doc__, file=sys.stderr)
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    file = Path(arguments[0])
    file.write_bytes(container() if file.suffix == ".ico" else side())
    del application
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
