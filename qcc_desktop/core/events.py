"""Facts the engine announces, past tense; carried by `runtime.bus`."""

from dataclasses import dataclass

from qcc_desktop.core.failure import Failure
from qcc_desktop.core.snapshot import RequestView


@dataclass(frozen=True, slots=True)
class ProxyStarted:
    """The proxy listens on ``port``."""

    port: int


@dataclass(frozen=True, slots=True)
class ProxyStopped:
    """The proxy does not listen any more; ``fault`` says why, empty when it was asked to."""

    fault: str = ""


@dataclass(frozen=True, slots=True)
class RequestStarted:
    """A client's request came in."""

    request_id: int


@dataclass(frozen=True, slots=True)
class RequestFinished:
    """A client's request is over; ``outcome`` as in `core.snapshot.RequestView`.

    ``attempts`` counts the endpoints asked, ``request`` is the whole record.
    """

    request_id: int
    outcome: str
    endpoint_id: str
    attempts: int
    request: RequestView


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    """An endpoint failed a request."""

    request_id: int
    endpoint_id: str
    failure: Failure
    duration_s: float


@dataclass(frozen=True, slots=True)
class FailedOver:
    """A request was answered by ``to_id`` after ``from_id`` failed."""

    request_id: int
    from_id: str
    to_id: str


@dataclass(frozen=True, slots=True)
class EndpointRecovered:
    """An endpoint that was out is back."""

    endpoint_id: str


@dataclass(frozen=True, slots=True)
class EndpointProbed:
    """A background check ended; ``message`` says how it failed, empty when it succeeded."""

    endpoint_id: str
    message: str


@dataclass(frozen=True, slots=True)
class NetworkChanged:
    """This computer went offline or came back."""

    offline: bool


@dataclass(frozen=True, slots=True)
class HealthReviewed:
    """Time has passed that changes a grade by itself: a cool-down or an open circuit ended."""


@dataclass(frozen=True, slots=True)
class ConfigChanged:
    """Endpoints or settings were changed."""


Event = (
    ProxyStarted
    | ProxyStopped
    | RequestStarted
    | RequestFinished
    | AttemptFailed
    | FailedOver
    | EndpointRecovered
    | EndpointProbed
    | NetworkChanged
    | HealthReviewed
    | ConfigChanged
)
