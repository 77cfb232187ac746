"""The tray object: when it redraws, when it moves, what clicks mean."""

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from qcc_desktop.core.config import Config
from qcc_desktop.core.settings import Settings
from qcc_desktop.ui.theme.palette import Tone
from qcc_desktop.ui.tray.presenter import present
from qcc_desktop.ui.tray.tray import PULSE_MS, Tray
from tests.helpers.desk_fakes import NOW, four_endpoints, no_endpoints


@pytest.fixture
def tray(qapp: QApplication) -> Tray:
    return Tray(qapp, tone=lambda: Tone.LIGHT)


def test_no_timer_runs_while_nothing_runs(tray: Tray) -> None:
    tray.apply(present(no_endpoints(), Config(), NOW))

    assert not tray.is_pulsing


def test_the_icon_pulses_while_requests_run_at_most_twice_a_second(
    tray: Tray, qtbot: QtBot
) -> None:
    assert PULSE_MS >= 500
    tray.apply(present(four_endpoints(), Config(), NOW))
    still = tray.icon.icon().cacheKey()

    qtbot.waitUntil(lambda: tray.icon.icon().cacheKey() != still, timeout=2000)
    assert tray.is_pulsing
    tray.apply(present(no_endpoints(), Config(), NOW))
    assert not tray.is_pulsing


def test_the_icon_stays_still_with_reduced_motion(tray: Tray) -> None:
    config = Config(settings=Settings(ui_reduced_motion=True))

    tray.apply(present(four_endpoints(), config, NOW))

    assert not tray.is_pulsing


def test_the_same_look_is_not_drawn_twice(tray: Tray) -> None:
    look = present(no_endpoints(), Config(), NOW)
    tray.apply(look)
    first = tray.icon.icon().cacheKey()

    tray.apply(look)

    assert tray.icon.icon().cacheKey() == first
    assert tray.icon.toolTip() == look.tooltip


def test_left_opens_the_window_and_middle_switches_the_proxy(tray: Tray, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tray.clicked):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(tray.running_toggle_requested):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.MiddleClick)
    with qtbot.assertNotEmitted(tray.clicked):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.DoubleClick)


def test_where_a_click_opens_the_menu_it_does_nothing_else(qtbot: QtBot) -> None:
    tray = Tray(opens_menu=True)
    with qtbot.assertNotEmitted(tray.clicked):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(tray.running_toggle_requested):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.MiddleClick)
    tray.menu.deleteLater()
    tray.deleteLater()
