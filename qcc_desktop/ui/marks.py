"""What the mark of an endpoint says: its health, and what health alone would hide.

An endpoint that got no request yet counts as healthy for routing, but nothing is known of how it
does (a test from the window is no request); one without a key may be asked and will refuse. Both have a mark and a word of their own.
"""

from collections.abc import Mapping
from enum import StrEnum

from qcc_desktop.core.health import Health
from qcc_desktop.core.snapshot import EndpointView
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.ui.i18n import translate


class Mark(StrEnum):
    """What is shown of an endpoint; the value is the name of its drawing."""

    HEALTHY = "healthy"
    UNASKED = "unasked"
    NO_KEY = "no-key"
    DEGRADED = "degraded"
    UNHEALTHY = "unhealthy"
    CIRCUIT_OPEN = "circuit-open"
    QUARANTINED = "quarantined"
    DISABLED = "disabled"


_OF_HEALTH: Mapping[Health, Mark] = {
    Health.HEALTHY: Mark.HEALTHY,
    Health.DEGRADED: Mark.DEGRADED,
    Health.UNHEALTHY: Mark.UNHEALTHY,
    Health.CIRCUIT_OPEN: Mark.CIRCUIT_OPEN,
    Health.QUARANTINED: Mark.QUARANTINED,
    Health.DISABLED: Mark.DISABLED,
}

_WORDS: Mapping[Mark, str] = {
    Mark.HEALTHY: QT_TRANSLATE_NOOP("Marks", "Healthy"),
    Mark.UNASKED: QT_TRANSLATE_NOOP("Marks", "Not used yet"),
    Mark.NO_KEY: QT_TRANSLATE_NOOP("Marks", "No key"),
    Mark.DEGRADED: QT_TRANSLATE_NOOP("Marks", "Degraded"),
    Mark.UNHEALTHY: QT_TRANSLATE_NOOP("Marks", "Cooling down"),
    Mark.CIRCUIT_OPEN: QT_TRANSLATE_NOOP("Marks", "Circuit open"),
    Mark.QUARANTINED: QT_TRANSLATE_NOOP("Marks", "Needs you"),
    Mark.DISABLED: QT_TRANSLATE_NOOP("Marks", "Off"),
}

SIGNS: Mapping[Mark, str] = {
    Mark.HEALTHY: "●",
    Mark.UNASKED: "◌",
    Mark.NO_KEY: "□",
    Mark.DEGRADED: "◐",
    Mark.UNHEALTHY: "▲",
    Mark.CIRCUIT_OPEN: "✕",
    Mark.QUARANTINED: "■",
    Mark.DISABLED: "○",
}
"""Signs rather than pictures: menus show a tick or a picture, many not both."""


def mark_of(view: EndpointView) -> Mark:
    """Return the mark of an endpoint."""
    if not view.endpoint.enabled or view.health is Health.DISABLED:
        return Mark.DISABLED
    if view.lacks_key:
        return Mark.NO_KEY
    if view.health is Health.HEALTHY and not _is_known(view):
        return Mark.UNASKED
    return _OF_HEALTH[view.health]


def _is_known(view: EndpointView) -> bool:
    return (
        view.requests > 0
        or view.in_flight > 0
        or view.last_error is not None
        or view.latency_p50_ms is not None
    )


def mark_word(mark: Mark) -> str:
    """Return what a mark is called."""
    return translate("Marks", _WORDS[mark])
