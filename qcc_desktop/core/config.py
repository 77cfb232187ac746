"""What the user configured, as one frozen value (without secrets)."""

from dataclasses import dataclass, field

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.settings import Settings


@dataclass(frozen=True, slots=True)
class Config:
    """Endpoints in the user's order, the options, and the pinned endpoint if any."""

    endpoints: tuple[Endpoint, ...] = ()
    settings: Settings = field(default_factory=Settings)
    pinned_id: str | None = None
    """This endpoint is preferred for everything while it can answer."""
    enabled: bool = True
    """The on/off switch of the proxy, remembered over restarts."""
    recent_folders: tuple[str, ...] = ()
    """Where Claude Code was launched, newest first."""


def in_order(endpoints: tuple[Endpoint, ...]) -> tuple[Endpoint, ...]:
    """Return the endpoints by priority; equal ones keep their order."""
    return tuple(sorted(endpoints, key=lambda endpoint: endpoint.priority))
