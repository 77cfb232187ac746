"""Where a message is shown, and where a click leads."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from qcc_desktop.core.alert import Alert, AlertKind
from qcc_desktop.ui.contracts import Notice, NoticeKind
from qcc_desktop.ui.notifier import Notifier
from qcc_desktop.ui.page import PageName
from tests.helpers.desk_fakes import StillClock

REFUSED = Alert(AlertKind.KEY_REFUSED, "ep-a", "Relay A", "DeepSeek")
BACK = Alert(AlertKind.RECOVERY, "ep-a", "Relay A")


class Stage:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.listeners: list[Callable[[Alert], None]] = []
        self.notices: list[Notice] = []
        self.balloons: list[tuple[str, str]] = []
        self.places: list[tuple[PageName, str]] = []
        self.in_front = False
        self.has_tray = True
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: self.has_tray)
        monkeypatch.setattr(
            QSystemTrayIcon, "showMessage", lambda icon, *words: self.balloons.append(words[:2])
        )
        self.icon = QSystemTrayIcon()
        self.notifier = Notifier(
            self,
            StillClock(),
            self.icon,
            self.notices.append,
            lambda: self.in_front,
            lambda page, subject: self.places.append((page, subject)),
        )

    def subscribe(self, listener: Callable[[Alert], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self, alert: Alert) -> None:
        for listener in self.listeners:
            listener(alert)

    def click(self) -> None:
        self.icon.messageClicked.emit()


@pytest.fixture
def stage(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    made = Stage(monkeypatch)
    yield made
    made.icon.deleteLater()


def test_a_message_goes_to_the_desktop_while_the_window_is_not_in_front(stage: Stage) -> None:
    stage.tell(REFUSED)

    assert stage.balloons == [
        ("Relay A refused the key", "DeepSeek answers instead. Enter a new key to use it again.")
    ]
    assert not stage.notices


def test_a_click_opens_the_endpoint_once(stage: Stage) -> None:
    stage.tell(REFUSED)

    stage.click()
    stage.click()

    assert stage.places == [(PageName.ENDPOINTS, "ep-a")]


def test_a_click_before_any_message_opens_nothing(stage: Stage) -> None:
    stage.click()

    assert not stage.places


@pytest.mark.parametrize("where", ["window in front", "no tray"])
def test_a_message_goes_to_the_window_in_front_or_without_a_tray(stage: Stage, where: str) -> None:
    stage.in_front = where == "window in front"
    stage.has_tray = where != "no tray"

    stage.tell(REFUSED)

    assert not stage.balloons
    (notice,) = stage.notices
    assert notice.title == "Relay A refused the key"
    assert notice.kind is NoticeKind.PROBLEM
    assert notice.lasting_s is None


def test_the_button_of_the_message_in_the_window_opens_the_endpoint(stage: Stage) -> None:
    stage.in_front = True
    stage.tell(BACK)

    (notice,) = stage.notices
    assert notice.action is not None
    notice.action()

    assert notice.lasting_s is not None
    assert stage.places == [(PageName.ENDPOINTS, "ep-a")]


def test_nothing_is_shown_after_the_end(stage: Stage) -> None:
    stage.tell(REFUSED)
    stage.notifier.close()

    stage.tell(BACK)
    stage.click()

    assert len(stage.balloons) == 1
    assert not stage.places
