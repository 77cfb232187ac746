"""The requests page."""

from qcc_desktop.ui.page import Page


class RequestsPage(Page):
    """Shows nothing yet."""
