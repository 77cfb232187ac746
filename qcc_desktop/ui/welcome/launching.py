"""Asks for a folder and launches Claude Code in it."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from qcc_desktop.ui.dialogs import choose_folder
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.page import Rooms


def choose_and_launch(rooms: Rooms, parent: QWidget | None) -> QFileDialog:
    """Open the folder picker, at the folder used last."""
    recent = rooms.services.config().recent_folders
    start = recent[0] if recent else str(Path.home())
    title = translate("Desk", "Launch Claude Code in this folder")
    return choose_folder(parent, title, start, rooms.actions.launch)
