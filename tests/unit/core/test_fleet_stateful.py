"""Breaker, queue, cool-downs and affinity together, under whatever order of events."""

from collections.abc import Sequence
from typing import Any

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    precondition,
    rule,
)
from typing_extensions import override

from qcc_desktop.core.affinity import PAUSE_S
from qcc_desktop.core.breaker import BreakerState
from qcc_desktop.core.classification.rows import ROWS
from qcc_desktop.core.failure import FailureClass, Scope
from qcc_desktop.core.fleet import MemberView, Permit, Plan
from qcc_desktop.core.health import Health
from qcc_desktop.core.member import Grant
from qcc_desktop.core.settings import Settings, Strategy
from tests.unit.core.fleet_driver import MIDDLE, Driver

NAMES = "abc"
SESSIONS = ("", "s", "t", "u")
ABLE = {Health.HEALTHY, Health.DEGRADED}
NEUTRAL_KINDS = {FailureClass.CLIENT, FailureClass.CLIENT_ABORT}
names = st.sampled_from(NAMES)
chances = st.sampled_from([0.0, 0.3, 0.5, 0.99])


class FleetMachine(RuleBasedStateMachine):
    """Requests, failures, checks, edits and time in any order."""

    permits: Bundle[Permit] = Bundle("permits")

    def __init__(self) -> None:
        super().__init__()
        self.driver = Driver(NAMES, Settings(breaker_open_s=30.0, upstream_probe_s=40.0))
        self.out: list[Permit] = []
        self.checks: set[str] = set()
        self.edited: set[str] = set()

    @property
    def now_s(self) -> float:
        return self.driver.now_s

    def health(self, name: str, model: str = "m") -> Health:
        member = self.driver.fleet._roster.find(name)
        assert member is not None
        return member.health(self.now_s, model)

    # Requests

    @rule(target=permits, session=st.sampled_from(SESSIONS), chance=chances)
    def send(self, session: str, chance: float) -> Any:
        driver = self.driver
        plan = driver.plan(session)
        self.check_plan(plan, session)
        if not plan.candidates:
            return multiple()
        candidate = plan.candidates[0]
        was = self.health(candidate.endpoint.id)
        permit = driver.admit(candidate, session)
        assert isinstance(permit, Permit), "what was just planned is let through"
        if was not in ABLE:
            assert permit.grant is not Grant.ORDINARY
        self.out.append(permit)
        return permit

    def check_plan(self, plan: Plan, session: str) -> None:
        asked = [candidate.endpoint.id for candidate in plan.candidates]
        assert len(set(asked)) == len(asked)
        ordinary = [c.endpoint.id for c in plan.candidates if not c.is_last_resort]
        able = [name for name in NAMES if self.health(name) in ABLE]
        assert sorted(ordinary[: len(able)]) == able, "those that can answer come first"
        assert [c.is_last_resort for c in plan.candidates].count(True) <= 1
        skipped = [item.endpoint.id for item in plan.skipped]
        assert set(asked[:1]).isdisjoint(skipped), "who is asked is not skipped"
        assert set(asked) | set(skipped) == set(NAMES), "everybody is accounted for"
        self.check_faith(asked, session)

    def check_faith(self, asked: Sequence[str], session: str) -> None:
        """A session that is warm on a well endpoint is sent there."""
        binding = self.driver.fleet._affinity.find(session, self.now_s)
        if binding is None or binding.endpoint_id is None or binding.is_paused(self.now_s):
            return
        if self.health(binding.endpoint_id) in ABLE:
            assert asked[0] == binding.endpoint_id

    @rule(permit=permits, wait=st.floats(0, 5))
    def commit(self, permit: Permit, wait: float) -> None:
        self.driver.wait(wait)
        if not permit.is_settled:
            self.driver.fleet.committed(permit, self.now_s)

    @rule(permit=consumes(permits))
    def succeed(self, permit: Permit) -> None:
        decides = permit.epoch == permit.member.breaker.epoch
        self.out.remove(permit)
        self.driver.fleet.succeed(permit, self.now_s, first_content_s=0.2)
        if decides:
            assert permit.member.breaker.state is BreakerState.CLOSED

    @rule(permit=consumes(permits), row=st.sampled_from(sorted(ROWS)), chance=chances)
    def fail(self, permit: Permit, row: int, chance: float) -> None:
        failure = ROWS[row]
        before = self.counts(permit.endpoint_id)
        self.out.remove(permit)
        self.driver.fleet.fail(permit, failure, self.now_s, chance)
        if failure.kind in NEUTRAL_KINDS or failure.scope is Scope.LOCAL:
            assert self.counts(permit.endpoint_id) == before

    @rule(permit=consumes(permits))
    def neutral(self, permit: Permit) -> None:
        before = self.counts(permit.endpoint_id)
        self.out.remove(permit)
        self.driver.fleet.neutral(permit, self.now_s)
        assert self.counts(permit.endpoint_id) == before

    def counts(self, name: str) -> tuple[object, ...]:
        member = self.driver.fleet._roster.find(name)
        assert member is not None
        view = self.driver.view(name)
        return view.breaker, view.consecutive_failures, view.failures, member.breaker.trips

    # Time, checks, people

    @rule(seconds=st.sampled_from([0.01, 1.0, 10.0, 31.0, 61.0, 121.0, PAUSE_S, 2000.0]))
    def wait(self, seconds: float) -> None:
        self.driver.wait(seconds)

    @rule()
    def begin_checks(self) -> None:
        for name in self.driver.fleet.probe_due(self.now_s):
            self.driver.fleet.probe_began(name, self.now_s)
            assert name not in self.checks or name in self.edited, "one check at a time"
            self.checks.add(name)
            self.edited.discard(name)

    @precondition(lambda self: bool(self.checks))
    @rule(row=st.none() | st.sampled_from(sorted(ROWS)), chance=chances)
    def end_check(self, row: int | None, chance: float) -> None:
        name = self.checks.pop()
        failure = None if row is None else ROWS[row]
        self.driver.fleet.probe_ended(name, failure, self.now_s, chance)
        if failure is None and name not in self.edited:
            assert self.health(name) in ABLE
        self.edited.discard(name)

    @rule(name=names)
    def edit_key(self, name: str) -> None:
        self.driver.fleet.reset(name, self.now_s)
        self.edited |= self.checks & {name}
        assert self.health(name) is Health.HEALTHY

    @rule(name=names)
    def try_now(self, name: str) -> None:
        self.driver.fleet.try_now(name, self.now_s)

    @rule(strategy=st.sampled_from(Strategy))
    def choose_strategy(self, strategy: Strategy) -> None:
        self.driver.set(routing_strategy=strategy)

    @rule(pinned=st.none() | names)
    def pin(self, pinned: str | None) -> None:
        self.driver.apply(pinned_id=pinned)

    @rule(offline=st.booleans())
    def network(self, offline: bool) -> None:
        self.driver.fleet.set_offline(self.now_s, offline=offline)

    # What always holds

    @invariant()
    def at_most_one_request_at_a_time_where_the_circuit_is_not_closed(self) -> None:
        for name in NAMES:
            held = [
                permit
                for permit in self.out
                if permit.endpoint_id == name
                and permit.grant is Grant.TRIAL
                and permit.member.breaker.holds(permit.lease)
            ]
            exclusive = [p for p in self.out if p.endpoint_id == name and p.is_exclusive]
            assert len(held) <= 1
            assert len(exclusive) <= 1

    @invariant()
    def requests_under_way_are_those_not_settled(self) -> None:
        assert self.driver.fleet.in_flight == len(self.out)

    @invariant()
    def whoever_is_out_is_verified_sooner_or_later(self) -> None:
        for view in self.driver.fleet.views(self.now_s):
            if view.verdict.health in {Health.CIRCUIT_OPEN, Health.QUARANTINED}:
                self.check_out(view)

    def check_out(self, view: MemberView) -> None:
        member = self.driver.fleet._roster.find(view.endpoint.id)
        assert member is not None
        assert view.verdict.reason
        waits = view.endpoint.id in self.driver.fleet._roster.queue
        assert waits or member.is_off

    @invariant()
    def whoever_is_in_doubt_is_verified_sooner_or_later(self) -> None:
        for member in self.driver.fleet._roster.order:
            waits = member.endpoint.id in self.driver.fleet._roster.queue
            assert waits or member.is_off or not member.must_be_verified
            if member.doubt.needs_proof:
                assert self.health(member.endpoint.id) is not Health.HEALTHY

    @invariant()
    def failures_are_those_of_requests(self) -> None:
        for view in self.driver.fleet.views(self.now_s):
            assert view.failures <= view.requests

    @invariant()
    def no_retry_time_lies_in_the_past(self) -> None:
        for view in self.driver.fleet.views(self.now_s):
            until_s = view.verdict.until_s
            assert until_s is None or until_s >= self.now_s
            assert view.verdict.health not in ABLE or until_s is None

    @invariant()
    def the_verdict_never_contradicts_the_breaker(self) -> None:
        for view in self.driver.fleet.views(self.now_s):
            if view.verdict.health in ABLE:
                assert view.breaker is BreakerState.CLOSED

    @invariant()
    def sessions_are_counted_right(self) -> None:
        rows = self.driver.fleet._affinity._bindings.values()
        for view in self.driver.fleet.views(self.now_s):
            bound = [row for row in rows if row.endpoint_id == view.endpoint.id]
            assert view.sessions == len(bound)

    @override
    def teardown(self) -> None:
        for permit in self.out:
            self.driver.fleet.fail(permit, ROWS[5], self.now_s, MIDDLE)
        assert self.driver.fleet.in_flight == 0


TestFleetMachine = FleetMachine.TestCase
TestFleetMachine.settings = hypothesis_settings(
    max_examples=60, stateful_step_count=40, deadline=None
)
