"""What a real tray host shows, as numbers: the colours of the icon on the screen.

XEmbed hosts (trayer) paint the icon themselves, so there the picture of the screen is read.
"""

import asyncio
import contextlib
from collections import Counter
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from qcc_desktop.ui.theme.palette import Role, Tone, colour
from tests.helpers.screen import Screen
from tests.helpers.sni_watcher import Pixmap

STATE_ROLES = (Role.GREEN, Role.AMBER, Role.RED, Role.GREY)
_NEAR = 24
"""Colours differ by blending with the panel; state colours lie further apart than this."""


def image_of(pixmap: Pixmap) -> QImage:
    """Return the picture that came over the bus."""
    raw = b"".join(pixmap.argb[at : at + 4][::-1] for at in range(0, len(pixmap.argb), 4))
    made = QImage(raw, pixmap.width, pixmap.height, QImage.Format.Format_ARGB32)
    return made.copy()


def difference(first: QImage, second: QImage) -> int:
    """Return by how much the most different pixel differs (0 to 255, premultiplied)."""
    kind = QImage.Format.Format_RGBA8888_Premultiplied
    one, other = first.convertToFormat(kind), second.convertToFormat(kind)
    assert one.size() == other.size()
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max(abs(a - b) for a, b in pairs)


def state_pixels(image: QImage, tone: Tone = Tone.LIGHT) -> Counter[Role]:
    """Count the opaque pixels near each state's colour."""
    found: Counter[Role] = Counter()
    known = {role: colour(role, tone) for role in STATE_ROLES}
    for y in range(image.height()):
        for x in range(image.width()):
            pixel = image.pixelColor(x, y)
            for role, wanted in known.items():
                if pixel.alpha() > 200 and _distance(pixel, wanted) < _NEAR:
                    found[role] += 1
    return found


def _distance(first: QColor, second: QColor) -> int:
    return max(
        abs(first.red() - second.red()),
        abs(first.green() - second.green()),
        abs(first.blue() - second.blue()),
    )


class TrayHost:
    """The tray of a `Screen`; there is one icon in it."""

    def __init__(self, screen: Screen, folder: Path) -> None:
        self._screen = screen
        self._folder = folder

    async def icon(self) -> QImage:
        """Return what the tray shows at this moment."""
        file = self._folder / "screen.png"
        await self._screen.picture(file)
        x, y, width, height = await self._place()
        return QImage(str(file)).copy(x, y, width, height)

    async def painted_pixels(self) -> int:
        """Return how many pixels of the icon have the colour of a light, once there are any; 0 if not.

        The screen tells nobody that it was painted on, so it is asked again for 20 seconds.
        """
        for _ in range(100):
            count = state_pixels(await self.icon()).total()
            if count:
                return count
            await asyncio.sleep(0.2)
        return 0

    async def click(self, button: int) -> None:
        """Click the icon: 1 left, 2 middle, 3 right."""
        x, y, width, height = await self._place()
        await self._screen.xdotool("mousemove", str(x + width // 2), str(y + height // 2))
        await self._screen.xdotool("click", str(button))

    async def window_names(self) -> list[str]:
        """Return the titles of the windows that are on the screen."""
        found = await self._ask("search", "--onlyvisible", "--name", ".", "getwindowname", "%@")
        return found.splitlines()

    async def active_window_name(self) -> str:
        """Return the title of the window in front; empty when there is none."""
        with contextlib.suppress(AssertionError):
            return await self._screen.xdotool("getactivewindow", "getwindowname")
        return ""

    async def _ask(self, *arguments: str) -> str:
        """Ask xdotool, which fails when a window vanishes while it looks at it."""
        for _ in range(9):
            with contextlib.suppress(AssertionError):
                return await self._screen.xdotool(*arguments)
        return await self._screen.xdotool(*arguments)

    async def _place(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height of the icon: the right end of trayer's bar."""
        window = await self._ask("search", "--sync", "--class", "trayer")
        shape = await self._ask("getwindowgeometry", "--shell", window.split()[-1])
        values = dict(line.split("=") for line in shape.splitlines())
        edge = int(values["HEIGHT"])
        return int(values["X"]) + int(values["WIDTH"]) - edge, int(values["Y"]), edge, edge
