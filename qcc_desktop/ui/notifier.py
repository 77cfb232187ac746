"""Shows messages where the person looks: in the window in front, else on the desktop.

A click on a message of the desktop opens its endpoint. Whether a click arrives is up to the
system: Qt hands messages to the notification service of Linux without an action, so that only
services that report every click tell of it (Qt 6.11, `QDBusTrayIcon::showMessage`).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon

from qcc_desktop.core.alert import Alert
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.ui.alert_words import alert_hint, alert_notice_kind, alert_title
from qcc_desktop.ui.contracts import AlertSource, Notice, NoticeKind
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.page import Go, PageName

_LASTING_S = 12.0
_BALLOON_MS = 5000
"""So long Qt lets the tray icon ask for attention, and shows the message as its tooltip."""


class Notifier(QObject):
    """Listens to ``alerts`` until `close`.

    ``show_in_window`` is used while ``is_in_front`` says that the person has the window before
    them, and where there is no tray. ``go`` brings the window forward.
    """

    def __init__(
        self,
        alerts: AlertSource,
        clock: Clock,
        icon: QSystemTrayIcon,
        show_in_window: Callable[[Notice], None],
        is_in_front: Callable[[], bool],
        go: Go,
    ) -> None:
        super().__init__(icon)
        self._clock = clock
        self._icon = icon
        self._show_in_window = show_in_window
        self._is_in_front = is_in_front
        self._go = go
        self._shown: Alert | None = None
        self._unsubscribe = alerts.subscribe(self.show)
        icon.messageClicked.connect(self._clicked)

    def close(self) -> None:
        """Show nothing any more."""
        self._unsubscribe()
        self._shown = None

    def show(self, alert: Alert) -> None:
        """Tell the person."""
        notice = self._notice(alert)
        if self._is_in_front() or not QSystemTrayIcon.isSystemTrayAvailable():
            self._show_in_window(notice)
            return
        self._shown = alert
        # With the icon as it is: one of Qt's kinds would stand in for it in the panel meanwhile.
        self._icon.showMessage(notice.title, notice.hint, self._icon.icon(), _BALLOON_MS)

    def _notice(self, alert: Alert) -> Notice:
        kind = alert_notice_kind(alert)
        is_problem = kind is NoticeKind.PROBLEM
        return Notice(
            alert_title(alert),
            alert_hint(alert, utc(self._clock.wall_s())),
            kind,
            action_label=translate("Alert", "Show"),
            action=lambda: self._open(alert),
            lasting_s=None if is_problem else _LASTING_S,
        )

    def _clicked(self) -> None:
        shown, self._shown = self._shown, None
        if shown is not None:
            self._open(shown)

    def _open(self, alert: Alert) -> None:
        self._go(PageName.ENDPOINTS, alert.endpoint_id)
