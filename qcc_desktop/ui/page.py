"""What a page of the window is, what it is shown, and what it works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from qcc_desktop.core.config import Config
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.ui.actions import Actions
from qcc_desktop.ui.contracts import NoticeBoard, Services


class PageName(StrEnum):
    """The pages in the order of the sidebar; `WELCOME` stands in while there is no endpoint."""

    OVERVIEW = "overview"
    ENDPOINTS = "endpoints"
    SESSIONS = "sessions"
    REQUESTS = "requests"
    USAGE = "usage"
    CLAUDE_CODE = "claude_code"
    SETTINGS = "settings"
    HELP = "help"
    WELCOME = "welcome"


Go = Callable[[PageName, str], None]
"""Opens a page, at a subject of it (an endpoint's id, an option's key …) or at "" for none."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything a page shows: one and the same moment for all parts of the window."""

    snapshot: Snapshot
    """Its light is undamped."""
    config: Config
    now: datetime
    is_quitting: bool = False
    continuable: frozenset[str] | None = None
    """Folders with a session of Claude Code to go on with; None while that is not known."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """What a page works with."""

    services: Services
    actions: Actions
    board: NoticeBoard
    go: Go
    memory: QSettings
    """Remembered widths and filters, under keys that begin with the page's name."""
    is_demo: bool = False
    """Nothing that is added here is kept."""


class Page(QWidget):
    """A page: made when it is first shown, kept until the program ends.

    `apply` is called for each new moment while the page is visible, ten times a second at most,
    and must be cheap where nothing changed.
    """

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.rooms = rooms

    def apply(self, moment: Moment) -> bool:
        """Show ``moment``; True when a text on it changes as time passes, second by second."""
        del moment
        return False

    def take_focus(self) -> None:
        """Let keys go to the page's main part."""
        self.setFocus()

    def go_to(self, subject: str) -> None:
        """Bring one thing into view: an endpoint, a request, an option."""
        del subject

    def shown(self) -> None:
        """Take note that the page is the visible one from now on."""

    def hidden(self) -> None:
        """Take note that nobody sees the page: another one is open, or the window is not."""

    def leave(self) -> None:
        """Close dialogs and stop work: the program ends."""
