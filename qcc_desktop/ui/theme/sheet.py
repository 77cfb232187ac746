"""Applies light, dark or the system's colours to the running program."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from qcc_desktop.core.settings import Theme
from qcc_desktop.ui import assets
from qcc_desktop.ui.theme.measures import TextSize, font
from qcc_desktop.ui.theme.palette import (
    Role,
    Tone,
    colour,
    qt_palette,
    readable_on,
    tone_of,
    use_contrast,
)

_SCHEMES = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}
_FUSION_BLUE = "#308cc6"
"""The accent of Fusion where no desktop names one; ours is easier to read."""
_NO_ACCENT = {_FUSION_BLUE, *(colour(Role.ACCENT, tone).name() for tone in Tone)}


class Look(QObject):
    """Keeps palette, font and style sheet of the application in step with the chosen theme.

    Each is set only when it is another one: a new style sheet has Qt polish every widget again,
    which takes the better part of a second with all pages made, and the loop waits for it.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.setStyleSheet("")
        self._app = app
        self._theme = Theme.SYSTEM
        self._is_applying = False
        # asked before the style sheet is set, which puts a style of its own in front
        self._is_fusion = app.style().name().lower() == "fusion"
        system_accent = app.palette().color(QPalette.ColorRole.Accent)
        self._accent = None if system_accent.name() in _NO_ACCENT else system_accent
        app.setFont(font())
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        if hasattr(app.styleHints(), "accessibility"):  # since Qt 6.10
            hints = app.styleHints().accessibility()
            hints.contrastPreferenceChanged.connect(self._scheme_changed)

    def choose(self, theme: Theme) -> None:
        """Show this theme; ``SYSTEM`` follows the system from now on."""
        self._theme = theme
        self._apply()

    def _scheme_changed(self) -> None:
        if not self._is_applying:
            self._apply()

    def _apply(self) -> None:
        self._is_applying = True
        try:
            hints = self._app.styleHints()
            hints.setColorScheme(_SCHEMES[self._theme])
            use_contrast(is_strong=_wants_contrast(hints))
            self._apply_palette()
            names = ("app", "fusion") if self._is_fusion else ("app",)
            sheet = style_sheet(self._app.palette(), names)
            if sheet != self._app.styleSheet():
                self._app.setStyleSheet(sheet)
        finally:
            self._is_applying = False

    def _apply_palette(self) -> None:
        if not self._is_fusion:
            return
        palette = qt_palette(self._wanted_tone(), self._accent)
        if palette != self._app.palette():
            self._app.setPalette(palette)

    def _wanted_tone(self) -> Tone:
        if self._theme is Theme.SYSTEM:
            is_dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return Tone.DARK if is_dark else Tone.LIGHT
        return Tone(self._theme.value)


def _wants_contrast(hints: QStyleHints) -> bool:
    """Return whether the person asked the system for more contrast; Qt tells it since 6.10."""
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def style_sheet(palette: QPalette, names: Sequence[str] = ("app",)) -> str:
    """Return our style sheets with the roles filled in for this palette."""
    tone = tone_of(palette)
    accent = palette.color(QPalette.ColorRole.Accent)
    values = {role.value: colour(role, tone).name() for role in Role}
    values |= {
        "accent": accent.name(),
        "accent-hover": _shifted(accent, 106),
        "accent-pressed": _shifted(accent, 114),
        "link": accent.name(),
        "on-accent": readable_on(accent).name(),
        "arrow": assets.icon_path(f"arrow-{tone.value}").as_posix(),
        "arrow-up": assets.icon_path(f"arrow-up-{tone.value}").as_posix(),
        "small": f"{font(TextSize.SMALL).pixelSize()}px",
    }
    text = "".join(assets.theme_text(name) for name in names)
    return re.sub(r"@([a-z-]+)", lambda found: values[found[1]], text)


def _shifted(value: QColor, percent: int) -> str:
    return value.darker(percent).name()
