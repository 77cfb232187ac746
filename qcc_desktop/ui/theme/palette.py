"""Every colour of the program by its role, for light and for dark surroundings.

Widgets ask for a `Role`, never for a colour. The state colours hold 4.5:1 against the surfaces
they are drawn on (WCAG 2.2, success criterion 1.4.3) and differ in lightness as well as in hue,
so that the common colour blindnesses tell them apart; shape says it a second time.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from qcc_desktop.core.health import Light
from qcc_desktop.ui.marks import Mark


class Tone(StrEnum):
    """What surrounds a drawing."""

    LIGHT = "light"
    DARK = "dark"


class Role(StrEnum):
    """What a colour is for; the value is its name in style sheets (``@card``)."""

    PAGE = "page"
    CARD = "card"
    FIELD = "field"
    LINE = "line"
    EDGE = "edge"
    """The edge of a field or a box: 3:1 against what is around it."""
    TEXT = "text"
    MUTED = "muted"
    FAINT = "faint"
    """Disabled things."""
    HOVER = "hover"
    PRESSED = "pressed"
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    SELECTION = "selection"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"
    BAD_BACK = "bad-back"
    NOTE_BACK = "note-back"
    PANEL_TEXT = "panel-text"


_LIGHT: Mapping[Role, str] = {
    Role.PAGE: "#f6f6f7",
    Role.CARD: "#ffffff",
    Role.FIELD: "#ffffff",
    Role.LINE: "#dfe0e3",
    Role.EDGE: "#8c8f96",
    Role.TEXT: "#1b1c1f",
    Role.MUTED: "#5d6068",
    Role.FAINT: "#a3a6ad",
    Role.HOVER: "#f0f1f3",
    Role.PRESSED: "#e4e5e9",
    Role.ACCENT: "#2563c9",
    Role.ON_ACCENT: "#ffffff",
    Role.SELECTION: "#e3ecfb",
    Role.GREEN: "#00745a",
    Role.AMBER: "#9a5b00",
    Role.RED: "#b3123d",
    Role.GREY: "#5d6068",
    Role.BAD_BACK: "#fdecea",
    Role.NOTE_BACK: "#eef1f6",
    Role.PANEL_TEXT: "#202124",
}

_DARK: Mapping[Role, str] = {
    Role.PAGE: "#1c1d20",
    Role.CARD: "#26282c",
    Role.FIELD: "#1f2124",
    Role.LINE: "#3a3d43",
    Role.EDGE: "#757b85",
    Role.TEXT: "#eceef1",
    Role.MUTED: "#a6abb5",
    Role.FAINT: "#6b7079",
    Role.HOVER: "#2f3237",
    Role.PRESSED: "#393c42",
    Role.ACCENT: "#7cacf8",
    Role.ON_ACCENT: "#0b1d3a",
    Role.SELECTION: "#2c3b55",
    Role.GREEN: "#6dd58c",
    Role.AMBER: "#fbbc3c",
    Role.RED: "#ff8a80",
    Role.GREY: "#a6abb5",
    Role.BAD_BACK: "#452623",
    Role.NOTE_BACK: "#2c3036",
    Role.PANEL_TEXT: "#f1f3f4",
}

_STRONGER: Mapping[Tone, Mapping[Role, str]] = {
    Tone.LIGHT: {
        Role.LINE: "#767981",
        Role.EDGE: "#3f4248",
        Role.MUTED: "#33363c",
        Role.FAINT: "#5d6068",
    },
    Tone.DARK: {
        Role.LINE: "#8b919b",
        Role.EDGE: "#c3c8d0",
        Role.MUTED: "#dde0e5",
        Role.FAINT: "#a6abb5",
    },
}
"""In place of the above where the person asked the system for more contrast."""

_TABLES = {Tone.LIGHT: _LIGHT, Tone.DARK: _DARK}
_tables: dict[Tone, Mapping[Role, str]] = dict(_TABLES)

_LIGHT_ROLES = {
    Light.GREEN: Role.GREEN,
    Light.AMBER: Role.AMBER,
    Light.RED: Role.RED,
    Light.GREY: Role.GREY,
}

_MARK_ROLES = {
    Mark.HEALTHY: Role.GREEN,
    Mark.UNASKED: Role.GREY,
    Mark.NO_KEY: Role.AMBER,
    Mark.DEGRADED: Role.AMBER,
    Mark.UNHEALTHY: Role.AMBER,
    Mark.CIRCUIT_OPEN: Role.RED,
    Mark.QUARANTINED: Role.RED,
    Mark.DISABLED: Role.GREY,
}


@cache
def colour(role: Role, tone: Tone) -> QColor:
    """Return the colour of ``role``; kept, so not to be changed."""
    return QColor(_tables[tone][role])


def use_contrast(*, is_strong: bool) -> None:
    """Draw lines, edges and quiet texts more clearly from now on, or as usual again."""
    for tone, table in _TABLES.items():
        _tables[tone] = {**table, **_STRONGER[tone]} if is_strong else table
    colour.cache_clear()


def role_of_light(light: Light) -> Role:
    """Return the role that the light's colour has."""
    return _LIGHT_ROLES[light]


def role_of_mark(mark: Mark) -> Role:
    """Return the role that an endpoint's mark has."""
    return _MARK_ROLES[mark]


def tone_of(palette: QPalette) -> Tone:
    """Return whether ``palette`` is a light or a dark one, by the lightness of its windows."""
    return Tone.DARK if palette.window().color().lightness() < 128 else Tone.LIGHT


def current_tone() -> Tone:
    """Return the tone of the program's windows now.

    A widget's own palette does not tell: where a style sheet makes its background transparent,
    that counts as black.
    """
    return tone_of(QGuiApplication.palette())


def qt_palette(tone: Tone, accent: QColor | None = None) -> QPalette:
    """Return the palette for styles that take their colours from us (Fusion)."""
    chosen = accent or colour(Role.ACCENT, tone)
    palette = QPalette(colour(Role.PAGE, tone))
    roles = {
        QPalette.ColorRole.Window: Role.PAGE,
        QPalette.ColorRole.Base: Role.FIELD,
        QPalette.ColorRole.AlternateBase: Role.HOVER,
        QPalette.ColorRole.Button: Role.CARD,
        QPalette.ColorRole.ToolTipBase: Role.CARD,
        QPalette.ColorRole.WindowText: Role.TEXT,
        QPalette.ColorRole.Text: Role.TEXT,
        QPalette.ColorRole.ButtonText: Role.TEXT,
        QPalette.ColorRole.ToolTipText: Role.TEXT,
        QPalette.ColorRole.PlaceholderText: Role.MUTED,
    }
    for place, role in roles.items():
        palette.setColor(place, colour(role, tone))
    dim = QPalette.ColorGroup.Disabled
    for place in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(dim, place, colour(Role.MUTED, tone))
    for place in (QPalette.ColorRole.Highlight, QPalette.ColorRole.Accent, QPalette.ColorRole.Link):
        palette.setColor(place, chosen)
    on_accent = readable_on(chosen)
    palette.setColor(QPalette.ColorRole.HighlightedText, on_accent)
    return palette


def readable_on(back: QColor) -> QColor:
    """Return the text colour that is read best on ``back``."""
    options = (colour(Role.CARD, Tone.LIGHT), colour(Role.ON_ACCENT, Tone.DARK))
    return max(options, key=lambda option: contrast(option, back))


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(value: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (value.redF(), value.greenF(), value.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
