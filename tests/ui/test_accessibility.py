"""What a person hears and reaches who does not see the window, or has no mouse."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
import pytest_asyncio
from PySide6.QtCore import QEvent, QObject, QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QMenu, QWidget
from typing_extensions import override

from qcc_desktop.core.settings import Language
from qcc_desktop.ui.endpoints.room import EndpointsRoom
from qcc_desktop.ui.overview.page import OverviewPage
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.sessions.page import SessionsPage
from tests.helpers.desk_samples import busy_day
from tests.helpers.desk_stage import LANGUAGES, PAGES, Stage
from tests.helpers.heard import controls, heard, place_in, tab_way

ROLE = QAccessible.Role


@pytest_asyncio.fixture
async def stage(qapp: QApplication, memory: QSettings) -> AsyncIterator[Stage]:
    made = Stage(qapp, memory)
    yield made
    await made.close()


DIALOGS = (
    "new endpoint",
    "edit endpoint",
    "paste",
    "results",
    "takeover",
    "folder",
    "reader",
    "import",
)


def faults_of(root: QWidget) -> list[str]:
    """What a screen reader could not make clear."""
    every = list(controls(root))
    nameless = [f"nameless: {each}" for each in every if each.is_nameless]
    told = Counter((each.role, each.name, each.description) for each in every)
    alike = [f"alike: {key[1]!r} {key[2]!r}" for key, count in told.items() if count > 1]
    return nameless + alike


class Windows(QObject):
    """Notes windows that appear on the screen."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seen: list[str] = []
        app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        is_meant = isinstance(watched, QDialog | QMainWindow)
        if event.type() is QEvent.Type.Show and is_window and not is_meant:
            self.seen.append(type(watched).__name__)
        return False


async def test_pages_and_dialogs_flash_no_other_window(stage: Stage, qapp: QApplication) -> None:
    windows = Windows(qapp)
    for name in PAGES:
        await stage.open(name)
    stage.fakes.state.show(busy_day())
    for make in stage.dialogs().values():
        dialog = make()
        dialog.open()
        await stage.until(dialog.isVisible)
        dialog.reject()
        await asyncio.sleep(0)
    qapp.removeEventFilter(windows)

    assert not windows.seen


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_control_of_every_page_has_a_name_and_a_role(
    stage: Stage, language: Language
) -> None:
    await stage.speak(language)
    faults: list[str] = []
    for name in PAGES:
        await stage.open(name)
        faults += [f"{name}: {fault}" for fault in faults_of(stage.window)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_control_of_every_dialog_has_a_name_and_a_role(
    stage: Stage, language: Language
) -> None:
    await stage.speak(language)
    await stage.open(PageName.ENDPOINTS)
    faults: list[str] = []
    assert set(DIALOGS) == set(stage.dialogs())
    for name, make in stage.dialogs().items():
        dialog = make()
        dialog.open()
        await stage.until(dialog.isVisible)
        faults += [f"{name}: {fault}" for fault in faults_of(dialog)]
        dialog.reject()
        await asyncio.sleep(0)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", PAGES)
async def test_tab_visits_every_control_of_a_page_once_in_reading_order(
    stage: Stage, name: PageName
) -> None:
    page = await stage.open(name)
    way = tab_way(stage.window)

    wanted = {each.widget for each in controls(stage.window) if can_be_visited(each.widget)}
    assert set(way) == wanted, [str(heard(widget)) for widget in wanted ^ set(way)]
    window = stage.window
    areas = (window.sidebar, window.header, page, window.footer)
    begin = next(at for at, widget in enumerate(way) if window.sidebar.isAncestorOf(widget))
    turned = way[begin:] + way[:begin]
    visited = [next(a for a in areas if a.isAncestorOf(widget)) for widget in turned]
    assert visited == sorted(visited, key=areas.index)
    back = tab_way(window, backward=True)
    assert back[back.index(way[0]) :] + back[: back.index(way[0])] == [way[0], *way[:0:-1]]
    assert_reading_order([widget for widget in turned if page.isAncestorOf(widget)], page)


def assert_reading_order(way: list[QWidget], page: QWidget) -> None:
    """Whatever is wholly below another thing and not to its left comes after it."""
    for before, after in pairwise(way):
        above = place_in(page, before).y()
        bottom = place_in(page, after).y() + after.height()
        goes_back = bottom <= above and place_in(page, after).x() <= place_in(page, before).x()
        assert not goes_back, f"{heard(before)} then {heard(after)}"


def can_be_visited(widget: QWidget) -> bool:
    return widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


@pytest.mark.parametrize("name", DIALOGS)
async def test_tab_visits_every_control_of_a_dialog_and_escape_closes_it(
    stage: Stage, name: str
) -> None:
    await stage.open(PageName.ENDPOINTS)
    dialog = stage.dialogs()[name]()
    dialog.open()
    dialog.activateWindow()
    await stage.until(dialog.isActiveWindow)
    await stage.until(lambda: QApplication.focusWidget() is not None)

    way = tab_way(dialog)
    wanted = {each.widget for each in controls(dialog) if can_be_visited(each.widget)}
    assert set(way) == wanted, [str(heard(widget)) for widget in wanted ^ set(way)]

    closed: list[int] = []
    dialog.finished.connect(closed.append)
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert closed


async def test_what_paints_itself_says_what_it_is(stage: Stage) -> None:
    page = await stage.open(PageName.OVERVIEW)
    assert isinstance(page, OverviewPage)
    card = page.cards[0]
    assert heard(card).role is ROLE.Button
    assert heard(card).name == "Relay A, Cooling down"
    assert heard(card.again).name == "Try now: Relay A"
    assert heard(card.trace).role is ROLE.Graphic
    assert heard(card.trace).description.endswith("s")
    assert heard(page.bars).role is ROLE.Chart
    assert heard(page.bars).description == page.rate.text()
    assert heard(page.lines).name == "Time to first token"
    assert "within" in heard(page.lines).description
    assert heard(stage.window.header.switch).role is ROLE.CheckBox
    entry = stage.window.sidebar.entries[PageName.ENDPOINTS]
    assert heard(entry).role is ROLE.RadioButton
    assert heard(entry).description == "2 out"


async def test_a_screen_reader_can_press_a_card(stage: Stage) -> None:
    page = await stage.open(PageName.OVERVIEW)
    assert isinstance(page, OverviewPage)
    spoken = QAccessible.queryAccessibleInterface(page.cards[0])
    assert spoken is not None
    actions = spoken.actionInterface()
    assert actions is not None
    assert actions.pressAction() in actions.actionNames()

    actions.doAction(actions.pressAction())

    await stage.until(lambda: stage.window.pages.name is PageName.ENDPOINTS)


def ask_for(widget: QWidget, *, toggle: bool) -> None:
    """Do what a screen reader asks a widget for."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    assert spoken is not None
    actions = spoken.actionInterface()
    assert actions is not None
    action = actions.toggleAction() if toggle else actions.pressAction()
    assert action in actions.actionNames()
    actions.doAction(action)


@pytest.mark.parametrize("toggle", [True, False])
async def test_a_screen_reader_can_switch_and_change_pages(stage: Stage, toggle: bool) -> None:
    await stage.open(PageName.OVERVIEW)
    entry = stage.window.sidebar.entries[PageName.SESSIONS]
    spoken = QAccessible.queryAccessibleInterface(entry)
    assert spoken is not None
    assert not spoken.state().checked

    ask_for(entry, toggle=toggle)
    await stage.until(lambda: stage.window.pages.name is PageName.SESSIONS)
    assert spoken.state().checked
    ask_for(stage.window.header.switch, toggle=toggle)
    await stage.until(lambda: ("turn_off",) in stage.fakes.calls)


@pytest.mark.parametrize("name", [PageName.ENDPOINTS, PageName.SETTINGS])
async def test_what_stands_before_an_input_names_it(stage: Stage, name: PageName) -> None:
    root: QWidget = await stage.open(name)
    if name is PageName.ENDPOINTS:
        root = stage.dialogs()["edit endpoint"]()
    labels = [label for label in root.findChildren(QLabel) if label.buddy() is not None]
    assert len(labels) > 10
    for label in labels:
        buddy = label.buddy()
        assert buddy is not None
        assert buddy.accessibleName() == label.text()
    if isinstance(root, QDialog):
        root.reject()


@pytest.mark.parametrize(
    ("keys", "page"), [("F1", PageName.HELP), ("Ctrl+,", PageName.SETTINGS), ("Ctrl+3", "sessions")]
)
async def test_keys_open_pages(stage: Stage, keys: str, page: str) -> None:
    await stage.open(PageName.OVERVIEW)
    QTest.keySequence(stage.window, QKeySequence(keys))
    await stage.until(lambda: stage.window.pages.name == page)
    focused: QWidget | None = QApplication.focusWidget()
    assert focused is not None
    assert stage.window.isAncestorOf(focused)


async def test_a_key_adds_an_endpoint_from_any_page(stage: Stage) -> None:
    await stage.open(PageName.USAGE)
    QTest.keySequence(stage.window, QKeySequence("Ctrl+N"))
    room = stage.window.pages.page(PageName.ENDPOINTS)
    assert isinstance(room, EndpointsRoom)
    await stage.until(lambda: room.editing.editor is not None)
    room.editing.close()


async def test_a_key_quits_as_the_menu_does(stage: Stage) -> None:
    await stage.open(PageName.OVERVIEW)
    QTest.keySequence(stage.window, QKeySequence("Ctrl+Q"))
    assert ("quit",) in stage.fakes.calls


async def test_a_key_closes_the_window(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.window, "_has_tray", lambda: True)
    await stage.open(PageName.OVERVIEW)
    QTest.keySequence(stage.window, QKeySequence("Ctrl+W"))
    assert not stage.window.isVisible()


@pytest.mark.parametrize(
    "name", [PageName.ENDPOINTS, PageName.SESSIONS, PageName.REQUESTS, PageName.SETTINGS]
)
async def test_a_key_searches_and_escape_empties_the_search(stage: Stage, name: PageName) -> None:
    await stage.open(name)
    stage.window.header.switch.setFocus()
    QTest.keySequence(stage.window, QKeySequence(QKeySequence.StandardKey.Find))
    search = QApplication.focusWidget()
    assert search is not None
    QTest.keyClicks(search, "zzz")
    assert search.property("text") == "zzz"

    QTest.keyClick(search, Qt.Key.Key_Escape)

    assert search.property("text") == ""
    assert stage.window.isVisible()


@pytest.mark.parametrize("name", [PageName.ENDPOINTS, PageName.SESSIONS])
async def test_the_menu_key_opens_the_menu_of_the_selected_row(
    stage: Stage, name: PageName
) -> None:
    page = await stage.open(name)
    chosen = ""
    if isinstance(page, EndpointsRoom):
        table: QWidget = page.view.table
        page.view.table.select("ep-moonshot")
    else:
        assert isinstance(page, SessionsPage)
        table = page.table
        page.table.selectRow(1)
        chosen = page.table.selected_key
    table.setFocus()

    where = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(table, where)

    menus = [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    assert menus
    if not isinstance(page, EndpointsRoom):
        assert page.table.selected_key == chosen
    menus[0].close()
