"""One message for the person's desktop, and whether it is wanted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qcc_desktop.core.settings import Settings


class AlertKind(StrEnum):
    """What is told, the most urgent first; the value ends the option's key (``notify.quota``)."""

    ALL_DOWN = "all_down"
    KEY_REFUSED = "key_refused"
    QUOTA = "quota"
    FAILOVER = "failover"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Alert:
    """One message: ``endpoint`` is what it is about, ``other`` answers instead.

    ``until`` is when the endpoint is asked again, where that is known.
    """

    kind: AlertKind
    endpoint_id: str
    endpoint: str
    other: str = ""
    reason: str = ""
    """The failure's sentence (`core.failure`), in English."""
    until: datetime | None = None
    also: tuple[str, ...] = ()
    """Names of further endpoints that fared alike."""


def is_wanted(settings: Settings, kind: AlertKind) -> bool:
    """Tell whether the person wants messages of this kind."""
    match kind:
        case AlertKind.ALL_DOWN:
            return settings.notify_all_down
        case AlertKind.KEY_REFUSED:
            return settings.notify_key_refused
        case AlertKind.QUOTA:
            return settings.notify_quota
        case AlertKind.FAILOVER:
            return settings.notify_failover
        case AlertKind.RECOVERY:
            return settings.notify_recovery
