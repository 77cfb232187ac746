"""What an attempt can end in, as values.

The classes and rows are those of the classification table that the test corpus
(`tests/data/classification`) is labelled with; `core.classifier` maps what was
observed to a `Failure`, and everything after it (breaker, queue, failover, the answer
to the client) only reads that value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FailureClass(StrEnum):
    """Who or what is at fault, coarsely: decides the action."""

    TRANSIENT = "transient"
    RATE_LIMIT = "rate_limit"
    AUTH = "auth"
    QUOTA = "quota"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"
    CLIENT = "client"
    CLIENT_ABORT = "client_abort"


class Scope(StrEnum):
    """What a failure says something about."""

    ENDPOINT = "endpoint"
    MODEL = "model"
    """The endpoint with this model only."""
    REQUEST = "request"
    LOCAL = "local"
    """This computer."""


class Phase(StrEnum):
    """How far an attempt had come."""

    CONNECT = "connect"
    HEADERS = "headers"
    """Connected; waiting for the response head."""
    STATUS = "status"
    """A response head with an error status arrived, and its body as far as it came."""
    BEFORE_CONTENT = "before_content"
    """A 2xx head arrived; nothing of the answer has reached the client."""
    MID_STREAM = "mid_stream"
    """Content has reached the client."""


class TransportFault(StrEnum):
    """What went wrong below HTTP semantics."""

    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect_timeout"
    TLS = "tls"
    PROXY_REFUSED = "proxy_refused"
    """The HTTP or SOCKS proxy cannot be reached or does not forward."""
    PROXY_AUTH = "proxy_auth"
    POOL_TIMEOUT = "pool_timeout"
    LOCAL_RESOURCE = "local_resource"
    """Out of files, ports or memory on this computer."""
    OFFLINE = "offline"
    """This computer has no network: every endpoint fails alike."""
    DISCONNECTED = "disconnected"
    """The peer closed in an orderly way before a whole response head."""
    RESET = "reset"
    WRITE = "write"
    HEADERS_TIMEOUT = "headers_timeout"
    PROTOCOL = "protocol"
    """Bytes that are no HTTP/1.1 (garbage, a bad chunk)."""
    HEADERS_TOO_LARGE = "headers_too_large"
    CONTENT_TIMEOUT = "content_timeout"
    """Bytes may have come, but no content in time."""
    IDLE_TIMEOUT = "idle_timeout"
    EOF = "eof"
    """The body ended before it was complete."""
    DECODE = "decode"
    """The content encoding (gzip, br, ...) is broken."""
    MALFORMED = "malformed"
    """A 2xx body that is neither valid SSE nor a JSON message (HTML, empty, garbage)."""


class BreakerEffect(StrEnum):
    """What a failure does to the circuit breaker of its endpoint."""

    NEUTRAL = "neutral"
    HALF = "half"
    COUNT = "count"
    OPEN = "open"


class SwitchIf(StrEnum):
    """What another endpoint must have so that it may be asked although `Failure.switch` is False."""

    LARGER_WINDOW = "larger_window"
    """A context window configured larger than that of the endpoint that failed."""
    PROVED_CAPABILITY = "proved_capability"
    """It has answered a request with the same model and betas before."""


@dataclass(frozen=True, slots=True)
class Cooldown:
    """How long the scope of a failure is left alone.

    ``base_s`` doubles on repetition up to ``cap_s`` and carries jitter; ``exact_s`` is a time
    the upstream named and is taken as it is (already capped, no doubling).
    """

    base_s: float
    cap_s: float
    exact_s: float | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen of one attempt; the input of the classifier.

    ``headers`` have lower-case names. ``body`` is the decoded error body, the whole 2xx body of
    a malformed answer, or the data of an SSE ``error`` event, cut at 64 KB. ``is_inference`` is
    True for ``POST /v1/messages`` only. ``wall_now_s`` is seconds since the epoch, for dates the
    upstream names. ``detail`` is the transport's own words, without secrets.
    """

    phase: Phase
    fault: TransportFault | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    is_inference: bool = True
    is_sse_error: bool = False
    reused_connection: bool = False
    response_bytes: int = 0
    request_body_bytes: int = 0
    stop_reason_seen: bool = False
    client_gone: bool = False
    wall_now_s: float = 0.0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """The verdict on one failed attempt.

    ``row`` is the row of the classification table. ``reason`` is a stable slug
    (``"dns"``, ``"context_overflow"``), ``message`` one English sentence without secrets.
    ``retry_same`` is how often the same endpoint may be asked again for this request
    (``retry_delay_s`` before it; ``retry_only_if_last`` when no other endpoint is left;
    ``retry_stripped`` with thinking blocks removed); several delays double (1, 2, 4 s), and
    ``breaker`` and ``cooldown`` take effect only once the endpoint is given up for the request.
    ``switch`` says whether another endpoint may be asked, ``switch_limit`` how many at most,
    ``switch_if`` names the one exception to a False. ``release_affinity`` unbinds the session.
    The client gets ``client_status``, with the upstream's own body where ``verbatim`` (a relay's
    500 can hold a 400), else with ``client_error_type`` and ``message``; ``should_retry`` False
    adds ``x-should-retry: false``; ``retry_after_s`` is sent as ``retry-after``.
    """

    kind: FailureClass
    row: int
    reason: str
    message: str
    scope: Scope
    breaker: BreakerEffect = BreakerEffect.NEUTRAL
    cooldown: Cooldown | None = None
    switch: bool = True
    switch_limit: int | None = None
    switch_if: SwitchIf | None = None
    retry_same: int = 0
    retry_delay_s: float = 0.0
    retry_only_if_last: bool = False
    retry_stripped: bool = False
    release_affinity: bool = False
    quarantine: bool = False
    """Needs the person (new key, money): out until verified or edited."""
    client_status: int = 502
    client_error_type: str = "api_error"
    verbatim: bool = False
    should_retry: bool | None = None
    retry_after_s: float | None = None
