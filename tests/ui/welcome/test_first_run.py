"""From the first start to the first answer, in the real window over the real program.

Only three things stand in: the endpoint (a scripted one on loopback), the terminal (it runs what
it is given without a window) and Claude Code (it asks one question and writes the answer down).
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QWidget,
)

from qcc_desktop.app.container import build_container
from qcc_desktop.app.gui import new_desk
from qcc_desktop.app.lifecycle import Program
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.ui.desk import Desk
from qcc_desktop.ui.endpoints.room import EndpointsRoom
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.welcome.page import WelcomePage
from tests.helpers import sse, steps
from tests.helpers.legacy import write_json
from tests.helpers.upstream import ScriptedUpstream

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are scripts")
_WAIT_S = 60.0
_MOST_CLICKS = 5
_KEY = "sk-test-1234567890-4f2a"
_CLAUDE = """#!{python}
import json, os, sys, urllib.request
if "--version" in sys.argv:
    print("2.1.330 (Claude Code)"); sys.exit()
body = {{"model": "claude-haiku-4-5", "max_tokens": 8,
        "messages": [{{"role": "user", "content": "hi"}}]}}
request = urllib.request.Request(
    os.environ["ANTHROPIC_BASE_URL"] + "/v1/messages", json.dumps(body).encode(),
    {{"content-type": "application/json", "anthropic-version": "2023-06-01",
     "authorization": "Bearer " + os.environ["ANTHROPIC_AUTH_TOKEN"]}})
answer = json.load(urllib.request.urlopen(request))
with open({pipe!r}, "w") as pipe:
    json.dump({{"text": answer["content"][0]["text"], "folder": os.getcwd(),
               "asked": os.environ["ANTHROPIC_BASE_URL"]}}, pipe)
"""
_TERMINAL = '#!/bin/sh\nshift\nexec "$@"\n'


class Person:
    """Somebody with a mouse, who counts; ``pastes`` counts separately."""

    def __init__(self, desk: Desk, pipe: Path) -> None:
        self.desk = desk
        self.clicks = 0
        self.pastes = 0
        self._pipe = pipe

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(_WAIT_S):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0.01)

    async def click(self, widget: QWidget) -> None:
        await self.until(lambda: widget.isVisible() and widget.isEnabled())
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def paste(self, text: str) -> None:
        """Press Ctrl+V where the keys go."""
        self.pastes += 1
        QGuiApplication.clipboard().setText(text)
        window = QApplication.activeModalWidget() or self.desk.window
        goal = window.focusWidget()
        QTest.keyClick(goal, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    async def choose_the_folder_offered(self) -> None:
        await self.until(lambda: self.desk.window.findChild(QFileDialog))
        picker = self.desk.window.findChild(QFileDialog)
        assert isinstance(picker, QFileDialog)
        box = picker.findChild(QDialogButtonBox)
        assert isinstance(box, QDialogButtonBox)
        choose = next(
            button
            for button in box.buttons()
            if box.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole
        )
        assert isinstance(choose, QAbstractButton)
        await self.click(choose)

    async def answer(self) -> dict[str, str]:
        async with asyncio.timeout(_WAIT_S):
            heard: dict[str, str] = json.loads(await asyncio.to_thread(self._pipe.read_text))
        await self.until(lambda: not any("ui: launch" in name for name in _running()))
        return heard

    @property
    def page(self) -> WelcomePage:
        page = self.desk.window.pages.current
        assert isinstance(page, WelcomePage)
        return page


def _running() -> list[str]:
    return [task.get_name() for task in asyncio.all_tasks()]


@pytest_asyncio.fixture
async def upstream() -> AsyncIterator[ScriptedUpstream]:
    """An endpoint that answers."""
    async with ScriptedUpstream("A") as made:
        made.script(*[steps.json_message(sse.Text("hello"))] * 9)
        yield made


@pytest_asyncio.fixture
async def person(
    qapp: QApplication,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    upstream: ScriptedUpstream,
) -> AsyncIterator[Person]:
    """Somebody who has just started the program for the first time, and has used Claude Code."""
    folder, pipe = tmp_path / "bin", tmp_path / "heard"
    folder.mkdir()
    if sys.platform != "win32":
        os.mkfifo(pipe)
    for name, text in (
        ("claude", _CLAUDE.format(python=sys.executable, pipe=str(pipe))),
        ("terminal", _TERMINAL),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TERMINAL", str(folder / "terminal"))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    write_json(
        home / ".claude" / "settings.json",
        {"env": {"ANTHROPIC_BASE_URL": upstream.base_url, "ANTHROPIC_AUTH_TOKEN": _KEY}},
    )
    program = Program(build_container(paths_below(home / "qcc-desktop")), port=0)
    await program.start()
    desk = new_desk(qapp, program, None)  # type: ignore[arg-type]  # any application will do
    desk.start(hidden=False)
    try:
        yield Person(desk, pipe)
    finally:
        desk.close()
        desk.window.deleteLater()
        desk.deleteLater()
        await program.stop(drain_s=0)


def check_answer(heard: dict[str, str], upstream: ScriptedUpstream, folder: Path) -> None:
    """It came through the proxy: that has the key, Claude Code does not."""
    assert (heard["text"], heard["folder"]) == ("hello", str(folder))
    assert heard["asked"] != upstream.base_url
    sent = upstream.requests[-1]
    assert _KEY in f"{sent.header('authorization')} {sent.header('x-api-key')}"


async def test_by_pasting_the_first_answer_takes_five_clicks_at_most(
    person: Person, upstream: ScriptedUpstream, home: Path
) -> None:
    await person.click(person.page.add.field)
    person.paste(
        f"export ANTHROPIC_BASE_URL={upstream.base_url}\nexport ANTHROPIC_AUTH_TOKEN={_KEY}\n"
    )
    window = person.desk.window
    await person.until(lambda: isinstance(window.pages.current, EndpointsRoom))
    room = window.pages.current
    assert isinstance(room, EndpointsRoom)
    assert room.editing.editor is not None
    await person.click(room.editing.editor.save)
    await person.until(window.messages.action.isVisible)
    await person.until(lambda: window.pages.name is PageName.OVERVIEW)
    await person.click(window.messages.action)
    await person.choose_the_folder_offered()

    check_answer(await person.answer(), upstream, home)
    assert person.clicks <= _MOST_CLICKS
    assert person.pastes == 1


async def test_by_choosing_a_vendor_it_takes_five_clicks_at_most_too(
    person: Person, home: Path
) -> None:
    await person.click(person.page.add.tiles[1])
    pages = person.desk.window.pages
    await person.until(lambda: isinstance(pages.current, EndpointsRoom))
    room = pages.current
    assert isinstance(room, EndpointsRoom)
    editor = room.editing.editor
    assert editor is not None
    await person.until(editor.inputs.key.isVisible)
    person.paste(_KEY)
    assert editor.inputs.key.text() == _KEY

    await person.click(editor.save)
    await person.click(person.desk.window.messages.action)
    picker = person.desk.window.findChild(QFileDialog)
    assert isinstance(picker, QFileDialog)
    picker.close()

    assert person.clicks + 1 <= _MOST_CLICKS  # the last one chooses the folder
    assert person.pastes == 1
    await person.until(lambda: pages.name is PageName.OVERVIEW)


async def test_by_importing_the_first_answer_takes_three_clicks(
    person: Person, upstream: ScriptedUpstream, home: Path
) -> None:
    page = person.page
    await person.click(page.offer.take)
    await person.until(lambda: page.report)
    assert page.report is not None
    await person.click(page.report.launch)
    await person.choose_the_folder_offered()

    check_answer(await person.answer(), upstream, home)
    assert person.clicks == 3
    assert person.pastes == 0
    assert person.desk.window.pages.name is PageName.OVERVIEW
