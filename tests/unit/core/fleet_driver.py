"""Drives a fleet in tests: its own clock, endpoints by letter, failures by row of the table."""

from dataclasses import replace
from typing import Any

from qcc_desktop.core.classification.rows import verdict
from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.failure import Failure
from qcc_desktop.core.fleet import Candidate, Fleet, MemberView, Permit, Plan, Refusal, RouteRequest
from qcc_desktop.core.health import Health
from qcc_desktop.core.settings import Settings

ABLE = frozenset({Health.HEALTHY, Health.DEGRADED})
MIDDLE = 0.5
"""The chance that means: no jitter."""
BROKEN = verdict(26)
REFUSED_KEY = verdict(13)
NO_MONEY = verdict(12)
CUT_EARLY = verdict(30)
CLIENTS = verdict(8)
OFFLINE = verdict(1)
SLOW = verdict(7)


def endpoint(name: str, /, **changes: Any) -> Endpoint:
    """An endpoint whose id, name and host are one letter."""
    own = Endpoint(id=name, name=name.upper(), base_url=f"https://{name}.example")
    return replace(own, **changes)


class Driver:
    """A fleet with a clock that stands until told."""

    def __init__(self, names: str = "ab", settings: Settings | None = None, **rest: Any) -> None:
        self.fleet = Fleet()
        self.now_s = 1000.0
        self.config = Config(
            endpoints=tuple(endpoint(name) for name in names),
            settings=settings or Settings(),
            **rest,
        )
        self.apply()

    def apply(self, **changes: Any) -> None:
        self.config = replace(self.config, **changes)
        self.fleet.configure(self.config, self.now_s)

    def set(self, **changes: Any) -> None:
        self.apply(settings=replace(self.config.settings, **changes))

    def edit(self, name: str, /, **changes: Any) -> None:
        self.apply(
            endpoints=tuple(
                replace(item, **changes) if item.id == name else item
                for item in self.config.endpoints
            )
        )

    def wait(self, seconds: float) -> None:
        self.now_s += seconds

    def plan(self, session: str = "", model: str = "m", **rest: Any) -> Plan:
        return self.fleet.plan(
            RouteRequest(model=model, session=session, **rest), self.now_s, MIDDLE
        )

    def order(self, session: str = "", model: str = "m", **rest: Any) -> str:
        """Whom a request would ask; a last resort in capitals."""
        return "".join(
            item.endpoint.id.upper() if item.is_last_resort else item.endpoint.id
            for item in self.plan(session, model, **rest).candidates
        )

    def admit(
        self, candidate: Candidate, session: str = "", model: str = "m", agent: str = ""
    ) -> Permit | Refusal:
        route = RouteRequest(model=model, session=session, agent_id=agent)
        return self.fleet.admit(candidate, route, self.now_s)

    def send(self, name: str = "", session: str = "", model: str = "m", agent: str = "") -> Permit:
        """Send a request to the first candidate, or to ``name`` whatever the plan says."""
        if name:
            candidate = Candidate(endpoint(name), is_last_resort=True)
        else:
            candidate = self.plan(session, model).candidates[0]
        permit = self.admit(candidate, session, model, agent)
        assert isinstance(permit, Permit), permit
        return permit

    def succeed(self, name: str = "", session: str = "", model: str = "m") -> str:
        permit = self.send(name, session, model)
        self.fleet.succeed(permit, self.now_s, first_content_s=0.1)
        return permit.endpoint_id

    def fail(
        self, name: str = "", session: str = "", failure: Failure = BROKEN, model: str = "m"
    ) -> str:
        permit = self.send(name, session, model)
        self.fleet.fail(permit, failure, self.now_s, MIDDLE)
        return permit.endpoint_id

    def trip(self, name: str) -> None:
        """Open a circuit the ordinary way."""
        for _ in range(self.config.settings.breaker_failure_threshold):
            self.fail(name)

    def bound_to(self, session: str) -> str | None:
        """The endpoint that a session is bound to now."""
        binding = self.fleet.binding_of(session, self.now_s)
        return None if binding is None else binding.endpoint_id

    def view(self, name: str) -> MemberView:
        return next(v for v in self.fleet.views(self.now_s) if v.endpoint.id == name)

    def health(self, name: str) -> Health:
        return self.view(name).verdict.health

    def is_well(self, name: str, model: str = "m") -> bool:
        """Whether it gets ordinary traffic for ``model``."""
        member = self.fleet._roster.find(name)
        return member is not None and member.health(self.now_s, model) in ABLE

    def until_s(self, name: str) -> float | None:
        return self.view(name).verdict.until_s

    def check(self, name: str, failure: Failure | None = None) -> bool:
        """Run a background check that is due."""
        assert name in self.fleet.probe_due(self.now_s)
        self.fleet.probe_began(name, self.now_s)
        return self.fleet.probe_ended(name, failure, self.now_s, MIDDLE)
