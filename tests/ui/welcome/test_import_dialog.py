"""The import dialog as it is opened from other pages."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest_asyncio
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.services.endpoints import EndpointDraft
from qcc_desktop.services.legacy_items import Found, ImportReport, Item, Source
from qcc_desktop.ui.endpoints.room import EndpointsRoom
from qcc_desktop.ui.welcome.import_dialog import ImportDialog, open_import
from tests.helpers.desk_fakes import FakeServices, FakeState, four_endpoints
from tests.helpers.rooms import Board, new_rooms

_DRAFT = EndpointDraft(name="One", base_url="https://relay.example.net", key="sk-test-123456")


class Scene:
    """The dialog over a window of its own."""

    def __init__(self, memory: QSettings) -> None:
        self.fakes = FakeServices(FakeState(four_endpoints()))
        self.fakes.legacy.found = (
            Found(Source.QCC, "/q", (Item(_DRAFT, _DRAFT.base_url, "…4f2a"),)),
        )
        self.window = QWidget()
        self.window.show()
        self.board = Board()
        rooms = new_rooms(self.fakes, self.board, memory, [])
        self.dialog: ImportDialog = open_import(rooms, self.window)

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0)


@pytest_asyncio.fixture
async def scene(qapp: QApplication, memory: QSettings) -> AsyncIterator[Scene]:
    made = Scene(memory)
    await made.until(lambda: made.dialog.offer.offer is not None)
    yield made
    made.window.close()
    made.window.deleteLater()


async def test_it_looks_by_itself_and_tells_in_place_what_an_import_did(scene: Scene) -> None:
    scene.fakes.legacy.report = ImportReport((Endpoint("x", "One", "https://relay.example.net"),))
    assert scene.dialog.offer.ticked
    assert scene.dialog.focusWidget() is scene.dialog.offer.take
    assert not scene.dialog.undo.isVisible()

    scene.dialog.offer.take.click()
    await scene.until(scene.dialog.report.isVisible)

    assert scene.dialog.report.headline.text() == "One was imported."
    assert scene.dialog.undo.isVisible()
    assert scene.dialog.close_button.text() == "Done"


async def test_where_nothing_was_added_there_is_nothing_to_undo(scene: Scene) -> None:
    scene.dialog.offer.take.click()
    await scene.until(scene.dialog.report.isVisible)

    assert not scene.dialog.undo.isVisible()
    assert not scene.dialog.launch.isVisible()


async def test_closed_while_it_imports_a_message_tells_the_end_with_the_way_back(
    scene: Scene,
) -> None:
    done = asyncio.Event()
    added = await scene.fakes.add(_DRAFT)

    async def take(*_: object) -> ImportReport:
        await done.wait()
        return ImportReport((added,))

    scene.fakes.legacy.take = take  # type: ignore[method-assign,assignment]  # a slow keychain
    scene.dialog.offer.take.click()
    await asyncio.sleep(0)
    scene.dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    done.set()
    await scene.until(lambda: scene.board.notices)

    assert scene.board.notices[0].title == "One was imported."
    assert scene.board.notices[0].action is not None
    scene.board.notices[0].action()
    await scene.until(lambda: ("remove", "ep-One") in scene.fakes.calls)


async def test_closed_while_it_looks_it_is_not_missed(scene: Scene) -> None:
    done = asyncio.Event()

    async def find(*_: object) -> tuple[Found, ...]:
        await done.wait()
        return ()

    scene.fakes.legacy.find = find  # type: ignore[method-assign,assignment]  # a slow disk
    scene.dialog.importing.look()
    await asyncio.sleep(0)
    scene.dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    done.set()
    for _ in range(5):
        await asyncio.sleep(0)

    assert scene.board.notices == []


async def test_the_endpoints_page_opens_it_for_whoever_asks(
    qapp: QApplication, memory: QSettings
) -> None:
    fakes = FakeServices(FakeState(four_endpoints()))
    room = EndpointsRoom(new_rooms(fakes, Board(), memory, []))
    room.show()

    room.go_to("import")

    dialog = room.window().findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    assert dialog.isVisible()
    dialog.reject()
    room.close()
    room.deleteLater()


async def test_enter_presses_the_highlighted_button(scene: Scene) -> None:
    scene.fakes.legacy.report = ImportReport((Endpoint("x", "One", "https://relay.example.net"),))

    QTest.keyClick(scene.dialog, Qt.Key.Key_Return)
    await scene.until(scene.dialog.report.isVisible)

    assert len(scene.fakes.legacy.taken) == 1


async def test_enter_presses_the_button_that_has_the_focus(scene: Scene) -> None:
    scene.dialog.close_button.setFocus()

    QTest.keyClick(scene.dialog.close_button, Qt.Key.Key_Enter)
    await scene.until(lambda: not scene.dialog.isVisible())

    assert scene.fakes.legacy.taken == []
