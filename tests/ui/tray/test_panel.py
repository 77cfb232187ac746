"""Which tone the panel is taken to have."""

import pytest
from PySide6.QtCore import Qt

from qcc_desktop.ui.theme.palette import Tone
from qcc_desktop.ui.tray.panel import guess

LIGHT, DARK, UNKNOWN = Qt.ColorScheme.Light, Qt.ColorScheme.Dark, Qt.ColorScheme.Unknown


@pytest.mark.parametrize(
    ("scheme", "desktop", "taskbar_is_light", "tone"),
    [
        (LIGHT, "ubuntu:GNOME", None, Tone.DARK),
        (LIGHT, "KDE", None, Tone.LIGHT),
        (DARK, "KDE", None, Tone.DARK),
        (UNKNOWN, "", None, Tone.LIGHT),
        (LIGHT, "", False, Tone.DARK),
        (DARK, "", True, Tone.LIGHT),
    ],
    ids=["gnome", "kde light", "kde dark", "unknown", "windows dark bar", "windows light bar"],
)
def test_the_panels_tone_is_guessed(
    scheme: Qt.ColorScheme, desktop: str, taskbar_is_light: bool | None, tone: Tone
) -> None:
    assert guess(scheme, desktop, taskbar_is_light) is tone
