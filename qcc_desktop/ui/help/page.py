"""The help page."""

from qcc_desktop.ui.page import Page


class HelpPage(Page):
    """Shows nothing yet."""
