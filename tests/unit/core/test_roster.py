"""The endpoints in the user's order, with the queue of those to verify."""

from dataclasses import replace

import pytest

from qcc_desktop.core.breaker import BreakerState
from qcc_desktop.core.classification.rows import ROWS, verdict
from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import AuthStyle
from qcc_desktop.core.errors import BugError
from qcc_desktop.core.health import Health
from qcc_desktop.core.member import Grant, Member
from qcc_desktop.core.roster import BUSY_RETRY_S, Roster, proves_life
from qcc_desktop.core.settings import Settings
from tests.unit.core.fleet_driver import BROKEN, MIDDLE, OFFLINE, REFUSED_KEY, endpoint

NOW_S = 100.0
NO_PAUSE = replace(BROKEN, cooldown=None)


def roster_of(names: str = "ab") -> Roster:
    roster = Roster()
    roster.configure(Config(endpoints=tuple(endpoint(name) for name in names)), NOW_S)
    return roster


def one(roster: Roster, name: str = "a") -> Member:
    member = roster.find(name)
    assert member is not None
    return member


def fail(roster: Roster, name: str, row: int, times: int = 1) -> Member:
    member = one(roster, name)
    for _ in range(times):
        permit = member.take(Grant.LAST_RESORT, NOW_S, "m")
        member.give_back(permit)
        member.failed(permit, verdict(row), NOW_S, MIDDLE)
        roster.enqueue_if_out(member, NOW_S, MIDDLE, "m")
    return member


def test_nobody_has_no_state() -> None:
    assert roster_of().find(None) is None
    assert roster_of().find("x") is None


def test_configuring_tells_who_cannot_be_asked_any_more() -> None:
    roster = roster_of("abc")
    fail(roster, "a", 26, 3)
    fail(roster, "b", 26, 3)

    gone = roster.configure(Config(endpoints=(endpoint("b", enabled=False), endpoint("c"))), NOW_S)

    assert gone == ["a", "b"]
    assert len(roster.queue) == 0
    assert not one(roster, "b").is_queued


def test_settings_reach_every_endpoint() -> None:
    roster = roster_of("a")

    roster.configure(
        Config(
            endpoints=(endpoint("a"),),
            settings=Settings(
                breaker_failure_threshold=7, breaker_open_s=9.0, upstream_probe_s=5.0
            ),
        ),
        NOW_S,
    )

    breaker = one(roster).breaker
    assert (breaker.threshold, breaker.open_s, roster.queue.interval_s) == (7, 9.0, 5.0)


@pytest.mark.parametrize(
    ("changes", "is_fresh"),
    [
        ({"base_url": "https://other"}, True),
        ({"auth": AuthStyle.X_API_KEY}, True),
        ({"proxy": "direct"}, True),
        ({"extra_headers": (("x", "y"),)}, True),
        ({"name": "Other"}, False),
        ({"weight": 5}, False),
        ({"priority": 5}, False),
    ],
)
def test_only_an_edit_of_the_way_there_starts_afresh(
    changes: dict[str, object], is_fresh: bool
) -> None:
    roster = roster_of("a")
    fail(roster, "a", 26, 3)

    edited = replace(endpoint("a"), **changes)  # type: ignore[arg-type]
    roster.configure(Config(endpoints=(edited,)), NOW_S)

    assert (one(roster).health(NOW_S) is Health.HEALTHY) is is_fresh


def test_switching_on_starts_afresh() -> None:
    roster = Roster()
    roster.configure(Config(endpoints=(endpoint("a", enabled=False),)), NOW_S)
    fail(roster, "a", 26, 3)

    roster.configure(Config(endpoints=(endpoint("a"),)), NOW_S)

    assert one(roster).health(NOW_S) is Health.HEALTHY


@pytest.mark.parametrize(
    ("row", "times", "is_queued", "due_after_s"),
    [
        pytest.param(26, 1, False, 5.0, id="failed once: when its cool-down ends"),
        pytest.param(26, 2, True, 60.0, id="failed often: after the interval"),
        pytest.param(26, 3, True, 60.0, id="circuit open"),
        pytest.param(12, 1, True, 1800.0, id="no money"),
        pytest.param(22, 1, False, None, id="a rate limit ends by itself"),
        pytest.param(25, 1, False, 10.0, id="an overload: when its pause ends"),
        pytest.param(16, 1, False, None, id="a model that is not offered says nothing more"),
    ],
)
def test_who_is_verified_and_when(
    row: int, times: int, is_queued: bool, due_after_s: float | None
) -> None:
    roster = roster_of()

    member = fail(roster, "a", row, times)

    assert member.is_queued is is_queued
    assert roster.queue.due_s("a") == (None if due_after_s is None else NOW_S + due_after_s)


def test_a_doubted_one_without_a_cool_down_is_verified_after_the_interval() -> None:
    roster = roster_of()
    member = one(roster)
    member.failed(member.take(Grant.ORDINARY, NOW_S, "m"), NO_PAUSE, NOW_S, MIDDLE)

    roster.enqueue_if_out(member, NOW_S, MIDDLE)

    assert roster.queue.due_s("a") == NOW_S + 60.0


@pytest.mark.parametrize(
    ("row", "waits"),
    [
        pytest.param(22, False, id="a rate limit is no reason to ask again"),
        pytest.param(26, True, id="a fault is"),
    ],
)
def test_a_failed_check_of_a_well_endpoint(row: int, waits: bool) -> None:
    roster = roster_of()
    member = one(roster)
    roster.hasten(member, NOW_S)
    roster.check_began("a", NOW_S)

    roster.check_failed(member, verdict(row), NOW_S, MIDDLE)

    assert ("a" in roster.queue) is waits


def test_one_that_is_off_is_not_verified() -> None:
    roster = roster_of("a")
    fail(roster, "a", 13, 3)
    roster.queue.hasten("a", NOW_S)
    roster.check_began("a", NOW_S)
    member = roster.take_checked("a")
    assert member is not None

    roster.check_failed(member, REFUSED_KEY, NOW_S, MIDDLE)

    assert len(roster.queue) == 0


def test_the_last_resort_is_the_one_due_soonest() -> None:
    roster = roster_of("abc")
    fail(roster, "a", 13)
    fail(roster, "b", 26, 3)
    fail(roster, "c", 26)

    chosen = roster.last_resort(roster.order, NOW_S, "m")

    assert chosen is one(roster, "c")
    assert roster.last_resort([one(roster, "a")], NOW_S, "m") is one(roster, "a")
    assert roster.last_resort([], NOW_S, "m") is None


def test_one_without_a_time_can_be_the_last_resort() -> None:
    roster = roster_of("a")
    member = one(roster)

    assert roster.last_resort([member], NOW_S, "m") is member


def test_the_soonest_retry() -> None:
    roster = roster_of("ab")
    member = fail(roster, "a", 26, 3)
    permit = member.take(Grant.LAST_RESORT, NOW_S, "m")

    open_s = roster.soonest_s([member], NOW_S, "m")
    busy_s = roster.soonest_s([member], NOW_S + 60.0, "m")
    member.give_back(permit)

    assert (open_s, busy_s) == (60.0, BUSY_RETRY_S)
    assert roster.soonest_s(roster.order, NOW_S, "m") == 0.0
    assert roster.soonest_s([], NOW_S, "m") is None


def test_nobody_knows_when_one_that_is_off_answers() -> None:
    roster = Roster()
    roster.configure(Config(endpoints=(endpoint("a", enabled=False),)), NOW_S)

    assert roster.soonest_s(roster.order, NOW_S, "m") is None


def test_a_check_that_succeeds_brings_it_back() -> None:
    roster = roster_of()
    fail(roster, "a", 26, 3)
    roster.check_began("a", NOW_S)
    member = roster.take_checked("a")
    assert member is not None

    assert roster.check_succeeded(member, NOW_S)
    assert not roster.check_succeeded(member, NOW_S), "it was well already"
    assert (member.is_queued, member.breaker.state) == (False, BreakerState.CLOSED)


@pytest.mark.parametrize("times", [pytest.param(1, id="doubted"), pytest.param(3, id="out")])
def test_a_check_without_a_verdict_comes_again(times: int) -> None:
    roster = roster_of()
    member = fail(roster, "a", 26, times)
    roster.check_began("a", NOW_S)

    roster.check_said_nothing(member, NOW_S, MIDDLE)

    assert "a" in roster.queue


def test_a_check_without_a_verdict_of_a_well_endpoint_ends_there() -> None:
    roster = roster_of()
    member = one(roster)
    roster.hasten(member, NOW_S)

    roster.check_said_nothing(member, NOW_S, MIDDLE)

    assert len(roster.queue) == 0


@pytest.mark.parametrize("what", ["edited", "removed"])
def test_a_check_of_an_endpoint_that_changed_counts_for_nothing(what: str) -> None:
    roster = roster_of()
    member = fail(roster, "a", 26, 3)
    roster.check_began("a", NOW_S)

    if what == "edited":
        roster.renew(member, NOW_S)
    else:
        roster.configure(Config(), NOW_S)

    assert roster.take_checked("a") is None


def test_a_check_of_nobody_is_a_bug() -> None:
    with pytest.raises(BugError, match="not configured"):
        roster_of().check_began("x", NOW_S)


def test_a_burst_is_taken_back_from_everybody() -> None:
    roster = roster_of()
    fail(roster, "a", 26, 3)
    fail(roster, "b", 26)

    roster.forgive(NOW_S)

    assert {member.health(NOW_S) for member in roster.order} == {Health.HEALTHY}
    assert len(roster.queue) == 0


def test_only_the_checks_own_fault_proves_life() -> None:
    proofs = {row for row, failure in ROWS.items() if proves_life(failure)}

    assert proofs == {8, 9, 10, 11, 16, 18, 20}
    assert not proves_life(BROKEN)
    assert not proves_life(OFFLINE)
