"""The usage page."""

from qcc_desktop.ui.page import Page


class UsagePage(Page):
    """Shows nothing yet."""
