"""The endpoints in the user's order, with the queue of those that wait to be verified."""

from collections.abc import Iterable

from qcc_desktop.core.breaker import BreakerState, jittered
from qcc_desktop.core.config import Config, in_order
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import BugError
from qcc_desktop.core.failure import BreakerEffect, Failure, FailureClass, Scope
from qcc_desktop.core.failure_queue import FailureQueue
from qcc_desktop.core.health import Health
from qcc_desktop.core.member import Member
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.verdict import Verdict

BUSY_RETRY_S = 1.0
"""When to come again while another request tries an endpoint that is out."""
ABLE = frozenset({Health.HEALTHY, Health.DEGRADED})
"""Grades that get ordinary traffic."""


class Roster:
    """Who there is. An endpoint that is out and can be verified is always in the queue."""

    __slots__ = ("_checks", "_members", "order", "queue")

    def __init__(self) -> None:
        self.order: tuple[Member, ...] = ()
        self.queue = FailureQueue()
        self._members: dict[str, Member] = {}
        self._checks: dict[str, int] = {}

    def find(self, endpoint_id: str | None) -> Member | None:
        """Return one endpoint's state."""
        return None if endpoint_id is None else self._members.get(endpoint_id)

    def configure(self, config: Config, now_s: float) -> list[str]:
        """Take endpoints and options; return who cannot be asked any more.

        What stayed the same keeps its state; an endpoint with another address starts afresh.
        """
        members = {
            endpoint.id: self._member_for(endpoint, config.settings, now_s)
            for endpoint in in_order(config.endpoints)
        }
        gone = [member for key, member in self._members.items() if key not in members]
        gone += [member for member in members.values() if not member.is_usable]
        for member in gone:
            self.dequeue(member)
            self._checks.pop(member.endpoint.id, None)
        self._members, self.order = members, tuple(members.values())
        self.queue.interval_s = config.settings.upstream_probe_s
        return [member.endpoint.id for member in gone]

    def renew(self, member: Member, now_s: float) -> None:
        """Forget everything held against an endpoint, and every check that is under way."""
        member.renew(now_s)
        self.dequeue(member)
        self._checks.pop(member.endpoint.id, None)

    def verdict(self, member: Member, now_s: float, model: str = "") -> Verdict:
        """Return the one statement about an endpoint."""
        return member.verdict(now_s, model, self.queue.due_s(member.endpoint.id))

    def soonest_s(self, members: Iterable[Member], now_s: float, model: str) -> float | None:
        """Return in how many seconds one of ``members`` may answer; None when nobody knows."""
        waits = [self._wait_s(member, now_s, model) for member in members]
        return min((wait_s for wait_s in waits if wait_s is not None), default=None)

    def last_resort(self, out: Iterable[Member], now_s: float, model: str) -> Member | None:
        """Return who of those that are out is asked if nobody else is left.

        That is the one due soonest; those that need the person come last.
        """
        free = [member for member in out if member.may_be_last_resort(now_s, model)]
        return min(free, key=lambda member: self._rank(member, now_s, model), default=None)

    def enqueue_if_out(self, member: Member, now_s: float, chance: float, model: str = "") -> None:
        """Queue an endpoint that just failed a request of ``model``, if it must be verified.

        One that is out is verified before it is asked again. One that is merely doubted is
        verified once when its cool-down ends, unless a request proves it well before.
        """
        if member.is_off:
            self.dequeue(member)
            return
        is_out = (
            member.breaker.state is not BreakerState.CLOSED
            or member.quarantine is not None
            or member.is_often_failing()
        )
        if is_out or member.must_be_verified:
            due_s = self._due_s(member, now_s, chance, model, is_out=is_out)
            self.queue.put(member.endpoint.id, now_s, due_s)
            member.is_queued = is_out or member.is_queued

    def dequeue(self, member: Member) -> None:
        """Take an endpoint out of the queue."""
        self.queue.discard(member.endpoint.id)
        member.is_queued = False

    def hasten(self, member: Member, now_s: float) -> None:
        """Have an endpoint verified at once, whatever its state."""
        member.release_hold()
        self.queue.hasten(member.endpoint.id, now_s)
        member.is_queued = member.health(now_s) not in ABLE

    def forgive(self, now_s: float) -> None:
        """Take the failures of the last seconds back: they were this computer's."""
        for member in self.order:
            if member.forgive(now_s):
                self.dequeue(member)

    def check_began(self, endpoint_id: str, now_s: float) -> None:
        """Note that a check started.

        Raises:
            BugError: when the endpoint does not wait for one, or is being checked.
        """
        member = self._members.get(endpoint_id)
        if member is None:
            raise BugError("A check began of an endpoint that is not configured.")
        self.queue.began(endpoint_id)
        member.check_began(now_s)
        self._checks[endpoint_id] = member.renewed_epoch

    def take_checked(self, endpoint_id: str) -> Member | None:
        """Return whose check just ended; None when it was edited or removed meanwhile."""
        member = self._members.get(endpoint_id)
        began_epoch = self._checks.pop(endpoint_id, None)
        return member if member is not None and began_epoch == member.renewed_epoch else None

    def check_succeeded(self, member: Member, now_s: float) -> bool:
        """Note a check that found the endpoint well; tell whether that ended an outage."""
        was_out = member.health(now_s) not in ABLE
        member.check_succeeded(now_s)
        self.dequeue(member)
        return was_out

    def check_said_nothing(self, member: Member, now_s: float, chance: float) -> None:
        """Note a check without a verdict."""
        member.check_said_nothing(now_s)
        if member.must_be_verified:
            self.queue.said_nothing(member.endpoint.id, now_s, chance)
        else:
            self.dequeue(member)

    def check_failed(self, member: Member, failure: Failure, now_s: float, chance: float) -> None:
        """Note a check that failed."""
        member.check_failed(failure, now_s, chance)
        not_before_s = _not_before_s(member, now_s)
        self.queue.failed(member.endpoint.id, now_s, chance, not_before_s=not_before_s)
        self.enqueue_if_out(member, now_s, chance)
        if not member.must_be_verified:
            self.dequeue(member)

    def _due_s(
        self, member: Member, now_s: float, chance: float, model: str, *, is_out: bool
    ) -> float:
        """Return when a check is due at the soonest; one that is out already keeps its time."""
        not_before_s = _not_before_s(member, now_s)
        if member.is_queued:
            return not_before_s
        pause = member.cooldowns.active(now_s, model)
        if pause is not None and not is_out:
            return pause.until_s
        return max(now_s + jittered(self.queue.interval_s, chance), not_before_s)

    def _member_for(self, endpoint: Endpoint, settings: Settings, now_s: float) -> Member:
        member = self._members.get(endpoint.id)
        if member is None:
            return Member(endpoint, settings)
        before, member.endpoint = member.endpoint, endpoint
        member.breaker.threshold = settings.breaker_failure_threshold
        member.breaker.open_s = settings.breaker_open_s
        if _is_another(before, endpoint):
            self.renew(member, now_s)
        return member

    def _rank(self, member: Member, now_s: float, model: str) -> tuple[bool, float]:
        until_s = self.verdict(member, now_s, model).until_s
        return member.quarantine is not None, now_s if until_s is None else until_s

    def _wait_s(self, member: Member, now_s: float, model: str) -> float | None:
        verdict = self.verdict(member, now_s, model)
        if verdict.health in ABLE:
            return 0.0
        if verdict.until_s is None:
            return None
        return max(verdict.until_s - now_s, BUSY_RETRY_S)


def proves_life(failure: Failure) -> bool:
    """Tell whether a check failed by its own fault (an unknown model): the endpoint answers."""
    if failure.breaker is not BreakerEffect.NEUTRAL:
        return False
    is_about_model = failure.kind is FailureClass.PERMANENT and failure.scope is Scope.MODEL
    return failure.kind is FailureClass.CLIENT or is_about_model


def _not_before_s(member: Member, now_s: float) -> float:
    """Return when a check makes sense: a time the upstream named is waited for."""
    pause = member.cooldowns.active(now_s)
    return pause.until_s if pause is not None and pause.is_firm else 0.0


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
