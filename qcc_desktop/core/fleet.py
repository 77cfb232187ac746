"""The one owner of all live state: endpoints, failure queue, sessions, and the network.

Everything here decides without awaiting: `plan` says whom to ask, `admit` lets one request
through, and the permit is settled exactly once by `succeed`, `fail` or `neutral`. Time is
monotonic seconds, chance a number in [0, 1); both are arguments.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from qcc_desktop.core.affinity import Affinity, Binding
from qcc_desktop.core.breaker import BreakerState
from qcc_desktop.core.config import Config, in_order
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import BugError
from qcc_desktop.core.failure import (
    BreakerEffect,
    Failure,
    FailureClass,
    Scope,
    TransportFault,
)
from qcc_desktop.core.failure_queue import FailureQueue
from qcc_desktop.core.health import Grade, Health
from qcc_desktop.core.member import DEGRADED_S, Grant, Member, Permit
from qcc_desktop.core.offline import OfflineWatch
from qcc_desktop.core.router import arrangement, favourites
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.verdict import Verdict

BUSY_RETRY_S = 1.0
"""When to come again while another request tries an endpoint that is out."""

_ABLE = frozenset({Health.HEALTHY, Health.DEGRADED})
_BLAMELESS = frozenset({FailureClass.CLIENT, FailureClass.CLIENT_ABORT})
_GUESSED = frozenset({FailureClass.TRANSIENT, FailureClass.UNKNOWN})


@dataclass(frozen=True, slots=True)
class RouteRequest:
    """What decides whom a request asks; ``session`` and ``agent_id`` are empty when unknown."""

    model: str = ""
    session: str = ""
    agent_id: str = ""
    excluded: frozenset[str] = frozenset()
    """Endpoints that must not be asked, for example because they were."""


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


@dataclass(frozen=True, slots=True)
class MemberView:
    """One endpoint as the snapshot shows it; times are monotonic."""

    endpoint: Endpoint
    verdict: Verdict
    breaker: BreakerState
    consecutive_failures: int
    last_failure: Failure | None
    last_failure_s: float
    requests: int
    failures: int
    in_flight: int
    sessions: int
    p50_s: float | None
    p95_s: float | None
    success_rate: float | None
    is_pinned: bool
    has_answered: bool


class Fleet:
    """All endpoints and sessions."""

    __slots__ = (
        "_affinity",
        "_checks",
        "_config",
        "_members",
        "_order",
        "_queue",
        "_turn",
        "_watch",
    )

    def __init__(self, config: Config | None = None, now_s: float = 0.0) -> None:
        self._config = Config()
        self._members: dict[str, Member] = {}
        self._order: tuple[Member, ...] = ()
        self._queue = FailureQueue()
        self._affinity = Affinity()
        self._watch = OfflineWatch()
        self._checks: dict[str, int] = {}
        self._turn = 0
        if config is not None:
            self.configure(config, now_s)

    # --- configuration -------------------------------------------------------------------

    def configure(self, config: Config, now_s: float) -> None:
        """Take endpoints and options, live; what stayed the same keeps its state."""
        settings = config.settings
        members = {
            endpoint.id: self._member_for(endpoint, settings, now_s)
            for endpoint in in_order(config.endpoints)
        }
        gone = [endpoint_id for endpoint_id in self._members if endpoint_id not in members]
        self._config, self._members, self._order = config, members, tuple(members.values())
        self._queue.interval_s = settings.upstream_probe_s
        self._affinity.ttl_s = settings.affinity_ttl_s
        idle = [member.endpoint.id for member in self._order if not member.is_usable]
        for endpoint_id in gone + idle:
            if endpoint_id in members:
                members[endpoint_id].is_queued = False
            self._queue.discard(endpoint_id)
            self._checks.pop(endpoint_id, None)
            self._affinity.release_all(endpoint_id)
        self._watch_hosts()

    def touch(self, endpoint_id: str, now_s: float) -> None:
        """Take note that an endpoint's key was edited: what was held against it is over."""
        member = self._members.get(endpoint_id)
        if member is not None:
            self._renew(member, now_s)

    def reset(self, endpoint_id: str, now_s: float) -> None:
        """Forget everything held against an endpoint, because the person wants it so."""
        self.touch(endpoint_id, now_s)

    def try_now(self, endpoint_id: str, now_s: float) -> None:
        """Have an endpoint verified at once, whatever its state."""
        member = self._members.get(endpoint_id)
        if member is not None and member.is_usable:
            member.release_hold()
            self._queue.hasten(endpoint_id, now_s)
            member.is_queued = member.health(now_s) not in _ABLE

    # --- the way of one request ----------------------------------------------------------

    def plan(self, route: RouteRequest, now_s: float, chance: float) -> Plan:
        """Return whom one request should ask, in order."""
        able: list[tuple[Health, Member]] = []
        out: list[Member] = []
        for member in self._order:
            if member.endpoint.id in route.excluded:
                continue
            health = member.health(now_s, route.model)
            if health in _ABLE:
                able.append((health, member))
            else:
                out.append(member)
        order = arrangement(able, self._config.settings.routing_strategy, chance)
        asked = self._preferred(order, route, now_s)
        if out:
            return self._plan_with_outages(asked, out, route, now_s)
        return Plan(_candidates(asked))

    def admit(self, candidate: Candidate, route: RouteRequest, now_s: float) -> Permit | Refusal:
        """Let a request through to a candidate, or say why not any more."""
        endpoint_id = candidate.endpoint.id
        member = self._members.get(endpoint_id)
        if member is None:
            return Refusal(endpoint_id, "It was removed.")
        grant = self._grant(member, candidate, route, now_s)
        if grant is None:
            verdict = self._verdict(member, now_s, route.model)
            return Refusal(endpoint_id, verdict.reason, self.soonest_retry_s(now_s, route.model))
        permit = member.take(grant, now_s, route.model)
        self._turn += 1
        member.last_turn = self._turn
        if route.session:
            permit.session = route.session
            self._affinity.entered(
                route.session, endpoint_id, now_s, model=route.model, agent=route.agent_id
            )
        return permit

    def committed(self, permit: Permit, now_s: float) -> bool:
        """Take note that content reached the client; tell whether that ended an outage.

        Binds the session, and closes a circuit that is not closed, so that others need not wait
        for the end of a long answer. The permit is settled later as always.
        """
        member = permit.member
        if permit.epoch < member.renewed_epoch:
            return False
        self._watch.reached(permit.endpoint_id)
        if permit.session:
            self._affinity.answered(permit.session, permit.endpoint_id, permit.taken_s, now_s)
        recovered = member.proved(permit, now_s)
        if recovered:
            self._dequeue(member)
        return recovered

    def succeed(
        self, permit: Permit, now_s: float, *, first_content_s: float | None = None
    ) -> bool:
        """Settle a permit with a whole answer; tell whether that ended an outage.

        ``first_content_s`` is how long the first content took.
        """
        self._settle(permit, now_s)
        recovered = self.committed(permit, now_s)
        if permit.epoch >= permit.member.renewed_epoch:
            permit.member.succeeded(permit, now_s, first_content_s)
        return recovered

    def fail(self, permit: Permit, failure: Failure, now_s: float, chance: float) -> None:
        """Settle a permit with a failure, whoever is to blame."""
        self._settle(permit, now_s)
        member = permit.member
        if permit.epoch < member.renewed_epoch:
            return
        if self._is_blameless(failure):
            member.neutral(permit, now_s)
            return
        member.failed(permit, failure, now_s, chance)
        if failure.release_affinity and permit.session:
            self._affinity.release(permit.session, permit.endpoint_id)
        self._queue_if_out(member, now_s, chance)

    def neutral(self, permit: Permit, now_s: float) -> None:
        """Settle a permit without a verdict (the client went away, we stopped)."""
        self._settle(permit, now_s)
        permit.member.neutral(permit, now_s)

    # --- the network of this computer ----------------------------------------------------

    def noticed(self, endpoint_id: str, fault: TransportFault | None, now_s: float) -> bool:
        """Take note how far an attempt came; tell whether this computer is offline.

        Call it before `fail`, with the fault below HTTP, or with None when the endpoint sent a
        response of any kind. When that leads to the verdict "offline", the failures of the last
        seconds are taken back.
        """
        if fault is None:
            self._watch.reached(endpoint_id)
        elif self._watch.failed(endpoint_id, fault, now_s):
            self._forgive(now_s)
        return self._watch.is_offline

    @property
    def is_offline(self) -> bool:
        """True while this computer seems to have no network; nothing trips meanwhile."""
        return self._watch.is_offline

    def set_offline(self, now_s: float, *, offline: bool) -> None:
        """Take the word of the operating system, or of a check that got through."""
        was_offline = self._watch.is_offline
        self._watch.set_offline(now_s, offline=offline)
        if offline and not was_offline:
            self._forgive(now_s)
        if was_offline and not offline:
            self._queue.hasten_all(now_s)

    # --- background checks ---------------------------------------------------------------

    def probe_due(self, now_s: float) -> tuple[str, ...]:
        """Return the endpoints to verify now; none while this computer is offline."""
        return () if self._watch.is_offline else self._queue.due(now_s)

    def next_due_s(self, now_s: float) -> float | None:
        """Return when the next check is due, never in the past; None when none waits.

        While this computer is offline nothing is checked but the network itself.
        """
        due_s = self._queue.next_due_s
        if self._watch.is_offline or due_s is None:
            return None
        return max(due_s, now_s)

    def probe_began(self, endpoint_id: str, now_s: float) -> None:
        """Take note that a check started.

        Raises:
            BugError: when the endpoint does not wait for one, or is being checked.
        """
        member = self._members.get(endpoint_id)
        if member is None:
            raise BugError("A check began of an endpoint that is not configured.")
        self._queue.began(endpoint_id)
        member.check_began(now_s)
        self._checks[endpoint_id] = member.renewed_epoch

    def probe_cancelled(self, endpoint_id: str, now_s: float, chance: float) -> None:
        """Take note that a check was given up: it says nothing."""
        member = self._members.get(endpoint_id)
        if member is not None and self._checks.pop(endpoint_id, None) == member.renewed_epoch:
            member.check_said_nothing(now_s)
            self._queue.said_nothing(endpoint_id, now_s, chance)

    def probe_ended(
        self, endpoint_id: str, failure: Failure | None, now_s: float, chance: float
    ) -> bool:
        """Take the result of a check; tell whether it ended an outage.

        A failure that is the check's own (an unknown model, an invalid request) proves that the
        endpoint answers, and counts as success.
        """
        member = self._members.get(endpoint_id)
        if member is None or self._checks.pop(endpoint_id, None) != member.renewed_epoch:
            return False
        if failure is None or _proves_life(failure):
            was_out = member.health(now_s) not in _ABLE
            member.check_succeeded(now_s)
            self._dequeue(member)
            self._watch.reached(endpoint_id)
            return was_out
        if self._is_blameless(failure):
            member.check_said_nothing(now_s)
            self._queue.said_nothing(endpoint_id, now_s, chance)
            return False
        member.check_failed(failure, now_s, chance)
        self._queue.failed(
            endpoint_id, now_s, chance, not_before_s=self._not_before_s(member, now_s)
        )
        self._queue_if_out(member, now_s, chance)
        return False

    # --- sessions ------------------------------------------------------------------------

    def pin_session(self, session: str, endpoint_id: str | None, now_s: float) -> None:
        """Let the person choose the endpoint of one session; None ends that."""
        if endpoint_id is None or endpoint_id in self._members:
            self._affinity.pin(session, endpoint_id, now_s)

    def expire(self, now_s: float) -> int:
        """Forget sessions that were idle for the time to live; return how many."""
        return self._affinity.expire(now_s)

    def sessions(self, now_s: float) -> tuple[Binding, ...]:
        """Return the sessions, the one used last first (read only)."""
        return self._affinity.rows(now_s)

    def endpoint_of(self, session: str, now_s: float) -> str | None:
        """Return the id of the endpoint a session is bound to now."""
        binding = self._affinity.find(session, now_s)
        return None if binding is None else binding.endpoint_id

    def has_moved(self, session: str, endpoint_id: str, now_s: float) -> bool:
        """Tell whether a session may hold thinking blocks of another endpoint than this one.

        Only one that has been bound to it alone since we know it certainly does not.
        """
        binding = self._affinity.find(session, now_s) if session else None
        return binding is None or binding.moves > 0 or binding.endpoint_id != endpoint_id

    # --- what others see -----------------------------------------------------------------

    @property
    def in_flight(self) -> int:
        """Requests under way at all endpoints."""
        return sum(member.in_flight for member in self._order)

    def views(self, now_s: float) -> tuple[MemberView, ...]:
        """Return every endpoint in the user's order."""
        return tuple(self._view(member, now_s) for member in self._order)

    def grades(self, now_s: float) -> tuple[Grade, ...]:
        """Return the enabled endpoints for the light, the preferred one first."""
        enabled = [member for member in self._order if member.is_usable]
        enabled.sort(key=lambda member: member.endpoint.id != self._config.pinned_id)
        return tuple(_grade(member, self._verdict(member, now_s)) for member in enabled)

    def soonest_retry_s(self, now_s: float, model: str = "") -> float | None:
        """Return in how many seconds an endpoint may be able to answer; None: nobody knows."""
        return self._soonest_s(self._order, now_s, model)

    def next_change_s(self, now_s: float) -> float | None:
        """Return when a view changes by time alone (monotonic); None when none will."""
        times = [time_s for member in self._order for time_s in _turning_points(member)]
        return min((time_s for time_s in times if time_s > now_s), default=None)

    # --- inside --------------------------------------------------------------------------

    def _member_for(self, endpoint: Endpoint, settings: Settings, now_s: float) -> Member:
        member = self._members.get(endpoint.id)
        if member is None:
            return Member(endpoint, settings)
        before, member.endpoint = member.endpoint, endpoint
        member.breaker.threshold = settings.breaker_failure_threshold
        member.breaker.open_s = settings.breaker_open_s
        if _is_another(before, endpoint):
            self._renew(member, now_s)
        return member

    def _renew(self, member: Member, now_s: float) -> None:
        member.renew(now_s)
        self._dequeue(member)
        self._checks.pop(member.endpoint.id, None)

    def _watch_hosts(self) -> None:
        used = {m.endpoint.id: m.endpoint.base_url for m in self._order if not m.is_off}
        self._watch.watch(used, attempts=self._config.settings.routing_max_attempts)

    def _preferred(self, order: list[Member], route: RouteRequest, now_s: float) -> list[Member]:
        binding = self._affinity.find(route.session, now_s) if route.session else None
        pinned_id = self._config.pinned_id
        if binding is None and pinned_id is None:
            return order
        wanted = favourites(
            binding,
            now_s,
            strategy=self._config.settings.routing_strategy,
            pinned_id=pinned_id,
            is_home_well=self._is_home_well(binding, now_s, route.model),
        )
        front: list[Member] = []
        for endpoint_id in wanted:
            member = self._members.get(endpoint_id) if endpoint_id is not None else None
            if member is not None and member in order and member not in front:
                front.append(member)
        return front + [member for member in order if member not in front]

    def _is_home_well(self, binding: Binding | None, now_s: float, model: str) -> bool:
        home_id = None if binding is None else binding.home_id
        member = None if home_id is None else self._members.get(home_id)
        return member is not None and member.health(now_s, model) is Health.HEALTHY

    def _plan_with_outages(
        self, asked: list[Member], out: list[Member], route: RouteRequest, now_s: float
    ) -> Plan:
        trials = [member for member in out if member.may_try(now_s, route.model)]
        rest = [member for member in out if member not in trials]
        candidates = _candidates(asked + trials)
        retry_after_s = None if candidates else self._soonest_s(rest, now_s, route.model)
        last = self._last_resort(rest, now_s, route.model)
        if last is not None:
            candidates += (Candidate(last.endpoint, is_last=True, is_last_resort=True),)
        skipped = [
            Skipped(m.endpoint, self._verdict(m, now_s, route.model), m.last_failure)
            for m in rest
            if m is not last
        ]
        return Plan(candidates, tuple(skipped), retry_after_s)

    def _last_resort(self, out: list[Member], now_s: float, model: str) -> Member | None:
        free = [member for member in out if member.may_be_last_resort(now_s, model)]
        return min(free, key=lambda member: self._rank(member, now_s, model), default=None)

    def _rank(self, member: Member, now_s: float, model: str) -> tuple[bool, float]:
        until_s = self._verdict(member, now_s, model).until_s
        return member.quarantine is not None, now_s if until_s is None else until_s

    def _grant(
        self, member: Member, candidate: Candidate, route: RouteRequest, now_s: float
    ) -> Grant | None:
        if member.health(now_s, route.model) in _ABLE:
            return Grant.ORDINARY
        if member.may_try(now_s, route.model):
            return Grant.TRIAL
        if candidate.is_last_resort and member.may_be_last_resort(now_s, route.model):
            return Grant.LAST_RESORT
        return None

    def _settle(self, permit: Permit, now_s: float) -> None:
        permit.member.give_back(permit)
        if permit.session:
            self._affinity.left(permit.session, now_s)

    def _is_blameless(self, failure: Failure) -> bool:
        if failure.scope is Scope.LOCAL or failure.kind in _BLAMELESS:
            return True
        return self._watch.is_offline and failure.kind in _GUESSED

    def _forgive(self, now_s: float) -> None:
        for member in self._order:
            if member.forgive(now_s):
                self._dequeue(member)

    def _queue_if_out(self, member: Member, now_s: float, chance: float) -> None:
        if member.is_off:
            self._dequeue(member)
            self._watch_hosts()
        elif (
            member.breaker.state is not BreakerState.CLOSED
            or member.quarantine is not None
            or member.is_often_failing()
        ):
            not_before_s = self._not_before_s(member, now_s)
            self._queue.put(member.endpoint.id, now_s, chance, not_before_s=not_before_s)
            member.is_queued = True

    def _not_before_s(self, member: Member, now_s: float) -> float:
        """Return when a check makes sense: a time the upstream named is waited for."""
        pause = member.cooldowns.active(now_s)
        return pause.until_s if pause is not None and pause.is_firm else 0.0

    def _dequeue(self, member: Member) -> None:
        self._queue.discard(member.endpoint.id)
        member.is_queued = False

    def _verdict(self, member: Member, now_s: float, model: str = "") -> Verdict:
        return member.verdict(now_s, model, self._queue.due_s(member.endpoint.id))

    def _soonest_s(self, members: Iterable[Member], now_s: float, model: str) -> float | None:
        waits = [self._wait_s(member, now_s, model) for member in members]
        return min((wait_s for wait_s in waits if wait_s is not None), default=None)

    def _wait_s(self, member: Member, now_s: float, model: str) -> float | None:
        verdict = self._verdict(member, now_s, model)
        if verdict.health in _ABLE:
            return 0.0
        if verdict.until_s is None:
            return None
        return max(verdict.until_s - now_s, BUSY_RETRY_S)

    def _view(self, member: Member, now_s: float) -> MemberView:
        metrics = member.metrics
        return MemberView(
            endpoint=member.endpoint,
            verdict=self._verdict(member, now_s),
            breaker=member.breaker.state,
            consecutive_failures=int(member.breaker.consecutive),
            last_failure=member.last_failure,
            last_failure_s=member.last_failure_s,
            requests=metrics.requests,
            failures=metrics.failures,
            in_flight=member.in_flight,
            sessions=self._affinity.count(member.endpoint.id),
            p50_s=metrics.p50_s,
            p95_s=metrics.p95_s,
            success_rate=metrics.success_rate,
            is_pinned=member.endpoint.id == self._config.pinned_id,
            has_answered=metrics.successes > 0,
        )


def _candidates(members: list[Member]) -> tuple[Candidate, ...]:
    last = len(members) - 1
    return tuple(Candidate(m.endpoint, index == last) for index, m in enumerate(members))


def _is_another(before: Endpoint, after: Endpoint) -> bool:
    """Tell whether an edit makes what was known about the endpoint worthless."""
    if after.enabled and not before.enabled:
        return True
    return (before.base_url, before.auth, before.protocol, before.proxy, before.extra_headers) != (
        after.base_url,
        after.auth,
        after.protocol,
        after.proxy,
        after.extra_headers,
    )


def _proves_life(failure: Failure) -> bool:
    if failure.breaker is not BreakerEffect.NEUTRAL:
        return False
    is_about_model = failure.kind is FailureClass.PERMANENT and failure.scope is Scope.MODEL
    return failure.kind is FailureClass.CLIENT or is_about_model


def _grade(member: Member, verdict: Verdict) -> Grade:
    return Grade(member.endpoint.name, verdict.health, verdict.reason, member.metrics.successes > 0)


def _turning_points(member: Member) -> list[float]:
    points = member.cooldowns.ends_s(0.0)
    if member.breaker.state is BreakerState.OPEN:
        points.append(member.breaker.until_s)
    if member.failed_s is not None:
        points.append(member.failed_s + DEGRADED_S)
    return points
