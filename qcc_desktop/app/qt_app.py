"""A QApplication for which quitting is a request.

`QApplication.quit` (also Cmd-Q, the macOS dock, the end of a session) would end Qt's loop under
the coroutine that runs the program, and nothing would be stopped in order. Here it calls
`on_quit`; the program then stops its parts and lets the loop end by itself.
"""

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication, QSessionManager
from PySide6.QtWidgets import QApplication
from typing_extensions import override

_DESKTOP_FILE = "qcc-desktop"


class QtApp(QApplication):
    """Made once, before the event loop; ``on_quit`` is set by whoever can stop the program."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self.on_quit: Callable[[], None] | None = None
        self.setApplicationName("QCC Desktop")
        self.setApplicationDisplayName("QCC Desktop")
        QGuiApplication.setDesktopFileName(_DESKTOP_FILE)
        self.setQuitOnLastWindowClosed(False)
        self.commitDataRequest.connect(self._session_ends)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Quit and self.on_quit is not None:
            self.on_quit()
            event.ignore()
            return True
        return super().event(event)

    def _session_ends(self, manager: QSessionManager) -> None:
        """Stop with the session, and do not be started again by it: autostart does that."""
        manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
        if self.on_quit is not None:
            self.on_quit()


def new_app() -> QtApp:
    """Return the application; the first and only one of this process."""
    return QtApp(sys.argv[:1])
