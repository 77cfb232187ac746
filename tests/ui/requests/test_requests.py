"""The requests page: which requests there were, where each went, and why."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcc_desktop.core.failure import FailureClass
from qcc_desktop.core.snapshot import AttemptView, RequestView
from qcc_desktop.ui.page import Moment, PageName
from qcc_desktop.ui.requests.page import RequestsPage
from qcc_desktop.ui.requests.presenter import Show, detail_of, issue_text, rows_of
from qcc_desktop.ui.requests.words import class_word, why
from tests.helpers.desk_fakes import NOW, FakeServices, FakeState, four_endpoints
from tests.helpers.desk_samples import busy_day, requests
from tests.helpers.rooms import Board, new_rooms

LEFT = Qt.MouseButton.LeftButton
OUTCOMES = ("running", "ok", "recovered", "client_error", "failed", "cut", "cancelled")


class Scene:
    """The page over fakes."""

    def __init__(self, memory: QSettings) -> None:
        self.fakes = FakeServices(FakeState(busy_day()))
        self.board = Board()
        self.went: list[tuple[PageName, str]] = []
        self.page = RequestsPage(new_rooms(self.fakes, self.board, memory, self.went))
        self.page.resize(1000, 700)

    def show(self) -> bool:
        return self.page.apply(Moment(self.fakes.state.snapshot, self.fakes.config, NOW))

    @property
    def shown(self) -> list[str]:
        return [row.id for row in self.page.table.rows.rows]


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot, memory: QSettings) -> Scene:
    made = Scene(memory)
    qtbot.addWidget(made.page)
    made.show()
    made.page.show()
    return made


def by_id(number: int) -> RequestView:
    return next(view for view in requests() if view.id == number)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_explained_in_a_sentence_of_its_own(outcome: str) -> None:
    views = [replace(by_id(114), outcome=other, endpoint="Relay A") for other in OUTCOMES]
    sentences = [why(view) for view in views]

    assert len(set(sentences)) == len(OUTCOMES)
    said = sentences[OUTCOMES.index(outcome)]
    assert said.endswith(".")
    assert "{" not in said


def test_a_failover_says_who_failed_why_who_answered_and_what_it_cost() -> None:
    assert why(by_id(117)) == (
        "Relay A could not answer (The endpoint limits the request rate), so DeepSeek did. "
        "The detour took 212 ms; Claude Code did not notice."
    )


def test_a_failed_request_says_of_each_endpoint_that_was_asked_what_it_said_last() -> None:
    attempts = (
        AttemptView("gone", "skipped", "It is out."),
        AttemptView("alpha", "transient", "The endpoint is overloaded."),
        AttemptView("alpha", "transient", "The endpoint is overloaded."),
        AttemptView("beta", "auth", "The endpoint refused the key (401)."),
    )
    failed = replace(by_id(114), outcome="failed", attempts=attempts)

    assert why(failed) == (
        "No endpoint could answer. alpha: The endpoint is overloaded. "
        "beta: The endpoint refused the key (401)."
    )


def test_the_chain_names_every_endpoint_that_was_considered() -> None:
    steps = detail_of(by_id(114)).steps

    assert [step.endpoint for step in steps] == ["Relay A", "Moonshot", "DeepSeek"]
    assert [step.what for step in steps] == [
        "The endpoint limits the request rate.",
        "not asked: It needs a new key.",
        "The endpoint is overloaded.",
    ]
    assert steps[0].detail == "rate limit · HTTP 429"
    assert [step.time for step in steps] == ["212 ms", "", "930 ms"]


def test_every_failure_class_has_a_word() -> None:
    words = {class_word(kind) for kind in FailureClass}
    assert len(words) == len(FailureClass)


def test_filters_and_search_choose_requests() -> None:
    def ids(show: Show, wanted: str = "") -> list[str]:
        return [row.id for row in rows_of(requests(), NOW, show=show, wanted=wanted)]

    assert len(ids(Show.ALL)) == 8
    assert ids(Show.MOVED) == ["117"]
    assert ids(Show.FAILED) == ["115", "114", "113"]
    assert ids(Show.RUNNING) == ["118"]
    assert ids(Show.ALL, "sonnet") == ["116"]
    assert ids(Show.ALL, "moonshot") == ["114"]
    assert ids(Show.ALL, "broke RELAY") == ["113"]


def test_the_text_for_an_issue_has_the_chain_and_no_secret_folder_or_session() -> None:
    leaky = AttemptView("Relay A", "auth", "Bearer sk-ant-api03-abcdefghijkl was refused.", 12)
    text = issue_text(replace(by_id(114), attempts=(leaky,)), version="1.2.3")

    assert "QCC Desktop 1.2.3" in text
    assert "1. auth, 12 ms" in text
    for secret in ("sk-ant-api03-abcdefghijkl", "shop-api", "7f3c1d52", "Relay A"):
        assert secret not in text


def test_choosing_a_request_tells_its_story(scene: Scene) -> None:
    assert "Choose a request" in scene.page.detail.sentence.text()
    scene.page.table.select("115")

    assert scene.page.detail.title.text() == "Refused as asked"
    assert "none is blamed" in scene.page.detail.sentence.text()


def test_a_new_request_moves_nothing_that_is_chosen(scene: Scene) -> None:
    scene.page.table.select("117")
    newest = replace(by_id(118), id=119)
    snapshot = busy_day()
    scene.fakes.state.show(replace(snapshot, requests=(newest, *snapshot.requests[:-1])))
    scene.show()

    assert scene.shown[0] == "119"
    assert "111" not in scene.shown
    assert scene.page.table.selected_key == "117"


def test_a_request_is_copied_and_said_to_be(scene: Scene) -> None:
    scene.page.table.select("114")
    QTest.mouseClick(scene.page.detail.copy, LEFT)

    assert "Request 114" in QGuiApplication.clipboard().text()
    assert scene.board.notices[-1].title == "The request is in the clipboard, without secrets."


def test_a_request_leads_to_its_session_and_endpoints(scene: Scene) -> None:
    scene.page.table.select("117")
    QTest.mouseClick(scene.page.detail.session, LEFT)
    scene.page.detail.endpoint_requested.emit("ep-relay-a")

    assert scene.went == [
        (PageName.SESSIONS, by_id(117).session),
        (PageName.ENDPOINTS, "ep-relay-a"),
    ]


def test_filters_work_on_the_page_and_say_when_nothing_fits(scene: Scene) -> None:
    scene.page.show_box.setCurrentIndex(list(Show).index(Show.FAILED))
    assert scene.shown == ["115", "114", "113"]
    scene.page.search.setText("nothing like this")
    assert scene.page.empty.isVisible()
    assert scene.page.empty.sentence.text() == "No request fits this filter."


def test_without_requests_the_page_says_how_to_get_some(scene: Scene) -> None:
    scene.fakes.state.show(four_endpoints())
    assert not scene.show()
    assert "Launch Claude Code" in scene.page.empty.sentence.text()


def test_other_pages_lead_to_a_request_or_those_of_a_session(scene: Scene) -> None:
    scene.page.go_to("113")
    assert scene.page.table.selected_key == "113"
    scene.page.go_to("session:7f3c1d52")
    assert len(scene.shown) == 8


def test_a_running_request_keeps_its_clock(scene: Scene) -> None:
    assert scene.show()
    scene.fakes.state.show(replace(busy_day(), requests=requests()[1:]))
    assert not scene.show()
