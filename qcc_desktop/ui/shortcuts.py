"""The keys that work in the whole window, and how keys are written in its texts."""

import sys
from collections.abc import Callable, Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

HELP_KEY = "F1"
SETTINGS_KEY = "Ctrl+,"
ADD_KEY = "Ctrl+N"
CLOSE_KEY = "Ctrl+W"
QUIT_KEY = "Ctrl+Q"


def bind(window: QWidget, wishes: Mapping[str, Callable[[], object]]) -> None:
    """Have each key do its part while ``window`` is the active one.

    "Ctrl" is the command key on macOS: Qt translates it.
    """
    for keys, wish in wishes.items():
        QShortcut(QKeySequence(keys), window).activated.connect(wish)


_MAC_SIGNS = {"Ctrl+": "⌘", "Alt+": "⌥", "Shift+": "⇧", "Del": "⌫", "Enter": "↩"}


def shown_keys(keys: str, *, is_mac: bool = sys.platform == "darwin") -> str:
    """Return a shortcut, or a text with shortcuts in it, as the system's own menus write it."""
    if is_mac:
        for word, sign in _MAC_SIGNS.items():
            keys = keys.replace(word, sign)
    return keys
