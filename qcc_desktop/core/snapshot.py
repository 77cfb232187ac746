"""The whole visible state of the program as one frozen value.

Front ends (tray, window, status command, HTTP view) read nothing else. Wall times are aware
UTC datetimes.
"""

from dataclasses import dataclass, field
from datetime import datetime

from qcc_desktop.core.endpoint import Endpoint, needs_key
from qcc_desktop.core.health import Cause, CauseKind, Health, Light
from qcc_desktop.core.settings import Strategy
from qcc_desktop.core.usage import Usage


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
    consecutive_failures: float = 0
    """Since the last success; an overload counts half."""
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
    trace_ms: tuple[float, ...] = ()
    """The last latencies, at most 30, oldest first."""

    @property
    def lacks_key(self) -> bool:
        """Whether it has no key and needs one."""
        return not self.has_key and needs_key(self.endpoint.base_url, self.endpoint.protocol)


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One endpoint considered for a request: asked, or skipped with its reason."""

    endpoint: str
    outcome: str
    """``ok``, ``skipped``, ``cancelled`` or a failure class."""
    reason: str = ""
    duration_ms: float = 0.0
    endpoint_id: str = ""
    status: int | None = None
    """The HTTP status that the endpoint sent, if it sent any."""


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
    endpoint_id: str = ""
    agent: str = ""
    """Id of the subagent that asked; empty for the conversation itself."""
    folder: str = ""
    """Working directory of the conversation, if it told; never leaves this computer."""
    sent_model: str = ""
    """What the endpoint was asked for, and bills: ``model`` unless a model map changed it."""

    @property
    def usage(self) -> Usage:
        """The tokens in one value."""
        return Usage(
            self.input_tokens, self.output_tokens, self.cache_read_tokens, self.cache_write_tokens
        )


FAILED_OUTCOMES = frozenset({"failed", "cut"})
"""Outcomes of requests that the client saw fail for a reason not its own."""


@dataclass(frozen=True, slots=True)
class AgentView:
    """One subagent of a conversation; ``usage`` is of its finished requests."""

    id: str
    model: str
    turns: int
    last_seen: datetime
    in_flight: int = 0
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class SessionView:
    """One conversation and where it is bound.

    ``usage`` and ``in_flight`` include its subagents.
    """

    key: str
    endpoint_id: str
    """Where it is now; empty when it is bound nowhere."""
    model: str
    turns: int
    last_seen: datetime
    agents: int = 0
    """How many subagents were seen in it."""
    folder: str = ""
    """Its working directory, if it told."""
    pin_id: str = ""
    """The endpoint that the person chose for it; empty when it is routed like the others."""
    home_id: str = ""
    """The endpoint it returns to after a failover."""
    in_flight: int = 0
    usage: Usage = field(default_factory=Usage)
    subagents: tuple[AgentView, ...] = ()
    """The ones seen last, the last one first; there may have been more (``agents``)."""

    @property
    def cache_hit_rate(self) -> float | None:
        """Share of the prompt's tokens that came from a cache; None before the first."""
        return self.usage.cache_hit_rate


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
    """Name of the endpoint that answered last, or would be asked first; empty: nobody can."""
    in_flight: int = 0
    sessions: tuple[SessionView, ...] = ()
    requests: tuple[RequestView, ...] = ()
    """The last ones, newest first."""
    totals: Totals = field(default_factory=Totals)
