"""The claude_code page."""

from qcc_desktop.ui.page import Page


class ClaudeCodePage(Page):
    """Shows nothing yet."""
