"""The overview: who answers, how well, what runs, and what can be done about it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcc_desktop.core.health import CauseKind, Light
from qcc_desktop.ui.advice import Help, advice_of
from qcc_desktop.ui.overview.page import OverviewPage
from qcc_desktop.ui.overview.presenter import MOST_CARDS, cards_of, charts_of, lines_of
from qcc_desktop.ui.page import Moment, PageName, Rooms
from qcc_desktop.ui.widgets.minute_chart import CountBars, rounded_up
from tests.helpers.desk_fakes import (
    NOW,
    FakeServices,
    FakeState,
    four_endpoints,
    no_endpoints,
    sixty_endpoints,
    with_light,
)
from tests.helpers.desk_samples import busy_day, hour
from tests.helpers.rooms import Board, new_rooms

LEFT = Qt.MouseButton.LeftButton


class Scene:
    """The page over fakes; ``went`` notes where it led."""

    def __init__(self, rooms: Rooms, fakes: FakeServices, went: list[tuple[PageName, str]]) -> None:
        self.fakes = fakes
        self.went = went
        self.page = OverviewPage(rooms)
        self.page.resize(1000, 700)

    def show(self) -> bool:
        snapshot = self.fakes.state.snapshot
        return self.page.apply(Moment(snapshot, self.fakes.config, NOW))


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot, memory: QSettings) -> Scene:
    fakes = FakeServices(FakeState(busy_day()))
    fakes.activity.last = hour()
    went: list[tuple[PageName, str]] = []
    made = Scene(new_rooms(fakes, Board(), memory, went), fakes, went)
    qtbot.addWidget(made.page)
    made.show()
    made.page.show()
    return made


def test_a_card_says_health_countdown_speed_and_success() -> None:
    first, second, third, fourth = cards_of(busy_day(), NOW)

    assert (first.name, first.state) == ("Relay A", "Cooling down · 0:42")
    assert first.can_try
    assert not first.needs_person
    assert second.state == "Healthy · 2 requests running"
    assert second.figures == "790 ms · 99 %"
    assert len(second.trace) == 30
    assert third.needs_person
    assert not third.can_try
    assert fourth.state == "Off"
    assert fourth.figures == ""


def test_of_many_endpoints_those_in_use_and_in_trouble_have_cards_in_their_order() -> None:
    snapshot = sixty_endpoints()
    cards = cards_of(snapshot, NOW)

    assert len(cards) == MOST_CARDS
    order = [view.endpoint.id for view in snapshot.endpoints]
    places = [order.index(card.id) for card in cards]
    assert places == sorted(places)
    assert cards[0].name == snapshot.active_endpoint
    busy = {view.endpoint.id for view in snapshot.endpoints if view.in_flight}
    assert {card.id for card in cards[1:]} <= busy


def test_running_sessions_come_before_old_ones() -> None:
    lines = lines_of(busy_day())
    assert [line.title for line in lines] == ["shop-api"]
    assert lines[0].rest == "claude-opus-4-8 · DeepSeek · 2.0 M tokens"

    resting = replace(
        busy_day(), sessions=tuple(replace(s, in_flight=0) for s in busy_day().sessions)
    )
    assert [line.title for line in lines_of(resting)] == ["shop-api", "数据 管道", "c4d1e0aa"]


@pytest.mark.parametrize(("most", "top"), [(1, 2.0), (2, 2.0), (5, 6.0), (8, 10.0), (50, 50.0)])
def test_the_middle_of_a_scale_of_counts_is_a_count(
    qapp: QApplication, most: int, top: float
) -> None:
    bars = CountBars()
    bars.show_counts(((most, 0),))

    assert bars.top == top
    assert (bars.top / 2).is_integer()


def test_charts_say_rate_and_time_to_first_token() -> None:
    charts = charts_of(hour())

    assert len(charts.counts) == 60
    assert charts.counts[40][1] == 2
    assert charts.half.startswith("median ")
    assert charts.most.startswith("95 % within ")
    nothing = charts_of(hour()[18:27])
    assert (nothing.half, nothing.most) == ("", "")


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (1, 1), (3, 5), (5, 5), (7, 10), (12, 20), (480, 500), (1600, 2000)]
)
def test_scales_end_at_round_figures(value: float, top: float) -> None:
    assert rounded_up(value) == pytest.approx(top)


def test_the_action_that_helps_is_the_one_for_the_cause() -> None:
    out = advice_of(four_endpoints())
    assert (out.help, out.subject) == (Help.TRY, "ep-relay-a")

    refused = with_light(four_endpoints(), Light.RED, CauseKind.ALL_DOWN)
    refused = replace(refused, cause=replace(refused.cause, other="Moonshot"))
    assert advice_of(refused).help is Help.EDIT

    assert advice_of(no_endpoints()).help is Help.ADD
    taken = replace(with_light(four_endpoints(), Light.RED, CauseKind.PROXY_FAILED), running=False)
    assert advice_of(taken).help is Help.PORT
    off = with_light(four_endpoints(), Light.GREY, CauseKind.OFF)
    assert advice_of(off).help is Help.NONE
    well = with_light(four_endpoints(), Light.GREEN, CauseKind.ALL_WELL)
    assert advice_of(well).help is Help.NONE


def test_a_click_on_a_card_opens_the_endpoint(scene: Scene) -> None:
    QTest.mouseClick(scene.page.cards[1], LEFT)
    assert scene.went == [(PageName.ENDPOINTS, "ep-deepseek")]

    QTest.keyClick(scene.page.cards[0], Qt.Key.Key_Return)
    assert scene.went[-1] == (PageName.ENDPOINTS, "ep-relay-a")


def test_a_card_tries_what_is_out_and_edits_what_needs_a_key(scene: Scene) -> None:
    QTest.mouseClick(scene.page.cards[0].again, LEFT)
    assert ("try_now", "ep-relay-a") in scene.fakes.calls

    QTest.mouseClick(scene.page.cards[2].again, LEFT)
    assert scene.went == [(PageName.ENDPOINTS, "edit:ep-moonshot")]
    assert not scene.page.cards[1].again.isVisible()


def test_a_session_leads_to_its_page(scene: Scene) -> None:
    QTest.mouseClick(scene.page.session_rows[0], LEFT)
    assert scene.went == [(PageName.SESSIONS, busy_day().sessions[0].key)]


def test_many_endpoints_are_a_click_away(scene: Scene) -> None:
    assert not scene.page.more.isVisible()
    scene.fakes.state.show(sixty_endpoints())
    scene.show()

    assert scene.page.more.text() == "All 60 endpoints"
    QTest.mouseClick(scene.page.more, LEFT)
    assert scene.went == [(PageName.ENDPOINTS, "")]


def test_the_clock_runs_only_while_something_moves(scene: Scene) -> None:
    assert scene.show()
    scene.fakes.activity.last = ()
    calm = tuple(v for v in four_endpoints().endpoints if v.retry_at is None)
    scene.fakes.state.show(replace(four_endpoints(), endpoints=calm))
    assert not scene.show()


def test_a_countdown_counts(scene: Scene) -> None:
    later = Moment(scene.fakes.state.snapshot, scene.fakes.config, NOW + timedelta(seconds=10))
    scene.page.apply(later)
    assert scene.page.cards[0].state.text() == "Cooling down · 0:32"
