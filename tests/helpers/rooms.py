"""What a page works with, over fakes: for tests of one page without the rest of the window."""

from dataclasses import dataclass, field

from PySide6.QtCore import QSettings

from qcc_desktop.ui.actions import Actions
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.page import PageName, Rooms
from tests.helpers.desk_fakes import FakeServices


@dataclass
class Board:
    """Notes the messages instead of showing them."""

    notices: list[Notice] = field(default_factory=list)

    def show_notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def close_offer(self) -> None:
        self.notices = [notice for notice in self.notices if notice.action is None]


def new_rooms(
    fakes: FakeServices, board: Board, memory: QSettings, went: list[tuple[PageName, str]]
) -> Rooms:
    """Rooms whose ways to other pages are noted in ``went``."""
    services = fakes.services()
    actions = Actions(services, board, lambda: None)
    return Rooms(
        services, actions, board, lambda name, subject: went.append((name, subject)), memory
    )
