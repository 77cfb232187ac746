"""The page of Claude Code: every button, and what comes of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QScrollArea, QWidget

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.config import Config, FolderChoice
from qcc_desktop.core.diagnosis import Finding, Verdict, say
from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.core.settings import Language, Settings, Strategy
from qcc_desktop.runtime.clock import utc
from qcc_desktop.system.claude_settings.status import FileState, FileStatus, TakeoverStatus
from qcc_desktop.system.finder.installation import Installation, Kind
from qcc_desktop.ui.claude_code.folder_row import FolderRow
from qcc_desktop.ui.claude_code.page import ClaudeCodePage
from qcc_desktop.ui.claude_code.takeover_dialog import TakeoverDialog
from qcc_desktop.ui.i18n import Translations
from qcc_desktop.ui.page import Moment, PageName
from tests.helpers.desk_fakes import (
    NOW,
    SETTINGS_FILE,
    FakeServices,
    FakeState,
    four_endpoints,
    no_endpoints,
)
from tests.helpers.rooms import Board, new_rooms

SHOP, PIPES = str(Path("/home/ada/shop-api")), str(Path("/home/ada/数据 管道"))
NPM = Installation(Path("/usr/bin/claude"), Kind.NPM, ("/usr/bin/claude",), "2.0.1")


def found(name: str, verdict: Verdict, fix_id: str = "") -> Finding:
    return Finding(
        name, say(texts.AS_IT_IS, text=name), verdict, say(texts.RUNTIME_WELL), fix_id=fix_id
    )


class Scene:
    """The page over fakes."""

    def __init__(self, memory: QSettings) -> None:
        self.fakes = FakeServices(FakeState(four_endpoints()))
        endpoints = tuple(view.endpoint for view in self.fakes.state.snapshot.endpoints)
        self.fakes.config = Config(endpoints, recent_folders=(SHOP, PIPES))
        self.board = Board()
        self.went: list[tuple[PageName, str]] = []
        self.page = ClaudeCodePage(new_rooms(self.fakes, self.board, memory, self.went))
        self.page.resize(900, 700)

    def apply(self) -> None:
        self.page.apply(Moment(self.fakes.state.snapshot, self.fakes.config, NOW))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0)

    async def asked(self, *call: object) -> None:
        await self.until(lambda: call in self.fakes.calls)

    def row(self, folder: str = SHOP) -> FolderRow:
        return self.page.folders.rows[folder]

    def entry(self, text: str, folder: str = SHOP) -> QAction:
        """Return an entry of a folder's menu, filled as when it opens."""
        self.row(folder).menu.aboutToShow.emit()
        return named(self.row(folder).menu, text)

    async def diff(self) -> TakeoverDialog:
        """Return the dialog with the change, once it is open."""
        await self.until(lambda: self.page.takeover.dialog is not None)
        assert self.page.takeover.dialog is not None
        return self.page.takeover.dialog

    async def taken_over(self, state: FileState) -> None:
        """Have the takeover wanted, with its file in this state."""
        self.fakes.takeover.now = TakeoverStatus(
            wanted=True, files=(FileStatus(SETTINGS_FILE, state, (("fault", "it is no JSON"),)),)
        )
        self.page.takeover.refresh()
        await self.until(self.page.takeover.switch.isChecked)


def named(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


@pytest_asyncio.fixture
async def scene(qapp: QApplication, memory: QSettings) -> AsyncIterator[Scene]:
    made = Scene(memory)
    made.apply()
    made.page.show()
    made.page.shown()
    await made.until(lambda: made.page.installation.title.text() != "")
    await made.until(lambda: made.page.takeover.state.text() != "")
    await made.until(lambda: any("VS Code" in a.text() for a in _filled(made)))
    yield made
    made.page.leave()
    made.page.close()
    made.page.deleteLater()
    await asyncio.sleep(0)


def _filled(scene: Scene) -> list[QAction]:
    scene.row().fill_menu()
    return scene.row().menu.actions()


async def test_a_folder_chosen_is_launched_in(scene: Scene) -> None:
    QTest.mouseClick(scene.page.launch, Qt.MouseButton.LeftButton)
    assert scene.page.picker is not None
    assert not scene.page.picker.isHidden()

    scene.page.picker.fileSelected.emit("/home/ada/new")

    await scene.asked("launch", Path("/home/ada/new"))


@pytest.mark.parametrize(
    ("entry", "arguments"),
    [
        ("Launch", ()),
        ("Continue last session", ("--continue",)),
        ("Resume a session…", ("--resume",)),
    ],
)
async def test_the_menu_of_a_folder_launches_there(
    scene: Scene, entry: str, arguments: tuple[str, ...]
) -> None:
    scene.entry(entry, PIPES).trigger()

    extra = (arguments, "", None) if arguments else ()
    await scene.asked("launch", Path(PIPES), *extra)


async def test_the_buttons_of_a_folder_launch_and_continue(scene: Scene) -> None:
    QTest.mouseClick(scene.row().launch, Qt.MouseButton.LeftButton)
    await scene.asked("launch", Path(SHOP))

    QTest.mouseClick(scene.row().go_on, Qt.MouseButton.LeftButton)
    await scene.asked("launch", Path(SHOP), ("--continue",), "", None)


async def test_only_the_editors_of_this_computer_are_offered(scene: Scene) -> None:
    scene.entry("Open in VS Code").trigger()
    await scene.asked("open_in_editor", Path(SHOP), "code")

    offered = [action.text() for action in scene.row().menu.actions()]
    assert [text for text in offered if text.startswith("Open in")] == [
        "Open in VS Code",
        "Open in IntelliJ IDEA",
    ]


async def test_the_command_is_copied_for_a_shell(scene: Scene) -> None:
    shells = scene.entry("Copy command for").menu()
    assert isinstance(shells, QMenu)

    named(shells, "PowerShell").trigger()

    assert QGuiApplication.clipboard().text() == f"qcc-desktop launch --here {SHOP} # powershell"
    assert scene.board.notices[-1].title == "The command is on the clipboard."


async def test_a_folder_gets_an_endpoint_a_strategy_and_arguments_of_its_own(scene: Scene) -> None:
    scene.entry("Options for this folder…").trigger()
    dialog = scene.page.folders.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.endpoint.setCurrentIndex(dialog.endpoint.findData("ep-deepseek"))
    dialog.strategy.setCurrentIndex(dialog.strategy.findData("fastest"))
    dialog.arguments.setText('--model "opus 4"')

    dialog.buttons.accepted.emit()

    choice = FolderChoice(SHOP, "ep-deepseek", Strategy.FASTEST, ("--model", "opus 4"))
    await scene.asked("set_folder_choice", choice)
    scene.apply()
    assert scene.row().choice.text().startswith("prefers DeepSeek · Fastest · --model")
    assert scene.page.folders.dialog is None


async def test_arguments_that_cannot_be_read_are_said_and_not_saved(scene: Scene) -> None:
    scene.page.folders.choose(SHOP)
    dialog = scene.page.folders.dialog
    assert dialog is not None
    dialog.arguments.setText('--model "opus')

    dialog.buttons.accepted.emit()

    assert "quotation mark" in dialog.arguments_field.fault.text()
    assert dialog.isVisible()
    assert not any(call[0] == "set_folder_choice" for call in scene.fakes.calls)


async def test_a_folder_is_taken_off_the_list(scene: Scene) -> None:
    scene.entry("Remove from this list").trigger()
    await scene.asked("forget_folder", Path(SHOP))

    scene.apply()

    assert list(scene.page.folders.rows) == [PIPES]


async def test_rows_are_kept_while_the_order_changes(scene: Scene) -> None:
    first, second = scene.row(SHOP), scene.row(PIPES)
    scene.fakes.config = replace(scene.fakes.config, recent_folders=(PIPES, SHOP))

    scene.apply()

    assert list(scene.page.folders.rows.values()) == [second, first]


async def test_without_folders_and_without_endpoints_the_card_says_what_to_do(
    scene: Scene,
) -> None:
    scene.fakes.config = replace(scene.fakes.config, recent_folders=())
    scene.apply()
    assert scene.page.folders.nothing.text().startswith("No folder yet.")

    scene.fakes.state.snapshot = no_endpoints()
    scene.apply()
    assert scene.page.folders.nothing.text() == "There is no endpoint yet that could answer."
    assert not scene.page.launch.isEnabled()

    scene.page.folders.add_endpoint.click()
    assert scene.went == [(PageName.ENDPOINTS, "add")]


async def test_the_installation_is_shown_and_another_one_can_be_picked(scene: Scene) -> None:
    card = scene.page.installation
    assert card.title.text() == "2.1.330 · Anthropic's installer"
    assert not card.picker.isVisible()

    scene.fakes.installations.known += (NPM,)
    card.refresh.click()
    await scene.until(card.picker.isVisible)
    assert scene.fakes.installations.searches == 1
    place = card.picker.findData(str(NPM.path))
    card.picker.activated.emit(place)

    await scene.until(lambda: card.title.text() == "2.0.1 · npm")
    assert card.place.text() == str(NPM.path)


async def test_a_search_that_takes_long_shows_bars_and_blocks_only_its_own_button(
    scene: Scene,
) -> None:
    gate = scene.fakes.installations.gate = asyncio.Event()
    card = scene.page.installation
    card.refresh.click()

    await scene.until(card.skeleton.isVisible)
    assert not card.refresh.isEnabled()
    assert scene.page.launch.isEnabled()

    gate.set()
    await scene.until(card.refresh.isEnabled)
    assert not card.skeleton.isVisible()


async def test_a_program_that_does_not_start_is_refused_with_the_reason(scene: Scene) -> None:
    scene.fakes.installations.refusal = InvalidInput(
        {"claude.executable": "There is no program x."}
    )
    card = scene.page.installation
    card.other.click()
    assert card.file_dialog is not None

    card.file_dialog.fileSelected.emit("/x")

    await scene.until(card.fault.isVisible)
    assert "There is no program x." in card.fault.text()


async def test_where_none_is_found_it_is_installed_in_a_terminal_and_found_on_return(
    scene: Scene,
) -> None:
    known, scene.fakes.installations.known = scene.fakes.installations.known, ()
    card = scene.page.installation
    card.refresh.click()
    await scene.until(card.install.isVisible)
    assert card.title.text() == "Claude Code was not found on this computer."
    card.copy.click()
    assert QGuiApplication.clipboard().text() == scene.fakes.installations.install_command()

    card.install.click()
    await scene.until(lambda: scene.fakes.installer.runs == 1)
    await scene.until(lambda: "being installed" in scene.board.notices[-1].title)
    scene.fakes.installations.known = known
    terminal = QWidget()
    terminal.show()
    terminal.activateWindow()
    await scene.until(terminal.isActiveWindow)
    scene.page.activateWindow()

    await scene.until(lambda: card.title.text() == "2.1.330 · Anthropic's installer")
    assert not card.install.isVisible()
    terminal.deleteLater()


async def test_an_executable_chosen_elsewhere_is_shown_here(scene: Scene) -> None:
    scene.fakes.installations.known += (NPM,)
    scene.fakes.installations.wanted = NPM.path
    settings = Settings(claude_executable=str(NPM.path))
    scene.fakes.config = replace(scene.fakes.config, settings=settings)

    scene.apply()

    await scene.until(lambda: scene.page.installation.title.text() == "2.0.1 · npm")


async def test_the_takeover_shows_the_change_and_waits_for_a_yes(scene: Scene) -> None:
    card = scene.page.takeover
    QTest.mouseClick(card.switch, Qt.MouseButton.LeftButton)
    dialog = await scene.diff()

    assert dialog.diff.toPlainText() == scene.fakes.takeover.change
    assert not card.switch.isChecked()
    assert "turn_on" not in scene.fakes.takeover.calls

    dialog.accept_button.click()
    await scene.until(card.switch.isChecked)
    assert card.state.text() == "On: every Claude Code here goes through the proxy."
    assert card.dialog is None


async def test_a_no_to_the_change_leaves_everything_as_it_was(scene: Scene) -> None:
    scene.page.takeover.switch.click()
    dialog = await scene.diff()

    dialog.buttons.rejected.emit()

    await scene.until(lambda: scene.page.takeover.dialog is None)
    assert "turn_on" not in scene.fakes.takeover.calls
    assert not scene.page.takeover.switch.isChecked()


async def test_a_takeover_that_changes_nothing_asks_nothing(scene: Scene) -> None:
    scene.fakes.takeover.change = ""

    scene.page.takeover.switch.click()

    await scene.until(scene.page.takeover.switch.isChecked)
    assert scene.page.takeover.dialog is None


async def test_a_change_that_fails_is_said_in_the_dialog_and_can_be_tried_again(
    scene: Scene,
) -> None:
    scene.page.takeover.switch.click()
    dialog = await scene.diff()
    scene.fakes.takeover.refusal = UserFacingError("The file is read-only.", "Make it writable.")

    dialog.accept_button.click()
    await scene.until(dialog.fault.isVisible)
    assert dialog.fault.text() == "The file is read-only. Make it writable."

    dialog.accept_button.click()
    await scene.until(scene.page.takeover.switch.isChecked)


async def test_a_change_that_cannot_be_shown_is_said_on_the_card(scene: Scene) -> None:
    scene.fakes.takeover.refusal = UserFacingError("The proxy is not running.")

    scene.page.takeover.switch.click()

    await scene.until(scene.page.takeover.fault.isVisible)
    assert scene.page.takeover.fault.text() == "The proxy is not running."
    assert not scene.page.takeover.switch.isChecked()


async def test_switching_it_off_puts_the_settings_back_at_once(scene: Scene) -> None:
    await scene.taken_over(FileState.OURS)

    scene.page.takeover.switch.click()

    await scene.until(lambda: not scene.page.takeover.switch.isChecked())
    assert "turn_off" in scene.fakes.takeover.calls


async def test_a_file_changed_outside_has_a_remedy_and_a_way_back(scene: Scene) -> None:
    await scene.taken_over(FileState.CHANGED)
    card = scene.page.takeover
    row = card.files[0]
    assert "changed it since" in row.sentence.text()
    assert row.remedy.text() == "Leave it so, or lead it to the proxy again."

    card.offer.click()
    (await scene.diff()).accept_button.click()

    await scene.until(lambda: not card.offer.isVisible())
    assert scene.fakes.takeover.now.active


async def test_what_an_earlier_takeover_left_is_put_back_with_one_button(scene: Scene) -> None:
    scene.fakes.takeover.now = TakeoverStatus(
        wanted=False, files=(FileStatus(SETTINGS_FILE, FileState.LEFTOVER),)
    )
    scene.page.takeover.refresh()
    await scene.until(scene.page.takeover.offer.isVisible)

    scene.page.takeover.offer.click()

    await scene.until(lambda: "turn_off" in scene.fakes.takeover.calls)


async def test_the_files_are_looked_at_again_when_the_proxy_moves(scene: Scene) -> None:
    before = scene.fakes.takeover.calls.count("status")
    scene.fakes.state.snapshot = replace(scene.fakes.state.snapshot, port=7999)

    scene.apply()
    scene.apply()

    await scene.until(lambda: scene.fakes.takeover.calls.count("status") == before + 1)


async def test_findings_come_problems_first_and_what_is_fine_is_folded_away(scene: Scene) -> None:
    scene.fakes.doctor.findings = (
        found("fine", Verdict.OK),
        found("note", Verdict.NOTE),
        found("bad", Verdict.PROBLEM),
        found("unknown", Verdict.NOT_CHECKED),
    )
    card = scene.page.doctor
    card.check.click()
    await scene.until(card.check.isEnabled)

    rows = {row.finding.id: row for row in card.rows}
    assert card.said.text() == "Problems: 1 · Notes: 2"
    assert card.fine.text().strip() == "Fine: 1"
    assert not rows["fine"].isVisible()
    QApplication.processEvents()
    tops = [rows[name].mapTo(card, rows[name].rect().topLeft()).y() for name in ("bad", "note")]
    assert tops == sorted(tops)

    card.fine.click()
    assert rows["fine"].isVisible()


async def test_a_finding_is_mended_with_its_button(scene: Scene) -> None:
    scene.fakes.doctor.findings = (found("port", Verdict.PROBLEM, "choose_port"),)
    scene.page.doctor.run()
    await scene.until(lambda: bool(scene.page.doctor.rows))
    row = scene.page.doctor.rows[0]

    row.fix.click()

    await scene.until(lambda: row.done.text() == "It is mended.")
    assert scene.fakes.doctor.fixed == ["choose_port"]
    assert not row.fix.isVisible()


async def test_going_on_is_offered_only_in_folders_with_a_session(scene: Scene) -> None:
    snapshot = scene.fakes.state.snapshot
    known = frozenset({SHOP})
    scene.page.apply(Moment(snapshot, scene.fakes.config, NOW, continuable=known))

    assert scene.row(SHOP).go_on.isVisible()
    assert not scene.row(PIPES).go_on.isVisible()
    scene.row(PIPES).menu.aboutToShow.emit()
    shown = [each.text() for each in scene.row(PIPES).menu.actions() if each.isVisible()]
    assert "Launch" in shown
    assert "Continue last session" not in shown


async def test_a_check_says_when_it_was_and_is_outdated_once_the_takeover_changes(
    scene: Scene,
) -> None:
    scene.fakes.doctor.findings = (found("one", Verdict.OK),)
    card = scene.page.doctor
    assert not card.when.isVisible()
    card.check.click()
    await scene.until(card.check.isEnabled)
    at = utc(scene.page.rooms.services.clock.wall_s()).astimezone()
    assert card.when.text() == f"Checked at {at:%H:%M}"
    assert card.when.toolTip() == f"{at:%Y-%m-%d %H:%M:%S}"

    scene.page.takeover.refresh()
    await asyncio.sleep(0.05)
    assert "out of date" not in card.when.text()
    await scene.taken_over(FileState.OURS)
    await scene.until(lambda: "out of date" in card.when.text())

    card.check.click()
    await scene.until(card.check.isEnabled)
    assert "out of date" not in card.when.text()


async def test_a_second_check_takes_the_place_of_the_first(scene: Scene) -> None:
    scene.fakes.doctor.findings = (found("one", Verdict.OK),)
    card = scene.page.doctor
    for _ in range(2):
        card.check.click()
        await scene.until(card.check.isEnabled)

    assert len(card.rows) == 1
    assert card.said.text() == "All is well."


async def test_the_diagnostics_go_to_the_clipboard(scene: Scene) -> None:
    scene.page.doctor.copy.click()

    await scene.until(lambda: bool(scene.board.notices))
    assert QGuiApplication.clipboard().text() == await scene.fakes.diagnostics.text()


@pytest.mark.parametrize("subject", ["launch", "install", "takeover", "doctor"])
async def test_other_pages_lead_to_a_card(scene: Scene, subject: str) -> None:
    scene.page.resize(700, 300)

    scene.page.go_to(subject)

    focused = {
        "launch": scene.page.launch,
        "install": scene.page.installation.refresh,
        "takeover": scene.page.takeover.switch,
        "doctor": scene.page.doctor.check,
    }[subject]
    assert scene.page.focusWidget() is focused
    await scene.until(lambda: not focused.visibleRegion().isEmpty())


async def test_the_page_speaks_the_language_chosen_meanwhile(
    scene: Scene, qapp: QApplication
) -> None:
    scene.fakes.doctor.findings = (found("x", Verdict.PROBLEM, "choose_port"),)
    scene.page.doctor.run()
    await scene.until(scene.page.doctor.check.isEnabled)
    translations = Translations(qapp)
    translations.choose(Language.CHINESE)
    try:
        await scene.until(lambda: scene.page.headings["launch"].text() == "最近的文件夹")
        assert scene.row().launch.text().strip() == "启动"
        assert scene.page.takeover.state.text() == "已关闭：只有从这里启动的才使用代理。"
        assert scene.page.doctor.rows[0].fix.text().strip() == "修复"
        await scene.until(lambda: "Anthropic" in scene.page.installation.title.text())
    finally:
        translations.choose(Language.ENGLISH)


@pytest.mark.parametrize("is_installed", [True, False])
async def test_in_the_smallest_window_nothing_is_cut_off_at_the_right(
    scene: Scene, is_installed: bool
) -> None:
    scene.fakes.installations.known = (*scene.fakes.installations.known, NPM) * is_installed
    scene.fakes.doctor.findings = (found("port", Verdict.PROBLEM, "choose_port"),)
    scene.page.doctor.run()
    scene.page.installation.refresh.click()
    await scene.until(scene.page.installation.refresh.isEnabled)
    await scene.taken_over(FileState.CHANGED)

    scene.page.resize(664, 400)
    QApplication.processEvents()

    area = scene.page.findChild(QScrollArea)
    assert area is not None
    inside = area.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= area.viewport().width()


async def test_the_tab_key_goes_down_the_page(scene: Scene) -> None:
    scene.fakes.doctor.findings = (
        found("fine", Verdict.OK),
        found("note", Verdict.NOTE, "files"),
        found("bad", Verdict.PROBLEM, "port"),
    )
    scene.page.doctor.run()
    await scene.until(scene.page.doctor.check.isEnabled)
    page, rows = scene.page, {row.finding.id: row for row in scene.page.doctor.rows}

    order: list[QWidget] = []
    widget = page.launch.nextInFocusChain()
    while widget is not page.launch and widget is not None:
        if isinstance(widget, QAbstractButton) and widget.isVisibleTo(page):
            order.append(widget)
        widget = widget.nextInFocusChain()

    expected: list[QWidget] = [
        button
        for folder in (SHOP, PIPES)
        for button in (scene.row(folder).launch, scene.row(folder).go_on, scene.row(folder).more)
    ]
    expected += [page.installation.refresh, page.installation.other, page.takeover.switch]
    expected += [page.doctor.check, page.doctor.copy, rows["bad"].fix, rows["note"].fix]
    assert order == [*expected, page.doctor.fine]


async def test_another_page_leads_to_the_doctor_at_the_first_look(
    qapp: QApplication, memory: QSettings
) -> None:
    made = Scene(memory)
    made.page.resize(700, 300)
    made.apply()
    made.page.show()

    made.page.go_to("doctor")

    await made.until(lambda: not made.page.doctor.check.visibleRegion().isEmpty())
    await made.until(lambda: made.page.takeover.state.text() != "")
    made.page.leave()
    made.page.deleteLater()
