"""The usage page in a real window: choices, chart, table, file, and what it does not ask for."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import Shiboken
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import Language, Theme
from qcc_desktop.core.usage import Coverage, Grouping, HistoryTrouble, UsageRow
from qcc_desktop.ui.i18n import Translations
from qcc_desktop.ui.page import Moment, PageName
from qcc_desktop.ui.theme.look import Look
from qcc_desktop.ui.theme.palette import Role, Tone, colour
from qcc_desktop.ui.usage.chart_card import ChartCard
from qcc_desktop.ui.usage.choices import Measure, Period
from qcc_desktop.ui.usage.page import UsagePage
from tests.helpers.desk_fakes import NOW, FakeServices, FakeState, FakeUsage
from tests.helpers.desk_samples import OPUS, busy_day, usage_month
from tests.helpers.rooms import Board, new_rooms

LEFT = Qt.MouseButton.LeftButton
MODELS_OF = 5
CHART = "qcc_desktop.ui.usage.chart"


class AskedUsage(FakeUsage):
    """Notes what was asked; a question waits while ``gate`` is closed."""

    def __init__(self) -> None:
        super().__init__(found=usage_month())
        self.asked: list[tuple[tuple[Grouping, ...], int | None]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    @override
    async def rows(self, by: Sequence[Grouping], days: int | None = None) -> tuple[UsageRow, ...]:
        self.asked.append((tuple(by), days))
        await self.gate.wait()
        return await super().rows(by, days)


class Scene:
    """The page over fakes; ``went`` notes where it led."""

    def __init__(self, memory: QSettings) -> None:
        self.usage = AskedUsage()
        self.fakes = FakeServices(FakeState(busy_day()), usage=self.usage)
        self.board = Board()
        self.went: list[tuple[PageName, str]] = []
        self.page = UsagePage(new_rooms(self.fakes, self.board, memory, self.went))
        self.page.resize(1000, 700)

    def apply(self) -> bool:
        return self.page.apply(Moment(self.fakes.state.snapshot, self.fakes.config, NOW))

    def finish_a_request(self) -> None:
        snapshot = self.fakes.state.snapshot
        totals = replace(snapshot.totals, requests=snapshot.totals.requests + 1)
        self.fakes.state.show(replace(snapshot, totals=totals))
        self.apply()

    async def open(self) -> None:
        self.page.show()
        self.page.shown()
        self.apply()
        await self.until(self.is_full)
        await self.until(lambda: self.page.chart_card.chart is not None)

    def is_full(self) -> bool:
        return self.page.stack.currentWidget() is self.page.full

    def names(self) -> list[str]:
        return [row.name for row in self.page.table.rows.rows]

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0)

    async def rest(self) -> None:
        """Let the pause between two questions end now."""
        self.page.asker._pause.stop()
        self.page.asker._go_on()
        await self.until(lambda: not self.page.asker._is_asking)

    def choose(self, period: Period | None = None, by: Grouping | None = None) -> None:
        if period is not None:
            self.page.period_box.setCurrentIndex(self.page.period_box.findData(period))
        if by is not None:
            self.page.by_box.setCurrentIndex(self.page.by_box.findData(by))


@pytest_asyncio.fixture
async def scene(qapp: QApplication, memory: QSettings) -> AsyncIterator[Scene]:
    made = Scene(memory)
    yield made
    made.page.leave()
    await made.until(lambda: not made.page.asker._is_asking)
    made.page.deleteLater()


async def test_a_month_by_model_is_shown_first(scene: Scene) -> None:
    await scene.open()

    assert scene.usage.asked[0] == ((Grouping.MODEL,), 30)
    assert scene.names()[0] == OPUS
    assert len(scene.names()) == MODELS_OF
    assert [tile.title.text() for tile in scene.page.tiles.tiles] == [
        "Requests", "Input", "From the cache", "Output", "Cost",
    ]  # fmt: skip
    assert scene.page.tiles.tiles[-1].note.text() == "1 model not priced"
    assert scene.page.chart_card.title.text() == "Tokens per day"
    assert scene.page.table.rows.columns[0].title() == "Model"


@pytest.mark.parametrize("period", list(Period))
async def test_every_period_can_be_chosen(scene: Scene, period: Period) -> None:
    await scene.open()
    scene.usage.asked.clear()
    scene.choose(Period.TODAY if period is Period.MONTH else Period.MONTH)
    scene.choose(period)

    await scene.until(lambda: ((Grouping.MODEL,), period.days) in scene.usage.asked)
    await scene.until(lambda: scene.page.asker.found is not None)
    assert scene.page.rooms.memory.value("usage/period") == period.value


@pytest.mark.parametrize(
    ("by", "title", "first"),
    [
        (Grouping.DAY, "Day", "Nov 23"),
        (Grouping.ENDPOINT, "Endpoint", "DeepSeek"),
        (Grouping.SESSION, "Session", "shop-api"),
    ],
)
async def test_every_grouping_can_be_chosen(
    scene: Scene, by: Grouping, title: str, first: str
) -> None:
    await scene.open()
    scene.choose(by=by)

    await scene.until(lambda: scene.names()[0] == first)
    assert scene.page.table.rows.columns[0].title() == title
    assert scene.page.rooms.memory.value("usage/by") == by.value


async def test_today_is_told_apart_by_hours(scene: Scene) -> None:
    await scene.open()
    scene.choose(Period.TODAY, Grouping.DAY)

    await scene.until(lambda: scene.page.chart_card.title.text() == "Tokens per hour")
    assert scene.page.by_box.currentText() == "By hour"
    assert scene.page.table.rows.columns[0].title() == "Hour"


@pytest.mark.parametrize(
    ("measure", "title"),
    [(Measure.COST, "Cost in US dollars per day"), (Measure.REQUESTS, "Requests per day")],
)
async def test_bars_are_made_of_what_is_clicked_without_a_question(
    scene: Scene, measure: Measure, title: str
) -> None:
    await scene.open()
    scene.usage.asked.clear()
    QTest.mouseClick(scene.page.chart_card.measures[measure], LEFT)

    await scene.until(lambda: scene.page.chart_card.title.text() == title)
    assert scene.page.chart_card.measures[measure].isChecked()
    assert scene.page.rooms.memory.value("usage/measure") == measure.value
    assert scene.usage.asked == []


async def test_choices_are_remembered(scene: Scene, memory: QSettings) -> None:
    memory.setValue("usage/period", "week")
    memory.setValue("usage/by", "endpoint")
    memory.setValue("usage/measure", "cost")
    second = Scene(memory)
    await second.open()

    assert second.page.period_box.currentText() == "Last 7 days"
    assert second.page.by_box.currentText() == "By endpoint"
    assert second.page.chart_card.measures[Measure.COST].isChecked()
    second.page.hidden()
    second.page.leave()
    second.page.deleteLater()


async def test_what_is_remembered_and_unknown_is_passed_over(
    scene: Scene, memory: QSettings
) -> None:
    memory.setValue("usage/period", "fortnight")
    second = Scene(memory)

    assert second.page.period_box.currentText() == "Last 30 days"
    second.page.leave()
    second.page.deleteLater()


async def test_finished_requests_are_asked_for_at_most_every_two_seconds(scene: Scene) -> None:
    await scene.open()
    before = len(scene.usage.asked)
    assert scene.page.asker._pause.interval() == 2000
    for _ in range(20):
        scene.finish_a_request()
    await asyncio.sleep(0)
    assert len(scene.usage.asked) == before

    await scene.rest()
    assert len(scene.usage.asked) == before + 3
    await scene.rest()
    assert len(scene.usage.asked) == before + 3


async def test_nothing_is_asked_and_no_timer_runs_while_nothing_happens(scene: Scene) -> None:
    await scene.open()
    await scene.rest()
    before = len(scene.usage.asked)
    for _ in range(50):
        assert not scene.apply()
        scene.page.repaint()
    await asyncio.sleep(0)

    assert len(scene.usage.asked) == before
    assert scene.page.asker.is_resting


async def test_a_hidden_page_asks_nothing_until_it_is_shown_again(scene: Scene) -> None:
    await scene.open()
    await scene.rest()
    scene.page.hidden()
    before = len(scene.usage.asked)
    scene.finish_a_request()
    await asyncio.sleep(0)
    assert len(scene.usage.asked) == before
    assert scene.page.asker.is_resting

    scene.page.shown()
    await scene.until(lambda: len(scene.usage.asked) == before + 3)


async def test_an_answer_to_an_older_question_is_not_shown(scene: Scene) -> None:
    await scene.open()
    scene.usage.gate.clear()
    scene.choose(by=Grouping.ENDPOINT)
    await asyncio.sleep(0)
    scene.choose(by=Grouping.SESSION)
    scene.usage.gate.set()

    await scene.until(lambda: scene.names()[0] == "shop-api")
    found = scene.page.asker.found
    assert found is not None
    assert found.asked.by is Grouping.SESSION


async def test_without_usage_there_is_a_sentence_and_no_chart_is_loaded(scene: Scene) -> None:
    scene.usage.found = {}
    scene.page.show()
    scene.page.shown()
    scene.apply()
    await scene.until(lambda: scene.page.stack.currentWidget() is scene.page.empty)

    assert scene.page.empty.sentence.text() == "Nothing was used in this period."
    assert not scene.page.export.isEnabled()
    assert scene.page.chart_card.wants_loading
    scene.choose(Period.ALL)
    await scene.until(lambda: scene.page.empty.sentence.text().startswith("Nothing used yet."))


async def test_a_history_that_is_shorter_says_since_when(scene: Scene) -> None:
    scene.usage.reach = Coverage(NOW - timedelta(days=3))
    await scene.open()
    assert scene.page.since.text() == "since Nov 20"
    assert scene.page.trouble.isHidden()

    scene.choose(Period.TODAY)
    await scene.until(lambda: scene.page.since.text() == "")


async def test_what_is_wrong_with_the_history_is_said(scene: Scene) -> None:
    scene.usage.reach = Coverage(NOW - timedelta(days=99), HistoryTrouble.FULL)
    await scene.open()

    assert scene.page.trouble.isVisibleTo(scene.page)
    assert scene.page.trouble.text().startswith("The disk is full.")


async def test_sessions_of_earlier_days_are_called_by_their_folder(scene: Scene) -> None:
    scene.usage.where = {"5d1f2b90-0000-4000-8000-2b6f7a9c0d11": "/home/ada/old-project"}
    await scene.open()
    scene.choose(by=Grouping.SESSION)

    await scene.until(lambda: "old-project" in scene.names())
    assert "shop-api" in scene.names()


async def test_the_history_is_deleted_after_a_question(scene: Scene) -> None:
    await scene.open()
    scene.page.forget.trigger()
    question = scene.page.question
    assert question is not None
    scene.page.forget.trigger()
    assert scene.page.question is question
    QTest.mouseClick(question.delete_button, LEFT)

    await scene.until(lambda: scene.page.stack.currentWidget() is scene.page.empty)
    await scene.until(lambda: scene.page.question is None)
    assert scene.board.notices[-1].title == "The history is deleted."
    assert scene.page.since.text() == "since Nov 23"


async def test_a_history_is_kept_when_the_question_is_dismissed(scene: Scene) -> None:
    await scene.open()
    scene.page.forget.trigger()
    assert scene.page.question is not None
    QTest.keyClick(scene.page.question, Qt.Key.Key_Escape)

    await scene.until(lambda: scene.page.question is None)
    assert scene.is_full()
    assert scene.board.notices == []


async def test_return_alone_deletes_nothing(scene: Scene) -> None:
    await scene.open()
    scene.page.forget.trigger()
    assert scene.page.question is not None
    QTest.keyClick(scene.page.question, Qt.Key.Key_Return)

    await scene.until(lambda: scene.page.question is None)
    assert scene.is_full()
    assert scene.usage.found


async def test_a_history_that_cannot_be_deleted_is_reported(scene: Scene) -> None:
    scene.usage.refusal = UserFacingError("The history could not be deleted.", "Why.")
    await scene.open()
    scene.page.forget.trigger()
    assert scene.page.question is not None
    scene.page.question.accept()

    await scene.until(lambda: bool(scene.board.notices))
    assert scene.board.notices[0].title == "The history could not be deleted."
    assert scene.is_full()


async def test_pyqtgraph_is_not_loaded_before_there_is_something_to_draw() -> None:
    program = (
        "import sys\n"
        "import qcc_desktop.ui.usage.page\n"
        "sys.exit(any(name.startswith(('pyqtgraph', 'numpy')) for name in sys.modules))\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program)
    assert await process.wait() == 0


@pytest.mark.logs("The chart cannot be loaded")
async def test_without_the_library_a_sentence_stands_for_the_chart(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, CHART, raising=False)
    monkeypatch.setitem(sys.modules, "pyqtgraph", None)
    card = scene.page.chart_card
    scene.page.show()
    scene.page.shown()
    await scene.until(lambda: card.stack.currentWidget() is card.note)

    assert card.note.text() == ("The chart cannot be shown here. The table has the same figures.")
    assert len(scene.names()) == MODELS_OF
    assert not card.wants_loading


async def test_a_chart_that_takes_long_is_announced(scene: Scene) -> None:
    card = scene.page.chart_card
    assert card._patience.interval() == 200
    card._patience.timeout.emit()
    assert card.stack.currentWidget() is card.skeleton
    assert card.skeleton.accessibleName() == "The chart is loading."

    await scene.open()
    assert card.stack.currentWidget() is card.chart
    assert not card._patience.isActive()


async def test_a_program_that_ends_while_the_chart_is_loaded_ends_quietly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    began, may_end = threading.Event(), threading.Event()

    def load() -> type[QWidget]:
        began.set()
        may_end.wait()
        return QWidget

    monkeypatch.setattr("qcc_desktop.ui.usage.chart_card.load_chart", load)
    card = ChartCard()
    loading = asyncio.get_running_loop().create_task(card.load())
    await asyncio.to_thread(began.wait)
    Shiboken.delete(card)
    loading.cancel()
    may_end.set()

    with pytest.raises(asyncio.CancelledError):
        await loading


async def test_costs_nobody_knows_leave_a_sentence_in_the_chart(scene: Scene) -> None:
    await scene.open()
    card = scene.page.chart_card
    scene.usage.found = {
        by: tuple(replace(row, cost_usd=None, has_unpriced=True) for row in rows)
        for by, rows in usage_month().items()
    }
    scene.page._choose_measure(Measure.COST)
    scene.choose(by=Grouping.ENDPOINT)

    await scene.until(lambda: card.stack.currentWidget() is card.note)
    assert card.note.text() == "No price is known for the models used."
    assert scene.page.tiles.tiles[-1].value.text() == "not priced"
    QTest.mouseClick(card.measures[Measure.TOKENS], LEFT)
    await scene.until(lambda: card.stack.currentWidget() is card.chart)


async def test_a_bar_says_its_figures_under_the_mouse(scene: Scene) -> None:
    await scene.open()
    chart = scene.page.chart_card.chart
    assert chart is not None
    assert chart.look is not None
    await scene.until(lambda: chart.place_at(chart.centre_of(29).x()) == 29)
    QTest.mouseMove(chart, chart.centre_of(29).toPoint())
    hint = chart.look.hints[29]
    await scene.until(lambda: QToolTip.text() == hint)

    assert chart.place_at(0) == -1
    assert QToolTip.text().startswith("Nov 23: ")
    QTest.mouseMove(chart, QPoint(1, 1))
    await scene.until(lambda: chart._under_mouse == -1)


async def test_the_chart_can_be_read_aloud(scene: Scene) -> None:
    await scene.open()
    chart = scene.page.chart_card.chart
    assert chart is not None

    assert chart.accessibleName() == "Tokens per day"
    assert chart.accessibleDescription().startswith("Tokens per day, Oct 25 to Nov 23: ")
    assert chart.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert scene.page.table.focusPolicy() & Qt.FocusPolicy.TabFocus


async def test_the_chart_follows_the_theme(scene: Scene, qapp: QApplication) -> None:
    await scene.open()
    chart = scene.page.chart_card.chart
    assert chart is not None
    look = Look(qapp, scene.page)
    look.adopt(scene.page)
    for theme, tone in ((Theme.DARK, Tone.DARK), (Theme.LIGHT, Tone.LIGHT)):
        look.choose(theme)
        await scene.until(lambda: not look.dressing.is_running)
        drawn = chart._bars[0].opts["brush"].color()
        assert drawn == colour(Role.ACCENT, tone)
        assert chart._view.backgroundBrush().color() == colour(Role.CARD, tone)


async def test_lines_lead_to_sessions_and_endpoints(scene: Scene) -> None:
    await scene.open()
    scene.choose(by=Grouping.ENDPOINT)
    await scene.until(lambda: scene.names()[0] == "DeepSeek")
    scene.page.table.select("DeepSeek")
    QTest.keyClick(scene.page.table, Qt.Key.Key_Return)
    assert scene.went == [(PageName.ENDPOINTS, "ep-deepseek")]

    scene.choose(by=Grouping.SESSION)
    await scene.until(lambda: scene.names()[0] == "shop-api")
    for key in [row.key for row in scene.page.table.rows.rows]:
        scene.page.table.opened.emit(key)
    known = {view.key for view in busy_day().sessions}
    assert {subject for _, subject in scene.went[1:]} == known


async def test_a_file_is_chosen_written_and_offered(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    await scene.open()
    scene.choose(Period.WEEK, Grouping.ENDPOINT)
    QTest.mouseClick(scene.page.export, LEFT)
    dialog = scene.page.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "用量.csv"))
    dialog.close()

    await scene.until(lambda: bool(scene.board.notices))
    wanted = (Grouping.DAY, Grouping.ENDPOINT)
    assert scene.usage.saved == [(tmp_path / "用量.csv", wanted, 7)]
    notice = scene.board.notices[0]
    assert notice.title == "Saved as 用量.csv."
    assert notice.action_label == "Show in folder"
    assert notice.action is not None
    notice.action()
    assert [Path(path) for path in opened] == [tmp_path]
    assert scene.page.dialog is None


async def test_a_file_that_cannot_be_written_is_reported(scene: Scene, tmp_path: Path) -> None:
    scene.usage.refusal = UserFacingError("The file could not be saved.", "Disk full.")
    await scene.open()
    QTest.mouseClick(scene.page.export, LEFT)
    assert scene.page.dialog is not None
    scene.page.dialog.fileSelected.emit(str(tmp_path / "usage.csv"))

    await scene.until(lambda: bool(scene.board.notices))
    assert scene.board.notices[0].title == "The file could not be saved."
    scene.page.leave()
    assert scene.page.dialog is None


async def test_the_page_changes_its_language_while_it_is_open(
    scene: Scene, qapp: QApplication
) -> None:
    await scene.open()
    translations = Translations(scene.page)
    translations.choose(Language.CHINESE)
    try:
        await scene.until(lambda: scene.page.chart_card.title.text() == "每天 token 数")
        assert scene.page.title.text() == "用量"
        assert scene.page.by_box.currentText() == "按模型"
        assert scene.page.tiles.tiles[-1].note.text() == "1 个模型无定价"
        chart = scene.page.chart_card.chart
        assert chart is not None
        await scene.until(lambda: "11月23日" in chart.accessibleDescription())
    finally:
        translations.choose(Language.ENGLISH)
        await scene.until(lambda: scene.page.chart_card.title.text() == "Tokens per day")


async def test_headline_figures_fill_the_width_of_small_windows(scene: Scene) -> None:
    await scene.open()
    tiles = scene.page.tiles
    assert len({tile.y() for tile in tiles.tiles}) == 1

    scene.page.resize(600, 420)
    await scene.until(lambda: len({tile.y() for tile in tiles.tiles}) == 2)
    assert tiles.tiles[2].geometry().right() == tiles.tiles[4].geometry().right()
