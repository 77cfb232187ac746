"""Shows messages where the person looks: in the window in front, else on the desktop.

On the desktop they go through the system's own service where that tells of clicks, else through
Qt's tray icon. A click on a message about an endpoint opens it; a click on any other one brings
the window forward.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSystemTrayIcon

from qcc_desktop.core.alert import Alert, AlertKind
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.system.notifications.message import DesktopMessage, Picture, Urgency
from qcc_desktop.ui.activation import activated_by
from qcc_desktop.ui.alert_words import alert_hint, alert_notice_kind, alert_title
from qcc_desktop.ui.contracts import AlertSource, DesktopMessages, Notice, NoticeKind
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.notices import told
from qcc_desktop.ui.page import Go, PageName
from qcc_desktop.ui.theme.icons import app_icon

_LASTING_S = 12.0
_NOTE_S = 6.0
_PROBLEM_S = 15.0
_BALLOON_MS = 5000
"""So long Qt lets the tray icon ask for attention, and shows the message as its tooltip."""

_ENDPOINT = "endpoint/"
_WINDOW = "window"
_PICTURE_PX = 64


@dataclass(frozen=True, slots=True)
class Front:
    """The window, made only when it is needed."""

    show_notice: Callable[[Notice], None]
    is_in_front: Callable[[], bool]
    """Whether the person has it before them."""
    go: Go
    """Bring it forward with a page."""
    come_forward: Callable[[], None]
    """Bring it forward as it is."""


class Notifier(QObject):
    """Listens to ``alerts`` until `close`; ``desktop`` is None where only Qt shows messages.

    Alerts are shown in the window while it is in front, and where there is no tray.
    """

    def __init__(
        self,
        alerts: AlertSource,
        clock: Clock,
        icon: QSystemTrayIcon,
        front: Front,
        desktop: DesktopMessages | None = None,
    ) -> None:
        super().__init__(icon)
        self._clock = clock
        self._icon = icon
        self._front = front
        self._desktop = desktop
        self._balloon_key: str | None = None
        self._is_closed = False
        self._unsubscribe = [alerts.subscribe(self.show)]
        if desktop is not None:
            self._unsubscribe.append(desktop.subscribe(self._clicked))
        icon.messageClicked.connect(self._balloon_clicked)

    def close(self) -> None:
        """Show nothing any more."""
        self._is_closed = True
        self._balloon_key = None
        while self._unsubscribe:
            self._unsubscribe.pop()()

    def show(self, alert: Alert) -> None:
        """Tell the person what became of an endpoint."""
        notice = told(partial(self._notice, alert))
        if self._front.is_in_front() or not QSystemTrayIcon.isSystemTrayAvailable():
            self._front.show_notice(notice)
            return
        urgency = Urgency.LOW if alert.kind is AlertKind.RECOVERY else Urgency.NORMAL
        self._send(_message(notice, _ENDPOINT + alert.endpoint_id, urgency))

    def show_notice(self, notice: Notice) -> None:
        """Show any other message on the desktop."""
        self._send(_message(notice, _WINDOW, Urgency.NORMAL))

    def _send(self, message: DesktopMessage) -> None:
        if self._desktop is None:
            self._show_balloon(message)
        else:
            _ = spawn(self._show_or_balloon(self._desktop, message), name="desktop message")

    async def _show_or_balloon(self, desktop: DesktopMessages, message: DesktopMessage) -> None:
        if not await desktop.show(message) and not self._is_closed:
            self._show_balloon(message)

    def _show_balloon(self, message: DesktopMessage) -> None:
        # Qt tells of a click, but not on which message: it can only be the last one.
        self._balloon_key = message.key
        # With the icon as it is: one of Qt's kinds would stand in for it in the panel meanwhile.
        self._icon.showMessage(message.title, message.body, self._icon.icon(), _BALLOON_MS)

    def _balloon_clicked(self) -> None:
        key, self._balloon_key = self._balloon_key, None
        if key is not None:
            self._open(key)

    def _clicked(self, key: str, token: str) -> None:
        with activated_by(token):
            self._open(key)

    def _open(self, key: str) -> None:
        if key.startswith(_ENDPOINT):
            self._open_endpoint(key.removeprefix(_ENDPOINT))
        else:
            self._front.come_forward()

    def _open_endpoint(self, endpoint_id: str) -> None:
        self._front.go(PageName.ENDPOINTS, endpoint_id)

    def _notice(self, alert: Alert) -> Notice:
        kind = alert_notice_kind(alert)
        is_problem = kind is NoticeKind.PROBLEM
        return Notice(
            alert_title(alert),
            alert_hint(alert, utc(self._clock.wall_s())),
            kind,
            action_label=_show_label(),
            action=partial(self._open_endpoint, alert.endpoint_id),
            lasting_s=None if is_problem else _LASTING_S,
        )


def _message(notice: Notice, key: str, urgency: Urgency) -> DesktopMessage:
    return DesktopMessage(
        notice.title,
        notice.hint,
        key,
        urgency,
        action_label=_show_label(),
        lasting_s=_PROBLEM_S if notice.kind is NoticeKind.PROBLEM else _NOTE_S,
        picture=_picture(),
    )


def _show_label() -> str:
    return translate("Alert", "Show")


def _picture() -> Picture:
    """Return the program's own icon: the tray's is drawn for the panel's background."""
    image = app_icon().pixmap(_PICTURE_PX).toImage()
    pixels = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return Picture(pixels.width(), pixels.height(), bytes(pixels.constBits()))
