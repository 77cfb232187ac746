"""What the self-test looks at in the window: the icon, every page, the chart, the translation.

Whatever a page needs is loaded and painted, so that a module, picture or plugin that was not
packed shows here and not on someone's first click.
"""

import asyncio
import os

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QIcon, QImageReader, QPixmap
from PySide6.QtWidgets import QWidget

from qcc_desktop.app.event_loop.factory import new_loop
from qcc_desktop.app.gui import new_desk
from qcc_desktop.app.lifecycle import Program
from qcc_desktop.app.qt_app import QtApp, new_app
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import Language
from qcc_desktop.ui import assets
from qcc_desktop.ui.desk import Desk
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.usage.chart_loading import load_chart

_ICON_PX = 22
_PICTURES = (b"svg", b"png")


class WindowChecks:
    """Checks for `app.selftest`; the application shows itself on no screen."""

    def __init__(self) -> None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        self._app: QtApp = new_app()
        self._desk: Desk | None = None

    def new_loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop that the program itself would run on."""
        return new_loop(self._app)

    async def paints_the_icon(self, program: Program) -> str:
        """See that the icon of the tray and that of the window are more than a blank."""
        desk = self._shown(program)
        for what, icon in (("tray", desk.tray.icon.icon()), ("window", desk.window.windowIcon())):
            if not _is_painted(icon):
                raise UserFacingError(f"The icon of the {what} cannot be painted.")
        missing = {*_PICTURES} - {
            bytes(each.data()) for each in QImageReader.supportedImageFormats()
        }
        if missing:
            names = ", ".join(sorted(each.decode() for each in missing))
            raise UserFacingError(f"Pictures of these kinds cannot be read: {names}.")
        return "The icon is painted."

    async def shows_every_page(self, program: Program) -> str:
        """Make each page and paint it."""
        desk = self._shown(program)
        for name in PageName:
            page = desk.window.pages.page(name)
            if not _is_drawn(page):
                raise UserFacingError(f"The page {name.value} stays empty.")
        if not _is_drawn(load_chart()()):
            raise UserFacingError("The chart stays empty.")
        return f"All {len(PageName)} pages and the chart are shown."

    async def speaks_chinese(self, program: Program) -> str:
        """Load the translation of our own texts and of Qt's."""
        del program
        name = Language.CHINESE.value
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for path in (f"{qt_folder}/qtbase_{name}.qm", str(assets.translation(name))):
            if not QTranslator().load(path):
                raise UserFacingError(f"The translation {path} is missing.")
        return "The Chinese translation is there."

    def close(self) -> None:
        """Take the window off, before the program stops."""
        if self._desk is not None:
            self._desk.close()

    def _shown(self, program: Program) -> Desk:
        if self._desk is None:
            self._desk = new_desk(self._app, program)
        return self._desk


def _is_painted(icon: QIcon) -> bool:
    image = icon.pixmap(_ICON_PX, _ICON_PX).toImage()
    return any(
        image.pixelColor(x, y).alpha() > 0
        for x in range(image.width())
        for y in range(image.height())
    )


def _is_drawn(widget: QWidget) -> bool:
    """Whether painting leaves more than one colour."""
    widget.resize(640, 480)
    picture: QPixmap = widget.grab()
    image = picture.toImage()
    first = image.pixel(0, 0)
    return any(
        image.pixel(x, y) != first
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )
