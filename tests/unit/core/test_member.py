"""One endpoint's state and the verdict that follows from it."""

import pytest

from qcc_desktop.core.breaker import BreakerInput, BreakerState
from qcc_desktop.core.classification.rows import verdict
from qcc_desktop.core.endpoint import WireProtocol
from qcc_desktop.core.errors import BugError
from qcc_desktop.core.failure import Cooldown
from qcc_desktop.core.health import Health
from qcc_desktop.core.member import AUTH_HITS, BURST_S, Grant, Member, Permit
from qcc_desktop.core.settings import Settings
from tests.unit.core.fleet_driver import (
    BROKEN,
    MIDDLE,
    NO_MONEY,
    REFUSED_KEY,
    SLOW,
    endpoint,
)

NOW_S = 100.0


def member(**changes: object) -> Member:
    return Member(endpoint("a", **changes), Settings())


def failed(own: Member, *rows: int, at_s: float = NOW_S) -> Member:
    for row in rows:
        permit = own.take(Grant.LAST_RESORT, at_s, "m")
        own.give_back(permit)
        own.failed(permit, verdict(row), at_s, MIDDLE)
    return own


def opened() -> Member:
    return failed(member(), 26, 26, 26)


def half_open() -> Member:
    own = opened()
    own.breaker.tick(NOW_S + 60.0)
    return own


def settled(own: Member, grant: Grant = Grant.ORDINARY, at_s: float = NOW_S) -> Permit:
    permit = own.take(grant, at_s, "m")
    own.give_back(permit)
    return permit


@pytest.mark.parametrize(
    ("own", "health"),
    [
        pytest.param(member(), Health.HEALTHY, id="new"),
        pytest.param(member(enabled=False), Health.DISABLED, id="off"),
        pytest.param(member(protocol=WireProtocol.OPENAI), Health.HEALTHY, id="other dialect"),
        pytest.param(failed(member(), 26), Health.UNHEALTHY, id="failed once"),
        pytest.param(opened(), Health.CIRCUIT_OPEN, id="failed thrice"),
        pytest.param(half_open(), Health.CIRCUIT_OPEN, id="half-open"),
        pytest.param(failed(member(), 13), Health.QUARANTINED, id="refused key"),
        pytest.param(failed(member(), 8), Health.HEALTHY, id="told off a client"),
    ],
)
def test_grades(own: Member, health: Health) -> None:
    assert own.health(NOW_S + 1.0, "m") is health
    assert own.verdict(NOW_S + 1.0, "m").health is health


@pytest.mark.parametrize(
    ("row", "grades"),
    [
        pytest.param(
            26, [Health.UNHEALTHY, Health.DEGRADED, Health.DEGRADED], id="a fault needs an answer"
        ),
        pytest.param(
            22, [Health.UNHEALTHY, Health.UNHEALTHY, Health.HEALTHY], id="a limit is over by itself"
        ),
        pytest.param(
            25, [Health.DEGRADED, Health.DEGRADED, Health.DEGRADED], id="an overload does, too"
        ),
        pytest.param(
            16,
            [Health.DEGRADED, Health.DEGRADED, Health.HEALTHY],
            id="a model not offered is over, too",
        ),
    ],
)
def test_the_grade_after_one_failure(row: int, grades: list[Health]) -> None:
    own = failed(member(), row)

    assert [own.health(NOW_S + after_s) for after_s in (0.0, 6.0, 1000.0)] == grades


def test_a_degraded_one_says_why() -> None:
    own = failed(member(), 26)

    found = own.verdict(NOW_S + 6.0)

    assert (found.reason, found.since_s, found.until_s) == (BROKEN.message, NOW_S, None)


def test_an_answer_makes_a_degraded_one_healthy_before_it_is_complete() -> None:
    own = failed(member(), 26)
    permit = settled(own, at_s=NOW_S + 6.0)

    ended = own.proved(permit, NOW_S + 7.0)

    assert not ended, "it was not out"
    assert own.health(NOW_S + 7.0) is Health.HEALTHY


def test_the_two_answers_of_a_flapping_one_are_those_of_two_requests() -> None:
    own = failed(member(), 26)
    own.proved(settled(own, at_s=NOW_S + 6.0), NOW_S + 7.0)
    own.succeeded(settled(own, at_s=NOW_S + 6.0), NOW_S + 7.0, 0.1)
    failed(own, 26, at_s=NOW_S + 8.0)
    permit = settled(own, at_s=NOW_S + 20.0)

    own.proved(permit, NOW_S + 20.0)
    own.proved(permit, NOW_S + 21.0)
    after_one = own.health(NOW_S + 21.0)
    own.proved(settled(own, at_s=NOW_S + 22.0), NOW_S + 22.0)

    assert (after_one, own.health(NOW_S + 22.0)) == (Health.DEGRADED, Health.HEALTHY)


def test_a_check_is_no_request() -> None:
    own = failed(member(), 26)

    own.check_failed(BROKEN, NOW_S + 6.0, MIDDLE)

    assert (own.metrics.requests, own.metrics.failures, own.metrics.success_rate) == (1, 1, 0.0)


def test_failed_checks_count_for_the_circuit() -> None:
    own = failed(member(), 26)

    own.check_failed(BROKEN, NOW_S + 6.0, MIDDLE)
    after_two = own.breaker.state
    own.check_failed(BROKEN, NOW_S + 120.0, MIDDLE)

    assert (after_two, own.breaker.state) == (BreakerState.CLOSED, BreakerState.OPEN)


def test_a_queued_one_stays_unhealthy() -> None:
    own = failed(member(), 26)
    own.is_queued = True

    assert own.health(NOW_S + 30.0) is Health.UNHEALTHY


@pytest.mark.parametrize(
    ("check_due_s", "until_s"),
    [
        pytest.param(None, 160.0, id="when its time is over"),
        pytest.param(130.0, 130.0, id="or when it is verified, if sooner"),
        pytest.param(200.0, 160.0, id="not later"),
        pytest.param(50.0, 101.0, id="never in the past"),
    ],
)
def test_when_an_open_one_may_be_asked(check_due_s: float | None, until_s: float) -> None:
    assert opened().verdict(NOW_S + 1.0, "m", check_due_s).until_s == until_s


def test_a_half_open_one_may_be_asked_now_or_when_it_is_verified() -> None:
    own = half_open()

    assert own.verdict(NOW_S + 60.0, "m").until_s == NOW_S + 60.0
    assert own.verdict(NOW_S + 60.0, "m", NOW_S + 70.0).until_s == NOW_S + 70.0


def test_the_reason_of_an_open_one_is_its_last_failure() -> None:
    own = opened()
    own.cooldowns.clear()

    found = own.verdict(NOW_S)

    assert (found.reason, found.since_s) == (BROKEN.message, NOW_S)


def test_one_without_a_known_failure_has_no_reason() -> None:
    own = member()
    own.breaker.step(BreakerInput.OPEN_NOW, NOW_S)

    assert own.verdict(NOW_S).reason == ""


def test_a_quarantined_one_is_verified_when_due() -> None:
    own = failed(member(), 12)

    found = own.verdict(NOW_S + 5.0, "m", NOW_S + 1800.0)

    assert (found.until_s, found.reason, found.since_s) == (NOW_S + 1800.0, NO_MONEY.message, NOW_S)


def test_one_whose_key_was_refused_for_good_waits_for_the_person() -> None:
    own = failed(member(), *[13] * (AUTH_HITS - 1))
    before = own.is_off

    own.check_failed(REFUSED_KEY, NOW_S, MIDDLE)

    assert (before, own.is_off) == (False, True)
    assert own.verdict(NOW_S, "m", NOW_S + 1.0).until_s is None
    assert not own.may_be_last_resort(NOW_S)


def test_a_hold_can_be_released_and_comes_back_with_the_next_refusal() -> None:
    own = failed(member(), *[13] * AUTH_HITS)
    own.check_failed(REFUSED_KEY, NOW_S, MIDDLE)

    own.release_hold()
    released = own.is_off
    own.check_failed(REFUSED_KEY, NOW_S, MIDDLE)

    assert (released, own.is_off) == (False, True)


def test_releasing_where_nothing_is_held_does_nothing() -> None:
    own = member()

    own.release_hold()

    assert own.quarantine is None


def test_a_trial_needs_a_free_permit_and_no_cool_down() -> None:
    own = half_open()
    at_s = NOW_S + 60.0
    free = own.may_try(at_s, "m")
    own.cooldowns.start(Cooldown(10.0, 10.0), at_s, MIDDLE, model="m")

    assert (free, own.may_try(at_s, "m"), own.may_try(at_s, "other")) == (True, False, True)
    assert not opened().may_try(NOW_S)


def test_a_trial_waits_for_the_last_resort_that_is_under_way() -> None:
    own = opened()
    own.take(Grant.LAST_RESORT, NOW_S, "m")

    assert not own.may_try(NOW_S + 60.0, "m")


def test_the_last_resort_waits_for_the_trial_that_is_under_way() -> None:
    own = half_open()
    own.take(Grant.TRIAL, NOW_S + 60.0, "m")

    assert not own.may_be_last_resort(NOW_S + 60.0, "m")


def test_a_neutral_outcome_frees_the_permit_of_its_own_only() -> None:
    own = half_open()
    ordinary = settled(own, Grant.ORDINARY, NOW_S + 60.0)
    trial = settled(own, Grant.TRIAL, NOW_S + 60.0)

    own.neutral(ordinary, NOW_S + 60.0)
    before = own.breaker.permit_is_free
    own.neutral(trial, NOW_S + 60.0)

    assert (before, own.breaker.permit_is_free) == (False, True)


def test_a_permit_names_its_endpoint_and_is_used_once() -> None:
    permit = settled(member())

    assert (permit.endpoint_id, permit.is_settled) == ("a", True)
    with pytest.raises(BugError, match="twice"):
        permit.settle()


def test_content_proves_nothing_where_nothing_is_wrong() -> None:
    own = member()

    assert not own.proved(settled(own), NOW_S)


def test_content_ends_a_quarantine_with_a_closed_circuit() -> None:
    own = failed(member(), 12)

    assert own.proved(settled(own, Grant.LAST_RESORT, NOW_S + 1.0), NOW_S + 2.0)
    assert own.health(NOW_S + 2.0) is Health.HEALTHY


def test_a_success_eases_the_cool_down_of_the_model() -> None:
    own = failed(member(), 23)

    own.succeeded(settled(own, Grant.LAST_RESORT, NOW_S + 1.0), NOW_S + 2.0, 0.5)

    assert own.cooldowns.is_empty
    assert own.p50_s == 0.5


def test_a_success_from_before_the_outage_only_counts() -> None:
    own = member()
    permit = settled(own)
    failed(own, 26, 26, 26)

    own.succeeded(permit, NOW_S, None)

    assert own.breaker.state is BreakerState.OPEN
    assert own.metrics.successes == 1


def test_a_success_while_the_circuit_is_open_leaves_it_to_proof() -> None:
    own = opened()

    own.succeeded(settled(own, Grant.LAST_RESORT), NOW_S, None)

    assert own.breaker.state is BreakerState.OPEN


def test_a_time_out_from_before_the_outage_only_counts() -> None:
    own = member()
    permit = settled(own)
    failed(own, 26, 26, 26)
    own.check_succeeded(NOW_S)

    own.failed(permit, SLOW, NOW_S, MIDDLE)

    assert own.health(NOW_S) is Health.HEALTHY
    assert own.metrics.failures == 4


def test_a_late_refusal_of_permission_holds_without_opening() -> None:
    own = member()
    permit = settled(own)
    failed(own, 26, 26, 26)
    own.check_succeeded(NOW_S)

    own.failed(permit, verdict(14), NOW_S, MIDDLE)

    assert own.breaker.state is BreakerState.CLOSED
    assert own.health(NOW_S) is Health.UNHEALTHY


def test_a_check_takes_the_permit_only_where_it_is_free() -> None:
    own, taken = half_open(), half_open()
    taken.take(Grant.TRIAL, NOW_S + 60.0, "m")

    own.check_began(NOW_S + 60.0)
    taken.check_began(NOW_S + 60.0)

    freedom = [own.breaker.permit_is_free]
    for _ in range(2):
        own.check_said_nothing(NOW_S + 61.0)
        freedom.append(own.breaker.permit_is_free)
    assert freedom == [False, True, True]


def test_renewing_forgets_everything() -> None:
    own = failed(member(), 13, 13)

    own.renew(NOW_S)

    assert own.verdict(NOW_S).health is Health.HEALTHY
    assert own.last_failure is None
    failed(own, 13)
    own.check_failed(REFUSED_KEY, NOW_S, MIDDLE)
    assert not own.is_off, "the hits from before count no more"


def test_a_burst_is_taken_back() -> None:
    own = failed(member(), 26, 26, 26)
    own.is_queued = True

    assert own.forgive(NOW_S + BURST_S)
    assert not own.is_queued
    assert own.health(NOW_S) is Health.HEALTHY
    assert own.metrics.failures == 0
    assert not own.forgive(NOW_S), "only once"


@pytest.mark.parametrize("row", [12, 13, 22])
def test_an_answer_ends_a_burst(row: int) -> None:
    own = failed(member(), 26, row)

    own.forgive(NOW_S)

    assert own.health(NOW_S) is not Health.HEALTHY


def test_a_burst_that_is_long_over_is_not_taken_back() -> None:
    own = opened()

    assert not own.forgive(NOW_S + BURST_S + 0.1)
    assert own.breaker.state is BreakerState.OPEN


def test_a_later_burst_begins_where_the_earlier_one_ended() -> None:
    own = failed(member(), 26)
    failed(own, 26, at_s=NOW_S + 100.0)

    need_no_check = own.forgive(NOW_S + 100.0)

    assert own.breaker.consecutive == 1
    assert not need_no_check, "the earlier one was its own"


def test_one_failure_before_the_threshold_is_often() -> None:
    own = failed(member(), 26)
    before = own.is_often_failing()

    failed(own, 26)

    assert (before, own.is_often_failing()) == (False, True)


def test_a_failure_without_consequences_is_not_counted_against_it() -> None:
    own = failed(member(), 4)

    assert own.metrics.failures == 0
    assert own.health(NOW_S) is Health.HEALTHY


def test_a_model_failure_without_a_known_model_cools_the_endpoint() -> None:
    own = member()
    permit = own.take(Grant.ORDINARY, NOW_S, "")

    own.failed(permit, verdict(23), NOW_S, MIDDLE)

    assert own.cooldowns.active(NOW_S + 1.0) is not None


def test_the_weight_is_that_of_the_endpoint() -> None:
    assert member(weight=7).weight == 7


def test_turning_points_of_a_well_one_are_none() -> None:
    assert member().turning_points() == []
    assert sorted(opened().turning_points()) == [105.0, 160.0]
    assert failed(member(), 22).turning_points() == [NOW_S + 15.0] * 2


def test_a_clients_fault_at_the_trial_gives_the_permit_back() -> None:
    own = half_open()
    trial = settled(own, Grant.TRIAL, NOW_S + 60.0)

    own.neutral(trial, NOW_S + 60.0)

    assert own.may_try(NOW_S + 60.0, "m")


def test_a_closed_circuit_that_merely_cools_may_be_the_last_resort_for_many() -> None:
    own = failed(member(), 26)
    own.take(Grant.LAST_RESORT, NOW_S, "m")

    assert own.may_be_last_resort(NOW_S, "m")


def test_content_closes_an_open_circuit() -> None:
    own = opened()
    permit = settled(own, Grant.LAST_RESORT)

    assert own.proved(permit, NOW_S)
    assert own.breaker.state is BreakerState.CLOSED
    assert permit.epoch == own.breaker.epoch


def test_a_success_where_nothing_is_wrong_only_counts() -> None:
    own = member()

    own.succeeded(settled(own), NOW_S, 0.3)

    assert (own.metrics.successes, own.health(NOW_S)) == (1, Health.HEALTHY)


def test_a_late_refusal_of_the_key_opens_it() -> None:
    own = member()
    permit = settled(own)
    failed(own, 26, 26, 26)
    own.check_succeeded(NOW_S)

    own.failed(permit, REFUSED_KEY, NOW_S, MIDDLE)

    assert own.breaker.state is BreakerState.OPEN
