"""The settings page: every option there is, changed at once, found by search."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest_asyncio
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox

from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.core.settings import Language, Settings, Strategy, options
from qcc_desktop.system.autostart.state import AutostartStatus
from qcc_desktop.ui.i18n import Translations
from qcc_desktop.ui.page import Moment
from qcc_desktop.ui.settings.controls import SuggestionControl
from qcc_desktop.ui.settings.page import SettingsPage
from qcc_desktop.ui.settings.presenter import SECTIONS, choice_word, rows_of, section_of
from tests.helpers.desk_fakes import NOW, FakeServices, FakeState, four_endpoints
from tests.helpers.rooms import Board, new_rooms


class Scene:
    """The page over fakes."""

    def __init__(self, memory: QSettings) -> None:
        self.fakes = FakeServices(FakeState(four_endpoints()))
        self.page = SettingsPage(new_rooms(self.fakes, Board(), memory, []))
        self.page.resize(800, 600)

    def show(self) -> None:
        self.page.apply(Moment(self.fakes.state.snapshot, self.fakes.config, NOW))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0)


@pytest_asyncio.fixture
async def scene(qapp: QApplication, memory: QSettings) -> AsyncIterator[Scene]:
    made = Scene(memory)
    made.page.show()
    await made.until(lambda: len(made.page.rows) == len(options()))
    yield made
    made.page.deleteLater()


def test_every_option_has_a_section_and_every_choice_a_word() -> None:
    for key, option in options().items():
        assert section_of(key) in SECTIONS
        for choice in option.choices:
            assert choice_word(key, choice)


def test_a_row_says_its_default_in_words() -> None:
    rows = {row.option.key: row for row in rows_of(Settings())}

    assert rows["breaker.open_seconds"].default == "60 s"
    assert rows["routing.strategy"].default == "In order, next on failure"
    assert rows["claude.terminal"].default == "empty"
    assert rows["notify.quota"].default == "on"
    assert all(row.is_default for row in rows.values())


async def test_every_option_is_on_the_page(scene: Scene) -> None:
    assert set(scene.page.rows) == set(options())
    for row in scene.page.rows.values():
        assert row.control.widget.accessibleName()
        assert row.help.text()


async def test_a_switch_a_choice_a_number_and_a_text_change_their_options(scene: Scene) -> None:
    rows = scene.page.rows
    QTest.mouseClick(rows["notify.recovery"].control.widget, Qt.MouseButton.LeftButton)
    await scene.until(lambda: ("set", "notify.recovery", False) in scene.fakes.calls)

    box = rows["routing.strategy"].control.widget
    assert isinstance(box, QComboBox)
    box.activated.emit(box.findData(str(Strategy.FASTEST)))
    await scene.until(lambda: scene.fakes.config.settings.routing_strategy is Strategy.FASTEST)

    spin = rows["routing.max_attempts"].control.widget
    assert isinstance(spin, QSpinBox)
    spin.setValue(7)
    await scene.until(lambda: scene.fakes.config.settings.routing_max_attempts == 7)

    line = rows["notify.quiet_from"].control.widget
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "22:30")
    QTest.keyClick(line, Qt.Key.Key_Return)
    await scene.until(lambda: scene.fakes.config.settings.notify_quiet_from == "22:30")


async def test_a_changed_option_goes_back_to_its_default_with_one_button(scene: Scene) -> None:
    row = scene.page.rows["breaker.failure_threshold"]
    assert not row.reset.isVisible()
    await scene.page.rooms.services.preferences.set("breaker.failure_threshold", 9)
    scene.show()
    assert row.reset.isVisible()

    QTest.mouseClick(row.reset, Qt.MouseButton.LeftButton)
    await scene.until(lambda: scene.fakes.config.settings.breaker_failure_threshold == 3)
    scene.show()
    assert not row.reset.isVisible()


async def test_a_value_that_is_refused_is_said_at_its_row_and_stays_to_be_mended(
    scene: Scene,
) -> None:
    row = scene.page.rows["upstream.ca_file"]
    line = row.control.widget
    assert isinstance(line, QLineEdit)
    scene.fakes.refusal = InvalidInput({"upstream.ca_file": "There is no file x."})
    QTest.keyClicks(line, "x")
    QTest.keyClick(line, Qt.Key.Key_Return)

    await scene.until(row.fault.isVisible)
    assert "There is no file x." in row.fault.text()
    assert line.text() == "x"

    scene.fakes.refusal = None
    line.clear()
    QTest.keyClick(line, Qt.Key.Key_Return)
    await scene.until(lambda: not row.fault.isVisible())


async def test_a_time_that_is_none_is_named_by_its_label_and_stays(scene: Scene) -> None:
    row = scene.page.rows["notify.quiet_from"]
    line = row.control.widget
    assert isinstance(line, QLineEdit)
    said = "notify.quiet_from must be a time of day such as 22:00, or empty."
    scene.fakes.refusal = InvalidInput({"notify.quiet_from": said})
    QTest.keyClicks(line, "25:00")
    QTest.keyClick(line, Qt.Key.Key_Return)

    await scene.until(row.fault.isVisible)
    assert row.fault.text() == "Quiet from must be a time of day such as 22:00, or empty."
    assert line.text() == "25:00"


async def test_a_page_that_is_still_being_made_is_never_squeezed(
    qapp: QApplication, memory: QSettings
) -> None:
    made = Scene(memory)
    made.page.show()
    while len(made.page.rows) < len(options()):
        for row in made.page.rows.values():
            assert row.isVisible()
            assert row.height() >= row.heightForWidth(row.width()) > 0
        await asyncio.sleep(0)
    made.page.deleteLater()


async def test_a_long_path_leaves_the_label_its_room(scene: Scene) -> None:
    row = scene.page.rows["claude.executable"]
    assert isinstance(row.control, SuggestionControl)
    long = "/home/ada/" + "very-long-folder/" * 12 + "claude"
    row.control.suggest(((long, f"npm · 2.1.330 · {long}"),))
    QApplication.processEvents()

    assert row.control.widget.width() <= 200
    assert row.label.width() > 400


async def test_what_waits_for_a_restart_says_so_and_offers_it(scene: Scene) -> None:
    row = scene.page.rows["server.port"]
    spin = row.control.widget
    assert isinstance(spin, QSpinBox)
    spin.setValue(9999)
    await scene.until(row.later.isVisible)

    QTest.mouseClick(row.restart, Qt.MouseButton.LeftButton)
    await scene.until(lambda: ("turn_on",) in scene.fakes.calls)
    assert ("turn_off",) in scene.fakes.calls
    assert not row.later.isVisible()


async def test_a_search_shows_what_fits_and_says_when_nothing_does(scene: Scene) -> None:
    scene.page.search.setText("time-out")
    shown = {key for key, row in scene.page.rows.items() if row.isVisible()}
    assert "routing.connect_timeout" in shown
    assert "ui.theme" not in shown
    assert not scene.page.headings["notify"].isVisible()

    scene.page.search.setText("no such thing")
    assert scene.page.nothing.isVisible()
    scene.page.search.clear()
    assert scene.page.rows["ui.theme"].isVisible()


async def test_another_page_leads_to_an_option_far_below_that_was_not_made_yet(
    qapp: QApplication, memory: QSettings
) -> None:
    made = Scene(memory)
    made.page.show()

    made.page.go_to("claude.executable")

    widget = made.page.rows["claude.executable"].control.widget
    await made.until(lambda: not widget.visibleRegion().isEmpty())
    made.page.deleteLater()


async def test_another_page_leads_to_one_option(scene: Scene) -> None:
    scene.page.go_to("server.port")
    assert scene.page.focusWidget() is scene.page.rows["server.port"].control.widget


async def test_start_at_login_shows_what_the_system_says(scene: Scene) -> None:
    start = scene.page.start_row
    QTest.mouseClick(start.switch, Qt.MouseButton.LeftButton)
    await scene.until(lambda: scene.fakes.autostart.status is AutostartStatus.ON)
    await scene.until(start.switch.isChecked)

    scene.fakes.autostart.status = AutostartStatus.BLOCKED
    scene.page.shown()
    await scene.until(start.fault.isVisible)
    assert not start.switch.isChecked()


async def test_scrolling_over_an_input_does_not_change_it(scene: Scene) -> None:
    spin = scene.page.rows["routing.max_attempts"].control.widget
    assert isinstance(spin, QSpinBox)
    middle = QPointF(spin.rect().center())
    turned = QWheelEvent(
        middle,
        QPointF(spin.mapToGlobal(spin.rect().center())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(spin, turned)
    assert spin.value() == 4


async def test_another_language_reaches_every_row(scene: Scene, qapp: QApplication) -> None:
    translations = Translations(qapp)
    translations.choose(Language.CHINESE)
    try:
        await scene.until(lambda: scene.page.title.text() == "设置")
        assert scene.page.rows["ui.theme"].label.text() == "配色"
        box = scene.page.rows["ui.theme"].control.widget
        assert isinstance(box, QComboBox)
        assert box.itemText(2) == "深色"
        spin = scene.page.rows["routing.connect_timeout"].control.widget
        assert isinstance(spin, QDoubleSpinBox)
        assert spin.text() == "5 秒"
    finally:
        translations.choose(Language.ENGLISH)


async def test_terminals_and_programs_that_were_found_are_suggested(scene: Scene) -> None:
    terminal = scene.page.rows["claude.terminal"].control.widget
    program = scene.page.rows["claude.executable"].control.widget
    assert isinstance(terminal, QComboBox)
    assert isinstance(program, QComboBox)

    scene.page.shown()
    await scene.until(lambda: terminal.count() == 2 and program.count() == 1)
    assert terminal.currentText() == ""
    assert program.itemText(0).startswith("2.1.330 · Anthropic's installer · ")

    terminal.activated.emit(terminal.findText("kitty"))
    await scene.until(lambda: scene.fakes.config.settings.claude_terminal == "kitty")


async def test_suggestions_that_arrive_leave_what_is_being_typed(scene: Scene) -> None:
    terminal = scene.page.rows["claude.terminal"].control.widget
    assert isinstance(terminal, QComboBox)
    line = terminal.lineEdit()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "kon")

    scene.page.shown()
    await scene.until(lambda: terminal.count() == 2)

    assert terminal.currentText() == "kon"
