"""Tray and window over fake services: each thing a person does, and what comes of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QSettings, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QSystemTrayIcon

from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.core.events import ConfigChanged
from qcc_desktop.core.health import CauseKind, Light
from qcc_desktop.core.settings import Language, Strategy, Theme, TrayClick
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.services.claude_code import LaunchReport
from qcc_desktop.services.shells import Shell
from qcc_desktop.ui.bridge import Bridge
from qcc_desktop.ui.desk import Desk
from qcc_desktop.ui.endpoints.model import Column
from qcc_desktop.ui.endpoints.page import EndpointsPage
from qcc_desktop.ui.endpoints.room import EndpointsRoom
from qcc_desktop.ui.main_window import MainWindow, dropped_folder
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.sessions.page import SessionsPage
from qcc_desktop.ui.sidebar import SHOWN
from qcc_desktop.ui.theme.palette import Tone, current_tone
from qcc_desktop.ui.welcome.import_dialog import ImportDialog
from tests.helpers.desk_fakes import (
    REFUSED,
    FakeServices,
    FakeState,
    four_endpoints,
    new_bus,
    no_endpoints,
    with_light,
)
from tests.helpers.opening import finish, open_now

LEFT = Qt.MouseButton.LeftButton


class Stage:
    """A desk with its fakes."""

    def __init__(self, app: QApplication, snapshot: Snapshot, memory: Path) -> None:
        self.fakes = FakeServices(FakeState(snapshot))
        self.bus = new_bus()
        self.memory = QSettings(str(memory), QSettings.Format.IniFormat)
        services = self.fakes.services()
        self.desk = Desk(app, services, Bridge(self.fakes.state, self.bus), self.memory)
        self.menu = self.desk.tray.menu

    @classmethod
    def opened(cls, app: QApplication, snapshot: Snapshot, memory: Path) -> "Stage":
        """A desk whose window shows the endpoints."""
        made = cls(app, snapshot, memory)
        open_now(made.desk, PageName.ENDPOINTS)
        return made

    @property
    def window(self) -> MainWindow:
        return self.desk.window

    @property
    def room(self) -> EndpointsRoom:
        page = self.window.pages.page(PageName.ENDPOINTS)
        assert isinstance(page, EndpointsRoom)
        return page

    @property
    def page(self) -> EndpointsPage:
        return self.room.view

    def close(self) -> None:
        self.desk.close()
        if self.desk.has_window:
            self.window.deleteLater()
        self.desk.deleteLater()

    @property
    def calls(self) -> list[tuple[object, ...]]:
        return self.fakes.calls

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0)

    async def activate(self) -> None:
        """Shortcuts work in an active window only."""
        self.window.activateWindow()
        await self.until(self.window.isActiveWindow)

    async def asked(self, *call: object) -> None:
        await self.until(lambda: call in self.calls)


@pytest_asyncio.fixture
async def stage(qapp: QApplication, tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage.opened(qapp, four_endpoints(), tmp_path / "window.ini")
    yield made
    made.fakes.config = replace(made.fakes.config, settings=type(made.fakes.config.settings)())
    made.bus.publish(ConfigChanged())
    made.close()


async def test_the_window_shows_the_state_and_follows_it(stage: Stage) -> None:
    header = stage.window.header
    assert header.title.text() == "Another endpoint has taken over"
    assert header.switch.isChecked()

    stage.fakes.state.show(with_light(four_endpoints(), Light.GREY, CauseKind.OFF))

    assert header.title.text() == "Off"
    assert not header.switch.isChecked()
    assert header.switch_word.text() == "Off"


async def test_a_hidden_window_costs_nothing_and_is_current_when_it_opens(stage: Stage) -> None:
    stage.window.hide()
    stage.fakes.state.show(no_endpoints())
    assert len(stage.page.model.ids) == 4

    stage.desk.show_window()

    assert not stage.page.model.ids


async def test_the_switch_turns_the_proxy_off_and_on(stage: Stage) -> None:
    QTest.mouseClick(stage.window.header.switch, LEFT)
    await stage.asked("turn_off")
    stage.menu.running.trigger()
    await stage.asked("turn_on")


async def test_a_wish_that_fails_is_said_and_the_switch_goes_back(stage: Stage) -> None:
    stage.fakes.refusal = UserFacingError("Port 7860 is taken.", "Choose another one.")

    QTest.mouseClick(stage.window.header.switch, LEFT)
    await stage.until(stage.window.messages.isVisible)

    assert stage.window.messages.title.text() == "Port 7860 is taken."
    assert stage.window.messages.hint.text() == "Choose another one."
    assert stage.window.header.switch.isChecked()


@pytest.mark.logs("Could not pin|Could not prefer an endpoint")
async def test_a_fault_of_ours_is_said_without_technical_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(endpoint_id: str | None) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(stage.fakes, "pin", broken)
    stage.menu.pin("ep-relay-a").trigger()
    await stage.until(stage.window.messages.isVisible)

    assert "fault of this program" in stage.window.messages.title.text()


async def test_ticking_a_row_switches_its_endpoint(stage: Stage) -> None:
    table = stage.page.table
    place = table.visualRect(stage.page.model.index(3, Column.ENABLED)).center()

    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    await stage.asked("set_enabled", "ep-anthropic", True)

    assert stage.page.model.row_at(3).is_enabled


async def test_keys_edit_move_switch_and_remove_the_selected_row(stage: Stage) -> None:
    table = stage.page.table
    table.select("ep-deepseek")

    QTest.keyClick(table, Qt.Key.Key_Space)
    await stage.asked("set_enabled", "ep-deepseek", False)
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    order = ("ep-deepseek", "ep-relay-a", "ep-moonshot", "ep-anthropic")
    await stage.asked("reorder", order)
    assert table.selected_id == "ep-deepseek"
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert stage.room.editing.editor is not None
    stage.room.editing.close()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    await stage.asked("remove", "ep-deepseek")


async def test_a_removed_endpoint_can_be_brought_back(stage: Stage) -> None:
    stage.page.table.select("ep-moonshot")
    QTest.mouseClick(stage.page.remove, LEFT)
    await stage.until(stage.window.messages.isVisible)
    assert stage.window.messages.title.text() == "Moonshot was removed."
    assert "ep-moonshot" not in stage.page.model.ids

    QTest.mouseClick(stage.window.messages.action, LEFT)
    await stage.asked("restore", "ep-moonshot")

    assert "ep-moonshot" in stage.page.model.ids
    assert not stage.window.messages.isVisible()


async def test_every_removed_endpoint_can_be_brought_back_the_last_one_first(stage: Stage) -> None:
    stage.desk.actions.remove("ep-moonshot")
    await stage.until(lambda: "ep-moonshot" not in stage.page.model.ids)
    stage.desk.actions.remove("ep-relay-a")
    await stage.until(lambda: "ep-relay-a" not in stage.page.model.ids)
    await stage.until(stage.window.messages.hint.isVisible)
    assert "2 endpoints" in stage.window.messages.hint.text()

    QTest.mouseClick(stage.window.messages.action, LEFT)
    await stage.asked("restore", "ep-relay-a")
    await stage.until(stage.window.messages.isVisible)
    assert stage.window.messages.title.text() == "Moonshot was removed."
    QTest.mouseClick(stage.window.messages.action, LEFT)

    await stage.asked("restore", "ep-moonshot")


async def test_the_undo_key_works_in_the_table_after_the_message_is_gone(stage: Stage) -> None:
    await stage.activate()
    stage.page.table.select("ep-moonshot")
    QTest.keyClick(stage.page.table, Qt.Key.Key_Delete)
    await stage.until(stage.window.messages.isVisible)
    stage.window.messages.close_notice()

    QTest.keySequence(stage.page.table, QKeySequence(QKeySequence.StandardKey.Undo))
    await stage.asked("restore", "ep-moonshot")


async def test_what_could_not_be_brought_back_can_be_tried_again(stage: Stage) -> None:
    stage.desk.actions.remove("ep-moonshot")
    await stage.until(stage.window.messages.isVisible)
    stage.fakes.refusal = UserFacingError("The file cannot be written.", "Free some space.")
    stage.desk.actions.undo()
    await stage.until(lambda: "written" in stage.window.messages.title.text())

    stage.desk.actions.undo()

    await stage.until(lambda: "ep-moonshot" in stage.page.model.ids)


async def test_messages_move_nothing(stage: Stage) -> None:
    def places() -> list[object]:
        widgets = (stage.page.add, stage.page.table, stage.window.footer.launch)
        return [widget.mapTo(stage.window, widget.rect().topLeft()) for widget in widgets]

    await asyncio.sleep(0)
    before = places()
    stage.desk.actions.remove("ep-moonshot")
    await stage.until(stage.window.messages.isVisible)
    await asyncio.sleep(0)

    assert places() == before
    bar = stage.window.messages
    assert stage.page.rect().contains(bar.geometry())
    assert not bar.geometry().intersects(stage.page.add.geometry())


async def test_head_and_table_show_the_same_moment_while_the_icon_is_damped(stage: Stage) -> None:
    amber = stage.fakes.state.snapshot
    stage.fakes.state.undamped = amber

    stage.fakes.state.show(with_light(amber, Light.GREEN, CauseKind.ALL_WELL))

    assert stage.window.header.title.text() == "Another endpoint has taken over"
    assert stage.desk.tray.icon.toolTip().startswith("QCC Desktop: All well")


async def test_a_test_in_the_editor_moves_none_of_its_buttons(stage: Stage) -> None:
    stage.room.editing.edit("ep-relay-a")
    editor = stage.room.editing.editor
    assert editor is not None
    await asyncio.sleep(0)
    before = (editor.size(), editor.test.mapTo(editor, editor.test.rect().topLeft()))

    editor.show_report(REFUSED)
    await asyncio.sleep(0)

    assert (editor.size(), editor.test.mapTo(editor, editor.test.rect().topLeft())) == before


async def test_a_test_says_what_it_found(stage: Stage) -> None:
    stage.page.table.select("ep-moonshot")
    stage.fakes.report = REFUSED

    QTest.mouseClick(stage.page.test, LEFT)
    await stage.asked("test", "ep-moonshot")
    dialog = stage.room.testing.dialog
    assert dialog is not None
    await stage.until(dialog.again.isEnabled)

    part = dialog.parts["ep-moonshot"]
    assert part.verdict.text() == "Not well"
    assert "The endpoint refused the key (401)." in part.checks.said.text()
    stage.room.testing.close()


async def test_preferring_goes_on_and_off_with_one_button(stage: Stage) -> None:
    stage.page.table.select("ep-deepseek")
    QTest.mouseClick(stage.page.pin, LEFT)
    await stage.asked("pin", None)
    stage.page.table.select("ep-relay-a")
    QTest.mouseClick(stage.page.pin, LEFT)
    await stage.asked("pin", "ep-relay-a")


async def test_only_an_endpoint_that_is_out_can_be_tried_now(stage: Stage) -> None:
    action = stage.page.actions_of_row["try"]
    stage.page.table.select("ep-deepseek")
    assert not action.isVisible()
    stage.page.table.select("ep-relay-a")
    assert action.isVisible()

    action.trigger()

    assert ("try_now", "ep-relay-a") in stage.calls


async def test_buttons_for_a_row_wait_for_a_selection(stage: Stage) -> None:
    stage.page.table.clearSelection()

    assert not stage.page.edit.isEnabled()
    stage.page.table.select("ep-relay-a")
    assert stage.page.edit.isEnabled()


async def test_without_endpoints_one_sentence_and_one_button_help_on(stage: Stage) -> None:
    stage.fakes.state.show(no_endpoints())
    assert stage.page.empty_button.isVisible()
    assert not stage.page.table.isVisible()
    assert not stage.window.footer.launch.isEnabled()

    QTest.mouseClick(stage.page.empty_button, LEFT)

    assert stage.room.editing.editor is not None
    await stage.until(stage.room.editing.editor.isVisible)


async def test_an_added_endpoint_appears(stage: Stage) -> None:
    QTest.mouseClick(stage.page.add, LEFT)
    editor = stage.room.editing.editor
    assert editor is not None
    editor.inputs.name.setText("New")
    editor.inputs.base_url.setText("https://new.example.com")

    QTest.mouseClick(editor.save, LEFT)
    await stage.until(lambda: stage.room.editing.editor is None)

    assert "ep-New" in stage.page.model.ids


async def test_faults_the_service_finds_are_shown_in_the_open_editor(stage: Stage) -> None:
    stage.room.editing.edit("ep-relay-a")
    editor = stage.room.editing.editor
    assert editor is not None
    stage.fakes.refusal = InvalidInput({"key": "The key is no key."})

    QTest.mouseClick(editor.save, LEFT)
    await stage.until(editor.fields["key"].fault.isVisible)

    assert editor.isVisible()
    stage.fakes.refusal = UserFacingError("The file cannot be written.", "Free some space.")
    editor.inputs.key.textEdited.emit("")
    QTest.mouseClick(editor.save, LEFT)
    await stage.until(lambda: "Free some space" in editor.checks.said.text())
    assert "The file cannot be written. Free some space." in editor.checks.said.text()


async def test_a_draft_is_tested_before_it_is_saved(stage: Stage) -> None:
    stage.room.editing.edit("ep-relay-a")
    editor = stage.room.editing.editor
    assert editor is not None

    QTest.mouseClick(editor.test, LEFT)
    await stage.until(lambda: "48 ms" in editor.checks.labels["reach"].text())

    assert stage.calls[-1][0] == "test_draft"
    assert stage.calls[-1][2] == "ep-relay-a"


async def test_strategy_language_and_colours_are_chosen_in_the_window(stage: Stage) -> None:
    stage.window.strategies[Strategy.FASTEST].trigger()
    await stage.asked("set", "routing.strategy", "fastest")
    stage.window.themes[Theme.DARK].trigger()
    await stage.asked("set", "ui.theme", "dark")
    stage.bus.publish(ConfigChanged())
    assert current_tone() is Tone.DARK
    stage.window.languages[Language.CHINESE].trigger()
    await stage.asked("set", "ui.language", "zh_CN")


async def test_another_language_reaches_every_text_at_once(stage: Stage) -> None:
    await stage.fakes.set("ui.language", "zh_CN")
    stage.bus.publish(ConfigChanged())
    await stage.until(lambda: stage.page.add.text().strip() == "添加端点")

    assert stage.window.header.title.text() == "已切换到其他端点"
    assert stage.page.model.headerData(Column.HEALTH, Qt.Orientation.Horizontal) == "状态"
    assert stage.window.footer.address.text() == "正在监听 127.0.0.1:7860"
    assert stage.menu.quit.text() == "退出"
    assert stage.menu.endpoint("ep-relay-a").text() == "▲  Relay A：冷却中，0:42 后重试"


async def test_a_page_in_the_back_speaks_another_language_once_it_is_shown(stage: Stage) -> None:
    """All pages at once would hold the loop."""
    open_now(stage.desk, PageName.SESSIONS)
    page = stage.window.pages.current
    assert isinstance(page, SessionsPage)
    open_now(stage.desk, PageName.ENDPOINTS)

    await stage.fakes.set("ui.language", "zh_CN")
    stage.bus.publish(ConfigChanged())
    await stage.until(lambda: stage.page.toolbar.title.text() == "端点")
    at_once = page.title.text()
    open_now(stage.desk, PageName.SESSIONS)

    assert (at_once, page.title.text()) == ("Sessions", "会话")


async def test_the_environment_goes_to_the_clipboard(stage: Stage) -> None:
    stage.menu.environment_requested.emit(Shell.SH)

    assert QGuiApplication.clipboard().text() == (
        "export ANTHROPIC_BASE_URL=http://127.0.0.1:7860\n"
    )


async def test_claude_code_is_launched_in_the_chosen_folder(stage: Stage, tmp_path: Path) -> None:
    QTest.mouseClick(stage.window.footer.launch, LEFT)
    await stage.until(lambda: bool(stage.window.findChildren(QFileDialog)))
    picker = stage.window.findChildren(QFileDialog)[0]

    picker.fileSelected.emit(str(tmp_path))
    picker.reject()

    await stage.asked("launch", tmp_path)


async def test_claude_code_is_launched_again_in_a_folder_used_lately(stage: Stage) -> None:
    stage.fakes.config = replace(
        stage.fakes.config, recent_folders=(str(Path("/home/ada/shop-api")),)
    )
    stage.desk.refresh()

    stage.menu.recent_menu.actions()[0].trigger()

    await stage.asked("launch", Path("/home/ada/shop-api"))


async def test_the_last_session_is_continued_from_tray_and_foot(stage: Stage) -> None:
    stage.fakes.config = replace(
        stage.fakes.config, recent_folders=(str(Path("/home/ada/shop-api")),)
    )
    stage.desk.refresh()
    expected = ("launch", Path("/home/ada/shop-api"), ("--continue",), "", None)

    stage.menu.go_on.trigger()
    await stage.asked(*expected)
    stage.calls.clear()

    stage.window.footer.recent_menu.actions()[0].trigger()
    await stage.asked(*expected)


async def test_the_foot_leaves_the_launch_to_the_page_that_offers_it(stage: Stage) -> None:
    open_now(stage.desk, PageName.CLAUDE_CODE)
    assert not stage.window.footer.launch.isVisible()

    open_now(stage.desk, PageName.ENDPOINTS)
    assert stage.window.footer.launch.isVisible()


async def test_a_launch_says_what_it_left_out_for_claude_code(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def launch(folder: Path, args: tuple[str, ...]) -> LaunchReport:
        del args
        return LaunchReport("Konsole", folder, ("ANTHROPIC_API_KEY",), ("ANTHROPIC_BASE_URL",))

    monkeypatch.setattr(stage.fakes, "launch", launch)
    stage.desk.actions.launch("/home/ada/shop-api")

    await stage.until(lambda: stage.window.messages.notice is not None)
    notice = stage.window.messages.notice
    assert notice is not None
    assert notice.title == "Konsole opens."
    assert "environment: ANTHROPIC_API_KEY." in notice.hint
    assert "ANTHROPIC_BASE_URL" in notice.hint


async def test_quitting_shows_what_it_waits_for(stage: Stage) -> None:
    stage.menu.quit.trigger()

    assert ("quit",) in stage.calls
    assert stage.menu.status.text() == "Quitting: 2 answers are still running"
    assert stage.menu.quit.text() == "Quit now"
    assert stage.window.header.title.text() == "Quitting: 2 answers are still running"


async def test_without_a_tray_the_window_stays_and_says_so(stage: Stage) -> None:
    """The offscreen platform has no tray."""
    stage.desk.start(hidden=True)
    assert stage.window.isVisible()
    assert "no tray" in stage.window.tray_hint.title.text()

    stage.window.close()

    assert stage.window.isVisible()
    assert stage.window.isMinimized()


async def test_size_is_remembered(stage: Stage, qapp: QApplication) -> None:
    stage.window.resize(740, 500)
    stage.window.remember_place()

    again = Stage(qapp, no_endpoints(), Path(stage.memory.fileName()))

    assert (again.window.width(), again.window.height()) == (740, 500)
    again.close()


async def test_a_place_that_fits_is_left_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To move a window whose frame is not there yet shifts it by the frame at every start."""
    moves: list[tuple[int, int]] = []
    stage.window.move(20, 30)
    monkeypatch.setattr(stage.window, "move", lambda left, top: moves.append((left, top)))
    room = stage.window.size() + QSize(100, 100)

    stage.window.fit(QRect(QPoint(0, 0), room))
    stage.window.fit(QRect(QPoint(60, 60), room))

    assert moves == [(60, 60)]


async def test_the_window_is_never_larger_than_the_screen(stage: Stage) -> None:
    stage.window.resize(1600, 1200)

    stage.window.fit(QRect(0, 0, 640, 400))

    assert stage.window.frameGeometry().width() <= 640
    assert stage.window.height() <= 400


async def test_a_clock_runs_only_while_a_visible_row_tells_a_time(stage: Stage) -> None:
    tick = stage.desk._tick
    assert tick.isActive()

    stage.fakes.state.show(no_endpoints())
    assert not tick.isActive()
    stage.fakes.state.show(four_endpoints())
    stage.window.hide()
    stage.desk.refresh()
    assert not tick.isActive()


async def test_what_a_start_has_to_say_is_said_once(stage: Stage) -> None:
    stage.desk.announce(["Keys are kept in a file.", "Port 7860 is taken."])
    assert stage.window.messages.title.text() == "Keys are kept in a file."
    stage.window.messages.close_notice()

    stage.desk.announce(["Keys are kept in a file.", "Port 7860 is taken."])

    assert not stage.window.messages.isVisible()


async def test_every_page_opens_and_is_remembered(stage: Stage, qapp: QApplication) -> None:
    for name in SHOWN:
        QTest.mouseClick(stage.window.sidebar.entries[name], LEFT)
        finish(stage.desk)
        assert stage.window.pages.name is name
        assert stage.window.pages.current.isVisible()

    again = Stage(qapp, four_endpoints(), Path(stage.memory.fileName()))
    assert again.window.pages.name is SHOWN[-1]
    again.close()


async def test_a_page_that_was_never_shown_is_made_in_parts(stage: Stage) -> None:
    """At once it would hold every answer that passes through the proxy."""
    QTest.mouseClick(stage.window.sidebar.entries[PageName.USAGE], LEFT)
    at_once = stage.window.pages.name
    turns = 0
    while stage.window.pages.opening.is_running:
        turns += 1
        await asyncio.sleep(0)

    assert (at_once, stage.window.pages.name) == (PageName.ENDPOINTS, PageName.USAGE)
    assert turns >= 2


async def test_a_page_that_was_shown_is_shown_again_at_once(stage: Stage) -> None:
    for name in (PageName.HELP, PageName.USAGE):
        open_now(stage.desk, name)

    QTest.mouseClick(stage.window.sidebar.entries[PageName.HELP], LEFT)

    assert stage.window.pages.name is PageName.HELP


async def test_of_two_pages_wanted_at_once_the_last_one_is_shown(stage: Stage) -> None:
    for name in (PageName.HELP, PageName.USAGE):
        QTest.mouseClick(stage.window.sidebar.entries[name], LEFT)
    await stage.until(lambda: not stage.window.pages.opening.is_running)

    assert stage.window.pages.name is PageName.USAGE
    assert stage.window.sidebar.entries[PageName.USAGE].isChecked()


async def test_the_window_is_made_in_parts_when_it_is_first_needed(
    qapp: QApplication, tmp_path: Path
) -> None:
    made = Stage(qapp, four_endpoints(), tmp_path / "window.ini")
    made.desk.show_window()
    at_once = made.desk.has_window
    await made.until(lambda: not made.desk.opening.is_running)

    assert (at_once, made.window.isVisible()) == (False, True)
    assert made.window.pages.currentWidget() is made.window.pages.current
    made.close()


async def test_keys_open_pages(stage: Stage) -> None:
    await stage.activate()
    for number, name in enumerate(SHOWN, 1):
        key = Qt.Key(Qt.Key.Key_0.value + number)
        QTest.keyClick(stage.window, key, Qt.KeyboardModifier.ControlModifier)
        finish(stage.desk)
        assert stage.window.pages.name is name

    entry = stage.window.sidebar.entries[PageName.HELP]
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_Up)
    assert stage.window.pages.name is PageName.SETTINGS
    assert stage.window.sidebar.entries[PageName.SETTINGS].hasFocus()


async def test_without_endpoints_the_welcome_stands_in_until_there_is_one(stage: Stage) -> None:
    names = []
    open_now(stage.desk, PageName.OVERVIEW)
    names.append(stage.window.pages.name)
    stage.fakes.state.show(no_endpoints())
    names.append(stage.window.pages.name)
    assert stage.window.sidebar.entries[PageName.OVERVIEW].isChecked()
    stage.fakes.state.show(four_endpoints())
    names.append(stage.window.pages.name)

    assert names == [PageName.OVERVIEW, PageName.WELCOME, PageName.OVERVIEW]


async def test_the_window_is_not_made_before_it_is_needed(
    qapp: QApplication, tmp_path: Path
) -> None:
    made = Stage(qapp, four_endpoints(), tmp_path / "window.ini")
    made.desk.start(hidden=True)

    if QSystemTrayIcon.isSystemTrayAvailable():
        assert not made.desk.has_window
    made.close()


async def test_a_window_that_opens_at_an_endpoint_shows_nothing_else_before(
    qapp: QApplication, tmp_path: Path
) -> None:
    made = Stage(qapp, four_endpoints(), tmp_path / "window.ini")
    last = made.fakes.state.snapshot.endpoints[-1].endpoint.id
    seen = set[tuple[PageName, str | None]]()

    made.desk.go(PageName.ENDPOINTS, last)
    async with asyncio.timeout(10):
        while not seen or made.desk.opening.is_running or made.window.pages.opening.is_running:
            await asyncio.sleep(0)
            if made.desk.has_window and made.window.isVisible():
                page = made.window.pages.current
                room = page if isinstance(page, EndpointsRoom) else None
                seen.add((made.window.pages.name, room.view.table.selected_id if room else None))

    assert seen == {(PageName.ENDPOINTS, last)}
    made.close()


async def test_a_click_on_the_icon_does_what_was_chosen(stage: Stage) -> None:
    stage.window.hide()
    stage.desk.tray.clicked.emit()
    assert stage.window.isVisible()

    settings = replace(stage.fakes.config.settings, ui_tray_click=TrayClick.TOGGLE)
    stage.fakes.config = replace(stage.fakes.config, settings=settings)
    stage.desk.tray.clicked.emit()
    await stage.asked("turn_off")


async def test_the_sidebar_counts_what_is_out(stage: Stage) -> None:
    assert stage.window.sidebar.entries[PageName.ENDPOINTS].count == "2"
    stage.fakes.state.show(no_endpoints())
    assert stage.window.sidebar.entries[PageName.ENDPOINTS].count == ""


async def test_a_narrow_window_shows_pictures_for_names(stage: Stage) -> None:
    stage.window.resize(1200, 700)
    wide = stage.window.sidebar.width()
    stage.window.resize(740, 500)
    assert stage.window.sidebar.width() < wide
    assert stage.window.sidebar.entries[PageName.USAGE].toolTip() == "Usage\nCtrl+5"


async def test_a_folder_dropped_on_the_window_is_launched(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "Ordner mit 空格"
    folder.mkdir()
    file = tmp_path / "file.txt"
    file.write_text("x", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    drop = QDropEvent(
        QPointF(300, 300),
        Qt.DropAction.CopyAction,
        data,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    stage.window.dropEvent(drop)
    await stage.asked("launch", folder)

    other = QMimeData()
    other.setUrls([QUrl.fromLocalFile(str(file))])
    assert dropped_folder(other) == ""


async def test_closing_says_once_that_the_program_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        stage.desk._notifier, "show_notice", lambda notice: said.append(notice.title)
    )
    stage.window.closed.emit()
    stage.window.closed.emit()
    assert said == ["QCC Desktop keeps running in the tray."]


async def test_endpoints_are_imported_from_the_menu_of_the_window(stage: Stage) -> None:
    stage.window.import_action.trigger()

    tops = QApplication.topLevelWidgets()
    dialogs = [top for top in tops if isinstance(top, ImportDialog) and top.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].reject()


async def test_the_icon_keeps_still_where_the_system_asks_for_less_motion(stage: Stage) -> None:
    assert stage.desk.tray.is_pulsing
    stage.window.hide()
    stage.fakes.less_motion = True

    stage.desk.show_window()

    await stage.until(lambda: not stage.desk.tray.is_pulsing)


async def test_a_page_opened_by_its_key_shows_where_keys_go(stage: Stage) -> None:
    open_now(stage.desk, PageName.OVERVIEW)
    await stage.activate()
    stage.window.sidebar.entries[PageName.OVERVIEW].setFocus()
    table = stage.page.table
    table.clearSelection()

    QTest.keyClick(stage.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert table.hasFocus()
    assert table.property("keyed")
    first, second = stage.page.model.ids[:2]
    assert table.selected_id == first
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.selected_id == second
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = stage.room.editing.editor
    assert editor is not None
    assert editor.inputs.name.text() == stage.page.model.row_at(1).name
