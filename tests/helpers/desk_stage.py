"""The whole desk of a working day over fakes, with every page and every dialog."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from qcc_desktop.core.config import Config, FolderChoice
from qcc_desktop.core.events import ConfigChanged
from qcc_desktop.core.settings import Language, Settings
from qcc_desktop.services.pasted import Pasted, PasteKind
from qcc_desktop.ui.bridge import Bridge
from qcc_desktop.ui.claude_code.folder_dialog import FolderDialog
from qcc_desktop.ui.claude_code.folder_look import FolderLook
from qcc_desktop.ui.claude_code.takeover_dialog import TakeoverDialog
from qcc_desktop.ui.desk import Desk
from qcc_desktop.ui.endpoints.paste_dialog import PasteDialog
from qcc_desktop.ui.endpoints.results import TestResults
from qcc_desktop.ui.endpoints.room import EndpointsRoom
from qcc_desktop.ui.help.reader import Reader
from qcc_desktop.ui.main_window import MainWindow
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.sidebar import SHOWN
from qcc_desktop.ui.welcome.import_dialog import ImportDialog
from tests.helpers.desk_fakes import REFUSED, FakeServices, FakeState, new_bus, no_endpoints
from tests.helpers.desk_samples import busy_day, hour, usage_month
from tests.helpers.heard import controls
from tests.helpers.opening import open_now

PAGES = (*SHOWN, PageName.WELCOME)
LANGUAGES = (Language.ENGLISH, Language.CHINESE)


class Stage:
    """A desk of a working day."""

    def __init__(self, app: QApplication, memory: QSettings) -> None:
        self.fakes = FakeServices(FakeState(busy_day()))
        self.fakes.activity.last = hour()
        self.fakes.usage.found = usage_month()
        folders = ("/home/ada/projects/shop-api", "/home/ada/notes")
        self.fakes.config = Config(
            settings=Settings(ui_language=Language.ENGLISH), recent_folders=folders
        )
        self.bus = new_bus()
        services = self.fakes.services()
        self.desk = Desk(app, services, Bridge(self.fakes.state, self.bus), memory)

    @property
    def window(self) -> MainWindow:
        return self.desk.window

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0.005)

    async def speak(self, language: Language) -> None:
        await self.fakes.set("ui.language", language.value)
        self.bus.publish(ConfigChanged())

    async def open(self, name: PageName) -> QWidget:
        """Show a page with all its parts: some come in slices, or from another thread."""
        if name is PageName.WELCOME:
            self.fakes.state.show(no_endpoints())
        else:
            self.fakes.state.show(busy_day())
        open_now(self.desk, PageName.OVERVIEW if name is PageName.WELCOME else name)
        self.window.activateWindow()
        await self.until(self.window.isActiveWindow)
        before = -1
        async with asyncio.timeout(10):
            while before != (before := len(list(controls(self.window)))):  # noqa: ASYNC110
                await asyncio.sleep(0.3)
        return self.window.pages.current

    def dialogs(self) -> dict[str, Callable[[], QDialog]]:
        """Every dialog, by a name."""
        window, config = self.window, self.fakes.config
        found = [Pasted(PasteKind.QCC, name, f"https://{name}.example.com") for name in "ab"]
        folder = FolderLook("/home/ada/notes", "notes", "~/notes")
        room = window.pages.page(PageName.ENDPOINTS)
        assert isinstance(room, EndpointsRoom)

        def editor(endpoint_id: str = "") -> QDialog:
            if endpoint_id:
                room.editing.edit(endpoint_id)
            else:
                room.editing.add()
            made = room.editing.editor
            assert made is not None
            room.editing.opening.finish()
            if endpoint_id:
                made.form.show_advanced(True)
                made.show_report(REFUSED)
            return made

        return {
            "new endpoint": editor,
            "edit endpoint": lambda: editor("ep-deepseek"),
            "paste": lambda: PasteDialog(found, "Two found.", window),
            "results": lambda: TestResults({"a": "Relay A", "b": "Relay B"}, window),
            "takeover": lambda: TakeoverDialog("+ one\n- two", window),
            "folder": lambda: FolderDialog(
                folder, FolderChoice(folder.folder), config.endpoints, window
            ),
            "reader": lambda: Reader("Manual", "# Text", is_markdown=True, parent=window),
            "import": lambda: ImportDialog(room.rooms, window),
        }

    async def close(self) -> None:
        await self.speak(Language.ENGLISH)
        self.desk.close()
        self.window.deleteLater()
        self.desk.deleteLater()
