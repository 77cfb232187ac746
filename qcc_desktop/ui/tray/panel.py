"""Guesses whether the panel that the icon lies on is light or dark.

No system tells a tray icon its background. Windows colours the taskbar apart from the programs
(registry value SystemUsesLightTheme); GNOME's top bar is dark in both of its styles; elsewhere
panels follow the colour scheme.
"""

import os

from PySide6.QtCore import QSettings, Qt

from qcc_desktop.ui.theme.palette import Tone

_PERSONALISE = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
_DARK_PANELS = frozenset({"gnome", "unity", "pantheon", "budgie"})


def panel_tone(scheme: Qt.ColorScheme) -> Tone:
    """Return the tone of the panel on this computer."""
    return guess(scheme, os.environ.get("XDG_CURRENT_DESKTOP", ""), _taskbar_is_light())


def guess(scheme: Qt.ColorScheme, desktop: str, taskbar_is_light: bool | None) -> Tone:
    """Return the tone for what is known; ``taskbar_is_light`` is None outside Windows."""
    if taskbar_is_light is not None:
        return Tone.LIGHT if taskbar_is_light else Tone.DARK
    if _DARK_PANELS & set(desktop.lower().replace("-", ":").split(":")):
        return Tone.DARK
    return Tone.DARK if scheme is Qt.ColorScheme.Dark else Tone.LIGHT


def _taskbar_is_light() -> bool | None:
    if os.name != "nt":
        return None
    settings = QSettings(_PERSONALISE, QSettings.Format.NativeFormat)
    return bool(settings.value("SystemUsesLightTheme", 1, type=int))
