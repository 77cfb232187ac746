"""The overview page."""

from qcc_desktop.ui.page import Page


class OverviewPage(Page):
    """Shows nothing yet."""
