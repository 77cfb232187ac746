"""The whole visible state of the program as one frozen value.

Front ends (tray, window, status command, HTTP view) read nothing else. Wall times are aware
UTC datetimes.
"""

from dataclasses import dataclass, field
from datetime import datetime

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.health import Cause, CauseKind, Health, Light
from qcc_desktop.core.settings import Strategy


@dataclass(frozen=True, slots=True)
class LastError:
    """The last counted failure of an endpoint; ``kind`` is the failure class."""

    kind: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EndpointView:
    """One endpoint as shown; ``breaker`` is ``closed``, ``open`` or ``half_open``."""

    endpoint: Endpoint
    health: Health
    breaker: str = "closed"
    consecutive_failures: int = 0
    retry_at: datetime | None = None
    """When it is tried or verified again, if it is out."""
    reason: str = ""
    """Why it is out or degraded, one sentence; empty when healthy."""
    last_error: LastError | None = None
    requests: int = 0
    failures: int = 0
    in_flight: int = 0
    sessions: int = 0
    latency_p50_ms: float | None = None
    """Time to the first content (streams) or the whole answer."""
    latency_p95_ms: float | None = None
    success_rate: float | None = None
    has_key: bool = True
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One endpoint considered for a request: asked, or skipped with its reason."""

    endpoint: str
    outcome: str
    """``ok``, ``skipped``, ``cancelled`` or a failure class."""
    reason: str = ""
    duration_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class RequestView:
    """One finished or running request with its decision chain."""

    id: int
    at: datetime
    session: str
    model: str
    path: str
    outcome: str
    """``running``, ``ok``, ``recovered``, ``client_error``, ``failed``, ``cancelled``, ``cut``."""
    status: int | None = None
    endpoint: str = ""
    attempts: tuple[AttemptView, ...] = ()
    duration_ms: float = 0.0
    first_token_ms: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0


@dataclass(frozen=True, slots=True)
class SessionView:
    """One conversation and where it is bound."""

    key: str
    endpoint_id: str
    model: str
    turns: int
    last_seen: datetime
    agents: int = 0
    """How many subagents were seen in it."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts since the program started."""

    requests: int = 0
    failures: int = 0
    """Requests that the client saw fail for a reason not its own."""
    failovers: int = 0
    cancelled: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a front end shows."""

    running: bool = False
    port: int | None = None
    light: Light = Light.GREY
    cause: Cause = field(default_factory=lambda: Cause(CauseKind.OFF))
    strategy: Strategy = Strategy.PRIORITY_FAILOVER
    endpoints: tuple[EndpointView, ...] = ()
    active_endpoint: str = ""
    """Name of the endpoint that answered last, or would be asked first."""
    in_flight: int = 0
    sessions: tuple[SessionView, ...] = ()
    requests: tuple[RequestView, ...] = ()
    """The last ones, newest first."""
    totals: Totals = field(default_factory=Totals)
