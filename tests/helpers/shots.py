"""Takes pictures of tray menu, window and editor from canned states, to be looked at.

    xvfb-run -s "-screen 0 2600x1800x24" python -m tests.helpers.shots FOLDER

Each is taken light and dark, in English and Chinese; set ``QT_SCALE_FACTOR=2`` for the large
ones. Nothing is compared: a person judges them beside `ui.md`'s list.
"""

import asyncio
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from qcc_desktop.app.event_loop.factory import new_loop
from qcc_desktop.app.qt_app import new_app
from qcc_desktop.core.config import Config
from qcc_desktop.core.health import CauseKind, Light
from qcc_desktop.core.settings import Language, Settings, Theme
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.ui.bridge import Bridge
from qcc_desktop.ui.caption import Caption
from qcc_desktop.ui.contracts import Notice, NoticeKind
from qcc_desktop.ui.desk import Desk
from tests.helpers.desk_fakes import (
    REFUSED,
    FakeServices,
    FakeState,
    four_endpoints,
    fresh_endpoints,
    new_bus,
    no_endpoints,
    sixty_endpoints,
    with_light,
)


class Studio:
    """Sets the scene and presses the button."""

    def __init__(self, app: QApplication, folder: Path, theme: Theme, language: Language) -> None:
        self._folder = folder
        self._suffix = f"{theme}-{language}"
        self.fakes = FakeServices(FakeState(four_endpoints()))
        settings = Settings(ui_theme=theme, ui_language=language)
        self.fakes.config = Config(settings=settings, recent_folders=("/home/ada/shop-api",))
        memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        memory.clear()
        services = self.fakes.services()
        self.desk = Desk(app, services, Bridge(self.fakes.state, new_bus()), memory)

    async def take(self, name: str, widget: QWidget) -> None:
        await asyncio.sleep(0.15)
        widget.grab().save(str(self._folder / f"{name}-{self._suffix}.png"))

    def scene(self, snapshot: Snapshot) -> None:
        self.fakes.state.show(snapshot)


async def window_shots(studio: Studio) -> None:
    window = studio.desk.window
    studio.desk.show_window()
    for name, state in (
        ("window-empty", no_endpoints()),
        ("window-fresh", fresh_endpoints()),
        ("window-down", with_light(four_endpoints(), Light.RED, CauseKind.ALL_DOWN)),
        ("window-four", four_endpoints()),
        ("window-sixty", sixty_endpoints()),
    ):
        studio.scene(state)
        window.endpoints.table.clearSelection()
        await studio.take(name, window)
    studio.scene(four_endpoints())
    window.endpoints.table.select("ep-deepseek")
    studio.desk.actions.remove("ep-moonshot")
    studio.desk.actions.remove("ep-anthropic")
    await studio.take("window-undo", window)
    caption = Caption("Demo with simulated endpoints · Relay A answers 529", title="Demo")
    window.follow_caption(caption)
    studio.scene(four_endpoints())
    await studio.take("window-demo", window)
    caption.say("")
    hint = "Choose another port in the settings."
    window.show_notice(Notice("Port 7860 is taken.", hint, NoticeKind.PROBLEM))
    window.resize(700, 460)
    await studio.take("window-small", window)
    window.messages.close_notice()
    window.resize(1280, 700)


async def editor_shots(studio: Studio) -> None:
    editing = studio.desk.editing
    editing.add()
    assert editing.editor is not None
    await studio.take("editor-new", editing.editor)
    editing.editor.inputs.base_url.setText("https://api.example.com/v1/v1/messages")
    editing.editor.inputs.base_url.textEdited.emit("")
    editing.editor.inputs.name.setText("DeepSeek")
    editing.editor.inputs.name.textEdited.emit("")
    editing.editor.show_report(REFUSED)
    await studio.take("editor-faults", editing.editor)
    editing.close()
    await asyncio.sleep(0.05)
    editing.edit("ep-deepseek")
    editing.editor.form.show_advanced(True)
    await studio.take("editor-advanced", editing.editor)
    editing.close()
    await asyncio.sleep(0.05)


async def menu_shots(studio: Studio) -> None:
    for name, state in (
        ("menu-four", four_endpoints()),
        ("menu-fresh", fresh_endpoints()),
        ("menu-empty", no_endpoints()),
    ):
        studio.scene(state)
        menu = studio.desk.tray.menu
        menu.popup(QPoint(20, 20))
        await studio.take(name, menu)
        menu.hide()
    more = studio.desk.window.menu
    more.popup(QPoint(20, 20))
    await studio.take("menu-more", more)
    more.hide()


async def shoot(app: QApplication, folder: Path) -> None:
    for theme in (Theme.LIGHT, Theme.DARK):
        for language in (Language.ENGLISH, Language.CHINESE):
            studio = Studio(app, folder, theme, language)
            for part in (window_shots, editor_shots, menu_shots):
                await part(studio)
            studio.desk.close()
            studio.desk.deleteLater()
            await asyncio.sleep(0.05)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = new_app()
    with asyncio.Runner(loop_factory=lambda: new_loop(app)) as runner:
        runner.run(shoot(app, folder))


if __name__ == "__main__":
    main()
