"""What the interface costs while nothing happens: no window before it is needed, and no timer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcc_desktop.ui.bridge import Bridge
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.desk import Desk
from qcc_desktop.ui.page import PageName
from tests.helpers.desk_fakes import FakeServices, FakeState, fresh_endpoints, new_bus
from tests.helpers.opening import open_now

_SECOND_MS = 1000


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    fakes = FakeServices(FakeState(fresh_endpoints()))
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Desk(qapp, fakes.services(), Bridge(fakes.state, new_bus()), memory)
    yield made
    made.close()
    made.deleteLater()


def _running(desk: Desk) -> list[int]:
    """Return the intervals of the timers that run, in milliseconds."""
    timers = desk.findChildren(QTimer)
    if desk.has_window:
        timers += desk.window.findChildren(QTimer)
    return [timer.interval() for timer in timers if timer.isActive()]


async def test_in_the_tray_there_is_no_window_and_no_timer_whatever_is_said(desk: Desk) -> None:
    desk.tray.show()
    desk.announce(["The configuration was put aside."])
    desk.show_notice(Notice("Port 7860 is taken."))
    desk.refresh()

    assert (desk.has_window, _running(desk)) == (False, [])


@pytest.mark.parametrize("name", [PageName.OVERVIEW, PageName.ENDPOINTS, PageName.SESSIONS])
async def test_an_open_window_has_no_timer_faster_than_a_second_and_a_closed_one_none(
    desk: Desk, qtbot: QtBot, name: PageName
) -> None:
    open_now(desk, name)
    qtbot.waitUntil(lambda: not desk.window.pages.loading.is_running)
    qtbot.waitUntil(lambda: all(each >= _SECOND_MS for each in _running(desk)))

    desk.window.close()

    qtbot.waitUntil(lambda: _running(desk) == [])
