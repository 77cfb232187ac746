"""Grades of endpoints, and the one light shown for the whole proxy."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from qcc_desktop.core.text import QT_TRANSLATE_NOOP


class Health(StrEnum):
    """How an endpoint is at the moment."""

    HEALTHY = "healthy"
    DEGRADED = "degraded"
    """Failed, and has not answered again yet; one that flaps: not twice in a row."""
    UNHEALTHY = "unhealthy"
    """Cooling down or in the failure queue."""
    CIRCUIT_OPEN = "circuit_open"
    QUARANTINED = "quarantined"
    """Needs the person: the key is refused or the money is used up."""
    DISABLED = "disabled"


class Tier(IntEnum):
    """Degradation order: a lower tier is asked before a higher one."""

    HEALTHY = 0
    DEGRADED = 1
    UNHEALTHY = 2
    CIRCUIT_OPEN = 3


class Light(StrEnum):
    """The one light."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


OUT = frozenset({Health.UNHEALTHY, Health.CIRCUIT_OPEN, Health.QUARANTINED})
"""An endpoint of this health gets no ordinary traffic."""


class CauseKind(StrEnum):
    """Why the light is as it is."""

    OFF = "off"
    OFFLINE = "offline"
    NO_ENDPOINTS = "no_endpoints"
    ALL_DISABLED = "all_disabled"
    PROXY_FAILED = "proxy_failed"
    ALL_DOWN = "all_down"
    FAILOVER = "failover"
    """The preferred endpoint is out, another answers."""
    RECOVERING = "recovering"
    """The preferred endpoint failed and has not answered since; a healthy one goes first."""
    DEGRADED = "degraded"
    """The preferred endpoint failed a moment ago and nothing better is there."""
    ENDPOINT_OUT = "endpoint_out"
    """The preferred endpoint answers, another one is out."""
    ALL_WELL = "all_well"
    READY = "ready"
    """Nothing was asked yet."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the light is as it is, as a sentence with placeholders.

    ``endpoint`` answers (or is the preferred one), ``other`` is out, ``detail`` is the last
    failure's message.
    """

    kind: CauseKind
    endpoint: str = ""
    other: str = ""
    detail: str = ""

    def text(self, template: str | None = None) -> str:
        """Return the sentence, in English or in a translated ``template``."""
        return (
            (template or CAUSE_TEXTS[self.kind])
            .format(endpoint=self.endpoint, other=self.other, detail=self.detail)
            .strip()
        )


CAUSE_TEXTS = {
    CauseKind.OFF: QT_TRANSLATE_NOOP("Cause", "The proxy is off."),
    CauseKind.OFFLINE: QT_TRANSLATE_NOOP(
        "Cause", "This computer is offline. No endpoint is blamed for it."
    ),
    CauseKind.NO_ENDPOINTS: QT_TRANSLATE_NOOP("Cause", "Add an endpoint to begin."),
    CauseKind.ALL_DISABLED: QT_TRANSLATE_NOOP(
        "Cause", "Every endpoint is switched off. Tick one in the menu."
    ),
    CauseKind.PROXY_FAILED: QT_TRANSLATE_NOOP("Cause", "The proxy cannot start. {detail}"),
    CauseKind.ALL_DOWN: QT_TRANSLATE_NOOP("Cause", "No endpoint can answer. {other}: {detail}"),
    CauseKind.FAILOVER: QT_TRANSLATE_NOOP(
        "Cause", "{endpoint} answers because {other} is out: {detail}"
    ),
    CauseKind.RECOVERING: QT_TRANSLATE_NOOP(
        "Cause",
        "{endpoint} answers. {other} failed and has not answered again yet: {detail}",
    ),
    CauseKind.DEGRADED: QT_TRANSLATE_NOOP(
        "Cause", "{endpoint} answers, but failed a moment ago: {detail}"
    ),
    CauseKind.ENDPOINT_OUT: QT_TRANSLATE_NOOP(
        "Cause", "{endpoint} answers. {other} is out: {detail}"
    ),
    CauseKind.ALL_WELL: QT_TRANSLATE_NOOP("Cause", "{endpoint} answers."),
    CauseKind.READY: QT_TRANSLATE_NOOP("Cause", "Ready. {endpoint} is asked first."),
}


@dataclass(frozen=True, slots=True)
class Grade:
    """One enabled endpoint as the light sees it, in order of preference."""

    name: str
    health: Health
    detail: str = ""
    """Message of its last failure, when it is out or degraded."""
    has_answered: bool = False


_CAN_ANSWER = frozenset({Health.HEALTHY, Health.DEGRADED})


def overall_light(
    grades: tuple[Grade, ...],
    *,
    running: bool,
    offline: bool = False,
    configured: int = 0,
    fault: str = "",
    has_outage: bool = False,
) -> tuple[Light, Cause]:
    """Return the light and its cause.

    ``grades`` are the enabled endpoints, preferred first; ``configured`` counts disabled ones
    too; ``fault`` is why the proxy could not start. ``has_outage``: the last request failed
    because of the endpoints, and none has answered since.
    """
    if fault:
        return Light.RED, Cause(CauseKind.PROXY_FAILED, detail=fault)
    if not running:
        return Light.GREY, Cause(CauseKind.OFF)
    if not grades and configured:
        return Light.RED, Cause(CauseKind.ALL_DISABLED)
    if not grades:  # a fresh start: nothing is wrong yet
        return Light.GREY, Cause(CauseKind.NO_ENDPOINTS)
    if offline:
        return Light.GREY, Cause(CauseKind.OFFLINE)
    return _light_of_grades(grades, has_outage=has_outage)


def _light_of_grades(grades: tuple[Grade, ...], *, has_outage: bool) -> tuple[Light, Cause]:
    able = [grade for grade in grades if grade.health in _CAN_ANSWER]
    out = [grade for grade in grades if grade.health not in _CAN_ANSWER]
    if not any(grade.health is Health.HEALTHY for grade in able) and (has_outage or not able):
        # What only the person can repair comes first: the others may come back by themselves.
        held = [grade for grade in out if grade.health is Health.QUARANTINED]
        worst = (held or out or able)[0]
        return Light.RED, Cause(CauseKind.ALL_DOWN, "", worst.name, worst.detail)
    preferred = grades[0]
    first = next((grade for grade in able if grade.health is Health.HEALTHY), able[0])
    if preferred in out:
        return Light.AMBER, Cause(CauseKind.FAILOVER, first.name, preferred.name, preferred.detail)
    if first is not preferred:
        return Light.AMBER, Cause(
            CauseKind.RECOVERING, first.name, preferred.name, preferred.detail
        )
    if out:
        return Light.AMBER, Cause(CauseKind.ENDPOINT_OUT, first.name, out[0].name, out[0].detail)
    if first.health is Health.DEGRADED:
        return Light.AMBER, Cause(CauseKind.DEGRADED, first.name, detail=first.detail)
    kind = CauseKind.ALL_WELL if first.has_answered else CauseKind.READY
    return Light.GREEN, Cause(kind, first.name)
