"""The welcome page: every wish of it, over fakes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest_asyncio
from PySide6.QtCore import QMimeData, QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import Language, ModelMode
from qcc_desktop.services.endpoints import EndpointDraft
from qcc_desktop.services.legacy_items import Found, ImportReport, Item, NotTaken, Source
from qcc_desktop.storage.legacy_found import LegacySetting
from qcc_desktop.ui.contracts import NoticeKind
from qcc_desktop.ui.i18n import Translations
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.welcome.page import WelcomePage
from tests.helpers.desk_fakes import FakeServices, FakeState, no_endpoints
from tests.helpers.rooms import Board, new_rooms

_KEY = "sk-test-1234567890-4f2a"
_BLOCK = f"export ANTHROPIC_BASE_URL=https://api.example.com\nexport ANTHROPIC_AUTH_TOKEN={_KEY}\n"
_SETTING = LegacySetting("models.mode", "override", "Because.")


def item(name: str, **changes: object) -> Item:
    draft = EndpointDraft(name=name, base_url="https://relay.example.net", key=_KEY)
    return Item(draft, draft.base_url, "…4f2a", **changes)  # type: ignore[arg-type]  # by name


TWO = (Found(Source.QCC, "/q", (item("One"), item("Two"), item("Known", known_as="One"))),)


class Scene:
    """The page over fakes, shown."""

    def __init__(self, memory: QSettings) -> None:
        self.fakes = FakeServices(FakeState(no_endpoints()))
        self.board = Board()
        self.went: list[tuple[PageName, str]] = []
        self.memory = memory
        self.page = WelcomePage(new_rooms(self.fakes, self.board, memory, self.went))
        self.page.resize(800, 900)
        self.page.show()

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0)

    async def find(self, *found: Found) -> None:
        self.fakes.legacy.found = found
        self.page.shown()
        await self.until(lambda: self.page.offer.offer is not None)

    async def add(self, name: str = "New") -> Endpoint:
        return await self.fakes.add(EndpointDraft(name=name, base_url="https://n.example.net"))

    def click(self, row: int) -> None:
        box = self.page.offer.list
        place = box.visualRect(box.model().index(row, 0)).topLeft() + QPoint(12, 12)
        QTest.mouseClick(box.viewport(), Qt.MouseButton.LeftButton, pos=place)

    @property
    def ticked(self) -> list[str]:
        return [line.item.name for line in self.page.offer.ticked]


@pytest_asyncio.fixture
async def scene(qapp: QApplication, memory: QSettings) -> AsyncIterator[Scene]:
    made = Scene(memory)
    yield made
    made.page.leave()
    made.page.deleteLater()


async def test_what_is_found_is_listed_and_everything_new_is_ticked(scene: Scene) -> None:
    await scene.find(*TWO)

    assert [line.item.name for line in scene.page.offer.list.lines] == ["One", "Two", "Known"]
    assert scene.ticked == ["One", "Two"]
    assert scene.page.offer.take.text() == "Import 2 endpoints"
    assert scene.page.offer.promise.isVisible()


async def test_a_click_anywhere_on_a_line_or_the_space_bar_changes_its_tick(scene: Scene) -> None:
    await scene.find(*TWO)

    scene.click(0)
    assert scene.ticked == ["Two"]
    scene.click(0)
    assert scene.ticked == ["One", "Two"]
    QTest.keyClick(scene.page.offer.list, Qt.Key.Key_Space)
    assert scene.ticked == ["Two"]
    scene.click(2)
    assert scene.ticked == ["Two"]


async def test_all_ticks_go_and_come_back_with_one_button(scene: Scene) -> None:
    await scene.find(*TWO)

    scene.page.offer.all.click()
    assert scene.ticked == []
    assert not scene.page.offer.take.isEnabled()
    assert scene.page.offer.all.text() == "Select all"
    scene.page.offer.all.click()
    assert scene.ticked == ["One", "Two"]


async def test_looking_for_long_shows_grey_lines_and_looking_briefly_does_not(
    scene: Scene,
) -> None:
    waiting = asyncio.Event()

    async def slow(sources: object = ()) -> tuple[Found, ...]:
        await waiting.wait()
        return TWO

    scene.fakes.legacy.find = slow  # type: ignore[method-assign]  # a slow disk
    scene.page.shown()
    assert not scene.page.offer.skeleton.isVisible()

    await scene.until(scene.page.offer.skeleton.isVisible)
    assert not scene.page.offer.nothing.isVisible()
    waiting.set()
    await scene.until(scene.page.offer.list.isVisible)
    assert not scene.page.offer.skeleton.isVisible()


async def test_nothing_found_is_said_and_can_be_looked_for_again(scene: Scene) -> None:
    await scene.find()
    assert scene.page.offer.nothing.isVisible()
    assert not scene.page.offer.take.isVisible()

    scene.fakes.legacy.found = TWO
    scene.page.offer.again.click()

    await scene.until(scene.page.offer.list.isVisible)
    assert not scene.page.offer.nothing.isVisible()


async def test_a_broken_source_is_told_and_the_others_are_offered(scene: Scene) -> None:
    await scene.find(
        *TWO, Found(Source.CC_SWITCH, "x.db", fault="This file is not text.", remarks=("Mind.",))
    )

    assert scene.page.offer.faults.text() == "cc-switch (x.db): This file is not text."
    assert scene.page.offer.remarks.text() == "cc-switch (x.db): Mind."
    assert scene.ticked == ["One", "Two"]


async def test_forty_endpoints_scroll_within_their_card(scene: Scene) -> None:
    many = tuple(item(f"Relay {number}") for number in range(40))
    await scene.find(Found(Source.CC_SWITCH, "x.db", many))

    box = scene.page.offer.list
    assert scene.page.offer.take.text() == "Import 40 endpoints"
    assert box.height() < 300
    assert box.verticalScrollBar().maximum() > 0


async def test_a_second_look_that_finds_the_same_keeps_the_ticks(scene: Scene) -> None:
    await scene.find(*TWO)
    scene.click(0)

    scene.page.importing.look()
    await asyncio.sleep(0)
    scene.page.shown()
    await asyncio.sleep(0)

    assert scene.ticked == ["Two"]


async def test_import_takes_what_is_ticked_and_reports_what_came_of_it(scene: Scene) -> None:
    await scene.find(*TWO)
    scene.fakes.legacy.report = ImportReport(
        (Endpoint("ep-One", "One", "https://relay.example.net"),),
        skipped=(NotTaken("Two", "It is here already, as One."),),
        failed=(NotTaken("Three", "It has no address."),),
    )

    scene.page.offer.take.click()
    assert not scene.page.offer.take.isEnabled()
    await scene.until(lambda: scene.page.report)

    assert [taken.name for taken in scene.fakes.legacy.taken] == ["One", "Two"]
    report = scene.page.report
    assert report is not None
    assert report.report.headline.text() == "One was imported."
    assert "Two: It is here already, as One." in report.report.texts
    assert "Three: It has no address." in report.report.texts
    report.close_button.click()
    assert scene.page.report is None


async def test_undo_takes_back_the_whole_import_with_its_options(scene: Scene) -> None:
    await scene.find(replace(TWO[0], settings=(_SETTING,)))
    first, second = await scene.add("One"), await scene.add("Two")
    scene.fakes.legacy.report = ImportReport((first, second), (_SETTING,))
    scene.page.offer.take.click()
    await scene.until(lambda: scene.page.report)
    await scene.fakes.set("models.mode", "override")

    report = scene.page.report
    assert report is not None
    report.undo.click()

    await scene.until(lambda: ("remove_all", ("ep-One", "ep-Two")) in scene.fakes.calls)
    await scene.until(lambda: scene.fakes.config.settings.models_mode is ModelMode.PASSTHROUGH)
    assert scene.page.report is None


async def test_settings_are_shown_and_stay_behind_when_switched_off(scene: Scene) -> None:
    asked: list[tuple[LegacySetting, ...]] = []

    async def take(items: object, settings: tuple[LegacySetting, ...] = ()) -> ImportReport:
        asked.append(settings)
        return ImportReport()

    scene.fakes.legacy.take = take  # type: ignore[method-assign,assignment]  # notes the options
    await scene.find(replace(TWO[0], settings=(_SETTING,)))
    assert "Models: Replace by one model" in scene.page.offer.settings.text()

    scene.page.offer.take.click()
    await scene.until(lambda: scene.page.report)
    scene.page.offer.settings_switch.click()
    scene.page.offer.take.click()
    await scene.until(lambda: len(asked) == 2)

    assert asked == [(_SETTING,), ()]


async def test_an_import_that_fails_is_told_and_can_be_tried_again(scene: Scene) -> None:
    async def take(*_: object) -> ImportReport:
        raise UserFacingError("The file could not be saved.", "Make room.")

    scene.fakes.legacy.take = take  # type: ignore[method-assign,assignment]  # a full disk
    await scene.find(*TWO)
    scene.page.offer.take.click()

    await scene.until(lambda: scene.board.notices)
    assert scene.board.notices[0].kind is NoticeKind.PROBLEM
    assert scene.page.offer.take.isEnabled()


async def test_pasted_text_leads_to_the_editor_and_is_never_shown(scene: Scene) -> None:
    QGuiApplication.clipboard().setText(_BLOCK)

    QTest.keyClick(scene.page.add.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert scene.page.add.field.toPlainText() == ""
    scene.page.add.paste.click()

    assert scene.went == [(PageName.ENDPOINTS, f"paste:{_BLOCK}")] * 2


async def test_typed_text_is_taken_with_enter(scene: Scene) -> None:
    QTest.keyClicks(scene.page.add.field, "https://api.example.com")
    QTest.keyClick(scene.page.add.field, Qt.Key.Key_Return)

    assert scene.went == [(PageName.ENDPOINTS, "paste:https://api.example.com")]


async def test_text_without_an_endpoint_is_answered_on_the_page(scene: Scene) -> None:
    data = QMimeData()
    data.setText("hello")

    scene.page.add.field.insertFromMimeData(data)

    assert scene.page.add.fault.isVisible()
    assert scene.went == []


async def test_a_vendor_and_all_vendors_lead_to_the_editor(scene: Scene) -> None:
    scene.page.add.tiles[1].click()
    scene.page.add.all.click()

    assert scene.went == [(PageName.ENDPOINTS, "add:deepseek"), (PageName.ENDPOINTS, "add")]
    assert [tile.accessibleName() for tile in scene.page.add.tiles][1] == (
        "Add an endpoint of DeepSeek"
    )


async def test_the_demo_is_opened_once_and_says_where(scene: Scene) -> None:
    scene.page.demo.click()
    await scene.until(lambda: scene.fakes.demo.opened)
    await scene.until(scene.page.demo.isEnabled)
    assert scene.board.notices[-1].title == "The demo opens in a window of its own."

    scene.page.demo.click()
    await scene.until(lambda: len(scene.board.notices) == 2)

    assert scene.board.notices[-1].title.startswith("The demo is open already")


async def test_the_first_endpoint_brings_the_overview_and_an_offer_to_launch(scene: Scene) -> None:
    scene.page.add.tiles[0].click()
    await scene.add()
    await scene.until(lambda: scene.board.notices)

    assert scene.went[-1] == (PageName.OVERVIEW, "")
    notice = scene.board.notices[0]
    assert notice.title == "Ready: launch Claude Code."
    assert notice.action is not None
    notice.action()
    picker = scene.page.window().findChild(QFileDialog)
    assert isinstance(picker, QFileDialog)
    picker.fileSelected.emit("/home/ada/shop")
    picker.close()
    await scene.until(lambda: any(call[0] == "launch" for call in scene.fakes.calls))


async def test_the_offer_to_launch_waits_until_a_dialog_is_closed(scene: Scene) -> None:
    dialog = QDialog(scene.page)
    dialog.open()
    await scene.add()
    looked = asyncio.Event()
    QTimer.singleShot(150, looked.set)
    await looked.wait()
    assert scene.board.notices == []

    dialog.reject()

    await scene.until(lambda: scene.board.notices)


async def test_the_offer_to_launch_comes_once_in_a_life(scene: Scene) -> None:
    await scene.add()
    await scene.until(lambda: scene.board.notices)
    await scene.fakes.remove("ep-New")
    scene.page.shown()

    await scene.add()
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert len(scene.board.notices) == 1
    assert scene.went == []


async def test_an_import_offers_the_launch_in_its_report_alone(scene: Scene) -> None:
    await scene.find(*TWO)

    async def take(*_: object) -> ImportReport:
        return ImportReport((await scene.add("One"),))

    scene.fakes.legacy.take = take  # type: ignore[method-assign,assignment]  # adds one
    scene.page.offer.take.click()
    await scene.until(lambda: scene.page.report)
    report = scene.page.report
    assert report is not None
    assert report.launch.isVisible()
    report.launch.click()

    picker = scene.page.window().findChild(QFileDialog)
    assert isinstance(picker, QFileDialog)
    picker.close()
    assert scene.board.notices == []


async def test_every_text_follows_the_language_and_every_control_has_a_name(scene: Scene) -> None:
    await scene.find(replace(TWO[0], settings=(_SETTING,)))
    page = scene.page
    translations = Translations(page)
    translations.choose(Language.CHINESE)
    await scene.until(lambda: page.title.text() == "欢迎使用 QCC Desktop")

    try:
        texts = (
            page.offer.take.text(),
            page.found_title.text(),
            page.add.title.text(),
            page.demo_title.text(),
            page.offer.settings_title.text(),
            page.offer.promise.text(),
        )
        assert all(any(ord(char) > 0x3000 for char in text) for text in texts), texts
        controls = (
            *(page.offer.take, page.offer.all, page.offer.list, page.offer.settings_switch),
            *(page.add.field, page.add.paste, page.add.all, page.demo, *page.add.tiles),
        )
        for control in controls:
            assert control.accessibleName()
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    finally:
        translations.choose(Language.ENGLISH)
