"""The sessions page."""

from qcc_desktop.ui.page import Page


class SessionsPage(Page):
    """Shows nothing yet."""
