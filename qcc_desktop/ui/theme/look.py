"""Applies light, dark or the system's colours to the running program."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from qcc_desktop.core.settings import Theme
from qcc_desktop.ui.theme.dressing import Dressing
from qcc_desktop.ui.theme.icons import use_no_system_pictures
from qcc_desktop.ui.theme.measures import font
from qcc_desktop.ui.theme.palette import Role, Tone, colour, qt_palette, tone_of, use_contrast
from qcc_desktop.ui.theme.sheet import TONE, other_tone, style_sheet

_SCHEMES = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}
_FUSION_BLUE = "#308cc6"
"""The accent of Fusion where no desktop names one; ours is easier to read."""
_NO_ACCENT = {_FUSION_BLUE, *(colour(Role.ACCENT, tone).name() for tone in Tone)}


class Look(QObject):
    """Keeps palette and font of the application, and the style sheet of its windows, in step.

    Windows wear the sheet, not the application: there, Qt goes through all that is within a part
    whenever that is put into another one, which nearly doubles the time that a page takes.

    It is set once. It is set anew only where it says something else: the person asks for more
    contrast, or the system has an accent of its own in the other tone, known once that was shown.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._theme = Theme.SYSTEM
        self._is_applying = False
        self._is_strong = False
        self._tone: Tone | None = None
        self._sheet = ""
        self._windows: list[QWidget] = []
        self._accents: dict[Tone, QColor] = {}
        self.dressing = Dressing(app, self)
        use_no_system_pictures()
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

    def adopt(self, window: QWidget) -> None:
        """Dress a window that belongs to no other, now and from now on; dialogs follow theirs."""
        self._windows = [*self._valid_windows(), window]
        if self._tone is not None:
            window.setProperty(TONE, self._tone.value)
            window.setStyleSheet(self._sheet)

    def _scheme_changed(self) -> None:
        if not self._is_applying:
            self._apply()

    def _apply(self) -> None:
        self._is_applying = True
        try:
            hints = self._app.styleHints()
            hints.setColorScheme(_SCHEMES[self._theme])
            is_strong = _wants_contrast(hints)
            use_contrast(is_strong=is_strong)
            self._apply_palette()
            self._apply_sheet(is_strong=is_strong)
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

    def _apply_sheet(self, *, is_strong: bool) -> None:
        tone = tone_of(self._app.palette())
        accents = self._accents_with(tone)
        was = self._tone
        self._tone = tone
        if was is not tone:
            self._mark_windows(tone)
        if was is None or accents != self._accents or is_strong is not self._is_strong:
            self._accents, self._is_strong = accents, is_strong
            names = ("app", "fusion") if self._is_fusion else ("app",)
            self._sheet = style_sheet(accents, tone, names)
            for window in self._valid_windows():
                window.setStyleSheet(self._sheet)
        elif was is not tone:
            self.dressing.change()

    def _accents_with(self, tone: Tone) -> dict[Tone, QColor]:
        """Return the accent of both tones; until a system's other one was seen, it is the same."""
        accent = self._app.palette().color(QPalette.ColorRole.Accent)
        other = other_tone(tone)
        if self._is_fusion:
            shown = qt_palette(other, self._accent).color(QPalette.ColorRole.Accent)
            return {tone: accent, other: shown}
        return {tone: accent, other: self._accents.get(other, accent)}

    def _mark_windows(self, tone: Tone) -> None:
        for window in self._valid_windows():
            window.setProperty(TONE, tone.value)

    def _valid_windows(self) -> list[QWidget]:
        return [window for window in self._windows if Shiboken.isValid(window)]


def _wants_contrast(hints: QStyleHints) -> bool:
    """Return whether the person asked the system for more contrast; Qt tells it since 6.10."""
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
