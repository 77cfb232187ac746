"""Everything known about one endpoint of the fleet, and the verdict that follows from it."""

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto

from qcc_desktop.core.breaker import Breaker, BreakerInput, BreakerMemo, BreakerState
from qcc_desktop.core.cooldown import Cooldowns, Pause
from qcc_desktop.core.doubt import TRUSTED, Doubt
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import BugError
from qcc_desktop.core.failure import BreakerEffect, Failure, FailureClass, Scope
from qcc_desktop.core.health import Health
from qcc_desktop.core.metrics import Metrics
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.verdict import Verdict

AUTH_HITS = 3
"""After so many refusals of the key and a failed check, nothing is sent until it is edited."""
BURST_S = 5.0
"""Failures of so short a time are taken back together when this computer was offline."""

_INPUTS = {
    BreakerEffect.NEUTRAL: BreakerInput.NEUTRAL,
    BreakerEffect.HALF: BreakerInput.HALF,
    BreakerEffect.COUNT: BreakerInput.COUNT,
    BreakerEffect.OPEN: BreakerInput.OPEN_NOW,
}
_UNPROVED = frozenset({BreakerEffect.HALF, BreakerEffect.COUNT, BreakerEffect.OPEN})
"""Effects of failures that only an answer makes good."""
_FIRM_KINDS = frozenset({FailureClass.AUTH, FailureClass.QUOTA, FailureClass.PERMANENT})
_GUESSED_KINDS = frozenset({FailureClass.TRANSIENT, FailureClass.UNKNOWN})
_MODEL_SCOPES = frozenset({Scope.MODEL, Scope.REQUEST})


class Grant(Enum):
    """What a permit was given for."""

    ORDINARY = auto()
    TRIAL = auto()
    """The one request that a half-open circuit lets through."""
    LAST_RESORT = auto()
    """Nothing better is left."""


class Permit:
    """Leave to send one request to one endpoint; settled exactly once, through the fleet.

    It covers every attempt of one request at this endpoint (a free retry included); the last
    outcome is reported.
    """

    __slots__ = (
        "_is_settled",
        "epoch",
        "grant",
        "has_answered",
        "is_exclusive",
        "lease",
        "member",
        "model",
        "session",
        "taken_s",
    )

    def __init__(self, member: "Member", grant: Grant, taken_s: float) -> None:
        self.member = member
        self.grant = grant
        self.taken_s = taken_s
        self.epoch = member.breaker.epoch
        self.lease = -1
        self.is_exclusive = False
        self.has_answered = False
        self.model = ""
        self.session = ""
        self._is_settled = False

    @property
    def endpoint_id(self) -> str:
        """The endpoint it is for."""
        return self.member.endpoint.id

    @property
    def is_settled(self) -> bool:
        """True once an outcome was reported."""
        return self._is_settled

    def settle(self) -> None:
        """Use the permit up.

        Raises:
            BugError: the second time.
        """
        if self._is_settled:
            raise BugError(f"The permit for endpoint {self.endpoint_id} was settled twice.")
        self._is_settled = True


@dataclass(frozen=True, slots=True)
class Quarantine:
    """An endpoint that needs the person; ``is_off``: nothing is sent until something changes."""

    failure: Failure
    since_s: float
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class _Memo:
    """What a burst of failures changes, to take it back."""

    at_s: float
    breaker: BreakerMemo
    cooldowns: tuple[Pause | None, OrderedDict[str, Pause]]
    doubt: Doubt
    failures: int
    was_queued: bool


class Member:
    """State of one endpoint; changed by the fleet alone.

    ``is_queued`` is kept by the fleet: it gets no ordinary traffic before it is verified (one
    that is merely doubted waits for a check too, but gets traffic). ``renewed_epoch`` is the
    breaker's epoch at the last edit; outcomes of earlier permits count for nothing.
    ``exclusive_out`` counts permits of which there may be one at a time.
    """

    __slots__ = (
        "_auth_hits",
        "_check_failed",
        "_memo",
        "breaker",
        "cooldowns",
        "doubt",
        "endpoint",
        "exclusive_out",
        "in_flight",
        "is_queued",
        "last_failure",
        "last_failure_s",
        "last_turn",
        "metrics",
        "quarantine",
        "renewed_epoch",
    )

    def __init__(self, endpoint: Endpoint, settings: Settings) -> None:
        self.endpoint = endpoint
        self.breaker = Breaker(settings.breaker_failure_threshold, settings.breaker_open_s)
        self.cooldowns = Cooldowns()
        self.metrics = Metrics()
        self.quarantine: Quarantine | None = None
        self.last_failure: Failure | None = None
        self.last_failure_s = 0.0
        self.doubt = TRUSTED
        self.is_queued = False
        self.in_flight = 0
        self.exclusive_out = 0
        self.last_turn = 0
        self.renewed_epoch = 0
        self._auth_hits = 0
        self._check_failed = False
        self._memo: _Memo | None = None

    @property
    def weight(self) -> int:
        """Relative share, for the strategies."""
        return self.endpoint.weight

    @property
    def p50_s(self) -> float | None:
        """Median time to the first content, for the strategies."""
        return self.metrics.p50_s

    @property
    def is_usable(self) -> bool:
        """False when it is switched off."""
        return self.endpoint.enabled

    @property
    def is_off(self) -> bool:
        """True when nothing at all is sent: not usable, or its key was refused for good."""
        held = self.quarantine is not None and self.quarantine.is_off
        return held or not self.is_usable

    def health(self, now_s: float, model: str = "") -> Health:
        """Return the grade now, for requests of ``model`` where it is given."""
        if not self.is_usable:
            return Health.DISABLED
        if self.quarantine is not None:
            return Health.QUARANTINED
        if self.breaker.state is not BreakerState.CLOSED:
            self.breaker.tick(now_s)
            return Health.CIRCUIT_OPEN
        if self.doubt.failed_s is None and self.cooldowns.is_empty:
            return Health.HEALTHY
        return self._health_after_failures(now_s, model)

    def may_try(self, now_s: float, model: str = "") -> bool:
        """Tell whether the half-open circuit would let a request through now."""
        self.breaker.tick(now_s)
        return (
            self.is_usable
            and self.quarantine is None
            and self.exclusive_out == 0
            and self.breaker.permit_is_free
            and self.cooldowns.active(now_s, model) is None
        )

    def may_be_last_resort(self, now_s: float, model: str = "") -> bool:
        """Tell whether a request may come although the endpoint is out."""
        if self.is_off:
            return False
        if not self.is_one_at_a_time(now_s, model):
            return True
        return self.exclusive_out == 0 and self.breaker.lease_until_s is None

    def is_one_at_a_time(self, now_s: float, model: str = "") -> bool:
        """Tell whether the last resort is rationed: not for a closed circuit that merely cools."""
        pause = self.cooldowns.active(now_s, model)
        return (
            self.quarantine is not None
            or self.breaker.state is not BreakerState.CLOSED
            or (pause is not None and pause.is_firm)
        )

    def verdict(self, now_s: float, model: str = "", check_due_s: float | None = None) -> Verdict:
        """Return the one statement; ``check_due_s`` is when the queue verifies it."""
        health = self.health(now_s, model)
        match health:
            case Health.HEALTHY:
                return Verdict(health)
            case Health.DEGRADED:
                return Verdict(health, None, self._last_message(), self.doubt.failed_s)
            case Health.DISABLED:
                return Verdict(health, None, "Switched off.")
            case Health.QUARANTINED:
                return self._quarantined(health, now_s, check_due_s)
            case _:  # unhealthy, circuit open
                return self._waiting(health, now_s, model, check_due_s)

    def take(self, grant: Grant, now_s: float, model: str) -> Permit:
        """Let one request through."""
        if grant is Grant.TRIAL:
            self.breaker.step(BreakerInput.PERMIT_TAKEN, now_s)
        permit = Permit(self, grant, now_s)
        if grant is Grant.TRIAL:
            permit.lease = self.breaker.lease
        elif grant is Grant.LAST_RESORT and self.is_one_at_a_time(now_s, model):
            permit.is_exclusive = True
            self.exclusive_out += 1
        permit.model = model
        self.in_flight += 1
        self.metrics.requests += 1
        return permit

    def give_back(self, permit: Permit) -> None:
        """Settle a permit without a verdict so far."""
        permit.settle()
        self.in_flight -= 1
        if permit.is_exclusive:
            self.exclusive_out -= 1

    def neutral(self, permit: Permit, now_s: float) -> None:
        """Take an outcome that says nothing: a half-open permit becomes free again."""
        if self.breaker.holds(permit.lease):
            self.breaker.step(BreakerInput.NEUTRAL, now_s)

    def proved(self, permit: Permit, now_s: float) -> bool:
        """Take content that reached the client; tell whether that ends an outage.

        Only a request that was let through after the outage began proves anything. Where there
        is no outage it may still end a doubt; each permit counts once.
        """
        if permit.epoch != self.breaker.epoch:
            return False
        if not self._is_out(permit):
            if not permit.has_answered:
                permit.has_answered = True
                self.doubt = self.doubt.answered(permit.taken_s, now_s)
                self._memo = None
            return False
        if self.breaker.state is not BreakerState.CLOSED:
            self.breaker.step(BreakerInput.SUCCESS, now_s)
        self._recover()
        permit.epoch = self.breaker.epoch
        return True

    def succeeded(self, permit: Permit, now_s: float, latency_s: float | None) -> None:
        """Take a whole answer."""
        self.metrics.succeeded(latency_s)
        self._memo = None
        if permit.epoch != self.breaker.epoch:
            return
        if self.breaker.state is BreakerState.CLOSED:
            self.breaker.step(BreakerInput.SUCCESS, now_s)
        if not self.cooldowns.is_empty:
            self.cooldowns.succeeded(permit.model, permit.taken_s)

    def failed(self, permit: Permit, failure: Failure, now_s: float, chance: float) -> None:
        """Take a failure the endpoint is blamed for.

        A request that began before the circuit last opened or closed may end in a time-out that
        says nothing about now; a refusal it gets is news all the same.
        """
        is_current = permit.epoch == self.breaker.epoch
        if not is_current and failure.kind in _GUESSED_KINDS:
            self.metrics.failed()
            return
        self._blame(failure, now_s, chance, permit.model)
        if failure.breaker is not BreakerEffect.NEUTRAL or failure.cooldown is not None:
            self.metrics.failed()
        decides = self.breaker.state is not BreakerState.HALF_OPEN or self.breaker.holds(
            permit.lease
        )
        if is_current and decides:
            self.breaker.step(_INPUTS[failure.breaker], now_s, chance)
        elif failure.breaker is BreakerEffect.OPEN:
            self.breaker.step(BreakerInput.OPEN_NOW, now_s, chance)

    def check_began(self, now_s: float) -> None:
        """A background check starts; in a half-open circuit it takes the permit if it is free."""
        self.breaker.tick(now_s)
        if self.breaker.permit_is_free:
            self.breaker.step(BreakerInput.PERMIT_TAKEN, now_s)

    def check_failed(self, failure: Failure, now_s: float, chance: float) -> None:
        """A background check failed: a failure in a row like any other, but no request's."""
        self._check_failed = self._check_failed or failure.kind is FailureClass.AUTH
        self._blame(failure, now_s, chance, "")
        self.breaker.step(_INPUTS[failure.breaker], now_s, chance)

    def check_said_nothing(self, now_s: float) -> None:
        """A background check ended without a verdict."""
        if self.breaker.lease_until_s is not None:
            self.breaker.step(BreakerInput.NEUTRAL, now_s)

    def check_succeeded(self, now_s: float) -> None:
        """A background check found the endpoint well: everything held against it is over."""
        self.breaker.step(BreakerInput.SUCCESS, now_s)
        self._recover()
        self.cooldowns.clear()

    def renew(self, now_s: float) -> None:
        """Forget everything: the endpoint was edited, or the person wants it so."""
        self.breaker.step(BreakerInput.RESET, now_s)
        self.renewed_epoch = self.breaker.epoch
        self._recover()
        self.cooldowns.clear()
        self.doubt = TRUSTED
        self.last_failure = None

    def restore_hold(self, failure: Failure, since_s: float) -> None:
        """Leave it out again, as it was at an earlier start.

        Another refusal of its key in a check, and nothing is sent until the key is edited.
        """
        self.quarantine = Quarantine(failure, since_s)
        self.last_failure, self.last_failure_s = failure, since_s
        self.doubt = self.doubt.blamed(since_s)
        self._auth_hits = AUTH_HITS - 1 if failure.kind is FailureClass.AUTH else 0

    def release_hold(self) -> None:
        """Let an endpoint whose key was refused for good be asked again."""
        if self.quarantine is not None and self.quarantine.is_off:
            self.quarantine = Quarantine(self.quarantine.failure, self.quarantine.since_s)
            self._check_failed = False

    def forgive(self, now_s: float) -> bool:
        """Take back a burst of failures that was not its fault.

        Tell whether it need not be verified any more.
        """
        memo, self._memo = self._memo, None
        if memo is None or now_s - memo.at_s > BURST_S:
            return False
        self.breaker.restore(memo.breaker)
        self.cooldowns.restore(memo.cooldowns)
        self.doubt = memo.doubt
        self.metrics.forgive(self.metrics.failures - memo.failures)
        self.is_queued = memo.was_queued
        return not self.must_be_verified

    def turning_points(self) -> list[float]:
        """Return when its grade changes by time alone, past times included."""
        points = self.cooldowns.ends_s()
        if self.breaker.state is BreakerState.OPEN:
            points.append(self.breaker.until_s)
        if self.doubt.failed_s is not None and not self.doubt.needs_proof:
            points.append(self.doubt.until_s)
        return points

    @property
    def must_be_verified(self) -> bool:
        """True while a background check is wanted unless a request proves it well before."""
        return self.is_queued or self.doubt.needs_proof

    def is_often_failing(self) -> bool:
        """Tell whether it failed so often in a row that one more failure opens the circuit."""
        return self.breaker.consecutive >= max(2, self.breaker.threshold - 1)

    def _health_after_failures(self, now_s: float, model: str) -> Health:
        if self.is_queued or self.cooldowns.active(now_s, model) is not None:
            return Health.UNHEALTHY
        return Health.DEGRADED if self.doubt.holds(now_s) else Health.HEALTHY

    def _is_out(self, permit: Permit) -> bool:
        """Tell whether ``permit`` was given in spite of an outage that still lasts."""
        if self.breaker.state is not BreakerState.CLOSED:
            return True
        began_s = self.doubt.failed_s if self.quarantine is None else self.quarantine.since_s
        return (
            (self.is_queued or self.quarantine is not None)
            and began_s is not None
            and permit.taken_s >= began_s
        )

    def _recover(self) -> None:
        self.quarantine = None
        self.doubt = self.doubt.settled()
        self.cooldowns.clear_whole()
        self._auth_hits = 0
        self._check_failed = False
        self._memo = None

    def _blame(self, failure: Failure, now_s: float, chance: float, model: str) -> None:
        self._remember(failure, now_s)
        self.last_failure, self.last_failure_s = failure, now_s
        pause = self._pause(failure, now_s, chance, model)
        if failure.quarantine or failure.breaker in _UNPROVED:
            self.doubt = self.doubt.blamed(now_s)
        elif pause is not None:
            self.doubt = self.doubt.excused(now_s, pause.until_s)
        self._hold(failure, now_s)

    def _remember(self, failure: Failure, now_s: float) -> None:
        """Keep what was before a burst of guesses; an answer, of whatever kind, ends the burst."""
        if failure.kind not in _GUESSED_KINDS:
            self._memo = None
        elif self._memo is None or now_s - self._memo.at_s > BURST_S:
            self._memo = _Memo(
                now_s,
                self.breaker.memo(),
                self.cooldowns.memo(),
                self.doubt,
                self.metrics.failures,
                self.is_queued,
            )

    def _pause(self, failure: Failure, now_s: float, chance: float, model: str) -> Pause | None:
        if failure.cooldown is None:
            return None
        scope = model if model and failure.scope in _MODEL_SCOPES else None
        return self.cooldowns.start(
            failure.cooldown,
            now_s,
            chance,
            model=scope,
            reason=failure.message,
            is_firm=failure.kind in _FIRM_KINDS,
        )

    def _hold(self, failure: Failure, now_s: float) -> None:
        is_auth = failure.kind is FailureClass.AUTH
        self._auth_hits += is_auth
        if not failure.quarantine and not (is_auth and self._auth_hits >= AUTH_HITS):
            return
        is_off = is_auth and self._auth_hits >= AUTH_HITS and self._check_failed
        since_s = now_s if self.quarantine is None else self.quarantine.since_s
        self.quarantine = Quarantine(failure, since_s, is_off)

    def _quarantined(self, health: Health, now_s: float, check_due_s: float | None) -> Verdict:
        held = self.quarantine
        if held is None or held.is_off:
            check_due_s = None
        until_s = None if check_due_s is None else max(check_due_s, now_s)
        reason = "" if held is None else held.failure.message
        return Verdict(health, until_s, reason, None if held is None else held.since_s)

    def _waiting(
        self, health: Health, now_s: float, model: str, check_due_s: float | None
    ) -> Verdict:
        pause = self.cooldowns.active(now_s, model)
        reason = pause.reason if pause is not None and pause.reason else self._last_message()
        until_s = _later(self._ready_s(now_s, pause), check_due_s, now_s)
        is_open = health is Health.CIRCUIT_OPEN
        return Verdict(
            health, until_s, reason, self.breaker.since_s if is_open else self.doubt.failed_s
        )

    def _ready_s(self, now_s: float, pause: Pause | None) -> float:
        ready_s = now_s if pause is None else pause.until_s
        if self.breaker.state is BreakerState.OPEN:
            ready_s = max(ready_s, self.breaker.until_s)
        return ready_s

    def _last_message(self) -> str:
        return "" if self.last_failure is None else self.last_failure.message


def _later(ready_s: float, check_due_s: float | None, now_s: float) -> float:
    """Return when it is asked or verified, whichever is sooner, never before now."""
    if check_due_s is None:
        return max(ready_s, now_s)
    return max(min(ready_s, check_due_s) if ready_s > now_s else check_due_s, now_s)
