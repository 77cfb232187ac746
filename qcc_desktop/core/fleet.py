"""The one owner of all live state: endpoints, failure queue, sessions, and the network.

Everything here decides without awaiting: `Fleet.plan` says whom to ask, `Fleet.admit` lets one
request through, and the permit is settled exactly once by `succeed`, `fail` or `neutral`. Time
is monotonic seconds, chance a number in [0, 1); both are arguments.
"""

from dataclasses import dataclass

from qcc_desktop.core.affinity import Affinity, Binding
from qcc_desktop.core.breaker import BreakerState
from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.failure import Failure, FailureClass, Scope, TransportFault
from qcc_desktop.core.health import Grade
from qcc_desktop.core.member import Grant, Member, Permit
from qcc_desktop.core.offline import OfflineWatch
from qcc_desktop.core.roster import ABLE, Roster, proves_life
from qcc_desktop.core.route import Candidate, Plan, Refusal, RouteRequest, Skipped
from qcc_desktop.core.router import Router
from qcc_desktop.core.verdict import Verdict

__all__ = [
    "Candidate",
    "Fleet",
    "MemberView",
    "Permit",
    "Plan",
    "Refusal",
    "RouteRequest",
    "Skipped",
]

_BLAMELESS = frozenset({FailureClass.CLIENT, FailureClass.CLIENT_ABORT})
_GUESSED = frozenset({FailureClass.TRANSIENT, FailureClass.UNKNOWN})
_PORTAL_ROW = 28
_ANSWERED_ROWS = frozenset(range(8, 35)) - {_PORTAL_ROW}
"""Rows that need a response of the endpoint: there is a network. A page may be a portal's."""


@dataclass(frozen=True, slots=True)
class MemberView:
    """One endpoint as the snapshot shows it; times are monotonic."""

    endpoint: Endpoint
    verdict: Verdict
    breaker: BreakerState
    consecutive_failures: float
    """Halves are possible: an overload counts half."""
    last_failure: Failure | None
    last_failure_s: float
    requests: int
    failures: int
    in_flight: int
    sessions: int
    p50_s: float | None
    p95_s: float | None
    success_rate: float | None
    trace_ms: tuple[float, ...]
    is_pinned: bool
    has_answered: bool


class Fleet:
    """All endpoints and sessions."""

    __slots__ = ("_affinity", "_roster", "_router", "_turn", "_watch")

    def __init__(self) -> None:
        self._roster = Roster()
        self._router = Router(self._roster)
        self._affinity = Affinity()
        self._watch = OfflineWatch()
        self._turn = 0

    # Configuration

    def configure(self, config: Config, now_s: float) -> None:
        """Take endpoints and options, live; what stayed the same keeps its state."""
        self._router.config = config
        self._affinity.ttl_s = config.settings.affinity_ttl_s
        for endpoint_id in self._roster.configure(config, now_s):
            self._affinity.release_all(endpoint_id)
        self._watch_hosts()

    def reset(self, endpoint_id: str, now_s: float) -> None:
        """Forget everything held against an endpoint: its key was edited."""
        member = self._roster.find(endpoint_id)
        if member is not None:
            self._roster.renew(member, now_s)
            self._watch_hosts()

    def try_now(self, endpoint_id: str, now_s: float) -> None:
        """Have an endpoint verified at once, whatever its state."""
        member = self._roster.find(endpoint_id)
        if member is not None and member.is_usable:
            self._roster.hasten(member, now_s)
            self._watch_hosts()

    # The way of one request

    def plan(self, route: RouteRequest, now_s: float, chance: float) -> Plan:
        """Return whom one request should ask, in order."""
        binding = self._affinity.find(route.session, now_s) if route.session else None
        return self._router.plan(route, binding, now_s, chance)

    def admit(self, candidate: Candidate, route: RouteRequest, now_s: float) -> Permit | Refusal:
        """Let a request through to a candidate, or say why not any more."""
        endpoint_id = candidate.endpoint.id
        member = self._roster.find(endpoint_id)
        if member is None:
            return Refusal(endpoint_id, "It was removed.")
        grant = _grant(member, candidate, route.model, now_s)
        if grant is None:
            verdict = self._roster.verdict(member, now_s, route.model)
            retry_after_s = self.soonest_retry_s(now_s, route.model)
            return Refusal(endpoint_id, verdict.reason, retry_after_s)
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
        if permit.session and self._is_current(member):
            self._affinity.answered(permit.session, permit.endpoint_id, permit.taken_s, now_s)
        was_doubted = member.must_be_verified
        has_recovered = member.proved(permit, now_s)
        if has_recovered or (was_doubted and not member.must_be_verified):
            self._roster.dequeue(member)
        return has_recovered

    def succeed(
        self, permit: Permit, now_s: float, *, first_content_s: float | None = None
    ) -> bool:
        """Settle a permit with a whole answer; tell whether that ended an outage.

        ``first_content_s`` is how long the first content took.
        """
        self._settle(permit, now_s)
        has_recovered = self.committed(permit, now_s)
        if permit.epoch >= permit.member.renewed_epoch:
            permit.member.succeeded(permit, now_s, first_content_s)
        return has_recovered

    def fail(self, permit: Permit, failure: Failure, now_s: float, chance: float) -> None:
        """Settle a permit with a failure, whoever is to blame."""
        self._settle(permit, now_s)
        member = permit.member
        if permit.epoch < member.renewed_epoch or not self._is_current(member):
            return
        self._hear(member, failure)
        if self._is_blameless(failure):
            member.neutral(permit, now_s)
            return
        member.failed(permit, failure, now_s, chance)
        if failure.release_affinity and permit.session:
            self._affinity.release(permit.session, permit.endpoint_id)
        self._roster.enqueue_if_out(member, now_s, chance, permit.model)
        if member.is_off:
            self._watch_hosts()

    def neutral(self, permit: Permit, now_s: float) -> None:
        """Settle a permit without a verdict (the client went away, we stopped)."""
        self._settle(permit, now_s)
        permit.member.neutral(permit, now_s)

    # The network of this computer

    def noticed(self, endpoint_id: str, fault: TransportFault | None, now_s: float) -> bool:
        """Take note how far an attempt came; tell whether this computer is offline.

        Call it before `fail`, with the fault below HTTP, or with None when the endpoint sent a
        response of any kind. When that leads to the verdict "offline", the failures of the last
        seconds are taken back.
        """
        if fault is None:
            self._watch.reached(endpoint_id)
        elif self._watch.failed(endpoint_id, fault, now_s):
            self._roster.forgive(now_s)
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
            self._roster.forgive(now_s)
        if was_offline and not offline:
            self._roster.queue.hasten_all(now_s)

    # Background checks

    def probe_due(self, now_s: float) -> tuple[str, ...]:
        """Return the endpoints to verify now, longest due first.

        While this computer is offline only one endpoint is asked, every few seconds, to see
        whether the network is back.
        """
        if not self._watch.is_offline:
            return self._roster.queue.due(now_s)
        scout_id = self._scout_id()
        return () if scout_id is None or now_s < self._watch.recheck_s else (scout_id,)

    def next_due_s(self) -> float | None:
        """Return when the next check is due (perhaps in the past); None when none waits."""
        if not self._watch.is_offline:
            return self._roster.queue.next_due_s
        return None if self._scout_id() is None else self._watch.recheck_s

    def probe_began(self, endpoint_id: str, now_s: float) -> None:
        """Take note that a check started.

        Raises:
            BugError: when the endpoint does not wait for one, or is being checked.
        """
        if self._watch.is_offline:
            self._watch.rechecked(now_s)
            self._roster.queue.admit(endpoint_id, now_s)
        self._roster.check_began(endpoint_id, now_s)

    def probe_ended(
        self, endpoint_id: str, failure: Failure | None, now_s: float, chance: float
    ) -> bool:
        """Take the result of a check; tell whether it ended an outage.

        A failure that is the check's own (an unknown model, an invalid request) proves that the
        endpoint answers, and counts as success. One that is nobody's (`Scope.LOCAL`, a check
        that was given up) says nothing.
        """
        member = self._roster.take_checked(endpoint_id)
        if member is None:
            return False
        if failure is None or proves_life(failure):
            self._watch.reached(endpoint_id)
            return self._roster.check_succeeded(member, now_s)
        self._hear(member, failure)
        if self._is_blameless(failure):
            self._roster.check_said_nothing(member, now_s, chance)
        else:
            self._roster.check_failed(member, failure, now_s, chance)
            self._watch_hosts()
        return False

    # Sessions

    def pin_session(self, session: str, endpoint_id: str | None, now_s: float) -> None:
        """Let the person choose the endpoint of one session; None ends that."""
        if endpoint_id is None or self._roster.find(endpoint_id) is not None:
            self._affinity.pin(session, endpoint_id, now_s)

    def move_session(self, session: str, endpoint_id: str, now_s: float) -> None:
        """Bind one session to an endpoint from its next request on, without a pin."""
        if self._roster.find(endpoint_id) is not None:
            self._affinity.move(session, endpoint_id, now_s)

    def release_session(self, session: str) -> None:
        """Have the next request of one session routed as if it were new."""
        self._affinity.unbind(session)

    def knows_session(self, session: str, now_s: float) -> bool:
        """Tell whether a session is remembered."""
        return self._affinity.find(session, now_s) is not None

    def expire(self, now_s: float) -> int:
        """Forget sessions that were idle for the time to live; return how many."""
        return self._affinity.expire(now_s)

    def sessions(self, now_s: float) -> tuple[Binding, ...]:
        """Return the sessions, the one used last first (read only)."""
        return self._affinity.rows(now_s)

    def has_moved(self, session: str, endpoint_id: str, now_s: float) -> bool:
        """Tell whether a session may hold thinking blocks of another endpoint than this one.

        Only one that has been bound to it alone since we know it certainly does not.
        """
        binding = self._affinity.find(session, now_s) if session else None
        return binding is None or binding.moves > 0 or binding.endpoint_id != endpoint_id

    # Beyond the end of the program

    def restore_session(self, binding: Binding) -> None:
        """Take over a binding of an earlier start; endpoints that cannot be asked are left out.

        Call it with the one used longest ago first, before any request.
        """
        binding.endpoint_id = self._usable(binding.endpoint_id)
        binding.home_id = self._usable(binding.home_id) or binding.endpoint_id
        binding.pin_id = self._usable(binding.pin_id)
        self._affinity.restore(binding)

    def restore_hold(
        self, endpoint_id: str, failure: Failure, since_s: float, now_s: float
    ) -> None:
        """Leave an endpoint out that needed the person at an earlier start; it is checked now."""
        member = self._roster.find(endpoint_id)
        if member is not None and member.is_usable:
            member.restore_hold(failure, since_s)
            self._roster.hasten(member, now_s)

    def held(self) -> tuple[tuple[str, Failure, float], ...]:
        """Return the endpoints that need the person: id, failure, since when."""
        return tuple(
            (member.endpoint.id, member.quarantine.failure, member.quarantine.since_s)
            for member in self._roster.order
            if member.quarantine is not None
        )

    def binding_of(self, session: str, now_s: float) -> Binding | None:
        """Return where a session is bound, unless it is unknown or too old (read only)."""
        return self._affinity.find(session, now_s)

    # What others see

    @property
    def in_flight(self) -> int:
        """Requests under way at all endpoints."""
        return sum(member.in_flight for member in self._roster.order)

    def views(self, now_s: float) -> tuple[MemberView, ...]:
        """Return every endpoint in the user's order."""
        return tuple(self._view(member, now_s) for member in self._roster.order)

    def grades(self, now_s: float) -> tuple[Grade, ...]:
        """Return the enabled endpoints for the light, the preferred one first."""
        pinned_id = self._router.config.pinned_id
        used = [member for member in self._roster.order if member.is_usable]
        used.sort(key=lambda member: member.endpoint.id != pinned_id)
        return tuple(_grade(member, self._roster.verdict(member, now_s)) for member in used)

    def soonest_retry_s(self, now_s: float, model: str = "") -> float | None:
        """Return in how many seconds an endpoint may be able to answer; None: nobody knows."""
        return self._roster.soonest_s(self._roster.order, now_s, model)

    def next_change_s(self, now_s: float) -> float | None:
        """Return when a view changes by time alone (monotonic); None when none will."""
        times = [time_s for member in self._roster.order for time_s in member.turning_points()]
        return min((time_s for time_s in times if time_s > now_s), default=None)

    # Inside

    def _scout_id(self) -> str | None:
        """Return who is asked whether the network is back; None while it is being asked."""
        used = (member.endpoint.id for member in self._roster.order if not member.is_off)
        first = next(used, None)
        return None if first is None or self._roster.queue.is_probing(first) else first

    def _usable(self, endpoint_id: str | None) -> str | None:
        member = self._roster.find(endpoint_id)
        return endpoint_id if member is not None and member.is_usable else None

    def _watch_hosts(self) -> None:
        used = {m.endpoint.id: m.endpoint.base_url for m in self._roster.order if not m.is_off}
        attempts = self._router.config.settings.routing_max_attempts
        self._watch.watch(used, attempts=attempts)

    def _is_current(self, member: Member) -> bool:
        """Tell whether the endpoint is still configured: its last requests may outlive it."""
        return self._roster.find(member.endpoint.id) is member and member.is_usable

    def _settle(self, permit: Permit, now_s: float) -> None:
        permit.member.give_back(permit)
        if permit.session:
            self._affinity.left(permit.session, now_s)

    def _hear(self, member: Member, failure: Failure) -> None:
        if failure.row in _ANSWERED_ROWS:
            self._watch.reached(member.endpoint.id)

    def _is_blameless(self, failure: Failure) -> bool:
        if failure.scope is Scope.LOCAL or failure.kind in _BLAMELESS:
            return True
        return self._watch.is_offline and failure.kind in _GUESSED

    def _view(self, member: Member, now_s: float) -> MemberView:
        metrics = member.metrics
        return MemberView(
            endpoint=member.endpoint,
            verdict=self._roster.verdict(member, now_s),
            breaker=member.breaker.state,
            consecutive_failures=member.breaker.consecutive,
            last_failure=member.last_failure,
            last_failure_s=member.last_failure_s,
            requests=metrics.requests,
            failures=metrics.failures,
            in_flight=member.in_flight,
            sessions=self._affinity.count(member.endpoint.id),
            p50_s=metrics.p50_s,
            p95_s=metrics.p95_s,
            success_rate=metrics.success_rate,
            trace_ms=metrics.trace_ms,
            is_pinned=member.endpoint.id == self._router.config.pinned_id,
            has_answered=metrics.successes > 0,
        )


def _grant(member: Member, candidate: Candidate, model: str, now_s: float) -> Grant | None:
    if member.health(now_s, model) in ABLE:
        return Grant.ORDINARY
    if member.may_try(now_s, model):
        return Grant.TRIAL
    if candidate.is_last_resort and member.may_be_last_resort(now_s, model):
        return Grant.LAST_RESORT
    return None


def _grade(member: Member, verdict: Verdict) -> Grade:
    # An excuse that ran out (a rate limit that is over) is no answer yet.
    has_answered = member.metrics.successes > 0 and member.doubt.failed_s is None
    return Grade(member.endpoint.name, verdict.health, verdict.reason, has_answered)
