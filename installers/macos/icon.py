"""Makes the icon of the macOS program from the drawing, on any system.

    python installers/macos/icon.py OUTPUT.icns

``iconutil`` is on Macs only, and the container is simple: after eight bytes of header, blocks of
four bytes of kind, four bytes of length and a picture. The two smallest sizes are no PNGs but
packed colour planes, as ``iconutil`` writes them: small PNGs are shown wrong by some systems.
"""

import os
import struct
import sys
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "app.svg"
PLANES = {b"ic04": 16, b"ic05": 32}
PNGS = {
    b"ic11": 32,  # 16 points on a fine screen
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}
"""Kind of block and its width in pixels; the same width may be the double of a smaller icon."""

BODY = 824 / 1024
"""How much of the width the rounded square takes on Apple's grid; the rest is air."""
_DRAWN_BODY = 60 / 64
"""How much it takes in the drawing."""
_LONGEST_RUN = 130
_LONGEST_LITERAL = 128


def container(draw: Callable[[int], QImage]) -> bytes:
    """Return the file; ``draw`` paints the icon at a width in pixels."""
    blocks = [(kind, _packed(draw(width))) for kind, width in PLANES.items()]
    blocks += [(kind, _png(draw(width))) for kind, width in PNGS.items()]
    body = b"".join(kind + struct.pack(">I", 8 + len(data)) + data for kind, data in blocks)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def draw(width: int) -> QImage:
    """Paint the drawing with the air around it that icons on a Mac have."""
    image = QImage(width, width, QImage.Format.Format_ARGB32)
    image.fill(0)
    side = width * BODY / _DRAWN_BODY
    offset = (width - side) / 2
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(offset, offset, side, side))
    painter.end()
    return image


def pack(plane: bytes) -> bytes:
    """Return one plane, packed: n < 128 means n + 1 bytes as they are, else n - 125 times one."""
    out, literal = bytearray(), bytearray()
    for value, length in _runs(plane):
        if length >= 3:
            _flush(out, literal)
            out += bytes((length + 125, value))
        else:
            literal += bytes((value,)) * length
    _flush(out, literal)
    return bytes(out)


def _runs(plane: bytes) -> Iterable[tuple[int, int]]:
    for value, same in groupby(plane):
        length = sum(1 for _ in same)
        while length:
            taken = min(length, _LONGEST_RUN)
            yield value, taken
            length -= taken


def _flush(out: bytearray, literal: bytearray) -> None:
    for start in range(0, len(literal), _LONGEST_LITERAL):
        piece = literal[start : start + _LONGEST_LITERAL]
        out += bytes((len(piece) - 1,)) + piece
    literal.clear()


def _packed(image: QImage) -> bytes:
    """Return the four planes, alpha first; the image's bytes are BGRA on every machine we ship."""
    pixels = bytes(image.convertToFormat(QImage.Format.Format_ARGB32).constBits())
    return b"ARGB" + b"".join(pack(pixels[place::4]) for place in (3, 2, 1, 0))


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants text
    return bytes(data.data())


def main(arguments: list[str]) -> int:
    """Write the icon to the file that is named."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(["icon"])
    Path(arguments[0]).write_bytes(container(draw))
    application.quit()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
