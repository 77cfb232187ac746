"""Titles of windows: what a window is for, then the program's name."""

from PySide6.QtWidgets import QWidget

PROGRAM_NAME = "QCC Desktop"


def set_title(window: QWidget, text: str) -> None:
    """Name ``window``; Qt joins the program's name with a dash where a title lacks it."""
    window.setWindowTitle(f"{text} · {PROGRAM_NAME}")
