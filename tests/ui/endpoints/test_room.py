"""The endpoints page with its dialogs: several at once, search, pasting, dropping, testing."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.services.endpoints import EndpointDraft
from qcc_desktop.ui.actions import Actions
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.endpoints.model import Column
from qcc_desktop.ui.endpoints.room import EndpointsRoom
from qcc_desktop.ui.page import Moment, Rooms
from tests.helpers.desk_fakes import (
    NOW,
    REFUSED,
    FakeServices,
    FakeState,
    four_endpoints,
    sixty_endpoints,
)

IDS = ("ep-relay-a", "ep-deepseek", "ep-moonshot", "ep-anthropic")
KEY = "sk-abcdef0123456789"
BLOCK = f"export ANTHROPIC_BASE_URL=https://new.example.com\nexport ANTHROPIC_AUTH_TOKEN={KEY}"
SEVERAL = json.dumps(
    [
        {"name": "DeepSeek", "base_url": "https://one.example.com", "api_key": KEY},
        {"name": "Two", "base_url": "https://two.example.com", "api_key": KEY},
    ]
)


class Stage:
    """A room on its own, with a board that keeps its notices."""

    def __init__(self, snapshot: Snapshot, folder: Path, *, is_demo: bool = False) -> None:
        self.notices: list[Notice] = []
        self.fakes = FakeServices(FakeState(snapshot))
        services = self.fakes.services()
        memory = QSettings(str(folder / "memory.ini"), QSettings.Format.IniFormat)
        actions = Actions(services, self, self.refresh)
        self.room = EndpointsRoom(
            Rooms(services, actions, self, lambda *_: None, memory, is_demo=is_demo)
        )
        self.view, self.table = self.room.view, self.room.view.table
        self.fakes.state.subscribe(self.refresh)
        self.room.resize(1100, 500)
        self.refresh()
        self.room.show()

    def show_notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def close_offer(self) -> None:
        pass

    def refresh(self, *_: object) -> None:
        self.room.apply(Moment(self.fakes.state.snapshot, self.fakes.config, NOW))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0)

    async def asked(self, *call: object) -> None:
        await self.until(lambda: call in self.fakes.calls)


@pytest_asyncio.fixture
async def stage(qapp: QApplication, tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage(four_endpoints(), tmp_path)
    yield made
    made.room.leave()
    made.room.close()
    made.room.deleteLater()


@pytest.fixture
def clipboard() -> Iterator[Callable[[str], None]]:
    """Put a text into the clipboard; it is emptied afterwards."""
    board = QGuiApplication.clipboard()
    yield board.setText
    board.clear()


async def test_several_are_switched_off_at_once_and_undo_covers_them(stage: Stage) -> None:
    stage.table.select_all_of(IDS[:2])

    QTest.keyClick(stage.table, Qt.Key.Key_Space)
    await stage.asked("set_all_enabled", IDS[:2], False)
    await stage.until(lambda: bool(stage.notices))

    notice = stage.notices[-1]
    assert notice.title == "2 endpoints were switched off."
    assert notice.action is not None
    notice.action()
    await stage.asked("set_all_enabled", IDS[:2], True)


async def test_several_are_removed_at_once_and_undo_brings_all_back(stage: Stage) -> None:
    stage.table.select_all_of(IDS[1:3])

    QTest.keyClick(stage.table, Qt.Key.Key_Delete)
    await stage.asked("remove_all", IDS[1:3])
    await stage.until(lambda: bool(stage.notices))
    assert stage.notices[-1].title == "2 endpoints were removed."
    stage.view.undo_requested.emit()

    await stage.asked("restore_all", IDS[1:3])


async def test_several_move_together_by_keys(stage: Stage) -> None:
    stage.table.select_all_of(IDS[2:])

    QTest.keyClick(stage.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    await stage.asked("reorder", (IDS[0], IDS[2], IDS[3], IDS[1]))
    assert stage.table.selected_ids == IDS[2:]


async def test_several_are_dropped_together(stage: Stage) -> None:
    indexes = [stage.view.model.index(row, Column.NAME) for row in (0, 2)]
    data = stage.view.model.mimeData(indexes)

    stage.view.model.dropMimeData(data, Qt.DropAction.MoveAction, 4, 0, QModelIndex())

    await stage.asked("reorder", (IDS[1], IDS[3], IDS[0], IDS[2]))


async def test_a_search_shows_what_matches_and_keeps_true_places(stage: Stage) -> None:
    QTest.keyClicks(stage.view.search, "moon")

    assert list(stage.view.model.ids) == ["ep-moonshot"]
    assert stage.view.model.place_at(0) == 3
    QTest.keyClick(stage.view.search, Qt.Key.Key_Escape)
    assert stage.view.model.ids == IDS


async def test_moving_within_a_search_keeps_the_hidden_ones_in_place(stage: Stage) -> None:
    stage.view.search.setText("anthropic")  # all addresses but none of Relay A's name
    stage.view.search.setText("api.")
    assert stage.view.model.ids == IDS[1:]

    stage.view.model.move([IDS[3]], 0)

    await stage.asked("reorder", (IDS[0], IDS[3], IDS[1], IDS[2]))


async def test_a_search_without_a_match_says_so_and_can_be_cleared(stage: Stage) -> None:
    stage.view.search.setText("nobody")
    assert stage.view.no_match.text() == "No endpoint matches “nobody”."

    QTest.mouseClick(stage.view.clear_button, Qt.MouseButton.LeftButton)

    assert stage.view.model.ids == IDS


async def test_going_to_an_endpoint_ends_a_search_that_hides_it(stage: Stage) -> None:
    stage.view.search.setText("moon")

    stage.room.go_to("ep-deepseek")

    assert stage.table.selected_id == "ep-deepseek"


async def test_the_selection_survives_a_new_table(stage: Stage) -> None:
    stage.fakes.state.show(sixty_endpoints())
    chosen = stage.view.model.ids[5:7]
    stage.table.select_all_of(chosen)

    stage.view.search.setText("relay 6")
    stage.view.search.clear()

    assert set(stage.table.selected_ids) <= set(chosen)
    assert stage.view.model.ids[5] in stage.table.selected_ids


async def test_the_menu_of_several_offers_what_suits_several(stage: Stage) -> None:
    stage.table.select_all_of(IDS[:2])
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))

    stage.table.contextMenuEvent(event)

    menu = stage.table.findChildren(QMenu)[0]
    shown = [action.text() for action in menu.actions() if action.isVisible()]
    assert shown == ["Test", "Try now", "Switch off", "Move up", "Move down", "Remove"]
    menu.close()


async def test_several_are_tested_in_one_dialog(stage: Stage) -> None:
    stage.table.select_all_of(IDS[:3])
    stage.fakes.report = REFUSED

    QTest.mouseClick(stage.view.test, Qt.MouseButton.LeftButton)
    dialog = stage.room.testing.dialog
    assert dialog is not None
    await stage.until(dialog.again.isEnabled)

    assert tuple(dialog.parts) == IDS[:3]
    assert {part.verdict.text() for part in dialog.parts.values()} == {"Not well"}
    QTest.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    await stage.until(lambda: stage.fakes.calls.count(("test", IDS[0])) == 2)


async def test_a_test_that_cannot_be_made_says_why(stage: Stage) -> None:
    stage.fakes.refusal = UserFacingError("The proxy is not running.", "Start it.")

    stage.room.go_to("test:ep-deepseek")
    dialog = stage.room.testing.dialog
    assert dialog is not None
    await stage.until(dialog.again.isEnabled)

    assert "not running" in dialog.parts["ep-deepseek"].checks.said.text()


async def test_one_pasted_endpoint_opens_the_editor_filled(
    stage: Stage, clipboard: Callable[[str], None]
) -> None:
    clipboard(BLOCK)

    stage.view.paste_requested.emit()

    editor = stage.room.editing.editor
    assert editor is not None
    text = editor.text()
    assert (text.name, text.base_url, text.key) == (
        *("new.example.com", "https://new.example.com", KEY),
    )
    assert "environment variables" in editor.checks.said.text()


async def test_pasting_in_the_list_of_vendors_fills_the_same_editor(
    stage: Stage, clipboard: Callable[[str], None]
) -> None:
    clipboard(BLOCK)
    stage.room.go_to("add")
    editor = stage.room.editing.editor
    assert editor is not None

    QTest.mouseClick(editor.vendors.paste, Qt.MouseButton.LeftButton)

    assert stage.room.editing.editor is editor
    assert editor.text().key == KEY


async def test_several_pasted_endpoints_are_asked_about_and_named_apart(
    stage: Stage, clipboard: Callable[[str], None]
) -> None:
    clipboard(SEVERAL)
    stage.view.paste_requested.emit()
    dialog = stage.room.pasting.dialog
    assert dialog is not None
    assert dialog.add.text() == "Add 2"

    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    await stage.until(lambda: any("were added" in each.title for each in stage.notices))

    added = [call[1] for call in stage.fakes.calls if call[0] == "add"]
    assert [each.name for each in added if isinstance(each, EndpointDraft)] == ["DeepSeek 2", "Two"]


async def test_what_could_not_be_added_is_said_and_alone_stays_ticked(
    stage: Stage, clipboard: Callable[[str], None]
) -> None:
    clipboard(SEVERAL)
    stage.view.paste_requested.emit()
    dialog = stage.room.pasting.dialog
    assert dialog is not None
    stage.fakes.refusal = UserFacingError("The system keychain is locked.")

    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    await stage.until(dialog.fault.isVisible)

    assert dialog.fault.text() == "DeepSeek 2: The system keychain is locked."
    assert [each.name for each in dialog.ticked] == ["DeepSeek"]


async def test_text_without_an_endpoint_is_said_without_repeating_it(
    stage: Stage, clipboard: Callable[[str], None]
) -> None:
    clipboard("a secret note")

    stage.view.paste_requested.emit()

    assert stage.notices[-1].title == "There is no endpoint in the copied text."
    assert "secret" not in str(stage.notices)


async def test_a_dropped_file_is_read(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"env": {"ANTHROPIC_AUTH_TOKEN": KEY}}), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])

    drop(stage, data)

    await stage.until(lambda: stage.room.editing.editor is not None)
    editor = stage.room.editing.editor
    assert editor is not None
    assert editor.text().base_url == "https://api.anthropic.com"


async def test_a_file_that_cannot_be_read_is_said(stage: Stage, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "gone.json"))])

    drop(stage, data)

    await stage.until(lambda: bool(stage.notices))
    assert stage.notices[-1].title == "gone.json cannot be read."


async def test_dropped_text_is_taken(stage: Stage) -> None:
    data = QMimeData()
    data.setText(BLOCK)

    drop(stage, data)

    assert stage.room.editing.editor is not None


def drop(stage: Stage, data: QMimeData) -> None:
    """Drop something from elsewhere on the table."""
    stage.table.dropEvent(
        QDropEvent(
            QPointF(20, 20),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


async def test_a_vendor_can_be_asked_for(stage: Stage) -> None:
    stage.room.go_to("add:moonshot")

    editor = stage.room.editing.editor
    assert editor is not None
    assert editor.text().name == "Moonshot 2"


async def test_rows_are_painted_from_kept_layouts(stage: Stage) -> None:
    stage.table.grab()
    painter = stage.table._painter
    assert painter is not None
    before = dict(painter._texts)

    stage.table.grab()

    assert stage.table._painter is painter
    assert all(painter._texts[key] is kept for key, kept in before.items())
    assert painter._texts.keys() == before.keys()


async def test_a_removed_row_hands_on_the_selection_and_undo_brings_it_back(stage: Stage) -> None:
    stage.table.select("ep-deepseek")

    QTest.keyClick(stage.table, Qt.Key.Key_Delete)
    await stage.until(lambda: "ep-deepseek" not in stage.view.model.ids)
    assert stage.table.selected_id == "ep-moonshot"
    stage.view.undo_requested.emit()
    await stage.until(lambda: "ep-deepseek" in stage.view.model.ids)

    assert stage.table.selected_id == "ep-deepseek"
    assert stage.table.currentIndex().row() == stage.view.model.number_of("ep-deepseek")


async def test_removing_the_last_row_selects_the_one_above(stage: Stage) -> None:
    stage.table.select(IDS[-1])

    QTest.keyClick(stage.table, Qt.Key.Key_Delete)
    await stage.until(lambda: IDS[-1] not in stage.view.model.ids)

    assert stage.table.selected_id == IDS[-2]


async def test_a_selected_row_that_a_search_hides_hands_nothing_on(stage: Stage) -> None:
    stage.table.select("ep-deepseek")

    stage.view.search.setText("moon")

    assert stage.table.selected_ids == ()


async def test_a_finished_test_of_a_draft_shows_the_state_it_led_to(stage: Stage) -> None:
    settled: list[bool] = []
    stage.room.rooms.actions.settled = lambda: settled.append(True)
    stage.room.editing._settled = stage.room.rooms.actions.settled
    stage.room.go_to("edit:ep-relay-a")
    editor = stage.room.editing.editor
    assert editor is not None

    QTest.mouseClick(editor.test, Qt.MouseButton.LeftButton)
    await stage.until(lambda: bool(settled))

    assert editor.is_out
    assert "will be used again" in editor.checks.said.text()


NOT_KEPT = "This is the demo: nothing you add here is kept."


@pytest_asyncio.fixture
async def demo(qapp: QApplication, tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage(four_endpoints(), tmp_path, is_demo=True)
    yield made
    made.room.leave()
    made.room.close()
    made.room.deleteLater()


@pytest.mark.parametrize("subject", ["add", "add:moonshot", f"paste:{BLOCK}"])
async def test_the_demo_says_before_a_key_is_given_that_it_keeps_nothing(
    demo: Stage, subject: str
) -> None:
    demo.room.go_to(subject)

    editor = demo.room.editing.editor
    assert editor is not None
    assert NOT_KEPT in editor.checks.said.text()
    assert [(each.title, each.hint) for each in demo.notices] == [
        (NOT_KEPT, "Start QCC Desktop to use your endpoints.")
    ]


async def test_the_demo_says_so_above_a_list_of_pasted_endpoints(demo: Stage) -> None:
    demo.room.go_to(f"paste:{SEVERAL}")

    dialog = demo.room.pasting.dialog
    assert dialog is not None
    assert NOT_KEPT in dialog.said.text()
    assert [each.title for each in demo.notices] == [NOT_KEPT]


async def test_outside_the_demo_nothing_is_said_of_it(stage: Stage) -> None:
    stage.room.go_to("add")

    assert stage.notices == []


async def test_shift_f10_opens_one_menu_of_the_current_row(stage: Stage) -> None:
    stage.table.select("ep-deepseek")

    QTest.keyClick(stage.table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(stage.table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)

    menus = stage.table.findChildren(QMenu)
    assert [menu.isVisible() for menu in menus] == [True]
    row = stage.table.visualRect(stage.table.currentIndex())
    assert menus[0].pos() == stage.table.viewport().mapToGlobal(row.bottomLeft())
    menus[0].close()


async def test_the_editor_is_made_and_shown_in_different_turns(stage: Stage) -> None:
    room = stage.room
    room.editing.add()
    editor = room.editing.editor
    assert editor is not None
    at_once = editor.isVisible()

    room.editing.opening.finish()

    assert (at_once, editor.isVisible()) == (False, True)
    room.editing.close()


async def test_an_editor_that_is_closed_before_it_is_shown_stays_away(stage: Stage) -> None:
    room = stage.room
    room.editing.add()
    editor = room.editing.editor
    assert editor is not None

    room.editing.close()

    assert not room.editing.opening.is_running
    assert (room.editing.editor, editor.isVisible()) == (None, False)
