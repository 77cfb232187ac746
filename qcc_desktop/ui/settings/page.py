"""The settings page."""

from qcc_desktop.ui.page import Page


class SettingsPage(Page):
    """Shows nothing yet."""
