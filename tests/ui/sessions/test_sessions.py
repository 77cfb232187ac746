"""The sessions page: who talks through which endpoint, and moving them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.health import Health
from qcc_desktop.ui.page import Moment, PageName
from qcc_desktop.ui.sessions.page import SessionsPage
from qcc_desktop.ui.sessions.presenter import MOST_AGENTS, rows_of
from tests.helpers.desk_fakes import NOW, FakeServices, FakeState, four_endpoints
from tests.helpers.desk_samples import busy_day, sessions
from tests.helpers.rooms import Board, new_rooms

LEFT = Qt.MouseButton.LeftButton
SHOP, PIPE, OLD = (view.key for view in sessions())


class Scene:
    """The page over fakes."""

    def __init__(self, memory: QSettings) -> None:
        self.fakes = FakeServices(FakeState(busy_day()))
        self.board = Board()
        self.went: list[tuple[PageName, str]] = []
        self.page = SessionsPage(new_rooms(self.fakes, self.board, memory, self.went))
        self.page.resize(1100, 600)

    def show(self) -> bool:
        return self.page.apply(Moment(self.fakes.state.snapshot, self.fakes.config, NOW))

    def choose(self, menu: QMenu, text: str) -> None:
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if action.text() == text).trigger()


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot, memory: QSettings) -> Scene:
    made = Scene(memory)
    qtbot.addWidget(made.page)
    made.show()
    made.page.show()
    return made


def test_subagents_stand_below_their_session_the_latest_first() -> None:
    rows = rows_of(busy_day(), NOW)

    assert [row.name for row in rows] == [
        "shop-api",
        "Subagent a1f3",
        "Subagent b771",
        "数据 管道",
        "c4d1e0aa",
    ]
    assert [row.is_agent for row in rows] == [False, True, True, False, False]
    assert rows[1].key == SHOP


def test_a_row_says_turns_tokens_cache_share_and_last_activity() -> None:
    shop, agent, _, pipe, old = rows_of(busy_day(), NOW)

    assert (shop.turns, shop.tokens, shop.cache, shop.last) == ("42", "2.0 M", "93 %", "running")
    assert agent.tokens == "222 k"
    assert pipe.last == "4 min ago"
    assert "1,830,000 from the cache" in shop.tokens_hint
    assert old.cache == "0 %"


def test_the_hint_says_why_a_session_is_where_it_is() -> None:
    def hint(**changes: str) -> str:
        view = replace(sessions()[1], **changes)  # type: ignore[arg-type]  # by name
        return rows_of(replace(busy_day(), sessions=(view,)), NOW)[0].endpoint_hint

    assert hint() == "Pinned to Relay A."
    assert hint(endpoint_id="ep-deepseek") == "Pinned to Relay A, which is out; DeepSeek answers."
    assert hint(pin_id="ep-deepseek") == "Pinned to DeepSeek from its next request on."
    assert "by failover" in hint(pin_id="", endpoint_id="ep-deepseek")
    assert "routed anew" in hint(pin_id="", endpoint_id="", home_id="")
    assert "cache is warm" in hint(pin_id="")


@pytest.mark.parametrize("health", [Health.CIRCUIT_OPEN, Health.DISABLED])
def test_a_session_pinned_to_an_endpoint_that_is_out_tells_the_two_apart(health: Health) -> None:
    day = busy_day()
    view = replace(sessions()[1], endpoint_id="ep-deepseek")
    endpoints = tuple(
        replace(each, health=health) if each.endpoint.id == view.pin_id else each
        for each in day.endpoints
    )
    (row,) = rows_of(replace(day, endpoints=endpoints, sessions=(view,)), NOW)

    assert row.endpoint == "DeepSeek · pinned: Relay A"
    assert (row.is_pinned, row.is_pinned_here) == (True, False)
    assert row.endpoint_hint == "Pinned to Relay A, which is out; DeepSeek answers."


def test_a_session_at_the_endpoint_it_is_pinned_to_bears_the_pin() -> None:
    (row,) = rows_of(replace(busy_day(), sessions=(sessions()[1],)), NOW)

    assert (row.endpoint, row.is_pinned_here) == ("Relay A", True)


def test_a_windows_folder_is_named_by_its_last_part() -> None:
    view = replace(sessions()[0], folder=r"C:\Users\ada\shop api", subagents=())
    assert rows_of(replace(busy_day(), sessions=(view,)), NOW)[0].name == "shop api"


def test_a_session_with_many_subagents_lists_the_active_ones() -> None:
    agent = sessions()[0].subagents[0]
    many = tuple(replace(agent, id=f"agent-{number}") for number in range(40))
    view = replace(sessions()[0], subagents=many)
    assert len(rows_of(replace(busy_day(), sessions=(view,)), NOW)) == 1 + MOST_AGENTS


def test_a_session_is_pinned_moved_and_released(scene: Scene) -> None:
    scene.page.table.select(SHOP)
    scene.choose(scene.page.pin_menu, "Relay A")
    assert ("pin_session", SHOP, "ep-relay-a") in scene.fakes.calls
    scene.show()
    scene.choose(scene.page.pin_menu, "Not pinned")
    assert ("pin_session", SHOP, None) in scene.fakes.calls

    scene.choose(scene.page.move_menu, "Moonshot")
    assert ("move_session", SHOP, "ep-moonshot") in scene.fakes.calls

    scene.show()
    QTest.mouseClick(scene.page.release, LEFT)
    assert ("release_session", SHOP) in scene.fakes.calls
    scene.show()
    assert not scene.page.release.isEnabled()


def test_menus_mark_what_is_and_offer_only_endpoints_that_are_on(scene: Scene) -> None:
    scene.page.table.select(PIPE)
    scene.page.pin_menu.aboutToShow.emit()
    ticked = [action.text() for action in scene.page.pin_menu.actions() if action.isChecked()]
    assert ticked == ["Relay A"]
    names = [action.text() for action in scene.page.pin_menu.actions()]
    assert "Anthropic" not in names

    scene.page.move_menu.aboutToShow.emit()
    here = next(a for a in scene.page.move_menu.actions() if a.text() == "Relay A")
    assert not here.isEnabled()


def test_what_a_subagent_is_asked_for_is_done_to_its_session(scene: Scene) -> None:
    scene.page.table.select(f"{SHOP}/a1f3")
    scene.choose(scene.page.pin_menu, "Relay A")
    assert ("pin_session", SHOP, "ep-relay-a") in scene.fakes.calls


def test_a_wish_that_cannot_be_done_is_said(scene: Scene) -> None:
    scene.page.table.select(OLD)
    scene.fakes.refusal = UserFacingError("This session is not known any more.", "Wait for it.")
    scene.choose(scene.page.move_menu, "Relay A")
    assert scene.board.notices[-1].title == "This session is not known any more."


def test_a_session_leads_to_its_requests(scene: Scene) -> None:
    scene.page.go_to(PIPE)
    QTest.mouseClick(scene.page.requests, LEFT)
    QTest.keyClick(scene.page.table, Qt.Key.Key_Return)
    assert scene.went == [(PageName.REQUESTS, f"session:{PIPE}")] * 2


def test_nothing_can_be_done_without_a_choice(scene: Scene) -> None:
    for button in (scene.page.pin, scene.page.move_to, scene.page.release, scene.page.requests):
        assert not button.isEnabled()


def test_a_search_finds_folder_model_and_endpoint(scene: Scene) -> None:
    for wanted, keys in (("管道", [PIPE]), ("haiku", [OLD]), ("relay", [PIPE])):
        scene.page.search.setText(wanted)
        assert [row.key for row in scene.page.table.rows.rows] == keys
    scene.page.search.setText("nowhere")
    assert scene.page.empty.isVisible()


def test_without_sessions_the_page_says_when_one_appears(scene: Scene) -> None:
    scene.fakes.state.show(four_endpoints())
    assert not scene.show()
    assert "first request" in scene.page.empty.sentence.text()
