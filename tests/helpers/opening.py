"""Opens pages of the window at once: what a person opens is made in parts, over some turns."""

from qcc_desktop.ui.desk import Desk
from qcc_desktop.ui.page import PageName


def open_now(desk: Desk, name: PageName, subject: str = "") -> None:
    """Bring the window forward with a page, all of it made."""
    desk.go(name, subject)
    finish(desk)


def finish(desk: Desk) -> None:
    """Make at once what is being made in parts."""
    desk.opening.finish()
    desk.window.pages.opening.finish()
