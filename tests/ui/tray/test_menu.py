"""The menu: what it shows, what it asks for, and that it changes in place."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from qcc_desktop.core.config import Config
from qcc_desktop.core.settings import Strategy
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.services.shells import Shell
from qcc_desktop.ui.tray.look import TrayLook
from qcc_desktop.ui.tray.menu import TrayMenu
from qcc_desktop.ui.tray.presenter import present
from tests.helpers.desk_fakes import NOW, four_endpoints


def look_for(snapshot: Snapshot, folders: tuple[str, ...] = ()) -> TrayLook:
    return present(snapshot, Config(recent_folders=folders), NOW)


@pytest.fixture
def menu(qtbot: QtBot) -> TrayMenu:
    made = TrayMenu()
    qtbot.addWidget(made)
    made.apply(look_for(four_endpoints(), ("/home/ada/shop & co",)))
    return made


def test_the_switch_comes_first_and_the_status_line_second(menu: TrayMenu) -> None:
    assert menu.actions()[:2] == [menu.running, menu.status]
    assert menu.running.isChecked()
    assert not menu.status.isEnabled()


def test_clicks_become_wishes(menu: TrayMenu, qtbot: QtBot) -> None:
    with qtbot.waitSignal(menu.running_requested) as running:
        menu.running.trigger()
    with qtbot.waitSignal(menu.enabled_requested) as enabled:
        menu.endpoint("ep-anthropic").trigger()
    with qtbot.waitSignal(menu.pin_requested) as pinned:
        menu.pin("ep-relay-a").trigger()
    with qtbot.waitSignal(menu.pin_requested) as unpinned:
        menu.pin_none.trigger()
    with qtbot.waitSignal(menu.strategy_requested) as strategy:
        menu.strategies[Strategy.FASTEST].trigger()
    with qtbot.waitSignal(menu.environment_requested) as shell:
        menu.environment_menu.actions()[0].trigger()
    with qtbot.waitSignal(menu.continue_requested) as last:
        menu.go_on.trigger()
    with qtbot.waitSignal(menu.launch_in_requested) as folder:
        menu.recent_menu.actions()[0].trigger()

    assert running.args == [False]
    assert enabled.args == ["ep-anthropic", True]
    assert pinned.args == ["ep-relay-a"]
    assert unpinned.args == [None]
    assert strategy.args == [Strategy.FASTEST]
    assert shell.args is not None
    assert isinstance(shell.args[0], Shell)
    assert folder.args == ["/home/ada/shop & co"]
    assert last.args == ["/home/ada/shop & co"]


def test_names_with_ampersands_are_shown_as_they_are(menu: TrayMenu) -> None:
    assert menu.recent_menu.actions()[0].text() == "shop && co"


def test_an_update_keeps_every_entry_that_stays(menu: TrayMenu) -> None:
    before = {key: menu.endpoint(key) for key in ("ep-relay-a", "ep-deepseek", "ep-moonshot")}
    snapshot = four_endpoints()
    views = (*reversed(snapshot.endpoints[:3]),)

    menu.apply(look_for(replace(snapshot, endpoints=views)))

    shown = [action for action in menu.actions() if action in before.values()]
    assert shown == [before["ep-moonshot"], before["ep-deepseek"], before["ep-relay-a"]]
    with pytest.raises(KeyError):
        menu.endpoint("ep-anthropic")


def test_ticks_follow_the_state_and_not_the_click(menu: TrayMenu) -> None:
    menu.endpoint("ep-deepseek").trigger()
    menu.apply(look_for(four_endpoints()))

    assert menu.endpoint("ep-deepseek").isChecked()
    assert menu.pin("ep-deepseek").isChecked()
    assert not menu.pin_none.isChecked()


def test_choosing_among_endpoints_is_offered_only_where_there_is_a_choice(menu: TrayMenu) -> None:
    snapshot = four_endpoints()
    menu.apply(look_for(replace(snapshot, endpoints=snapshot.endpoints[:1])))

    assert not menu.pin_menu.menuAction().isVisible()
    assert not menu.strategy_menu.menuAction().isVisible()


def test_while_quitting_the_last_entry_ends_it_at_once(menu: TrayMenu) -> None:
    menu.apply(present(four_endpoints(), Config(), NOW, is_quitting=True))

    assert menu.quit.text() == "Quit now"


def test_the_last_session_can_be_continued_once_there_was_a_folder(menu: TrayMenu) -> None:
    assert menu.go_on.text() == "Continue last session in shop && co"
    assert menu.go_on.isVisible()

    menu.apply(look_for(four_endpoints()))

    assert not menu.go_on.isVisible()
