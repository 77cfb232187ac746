"""The fleet: endpoints, queue, sessions and the network together."""

from dataclasses import replace

import pytest

from qcc_desktop.core.affinity import PAUSE_S, Binding
from qcc_desktop.core.breaker import BreakerState
from qcc_desktop.core.classification.rows import verdict
from qcc_desktop.core.errors import BugError
from qcc_desktop.core.failure import Cooldown, Failure, TransportFault
from qcc_desktop.core.fleet import Candidate, Fleet, Permit, Refusal
from qcc_desktop.core.health import Health
from qcc_desktop.core.settings import Settings, Strategy
from tests.unit.core.fleet_driver import (
    BROKEN,
    CLIENTS,
    CUT_EARLY,
    MIDDLE,
    NO_MONEY,
    OFFLINE,
    REFUSED_KEY,
    SLOW,
    Driver,
    endpoint,
)


class TestOrder:
    def test_endpoints_are_asked_by_priority_and_then_in_the_users_order(self) -> None:
        driver = Driver("abc")

        driver.edit("a", priority=2)

        assert driver.order() == "bca"

    def test_a_failed_endpoint_is_asked_last_while_it_cools(self) -> None:
        driver = Driver("abc")

        driver.fail("a")

        assert driver.health("a") is Health.UNHEALTHY
        assert driver.order() == "bcA"

    def test_then_it_counts_as_degraded_until_it_answers(self) -> None:
        driver = Driver("ab")
        driver.fail("a")

        driver.wait(10_000.0)
        degraded = driver.health("a"), driver.order()
        driver.succeed("a")

        assert degraded == (Health.DEGRADED, "ba")
        assert (driver.health("a"), driver.order()) == (Health.HEALTHY, "ab")

    def test_it_is_asked_while_nothing_better_is_there(self) -> None:
        driver = Driver("ab")
        driver.fail("a")
        driver.wait(10.0)

        driver.trip("b")

        assert driver.order() == "aB"

    def test_the_pinned_endpoint_comes_first_while_it_can_answer(self) -> None:
        driver = Driver("abc", pinned_id="c")

        before = driver.order()
        driver.fail("c")

        assert (before, driver.order()) == ("cab", "abC")

    def test_asked_endpoints_are_left_out(self) -> None:
        assert Driver("abc").order(excluded=frozenset("a")) == "bc"

    def test_disabled_and_unsupported_endpoints_are_never_asked(self) -> None:
        driver = Driver("ab")
        driver.edit("a", enabled=False)

        plan = driver.plan()

        assert driver.order() == "b"
        assert [(item.endpoint.id, item.reason) for item in plan.skipped] == [
            ("a", "Switched off.")
        ]
        assert plan.retry_after_s is None

    def test_the_last_well_endpoint_is_marked(self) -> None:
        driver = Driver("abc")
        driver.trip("c")

        marks = [(c.endpoint.id, c.is_last) for c in driver.plan().candidates]

        assert marks == [("a", False), ("b", True), ("c", True)]

    def test_a_cooling_model_leaves_the_others_alone(self) -> None:
        driver = Driver("ab")

        driver.fail("a", failure=verdict(16), model="opus")

        assert driver.order(model="opus") == "bA"
        assert driver.order(model="haiku")[0] != "A"
        assert driver.health("a") is not Health.UNHEALTHY

    def test_round_robin_asks_in_turn(self) -> None:
        driver = Driver("abc", Settings(routing_strategy=Strategy.ROUND_ROBIN))

        assert [driver.succeed() for _ in range(6)] == ["a", "b", "c", "a", "b", "c"]

    def test_least_busy_counts_requests_under_way(self) -> None:
        driver = Driver("ab", Settings(routing_strategy=Strategy.LEAST_BUSY))

        first = driver.send()
        second = driver.send()

        assert (first.endpoint_id, second.endpoint_id) == ("a", "b")
        assert driver.fleet.in_flight == 2


class TestBreaker:
    def test_three_failures_open_it_and_traffic_goes_elsewhere(self) -> None:
        driver = Driver("ab")

        driver.trip("a")

        assert driver.view("a").breaker is BreakerState.OPEN
        assert driver.health("a") is Health.CIRCUIT_OPEN
        assert driver.order() == "bA"

    def test_one_request_is_let_through_when_its_time_is_over(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)

        plan = driver.plan()
        first = driver.admit(plan.candidates[0])
        second = driver.admit(plan.candidates[0])

        assert not plan.candidates[0].is_last_resort
        assert isinstance(first, Permit)
        assert isinstance(second, Refusal)
        assert second.retry_after_s is not None

    @pytest.mark.parametrize(
        ("outcome", "state"),
        [
            ("succeed", BreakerState.CLOSED),
            ("fail", BreakerState.OPEN),
            ("neutral", BreakerState.HALF_OPEN),
        ],
    )
    def test_the_trial_decides(self, outcome: str, state: BreakerState) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)
        trial = driver.send()

        match outcome:
            case "succeed":
                assert driver.fleet.succeed(trial, driver.now_s)
            case "fail":
                driver.fleet.fail(trial, BROKEN, driver.now_s, MIDDLE)
            case _:
                driver.fleet.neutral(trial, driver.now_s)

        assert driver.view("a").breaker is state

    def test_content_already_closes_it_so_that_others_need_not_wait(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)
        trial = driver.send()

        ended = driver.fleet.committed(trial, driver.now_s)
        order = driver.order()
        ended_again = driver.fleet.succeed(trial, driver.now_s)

        assert (ended, order, ended_again) == (True, "a", False)

    def test_a_cut_after_content_counts_as_the_first_new_failure(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)
        trial = driver.send()
        driver.fleet.committed(trial, driver.now_s)

        driver.fleet.fail(trial, verdict(33), driver.now_s, MIDDLE)

        assert driver.view("a").consecutive_failures == 1

    def test_a_clients_own_fault_trips_nothing(self) -> None:
        driver = Driver("ab")

        for _ in range(20):
            driver.fail("a", failure=CLIENTS)

        assert driver.health("a") is Health.HEALTHY
        assert driver.view("a").failures == 0
        assert driver.order() == "ab"

    def test_a_hung_request_from_before_the_outage_does_not_open_it_again(self) -> None:
        driver = Driver("a")
        hung = driver.send()
        driver.trip("a")
        driver.wait(60.0)
        driver.succeed()

        driver.fleet.fail(hung, SLOW, driver.now_s, MIDDLE)

        assert driver.health("a") is Health.HEALTHY
        assert driver.view("a").consecutive_failures == 0

    def test_a_slow_answer_from_before_the_outage_does_not_close_it(self) -> None:
        driver = Driver("a")
        slow = driver.send()
        driver.trip("a")

        ended = driver.fleet.succeed(slow, driver.now_s)

        assert not ended
        assert driver.view("a").breaker is BreakerState.OPEN

    def test_failures_beside_the_trial_decide_nothing(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        beside = driver.send()
        driver.wait(60.0)
        assert driver.health("a") is Health.CIRCUIT_OPEN

        driver.fleet.fail(beside, BROKEN, driver.now_s, MIDDLE)

        assert driver.view("a").breaker is BreakerState.HALF_OPEN

    def test_a_changed_threshold_holds_at_once(self) -> None:
        driver = Driver("a")

        driver.set(breaker_failure_threshold=1)
        driver.fail("a")

        assert driver.view("a").breaker is BreakerState.OPEN


class TestLastResort:
    def test_the_one_due_soonest_is_asked_when_all_are_out(self) -> None:
        driver = Driver("ab")
        driver.trip("b")
        driver.wait(1.0)
        driver.trip("a")

        plan = driver.plan()

        assert driver.order() == "B"
        assert [item.endpoint.id for item in plan.skipped] == ["a"]
        assert plan.retry_after_s == pytest.approx(59.0)

    def test_it_is_asked_one_request_at_a_time(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        candidate = driver.plan().candidates[0]
        permit = driver.send()

        refused = driver.admit(candidate)
        order_meanwhile = driver.order()
        driver.fleet.fail(permit, BROKEN, driver.now_s, MIDDLE)

        assert isinstance(refused, Refusal)
        assert order_meanwhile == ""
        assert driver.order() == "A"

    def test_its_success_closes_the_circuit(self) -> None:
        driver = Driver("a")
        driver.trip("a")

        driver.succeed()

        assert driver.health("a") is Health.HEALTHY
        assert driver.fleet.next_due_s() is None

    def test_a_closed_circuit_that_merely_cools_is_not_rationed(self) -> None:
        driver = Driver("a")
        driver.fail("a")

        driver.send()
        driver.send()

        assert driver.fleet.in_flight == 2

    def test_a_time_the_upstream_named_is_rationed(self) -> None:
        driver = Driver("a")
        driver.fail("a", failure=replace(verdict(22), cooldown=Cooldown(15, 1800, exact_s=90)))

        driver.send()

        assert driver.until_s("a") == driver.now_s + 90.0
        assert driver.order() == ""
        assert driver.fleet.soonest_retry_s(driver.now_s) == 90.0

    def test_it_is_told_as_skipped_while_others_come_before_it(self) -> None:
        driver = Driver("ab")
        driver.trip("a")

        before = driver.plan()
        alone = driver.plan(excluded=frozenset("b"))

        assert [item.endpoint.id for item in before.skipped] == ["a"]
        assert before.skipped[0].reason == BROKEN.message
        assert alone.skipped == ()

    def test_one_that_needs_the_person_comes_after_the_others(self) -> None:
        driver = Driver("ab")
        driver.fail("a", failure=NO_MONEY)
        driver.trip("b")

        assert driver.order() == "B"

    def test_an_able_endpoint_needs_no_last_resort(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        candidate = driver.plan().candidates[0]
        driver.fleet.reset("a", driver.now_s)

        permit = driver.admit(candidate)

        assert isinstance(permit, Permit)
        assert not permit.is_exclusive


class TestPermits:
    def test_a_permit_is_settled_once(self) -> None:
        driver = Driver("a")
        permit = driver.send()
        driver.fleet.neutral(permit, driver.now_s)

        with pytest.raises(BugError, match="twice"):
            driver.fleet.neutral(permit, driver.now_s)
        with pytest.raises(BugError, match="twice"):
            driver.fleet.succeed(permit, driver.now_s)
        with pytest.raises(BugError, match="twice"):
            driver.fleet.fail(permit, BROKEN, driver.now_s, MIDDLE)

        assert permit.is_settled
        assert driver.fleet.in_flight == 0

    def test_an_endpoint_that_failed_since_the_plan_refuses(self) -> None:
        driver = Driver("ab")
        candidate = driver.plan().candidates[0]
        driver.fail("a")

        refusal = driver.admit(candidate)

        assert isinstance(refusal, Refusal)
        assert (refusal.reason, refusal.retry_after_s) == (BROKEN.message, 0.0)

    def test_an_endpoint_that_was_removed_since_the_plan_refuses(self) -> None:
        driver = Driver("a")
        candidate = driver.plan().candidates[0]
        driver.apply(endpoints=())

        assert driver.admit(candidate) == Refusal("a", "It was removed.")


class TestQueue:
    def test_an_open_endpoint_is_verified_and_comes_back(self) -> None:
        driver = Driver("ab")
        driver.trip("a")

        early = driver.fleet.probe_due(driver.now_s)
        driver.wait(60.0)
        ended = driver.check("a")

        assert (early, ended) == ((), True)
        assert (driver.health("a"), driver.order()) == (Health.HEALTHY, "ab")
        assert driver.fleet.next_due_s() is None

    def test_one_that_failed_often_is_verified_before_it_gets_traffic(self) -> None:
        driver = Driver("ab")
        driver.fail("a")
        driver.fail("a")

        driver.wait(59.0)

        assert driver.view("a").breaker is BreakerState.CLOSED
        assert (driver.health("a"), driver.order()) == (Health.UNHEALTHY, "bA")
        assert driver.until_s("a") == driver.now_s + 1.0

    def test_one_that_failed_once_is_verified_when_its_cool_down_ends(self) -> None:
        driver = Driver("ab")
        driver.fail("a")
        early = driver.fleet.probe_due(driver.now_s)
        driver.wait(5.0)

        ended = driver.check("a")

        assert (early, ended) == ((), False)
        assert (driver.health("a"), driver.fleet.next_due_s()) == (Health.HEALTHY, None)

    def test_a_dead_one_never_counts_as_healthy_without_traffic(self) -> None:
        driver = Driver("ab")
        driver.fail("a")
        grades = set()
        checks = 0

        for _ in range(600):
            driver.wait(1.0)
            grades.add(driver.health("a"))
            if driver.fleet.probe_due(driver.now_s):
                driver.check("a", BROKEN)
                checks += 1

        view = driver.view("a")
        assert grades == {Health.UNHEALTHY, Health.DEGRADED, Health.CIRCUIT_OPEN}
        assert view.verdict.health is Health.CIRCUIT_OPEN
        assert (view.requests, view.failures) == (1, 1), "checks are no requests"
        assert checks == 3

    def test_a_request_that_is_answered_saves_the_check(self) -> None:
        driver = Driver("ab")
        driver.fail("a")
        driver.wait(5.0)

        driver.succeed("a")

        assert driver.fleet.next_due_s() is None

    def test_a_check_the_person_wants_is_not_saved_by_an_answer(self) -> None:
        driver = Driver("ab")
        driver.fleet.try_now("a", driver.now_s)

        driver.succeed("a")

        assert driver.fleet.probe_due(driver.now_s) == ("a",)

    def test_one_that_flaps_is_verified_unless_it_answers_twice(self) -> None:
        driver = Driver("ab")
        for _ in range(2):
            driver.succeed("a")
            driver.fail("a")
            driver.wait(6.0)

        driver.succeed("a")
        once = driver.health("a"), driver.fleet.next_due_s() is None
        driver.succeed("a")

        assert once == (Health.DEGRADED, False)
        assert (driver.health("a"), driver.fleet.next_due_s()) == (Health.HEALTHY, None)

    def test_failed_checks_open_the_circuit_as_failed_requests_do(self) -> None:
        driver = Driver("ab")
        driver.fail("a")
        states = []

        for _ in range(2):
            due_s = driver.fleet.next_due_s()
            assert due_s is not None
            driver.now_s = due_s
            driver.check("a", BROKEN)
            states.append((driver.view("a").breaker, driver.view("a").consecutive_failures))

        assert states == [(BreakerState.CLOSED, 2), (BreakerState.OPEN, 3)]

    def test_a_limit_that_is_over_needs_no_check_but_is_no_answer_yet(self) -> None:
        driver = Driver("ab")
        driver.succeed("a")
        driver.fail("a", failure=verdict(22))

        driver.wait(15.0)

        assert (driver.health("a"), driver.fleet.next_due_s()) == (Health.HEALTHY, None)
        assert not driver.fleet.grades(driver.now_s)[0].has_answered

    def test_an_overload_is_over_when_the_endpoint_answered_a_check_after_its_pause(self) -> None:
        driver = Driver("ab")
        driver.fail("a", failure=verdict(25))
        due_s = driver.fleet.next_due_s()
        assert due_s == driver.now_s + 10.0

        driver.wait(15.0)
        before = driver.health("a")
        driver.check("a")

        assert (before, driver.health("a")) == (Health.DEGRADED, Health.HEALTHY)

    def test_a_check_takes_the_half_open_permit(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)

        driver.fleet.probe_began("a", driver.now_s)

        assert driver.order() == ""
        assert driver.fleet.probe_due(driver.now_s) == ()

    def test_a_failed_check_opens_the_circuit_again_for_longer(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)

        ended = driver.check("a", BROKEN)

        assert not ended
        assert driver.view("a").breaker is BreakerState.OPEN
        assert driver.fleet.next_due_s() == driver.now_s + 120.0

    def test_a_check_that_says_nothing_gives_the_permit_back(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)

        driver.check("a", OFFLINE)

        assert driver.order() == "a"
        assert driver.fleet.next_due_s() == driver.now_s + 60.0

    @pytest.mark.parametrize("row", [8, 16])
    def test_a_check_that_fails_by_its_own_fault_proves_life(self, row: int) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)

        assert driver.check("a", verdict(row))
        assert driver.health("a") is Health.HEALTHY

    def test_a_rate_limit_proves_no_life(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)

        assert not driver.check("a", verdict(22))
        assert driver.health("a") is Health.CIRCUIT_OPEN

    def test_the_person_can_have_any_endpoint_verified_at_once(self) -> None:
        driver = Driver("ab")
        driver.trip("a")

        driver.fleet.try_now("a", driver.now_s)
        driver.fleet.try_now("b", driver.now_s)

        assert set(driver.fleet.probe_due(driver.now_s)) == {"a", "b"}
        assert driver.order() == "bA"
        assert not driver.check("b")
        assert driver.check("a")

    def test_a_well_endpoint_keeps_its_traffic_while_it_is_verified(self) -> None:
        driver = Driver("a")

        driver.fleet.try_now("a", driver.now_s)
        driver.fleet.probe_began("a", driver.now_s)

        assert driver.order() == "a"

    def test_a_check_without_verdict_of_a_well_endpoint_ends_there(self) -> None:
        driver = Driver("a")
        driver.fleet.try_now("a", driver.now_s)

        driver.check("a", OFFLINE)

        assert driver.fleet.next_due_s() is None

    @pytest.mark.parametrize("name", ["a", "gone"])
    def test_endpoints_that_cannot_be_asked_are_not_verified(self, name: str) -> None:
        driver = Driver("a")
        driver.edit("a", enabled=False)

        driver.fleet.try_now(name, driver.now_s)

        assert driver.fleet.probe_due(driver.now_s) == ()

    def test_the_result_for_an_edited_endpoint_is_ignored(self) -> None:
        driver = Driver("a")
        driver.trip("a")
        driver.wait(60.0)
        driver.fleet.probe_began("a", driver.now_s)
        driver.fleet.reset("a", driver.now_s)

        ended = driver.fleet.probe_ended("a", BROKEN, driver.now_s, MIDDLE)

        assert not ended
        assert driver.health("a") is Health.HEALTHY

    def test_the_result_for_a_removed_endpoint_is_ignored(self) -> None:
        driver = Driver("ab")
        driver.trip("a")
        driver.wait(60.0)
        driver.fleet.probe_began("a", driver.now_s)
        driver.apply(endpoints=(endpoint("b"),))

        assert not driver.fleet.probe_ended("a", None, driver.now_s, MIDDLE)

    def test_a_check_of_nobody_is_a_bug(self) -> None:
        with pytest.raises(BugError):
            Driver("a").fleet.probe_began("x", 0.0)


class TestQuarantine:
    def test_a_refused_key_puts_it_out_at_once(self) -> None:
        driver = Driver("ab")

        driver.fail("a", failure=REFUSED_KEY)

        assert driver.health("a") is Health.QUARANTINED
        assert driver.order() == "bA"
        assert driver.until_s("a") == driver.now_s + 1800.0

    def test_three_refusals_and_a_failed_check_switch_it_off_until_it_is_edited(self) -> None:
        driver = Driver("ab")
        for _ in range(3):
            driver.fail("a", failure=REFUSED_KEY)
        still_asked = driver.order()
        driver.wait(1800.0)
        driver.check("a", REFUSED_KEY)
        off = driver.order(), driver.until_s("a"), driver.fleet.next_due_s()

        driver.fleet.reset("a", driver.now_s)

        assert still_asked == "bA"
        assert off == ("b", None, None)
        assert (driver.health("a"), driver.order()) == (Health.HEALTHY, "ab")

    def test_checks_alone_switch_it_off_too(self) -> None:
        driver = Driver("ab")
        driver.fail("a", failure=REFUSED_KEY)

        for _ in range(2):
            driver.wait(10_000.0)
            driver.check("a", REFUSED_KEY)

        assert driver.order() == "b"

    def test_a_refused_request_after_a_failed_check_switches_it_off_too(self) -> None:
        driver = Driver("ab")
        driver.fail("a", failure=REFUSED_KEY)
        driver.wait(10_000.0)
        driver.check("a", REFUSED_KEY)

        driver.fail("a", failure=REFUSED_KEY)

        assert driver.order() == "b"

    def test_the_person_can_have_one_that_is_off_verified(self) -> None:
        driver = Driver("ab")
        driver.fail("a", failure=REFUSED_KEY)
        for _ in range(2):
            driver.wait(10_000.0)
            driver.check("a", REFUSED_KEY)

        driver.fleet.try_now("a", driver.now_s)

        assert driver.check("a")
        assert driver.health("a") is Health.HEALTHY

    def test_three_refused_permissions_do_the_same(self) -> None:
        driver = Driver("ab", Settings(breaker_failure_threshold=100))

        for _ in range(2):
            driver.fail("a", failure=verdict(14))
        before = driver.health("a")
        driver.fail("a", failure=verdict(14))

        assert (before, driver.health("a")) == (Health.UNHEALTHY, Health.QUARANTINED)

    def test_used_up_money_is_verified_at_its_date(self) -> None:
        driver = Driver("ab")
        failure = replace(NO_MONEY, cooldown=Cooldown(1800.0, 21600.0, exact_s=5000.0))

        driver.fail("a", failure=failure)

        assert driver.health("a") is Health.QUARANTINED
        assert driver.view("a").breaker is BreakerState.CLOSED
        assert driver.fleet.next_due_s() == driver.now_s + 5000.0

    def test_an_answer_ends_a_quarantine(self) -> None:
        driver = Driver("a")
        driver.fail("a", failure=NO_MONEY)
        driver.wait(1.0)

        driver.succeed()

        assert driver.health("a") is Health.HEALTHY

    def test_an_answer_to_an_older_request_does_not(self) -> None:
        driver = Driver("a")
        older = driver.send()
        driver.wait(1.0)
        driver.fail("a", failure=NO_MONEY)

        driver.fleet.succeed(older, driver.now_s)

        assert driver.health("a") is Health.QUARANTINED

    def test_a_late_refusal_is_news_even_after_a_recovery(self) -> None:
        driver = Driver("a")
        late = driver.send()
        driver.trip("a")
        driver.succeed()

        driver.fleet.fail(late, REFUSED_KEY, driver.now_s, MIDDLE)

        assert driver.health("a") is Health.QUARANTINED
        assert driver.view("a").breaker is BreakerState.OPEN


class TestSessions:
    def test_a_session_stays_where_it_was_answered(self) -> None:
        driver = Driver("ab", Settings(routing_strategy=Strategy.ROUND_ROBIN))

        assert [driver.succeed(session="s") for _ in range(4)] == ["a"] * 4

    def test_it_stays_after_a_failover_while_the_cache_is_warm(self) -> None:
        driver = Driver("ab")
        driver.succeed(session="s")
        driver.fail(session="s")
        driver.succeed(session="s")
        driver.wait(70.0)
        driver.check("a")

        assert (driver.order(), driver.order("s")) == ("ab", "ba")
        assert driver.bound_to("s") == "b"

    def test_it_goes_back_after_a_natural_pause(self) -> None:
        driver = Driver("ab")
        driver.succeed(session="s")
        driver.fail(session="s")
        driver.succeed(session="s")
        driver.wait(PAUSE_S)
        driver.check("a")

        driver.send(session="s")

        assert driver.bound_to("s") == "a"

    def test_it_does_not_go_back_to_one_that_is_not_well(self) -> None:
        driver = Driver("ab")
        driver.succeed(session="s")
        driver.fail(session="s")
        driver.succeed(session="s")
        driver.wait(PAUSE_S)
        driver.trip("a")

        assert driver.order("s") == "bA"

    def test_with_other_strategies_it_goes_home(self) -> None:
        driver = Driver("abc", Settings(routing_strategy=Strategy.ROUND_ROBIN))
        driver.succeed("b", session="s")
        driver.fail("b", session="s")
        driver.succeed("c", session="s")

        warm = driver.order("s")[0]
        driver.wait(PAUSE_S)
        driver.check("b")

        assert (warm, driver.order("s")[0]) == ("c", "b")

    def test_with_other_strategies_it_stays_while_home_is_not_well(self) -> None:
        driver = Driver("abc", Settings(routing_strategy=Strategy.ROUND_ROBIN))
        driver.succeed("b", session="s")
        driver.fail("b", session="s")
        driver.succeed("c", session="s")
        driver.wait(PAUSE_S)
        driver.trip("b")

        assert driver.order("s")[0] == "c"

    @pytest.mark.parametrize("failure", [REFUSED_KEY, NO_MONEY, CUT_EARLY])
    def test_what_waiting_does_not_cure_releases_it(self, failure: Failure) -> None:
        driver = Driver("ab")
        driver.succeed(session="s")

        driver.fail(session="s", failure=failure)

        assert driver.bound_to("s") is None

    def test_a_new_order_moves_it_only_at_its_pause(self) -> None:
        driver = Driver("ab")
        driver.succeed(session="s")
        driver.edit("a", priority=9)

        before = driver.order("s")
        driver.wait(PAUSE_S)

        assert (driver.order(), before, driver.order("s")) == ("ba", "ab", "ba")

    def test_a_pinned_endpoint_moves_it_only_at_its_pause(self) -> None:
        driver = Driver("ab")
        driver.succeed(session="s")
        driver.apply(pinned_id="b")

        before = driver.order("s")
        driver.wait(PAUSE_S)

        assert (driver.order(), before, driver.order("s")) == ("ba", "ab", "ba")

    @pytest.mark.parametrize("change", ["disable", "remove"])
    def test_an_endpoint_that_is_gone_loses_its_sessions_at_once(self, change: str) -> None:
        driver = Driver("ab")
        driver.succeed(session="s")

        if change == "disable":
            driver.edit("a", enabled=False)
        else:
            driver.apply(endpoints=(endpoint("b"),))

        assert driver.bound_to("s") is None
        assert driver.order("s") == "b"

    def test_the_last_answer_of_an_endpoint_that_is_gone_binds_nothing(self) -> None:
        driver = Driver("ab")
        permit = driver.send(session="s")
        driver.apply(endpoints=(endpoint("b"),))

        driver.fleet.succeed(permit, driver.now_s)

        assert driver.bound_to("s") is None

    def test_the_last_failure_of_an_endpoint_that_is_gone_counts_nowhere(self) -> None:
        driver = Driver("ab")
        permit = driver.send("a")
        driver.apply(endpoints=(endpoint("b"),))

        driver.fleet.fail(permit, REFUSED_KEY, driver.now_s, MIDDLE)

        assert driver.fleet.next_due_s() is None

    def test_the_person_can_pin_one_session(self) -> None:
        driver = Driver("abc")
        driver.succeed(session="s")

        driver.fleet.pin_session("s", "c", driver.now_s)
        pinned = driver.order("s")
        driver.fleet.pin_session("s", "nobody", driver.now_s)
        driver.fleet.pin_session("s", None, driver.now_s)

        assert (pinned, driver.order("s")) == ("cab", "abc")

    def test_a_pinned_session_falls_back_to_the_others_and_returns(self) -> None:
        driver = Driver("abc")
        driver.succeed(session="s")
        driver.fleet.pin_session("s", "c", driver.now_s)
        driver.fail("c", failure=REFUSED_KEY)
        without = driver.order("s")
        driver.succeed(session="s")

        driver.fleet.reset("c", driver.now_s)

        assert (without, driver.order("s")) == ("abC", "cab")

    def test_the_person_can_move_one_session_and_let_it_go(self) -> None:
        driver = Driver("abc")
        driver.succeed(session="s")
        known = [driver.fleet.knows_session(name, driver.now_s) for name in ("s", "t")]

        driver.fleet.move_session("s", "b", driver.now_s)
        driver.wait(3600)
        moved = driver.order("s")
        driver.fleet.move_session("s", "nobody", driver.now_s)
        driver.fleet.release_session("s")

        assert (known, moved, driver.order("s")) == ([True, False], "bac", "abc")

    def test_sessions_are_listed_with_their_agents(self) -> None:
        driver = Driver("ab")
        for agent in ("x", "y", "x"):
            driver.fleet.succeed(driver.send(session="s", agent=agent), driver.now_s)
        driver.wait(1.0)
        driver.succeed(session="t")

        rows = driver.fleet.sessions(driver.now_s)

        assert [(row.key, len(row.agents), row.turns) for row in rows] == [
            ("t", 0, 1),
            ("s", 2, 3),
        ]
        assert driver.view("a").sessions == 2

    def test_idle_sessions_expire(self) -> None:
        driver = Driver("ab", Settings(affinity_ttl_s=100.0))
        driver.succeed(session="s")
        driver.wait(100.0)

        assert driver.fleet.expire(driver.now_s) == 1
        assert driver.fleet.sessions(driver.now_s) == ()

    def test_whether_a_session_may_hold_foreign_thinking(self) -> None:
        driver = Driver("ab")
        unknown = driver.fleet.has_moved("s", "a", driver.now_s)
        nameless = driver.fleet.has_moved("", "a", driver.now_s)
        driver.succeed(session="s")
        faithful = driver.fleet.has_moved("s", "a", driver.now_s)
        elsewhere = driver.fleet.has_moved("s", "b", driver.now_s)
        driver.fail(session="s")
        driver.succeed(session="s")

        assert (unknown, nameless, faithful, elsewhere) == (True, True, False, True)
        assert driver.fleet.has_moved("s", "b", driver.now_s)


class TestEarlierStart:
    def test_a_session_stays_where_an_earlier_start_has_led_it(self) -> None:
        d = Driver("ab")
        d.fleet.restore_session(Binding("s", d.now_s - 9, endpoint_id="b", home_id="a", moves=1))

        assert d.order("s") == "ba"
        assert d.order("another") == "ab"
        binding = d.fleet.binding_of("s", d.now_s)
        assert binding is not None
        assert (binding.home_id, binding.moves) == ("a", 1)
        assert d.fleet.has_moved("s", "b", d.now_s)

    def test_a_pin_holds_after_a_restart(self) -> None:
        d = Driver("ab")
        d.fleet.restore_session(Binding("s", d.now_s - 99_999, pin_id="b"))

        assert d.order("s") == "ba"

    @pytest.mark.parametrize("gone", ["c", "b"], ids=["removed", "switched off"])
    def test_an_endpoint_that_cannot_be_asked_any_more_is_left_out(self, gone: str) -> None:
        d = Driver("ab")
        d.edit("b", enabled=False)
        d.fleet.restore_session(Binding("s", d.now_s, endpoint_id=gone, home_id=gone, pin_id=gone))

        binding = d.fleet.binding_of("s", d.now_s)
        assert binding is not None
        assert (binding.endpoint_id, binding.home_id, binding.pin_id) == (None, None, None)
        assert d.order("s") == "a"

    def test_an_endpoint_that_needed_the_person_is_checked_before_it_is_asked(self) -> None:
        d = Driver("ab")
        d.fleet.restore_hold("a", NO_MONEY, d.now_s - 3600, d.now_s)

        assert d.fleet.held() == (("a", NO_MONEY, d.now_s - 3600),)
        assert d.health("a") is Health.QUARANTINED
        assert d.view("a").verdict.reason == NO_MONEY.message
        assert d.order() == "bA"
        assert d.check("a")
        assert d.order() == "ab"
        assert d.fleet.held() == ()

    def test_a_key_that_is_refused_again_is_not_tried_again(self) -> None:
        d = Driver("ab")
        d.fleet.restore_hold("a", REFUSED_KEY, d.now_s - 3600, d.now_s)
        d.check("a", REFUSED_KEY)

        assert d.order() == "b"
        assert d.fleet.next_due_s() is None

    @pytest.mark.parametrize("name", ["x", "b"], ids=["removed", "switched off"])
    def test_an_endpoint_that_is_not_used_any_more_is_not_held(self, name: str) -> None:
        d = Driver("ab")
        d.edit("b", enabled=False)
        d.fleet.restore_hold(name, REFUSED_KEY, d.now_s, d.now_s)

        assert d.fleet.held() == ()
        assert d.fleet.next_due_s() is None


class TestEdits:
    def test_a_changed_address_starts_afresh_and_a_changed_name_does_not(self) -> None:
        driver = Driver("ab")
        driver.trip("a")
        driver.trip("b")

        driver.edit("a", name="New")
        driver.edit("b", base_url="https://new.example")

        assert driver.health("a") is Health.CIRCUIT_OPEN
        assert driver.health("b") is Health.HEALTHY

    def test_switching_off_and_on_starts_afresh(self) -> None:
        driver = Driver("ab")
        driver.trip("a")
        driver.edit("a", enabled=False)
        queued = driver.fleet.next_due_s()

        driver.edit("a", enabled=True)

        assert queued is None
        assert driver.health("a") is Health.HEALTHY

    @pytest.mark.parametrize("outcome", ["succeed", "fail"])
    def test_requests_from_before_an_edit_count_for_nothing(self, outcome: str) -> None:
        driver = Driver("a")
        permit = driver.send()
        driver.fleet.reset("a", driver.now_s)
        driver.fleet.reset("unknown", driver.now_s)

        if outcome == "succeed":
            assert not driver.fleet.succeed(permit, driver.now_s)
        else:
            driver.fleet.fail(permit, REFUSED_KEY, driver.now_s, MIDDLE)

        assert driver.health("a") is Health.HEALTHY
        assert not driver.view("a").has_answered
        assert driver.fleet.in_flight == 0


class TestOffline:
    def test_all_failing_at_once_is_taken_back(self) -> None:
        driver = Driver("ab", Settings(breaker_failure_threshold=1))
        first = driver.send("a")
        assert not driver.fleet.noticed("a", TransportFault.DNS, driver.now_s)
        driver.fleet.fail(first, verdict(2), driver.now_s, MIDDLE)
        assert driver.health("a") is Health.CIRCUIT_OPEN
        second = driver.send("b")

        assert driver.fleet.noticed("b", TransportFault.DNS, driver.now_s)
        driver.fleet.fail(second, verdict(2), driver.now_s, MIDDLE)

        assert driver.fleet.is_offline
        assert driver.order() == "ab"
        assert [driver.view(name).failures for name in "ab"] == [0, 0]

    def test_nothing_trips_while_offline(self) -> None:
        driver = Driver("ab")
        driver.fleet.set_offline(driver.now_s, offline=True)

        for _ in range(20):
            driver.fail("a", failure=verdict(2))

        assert driver.order() == "ab"

    def test_a_refused_key_counts_even_then_and_proves_a_network(self) -> None:
        driver = Driver("ab")
        driver.fleet.set_offline(driver.now_s, offline=True)

        driver.fail("a", failure=REFUSED_KEY)

        assert driver.health("a") is Health.QUARANTINED
        assert not driver.fleet.is_offline

    def test_any_response_ends_it(self) -> None:
        driver = Driver("ab")
        driver.fleet.set_offline(driver.now_s, offline=True)

        assert not driver.fleet.noticed("a", None, driver.now_s)

    def test_content_ends_it(self) -> None:
        driver = Driver("ab")
        driver.fleet.set_offline(driver.now_s, offline=True)

        driver.succeed()

        assert not driver.fleet.is_offline

    def test_one_endpoint_is_asked_every_few_seconds_whether_the_network_is_back(self) -> None:
        driver = Driver("ab")
        driver.fleet.set_offline(driver.now_s, offline=True)
        early = driver.fleet.probe_due(driver.now_s)
        due_s = driver.fleet.next_due_s()
        driver.wait(5.0)
        due = driver.fleet.probe_due(driver.now_s)

        driver.check("a", verdict(2))
        later = driver.fleet.probe_due(driver.now_s)
        driver.wait(5.0)
        driver.fleet.probe_began("a", driver.now_s)
        driver.wait(5.0)
        meanwhile = driver.fleet.probe_due(driver.now_s)
        assert driver.fleet.next_due_s() is None
        driver.fleet.probe_ended("a", None, driver.now_s, MIDDLE)

        assert (early, due_s, due, later, meanwhile) == ((), 1005.0, ("a",), (), ())
        assert not driver.fleet.is_offline
        assert driver.fleet.next_due_s() is None

    def test_without_endpoints_nobody_is_asked(self) -> None:
        fleet = Fleet()
        fleet.set_offline(0.0, offline=True)

        assert fleet.probe_due(100.0) == ()
        assert fleet.next_due_s() is None

    def test_queued_endpoints_are_verified_when_the_network_is_back(self) -> None:
        driver = Driver("ab")
        driver.trip("a")
        driver.wait(10.0)
        driver.fleet.set_offline(driver.now_s, offline=True)

        driver.fleet.set_offline(driver.now_s, offline=False)

        assert driver.fleet.probe_due(driver.now_s) == ("a",)

    def test_older_failures_are_not_taken_back(self) -> None:
        driver = Driver("ab")
        driver.trip("a")
        driver.wait(10.0)

        driver.fleet.set_offline(driver.now_s, offline=True)

        assert driver.health("a") is Health.CIRCUIT_OPEN


class TestViews:
    def test_a_view_tells_everything(self) -> None:
        driver = Driver("ab", pinned_id="b")
        driver.succeed("a", session="s")
        driver.wait(1.0)
        driver.fail("a")

        view = driver.view("a")

        assert (view.requests, view.failures, view.sessions, view.in_flight) == (2, 1, 1, 0)
        assert (view.p50_s, view.p95_s, view.success_rate) == (0.1, 0.1, 0.5)
        assert (view.last_failure, view.last_failure_s) == (BROKEN, driver.now_s)
        assert (view.has_answered, view.is_pinned, driver.view("b").is_pinned) == (
            True,
            False,
            True,
        )
        assert view.verdict.reason == BROKEN.message
        assert view.verdict.until_s == driver.now_s + 5.0
        assert view.verdict.since_s == driver.now_s

    def test_grades_hold_the_endpoints_in_use_the_pinned_one_first(self) -> None:
        driver = Driver("abc", pinned_id="c")
        driver.edit("a", enabled=False)
        driver.succeed("b")

        grades = driver.fleet.grades(driver.now_s)

        assert [(grade.name, grade.has_answered) for grade in grades] == [("C", False), ("B", True)]

    def test_it_tells_when_a_view_changes_by_itself(self) -> None:
        driver = Driver("ab")
        none = driver.fleet.next_change_s(driver.now_s)
        driver.fail("a")
        moments = []
        while (moment := driver.fleet.next_change_s(driver.now_s)) is not None:
            moments.append(moment - 1000.0)
            driver.now_s = moment

        assert none is None
        assert moments == [5.0]

    def test_an_open_circuit_changes_when_its_time_is_over(self) -> None:
        driver = Driver("a", Settings(breaker_open_s=7.0))
        driver.trip("a")

        changes = []
        while (moment := driver.fleet.next_change_s(driver.now_s)) is not None:
            changes.append(moment - 1000.0)
            driver.now_s = moment

        assert 7.0 in changes

    def test_the_soonest_retry_is_now_while_anybody_is_well(self) -> None:
        driver = Driver("ab")
        driver.trip("a")

        assert driver.fleet.soonest_retry_s(driver.now_s) == 0.0

    def test_nobody_knows_a_retry_time_when_all_are_off(self) -> None:
        driver = Driver("a")
        driver.edit("a", enabled=False)

        assert driver.fleet.soonest_retry_s(driver.now_s) is None

    def test_a_candidate_of_an_earlier_configuration_is_found_by_id(self) -> None:
        driver = Driver("a")
        old = Candidate(endpoint("a", name="Old"))

        assert isinstance(driver.admit(old), Permit)
