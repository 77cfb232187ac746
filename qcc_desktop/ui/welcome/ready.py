"""Says once, when the first endpoint is there, that Claude Code can be launched."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.notices import told
from qcc_desktop.ui.page import PageName, Rooms
from qcc_desktop.ui.welcome.launching import choose_and_launch

if TYPE_CHECKING:
    from collections.abc import Callable

_TOLD = "welcome/ready_told"
_AGAIN_MS = 100


class Ready(QObject):
    """Watches the state until there is an endpoint; then the overview shows, with the message.

    ``is_told_elsewhere``: an import says it in its own report.
    """

    def __init__(self, rooms: Rooms, page: QWidget) -> None:
        super().__init__(page)
        self._rooms = rooms
        self._page = page
        self.is_told_elsewhere = False
        self.leads_back = False
        """Whether the person left the page to add an endpoint, and is to come back."""
        self._unsubscribe: Callable[[], None] | None = None
        self.watch()

    def watch(self) -> None:
        """Wait for the first endpoint, again if all were removed."""
        if self._unsubscribe is None:
            self._unsubscribe = self._rooms.services.state.subscribe(self._look)

    def stop(self) -> None:
        """Watch no more."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _look(self, snapshot: Snapshot) -> None:
        if not snapshot.endpoints or not self._page.window().isVisible():
            return
        self.stop()
        QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        if QApplication.activeModalWidget() is not None:
            # Whoever added it is still at work, and may have a message of their own.
            QTimer.singleShot(_AGAIN_MS, self, self._tell)
            return
        if self.leads_back:
            self.leads_back = False
            self._rooms.go(PageName.OVERVIEW, "")
        is_known = self._rooms.memory.value(_TOLD) is not None
        self._rooms.memory.setValue(_TOLD, "yes")
        if is_known or self.is_told_elsewhere:
            return
        self._rooms.board.show_notice(told(self._notice))

    def _notice(self) -> Notice:
        return Notice(
            self.tr("Ready: launch Claude Code."),
            self.tr("Choose a folder; a terminal opens in it, and its requests go here."),
            action_label=self.tr("Launch…"),
            action=lambda: self._launch(),  # noqa: PLW0108 - the notice takes no answer
        )

    def _launch(self) -> None:
        choose_and_launch(self._rooms, self._page.window())
