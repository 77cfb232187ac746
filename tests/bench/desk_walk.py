"""The tray program with somebody inside who opens everything and feels the loop's pulse.

Run by `tests.bench.desk` as a process of its own, on a screen, in a prepared home. It is the real
program (`app.gui.run_with`) with one more task. It prints the port it listens at, waits for a line
on stdin, opens every page and prints, as one line of JSON, the stall of each step.
"""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial

from qcc_desktop.app import first_imports  # noqa: F401 - before whatever loads PySide6
from qcc_desktop.app.container import build_container
from qcc_desktop.app.event_loop.factory import new_loop
from qcc_desktop.app.gui import run_with
from qcc_desktop.app.lifecycle import Program
from qcc_desktop.app.qt_app import QtApp, new_app
from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.storage.paths import find_paths
from qcc_desktop.ui.desk import Desk
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.sidebar import SHOWN
from tests.bench.desk_heart import Heart

from PySide6.QtCore import QPoint  # isort: skip - after first_imports
from PySide6.QtWidgets import QAbstractScrollArea  # isort: skip

_SETTLE_S = 0.5
"""What is built in slices, laid out and painted after a click is done by then."""
_BEFORE_S = 3.0
_SCROLL_STEPS = 20
_SIZES = ((1280, 760), (1000, 600), (800, 500), (720, 480), (1400, 900), (1280, 760))


@dataclass(frozen=True, slots=True)
class Step:
    """Something a person does; `wait_s` is how long its consequences may take."""

    name: str
    do: Callable[[], object]
    wait_s: float = _SETTLE_S


class Walk:
    """Goes through the whole window, one step after the other."""

    def __init__(self, app: QtApp, program: Program) -> None:
        desk = app.findChild(Desk)
        assert isinstance(desk, Desk)
        self._desk = desk
        self._program = program

    async def run(self) -> dict[str, dict[str, float]]:
        """Do every step and return its stall by name."""
        felt: dict[str, dict[str, float]] = {}
        with Heart() as heart:
            for step in self._steps():
                heart.begin()
                done = step.do()
                if isinstance(done, Awaitable):
                    await done
                await asyncio.sleep(step.wait_s)
                await self._all_made()
                felt[step.name] = asdict(heart.stall())
        return felt

    async def _all_made(self) -> None:
        """Wait for what is made in parts: on a busy machine that takes longer."""
        while self._is_making():  # noqa: ASYNC110 - widgets have no awaitable of their own
            await asyncio.sleep(0.02)

    def _is_making(self) -> bool:
        desk = self._desk
        return desk.opening.is_running or (desk.has_window and desk.window.pages.opening.is_running)

    def _steps(self) -> Iterator[Step]:
        desk = self._desk
        yield Step("streams alone", lambda: None, _BEFORE_S)
        yield Step("open the window", desk.show_window)
        for name in SHOWN:
            yield Step(f"first look: {name}", desk.window.sidebar.entries[name].click)
        for name in SHOWN:
            yield Step(f"again: {name}", desk.window.sidebar.entries[name].click)
        for name in SHOWN:
            desk.go(name)
            yield Step(f"scroll: {name}", self._scroll, 0.1)
        yield from self._dialogs()
        yield from self._menus()
        for name in (PageName.OVERVIEW, PageName.ENDPOINTS, PageName.REQUESTS, PageName.SETTINGS):
            desk.go(name)
            yield Step(f"resize: {name}", self._resize, 0.1)
        yield from self._appearance()
        yield Step("close the window", desk.window.close)
        yield Step("show it again", desk.show_window)

    def _dialogs(self) -> Iterator[Step]:
        desk = self._desk
        first = self._program.container.configuration.current.endpoints[0].id
        page = desk.window.pages.page(PageName.ENDPOINTS)
        desk.go(PageName.ENDPOINTS)
        for name, subject in (("new endpoint", "add"), ("edit", f"edit:{first}")):
            yield Step(f"dialog: {name}", partial(desk.go, PageName.ENDPOINTS, subject))
            yield Step(f"close: {name}", page.leave)

    def _menus(self) -> Iterator[Step]:
        menu, more = self._desk.tray.menu, self._desk.window.menu
        yield Step("tray menu", lambda: menu.popup(QPoint(20, 20)))
        yield Step("tray menu away", menu.hide)
        yield Step("menu of the window", lambda: more.popup(QPoint(20, 20)))
        yield Step("menu away", more.hide)

    def _appearance(self) -> Iterator[Step]:
        changes = (("ui.language", "zh_CN", "en"), ("ui.theme", "dark", "light"))
        for name in (PageName.OVERVIEW, PageName.SETTINGS):
            self._desk.go(name)
            for key, there, back in changes:
                for value in (there, back):
                    yield Step(f"{name}: {key} {value}", partial(self._set, key, value), 1.0)

    async def _set(self, key: str, value: str) -> None:
        await self._program.container.preferences.set(key, value)

    async def _scroll(self) -> None:
        areas = self._desk.window.pages.current.findChildren(QAbstractScrollArea)
        bars = [area.verticalScrollBar() for area in areas if area.isVisible()]
        for part in range(_SCROLL_STEPS + 1):
            for bar in bars:
                bar.setValue(bar.maximum() * part // _SCROLL_STEPS)
            await asyncio.sleep(0.03)

    async def _resize(self) -> None:
        for width, height in _SIZES:
            self._desk.window.resize(width, height)
            await asyncio.sleep(0.1)


async def _walk(app: QtApp, program: Program) -> None:
    print(program.container.state.fresh().port, flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    print(json.dumps(await Walk(app, program).run()), flush=True)
    program.request_stop()


async def _run(app: QtApp, program: Program) -> None:
    def begin() -> None:
        _ = spawn(_walk(app, program), name="walk through the window")

    await run_with(app, program, hidden=True, on_started=begin)


def main() -> None:
    """Run the program until the walk is over."""
    app = new_app()
    program = Program(build_container(find_paths(os.environ)))
    with asyncio.Runner(loop_factory=lambda: new_loop(app)) as runner:
        runner.run(_run(app, program))


if __name__ == "__main__":
    main()
