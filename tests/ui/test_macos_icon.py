"""The icon for macOS holds every size, and each can be read again."""

import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from macos import icon

pytestmark = pytest.mark.gui


@pytest.fixture(scope="module")
def blocks() -> dict[bytes, bytes]:
    """The file's blocks, read as Apple describes the container."""
    data = icon.container(icon.draw)
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8]) == (len(data),)
    found, place = {}, 8
    while place < len(data):
        kind, (length,) = data[place : place + 4], struct.unpack(">I", data[place + 4 : place + 8])
        found[kind] = data[place + 8 : place + length]
        place += length
    return found


def _unpacked(data: bytes) -> bytes:
    """Take packed planes apart, independently of how they were packed."""
    out, place = bytearray(), 0
    while place < len(data):
        head = data[place]
        if head < 128:
            out += data[place + 1 : place + 2 + head]
            place += 2 + head
        else:
            out += data[place + 1 : place + 2] * (head - 125)
            place += 2
    return bytes(out)


@pytest.mark.parametrize("kind", icon.PNGS)
def test_every_large_size_is_a_png_of_that_width(blocks: dict[bytes, bytes], kind: bytes) -> None:
    image = QImage.fromData(blocks[kind])

    assert (image.width(), image.height()) == (icon.PNGS[kind], icon.PNGS[kind])
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(image.width() // 2, image.height() // 2).alpha() == 255


@pytest.mark.parametrize("kind", icon.PLANES)
def test_every_small_size_is_four_planes(blocks: dict[bytes, bytes], kind: bytes) -> None:
    width = icon.PLANES[kind]
    planes = _unpacked(blocks[kind].removeprefix(b"ARGB"))

    size = width * width
    assert len(planes) == 4 * size
    middle = (width // 2) * width + width // 2
    colour = icon.draw(width).pixelColor(width // 2, width // 2)
    assert [planes[number * size + middle] for number in range(4)] == [
        colour.alpha(),
        colour.red(),
        colour.green(),
        colour.blue(),
    ]


@pytest.mark.parametrize(
    "plane",
    [b"", b"a", b"aa", b"aaa", b"abab", b"a" * 130, b"a" * 131, bytes(range(256)) * 2],
    ids=["none", "one", "two", "three", "mixed", "longest run", "more than a run", "literals"],
)
def test_what_is_packed_comes_out_again(plane: bytes) -> None:
    assert _unpacked(icon.pack(plane)) == plane


def test_the_body_has_the_air_around_it_that_macos_icons_have() -> None:
    image = icon.draw(1024)
    row = [image.pixelColor(x, 512).alpha() > 127 for x in range(1024)]

    assert (row.index(True), 1024 - row[::-1].index(True)) == (100, 924)


def test_the_command_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icon, "QGuiApplication", lambda _: _Quitting())
    file = tmp_path / "app.icns"

    assert icon.main([str(file)]) == 0
    assert file.read_bytes()[:4] == b"icns"
    assert icon.main([]) == 2


class _Quitting:
    """Stands for the application, for the tests have one already."""

    def quit(self) -> None:
        """Does nothing."""
