"""Takes pictures of every page, dialog and menu from canned states, to be looked at.

    xvfb-run -s "-screen 0 2800x1900x24" python -m tests.helpers.shots FOLDER [NAME...]

Each is taken light and dark, in English and Chinese; set ``QT_SCALE_FACTOR=2`` for the large
ones. Only pictures whose name begins with a NAME are taken, all without any. Nothing is
compared: a person judges them. The README's pictures are a choice of them.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
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
from qcc_desktop.ui.endpoints.room import EndpointsRoom
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.requests.page import RequestsPage
from qcc_desktop.ui.sidebar import SHOWN
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
from tests.helpers.desk_samples import busy_day, hour, usage_month
from tests.helpers.opening import open_now

_SETTLED_S = 0.8
"""Pages are built in slices; a machine under load needs this long for the last one."""


class Studio:
    """Sets the scene and presses the button."""

    def __init__(
        self, app: QApplication, folder: Path, looks: tuple[Theme, Language], wanted: list[str]
    ) -> None:
        theme, language = looks
        self._folder = folder
        self._wanted = wanted
        self._suffix = f"{theme}-{language}"
        self.fakes = FakeServices(FakeState(busy_day()))
        self.fakes.activity.last = hour()
        self.fakes.usage.found = usage_month()
        settings = Settings(ui_theme=theme, ui_language=language)
        folders = ("/home/ada/projects/shop-api", "/home/ada/项目/数据 管道", "/home/ada/notes")
        self.fakes.config = Config(settings=settings, recent_folders=folders)
        memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        memory.clear()
        self.desk = Desk(app, self.fakes.services(), Bridge(self.fakes.state, new_bus()), memory)
        self.window = self.desk.window
        self.window.resize(1180, 760)

    def wants(self, name: str) -> bool:
        return not self._wanted or any(name.startswith(begin) for begin in self._wanted)

    async def take(self, name: str, widget: QWidget) -> None:
        if self.wants(name):
            await asyncio.sleep(_SETTLED_S)
            widget.grab().save(str(self._folder / f"{name}-{self._suffix}.png"))

    def scene(self, snapshot: Snapshot) -> None:
        self.fakes.state.show(snapshot)

    @property
    def room(self) -> EndpointsRoom:
        found = self.window.pages.page(PageName.ENDPOINTS)
        assert isinstance(found, EndpointsRoom)
        return found


async def page_shots(studio: Studio) -> None:
    """Every page of a working day, and what it looks like with nothing and with much in it."""
    states: tuple[tuple[str, Callable[[], Snapshot]], ...] = (
        ("busy", busy_day),
        ("fresh", fresh_endpoints),
        ("sixty", sixty_endpoints),
        ("empty", no_endpoints),
    )
    studio.desk.show_window()
    for state, made in states:
        studio.scene(made())
        for page in SHOWN:
            if not studio.wants(f"{page}-{state}"):
                continue
            open_now(studio.desk, page)
            current = studio.window.pages.current
            if isinstance(current, RequestsPage):
                current.table.select("117")
            await studio.take(f"{page}-{state}", studio.window)
    studio.window.resize(720, 480)
    studio.scene(busy_day())
    for page in SHOWN:
        if studio.wants(f"{page}-small"):
            open_now(studio.desk, page)
            await studio.take(f"{page}-small", studio.window)
    studio.window.resize(1180, 760)


async def window_shots(studio: Studio) -> None:
    """What belongs to the window itself: lights, messages, the demo's caption."""
    window = studio.window
    open_now(studio.desk, PageName.ENDPOINTS)
    down = with_light(busy_day(), Light.RED, CauseKind.ALL_DOWN)
    for name, state in (
        ("window-down", replace(down, cause=replace(down.cause, other="Moonshot"))),
        ("window-well", with_light(busy_day(), Light.GREEN, CauseKind.ALL_WELL)),
        ("window-off", with_light(busy_day(), Light.GREY, CauseKind.OFF)),
    ):
        studio.scene(state)
        await studio.take(name, window)
    studio.scene(busy_day())
    caption = Caption(
        "Demo with simulated endpoints · Relay A answers 529 · nothing here is kept", title="Demo"
    )
    window.follow_caption(caption)
    await studio.take("window-demo", window)
    caption.say("")
    hint = "Choose another port in the settings."
    window.show_notice(Notice("Port 7860 is taken.", hint, NoticeKind.PROBLEM))
    await studio.take("window-problem", window)
    window.messages.close_notice()


async def editor_shots(studio: Studio) -> None:
    """The endpoint editor: new, with faults, in full."""
    if not studio.wants("editor"):
        return
    editing = studio.room.editing
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
    for name, preset in (("openai", "openai"), ("local", "ollama")):
        editing.add(preset)
        await studio.take(f"editor-{name}", editing.editor)
        editing.close()
        await asyncio.sleep(0.05)


async def menu_shots(studio: Studio) -> None:
    """The menus of the icon and of the window."""
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
    more = studio.window.menu
    more.popup(QPoint(20, 20))
    await studio.take("menu-more", more)
    more.hide()


_PARTS: tuple[Callable[[Studio], Awaitable[None]], ...] = (
    page_shots,
    window_shots,
    editor_shots,
    menu_shots,
)


async def shoot(app: QApplication, folder: Path, wanted: list[str]) -> None:
    """Take all pictures in both colours and both languages."""
    for theme in (Theme.LIGHT, Theme.DARK):
        for language in (Language.ENGLISH, Language.CHINESE):
            studio = Studio(app, folder, (theme, language), wanted)
            for part in _PARTS:
                await part(studio)
            studio.desk.close()
            studio.window.deleteLater()
            studio.desk.deleteLater()
            await asyncio.sleep(0.05)


def main() -> None:
    """Take the pictures that the command line names."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = new_app()
    with asyncio.Runner(loop_factory=lambda: new_loop(app)) as runner:
        runner.run(shoot(app, folder, sys.argv[2:]))


if __name__ == "__main__":
    main()
