"""What the tray shows, as plain values."""

from dataclasses import dataclass
from enum import StrEnum

from qcc_desktop.core.health import CauseKind, Light
from qcc_desktop.core.settings import Strategy
from qcc_desktop.ui.marks import Mark


class Glyph(StrEnum):
    """The drawing; the value is its name in the files."""

    SOLID = "solid"
    BROKEN = "broken"
    OUTLINE = "outline"


class Badge(StrEnum):
    """The mark in the lower right corner; the value is its name in the files."""

    NONE = ""
    TRIANGLE = "triangle"
    CROSS = "cross"
    PAUSE = "pause"
    SLASH = "slash"


@dataclass(frozen=True, slots=True)
class IconLook:
    """What the icon says; equal looks are the same picture."""

    light: Light
    glyph: Glyph
    badge: Badge
    step: int = 0
    """Step of the pulse."""


_GLYPHS = {
    Light.GREEN: (Glyph.SOLID, Badge.NONE),
    Light.AMBER: (Glyph.SOLID, Badge.TRIANGLE),
    Light.RED: (Glyph.BROKEN, Badge.CROSS),
    Light.GREY: (Glyph.OUTLINE, Badge.PAUSE),
}


_BADGES = {CauseKind.OFFLINE: Badge.SLASH, CauseKind.NO_ENDPOINTS: Badge.NONE}
"""Kinds of grey that are not "off"."""


def look_of(light: Light, cause: CauseKind, step: int = 0) -> IconLook:
    """Return what the icon says about this light."""
    glyph, badge = _GLYPHS[light]
    return IconLook(light, glyph, _BADGES.get(cause, badge), step)


@dataclass(frozen=True, slots=True)
class EndpointEntry:
    """One endpoint in the menu."""

    id: str
    name: str
    label: str
    mark: Mark
    is_enabled: bool
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class TrayLook:
    """Everything that icon, tooltip and menu show."""

    icon: IconLook
    tooltip: str
    status: str
    is_on: bool
    can_launch: bool = False
    is_busy: bool = False
    """Requests are running: the arc pulses, where motion is wanted."""
    is_still: bool = False
    """The person wants no motion."""
    endpoints: tuple[EndpointEntry, ...] = ()
    strategy: Strategy = Strategy.PRIORITY_FAILOVER
    recent_folders: tuple[str, ...] = ()
    can_continue: bool = True
    """The newest folder has a session of Claude Code to go on with."""
    is_quitting: bool = False
