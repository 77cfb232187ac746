"""The welcome page."""

from qcc_desktop.ui.page import Page


class WelcomePage(Page):
    """Shows nothing yet."""
