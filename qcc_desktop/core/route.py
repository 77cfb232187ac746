"""The values between a request and the fleet: what it asks for, whom it may ask, who is left out."""

from dataclasses import dataclass

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.failure import Failure
from qcc_desktop.core.settings import Strategy
from qcc_desktop.core.verdict import Verdict


@dataclass(frozen=True, slots=True)
class RouteRequest:
    """What decides whom a request asks; ``session`` and ``agent_id`` are empty when unknown."""

    model: str = ""
    session: str = ""
    agent_id: str = ""
    excluded: frozenset[str] = frozenset()
    """Endpoints that must not be asked, for example because they were."""
    preferred_id: str | None = None
    """This endpoint is preferred instead of the pinned one."""
    strategy: Strategy | None = None
    """This strategy is taken instead of the configured one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One endpoint to ask.

    ``is_last``: no well endpoint comes after it, so it deserves more patience.
    ``is_last_resort``: it is out, but nothing better is left.
    """

    endpoint: Endpoint
    is_last: bool = False
    is_last_resort: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """One endpoint that is not asked, and why; ``failure`` is what put it out, if known."""

    endpoint: Endpoint
    verdict: Verdict
    failure: Failure | None = None

    @property
    def reason(self) -> str:
        """Why, in one sentence."""
        return self.verdict.reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to ask, in order; a last resort comes last.

    ``skipped`` are those this plan does not ask: whoever is out, and the last resort too while
    others come before it (it is a candidate nevertheless, in case that they are refused).
    ``retry_after_s`` is when an endpoint may be able to answer again, where no candidate is
    an ordinary one; None when nobody knows.
    """

    candidates: tuple[Candidate, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that may not be asked after all; ``retry_after_s`` as in `Plan`."""

    endpoint_id: str
    reason: str
    retry_after_s: float | None = None
