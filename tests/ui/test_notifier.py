"""Where a message is shown, and where a click leads."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from qcc_desktop.core.alert import Alert, AlertKind
from qcc_desktop.system.notifications.message import DesktopMessage, Urgency
from qcc_desktop.ui.contracts import Notice, NoticeKind
from qcc_desktop.ui.notifier import Front, Notifier
from qcc_desktop.ui.page import PageName
from tests.helpers.desk_fakes import StillClock

REFUSED = Alert(AlertKind.KEY_REFUSED, "ep-a", "Relay A", "DeepSeek")
BACK = Alert(AlertKind.RECOVERY, "ep-a", "Relay A")


class FakeDesktop:
    """A `DesktopMessages` that takes every message while ``is_there``."""

    def __init__(self) -> None:
        self.is_there = True
        self.messages: asyncio.Queue[DesktopMessage] = asyncio.Queue()
        self.listeners: list[Callable[[str, str], None]] = []

    def subscribe(self, listener: Callable[[str, str], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    async def show(self, message: DesktopMessage) -> bool:
        self.messages.put_nowait(message)
        return self.is_there

    async def message(self) -> DesktopMessage:
        async with asyncio.timeout(5):
            return await self.messages.get()

    def click(self, message: DesktopMessage) -> None:
        for listener in self.listeners:
            listener(message.key, "")


class Stage:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, desktop: FakeDesktop | None = None) -> None:
        self.listeners: list[Callable[[Alert], None]] = []
        self.notices: list[Notice] = []
        self.balloons: list[tuple[str, str]] = []
        self.places: list[tuple[PageName, str] | str] = []
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
            Front(
                self.notices.append,
                lambda: self.in_front,
                lambda page, subject: self.places.append((page, subject)),
                lambda: self.places.append("window"),
            ),
            desktop,
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


@pytest.fixture
def desktop() -> FakeDesktop:
    return FakeDesktop()


@pytest.fixture
def own_stage(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, desktop: FakeDesktop
) -> Iterator[Stage]:
    """A stage whose desktop tells of clicks."""
    made = Stage(monkeypatch, desktop)
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


def test_a_click_after_another_message_opens_no_earlier_endpoint(stage: Stage) -> None:
    stage.tell(REFUSED)
    stage.notifier.show_notice(Notice("QCC Desktop keeps running in the tray."))

    stage.click()

    assert stage.places == ["window"]


async def test_the_desktops_own_service_gets_words_picture_and_urgency(
    own_stage: Stage, desktop: FakeDesktop
) -> None:
    own_stage.tell(REFUSED)
    own_stage.tell(BACK)
    refused, back = await desktop.message(), await desktop.message()

    assert refused.title == "Relay A refused the key"
    assert refused.body == "DeepSeek answers instead. Enter a new key to use it again."
    assert refused.action_label == "Show"
    assert (refused.urgency, back.urgency) == (Urgency.NORMAL, Urgency.LOW)
    assert refused.key == back.key, "the good news takes the place of the bad"
    assert refused.picture is not None
    picture = refused.picture
    assert len(picture.rgba) == picture.width_px * picture.height_px * 4
    assert any(picture.rgba)
    assert not own_stage.balloons


async def test_each_click_leads_to_the_place_of_its_own_message(
    own_stage: Stage, desktop: FakeDesktop
) -> None:
    own_stage.tell(REFUSED)
    own_stage.notifier.show_notice(Notice("QCC Desktop keeps running in the tray."))
    refused, note = await desktop.message(), await desktop.message()

    desktop.click(note)
    desktop.click(refused)

    assert own_stage.places == ["window", (PageName.ENDPOINTS, "ep-a")]


async def test_where_the_service_is_missing_qt_shows_the_message(
    own_stage: Stage, desktop: FakeDesktop
) -> None:
    desktop.is_there = False

    own_stage.tell(BACK)
    await desktop.message()
    async with asyncio.timeout(5):
        while not own_stage.balloons:  # noqa: ASYNC110 - the tray icon has no awaitable
            await asyncio.sleep(0)
    own_stage.click()

    assert own_stage.places == [(PageName.ENDPOINTS, "ep-a")]


async def test_after_the_end_no_click_is_heard_and_qt_does_not_step_in(
    own_stage: Stage, desktop: FakeDesktop
) -> None:
    desktop.is_there = False
    own_stage.tell(REFUSED)
    own_stage.notifier.close()
    desktop.click(await desktop.message())
    await asyncio.sleep(0)

    assert not own_stage.places
    assert not own_stage.balloons
