"""The circuit breaker: its table, and what the table means over time."""

import itertools

import pytest

from qcc_desktop.core.breaker import (
    LEASE_S,
    TABLE,
    Action,
    Breaker,
    BreakerInput,
    BreakerState,
    RateWindow,
    jittered,
)
from qcc_desktop.core.errors import BugError

I = BreakerInput  # noqa: E741 - the inputs are named on nearly every line


def tripped(breaker: Breaker | None = None, now_s: float = 0.0) -> Breaker:
    breaker = breaker or Breaker()
    breaker.step(I.OPEN_NOW, now_s)
    return breaker


def half_open() -> Breaker:
    breaker = tripped()
    breaker.tick(60.0)
    return breaker


def in_state(state: BreakerState) -> Breaker:
    match state:
        case BreakerState.CLOSED:
            return Breaker()
        case BreakerState.OPEN:
            return tripped()
        case BreakerState.HALF_OPEN:
            return half_open()


def test_the_table_lists_every_pair_of_state_and_input() -> None:
    assert set(TABLE) == set(itertools.product(BreakerState, BreakerInput))


@pytest.mark.parametrize(
    ("state", "what"), [pair for pair, action in TABLE.items() if action is Action.FORBIDDEN]
)
def test_a_forbidden_input_raises_and_changes_nothing(
    state: BreakerState, what: BreakerInput
) -> None:
    breaker = in_state(state)
    before = breaker.memo()

    with pytest.raises(BugError, match=what.name):
        breaker.step(what, 61.0)

    assert breaker.memo() == before


def test_so_many_failures_in_a_row_open_it() -> None:
    breaker = Breaker(threshold=3)

    states = []
    for now_s in (1.0, 2.0, 3.0):
        breaker.step(I.COUNT, now_s)
        states.append(breaker.state)

    assert states == [BreakerState.CLOSED, BreakerState.CLOSED, BreakerState.OPEN]


def test_a_success_breaks_the_row_of_failures() -> None:
    breaker = Breaker(threshold=3)

    for what in (I.COUNT, I.COUNT, I.SUCCESS, I.COUNT, I.COUNT):
        breaker.step(what, 1.0)

    assert breaker.state is BreakerState.CLOSED
    assert breaker.consecutive == 2


def test_an_overload_counts_half() -> None:
    breaker = Breaker(threshold=2)

    states = []
    for _ in range(4):
        breaker.step(I.HALF, 1.0)
        states.append(breaker.state)

    assert states == [BreakerState.CLOSED] * 3 + [BreakerState.OPEN]


def test_half_of_six_within_a_minute_open_it_though_never_two_in_a_row() -> None:
    breaker = Breaker(threshold=3)

    for now_s in (0.0, 10.0):
        breaker.step(I.COUNT, now_s)
        breaker.step(I.SUCCESS, now_s)
    breaker.step(I.SUCCESS, 20.0)
    before = breaker.state
    breaker.step(I.COUNT, 20.0)

    assert (before, breaker.state) == (BreakerState.CLOSED, BreakerState.OPEN)


def test_failures_older_than_a_minute_are_no_part_of_the_rate() -> None:
    breaker = Breaker(threshold=3)

    for now_s in (0.0, 40.0, 80.0, 120.0, 160.0):
        breaker.step(I.COUNT, now_s)
        breaker.step(I.SUCCESS, now_s)

    assert breaker.state is BreakerState.CLOSED


def test_neutral_outcomes_never_change_a_closed_circuit() -> None:
    breaker = Breaker()
    before = breaker.memo()

    for _ in range(100):
        breaker.step(I.NEUTRAL, 1.0)

    assert breaker.memo() == before


def test_it_becomes_half_open_when_its_time_is_over_and_not_before() -> None:
    breaker = tripped()

    breaker.tick(59.9)
    before = breaker.state
    breaker.tick(60.0)

    assert (before, breaker.state) == (BreakerState.OPEN, BreakerState.HALF_OPEN)


@pytest.mark.parametrize(("chance", "length_s"), [(0.0, 48.0), (0.5, 60.0), (0.999, 71.976)])
def test_chance_moves_the_open_time_by_a_fifth(chance: float, length_s: float) -> None:
    breaker = Breaker(open_s=60.0)

    breaker.step(I.OPEN_NOW, 0.0, chance)

    assert breaker.until_s == pytest.approx(length_s)
    assert jittered(60.0, chance) == pytest.approx(length_s)


def test_the_open_time_doubles_up_to_ten_times() -> None:
    breaker = Breaker(open_s=60.0)
    lengths = []

    now_s = 0.0
    for _ in range(6):
        breaker.step(I.OPEN_NOW, now_s)
        lengths.append(breaker.until_s - now_s)
        now_s = breaker.until_s
        breaker.tick(now_s)

    assert lengths == [60.0, 120.0, 240.0, 480.0, 600.0, 600.0]


def test_a_long_calm_makes_the_next_open_time_short_again() -> None:
    breaker = tripped(tripped())
    breaker.tick(60.0)
    breaker.step(I.SUCCESS, 60.0)

    breaker.step(I.OPEN_NOW, 60.0 + 601.0)

    assert breaker.until_s == 60.0 + 601.0 + 60.0


def test_it_gives_one_permit_while_half_open() -> None:
    breaker = half_open()
    before = breaker.permit_is_free

    breaker.step(I.PERMIT_TAKEN, 61.0)

    assert (before, breaker.permit_is_free) == (True, False)
    assert breaker.holds(breaker.lease)
    with pytest.raises(BugError, match="twice"):
        breaker.step(I.PERMIT_TAKEN, 61.0)


@pytest.mark.parametrize(
    ("what", "state"),
    [
        (I.SUCCESS, BreakerState.CLOSED),
        (I.COUNT, BreakerState.OPEN),
        (I.HALF, BreakerState.OPEN),
        (I.OPEN_NOW, BreakerState.OPEN),
        (I.RESET, BreakerState.CLOSED),
    ],
)
def test_whoever_holds_the_permit_decides(what: BreakerInput, state: BreakerState) -> None:
    breaker = half_open()
    breaker.step(I.PERMIT_TAKEN, 61.0)

    breaker.step(what, 62.0)

    assert breaker.state is state
    assert not breaker.holds(breaker.lease)


def test_a_neutral_outcome_gives_the_permit_back() -> None:
    breaker = half_open()
    breaker.step(I.PERMIT_TAKEN, 61.0)

    breaker.step(I.NEUTRAL, 62.0)

    assert breaker.permit_is_free


def test_a_permit_kept_too_long_is_taken_back() -> None:
    breaker = half_open()
    breaker.step(I.PERMIT_TAKEN, 61.0)
    old = breaker.lease

    breaker.tick(61.0 + LEASE_S - 0.1)
    kept = breaker.holds(old)
    breaker.tick(61.0 + LEASE_S)
    breaker.step(I.PERMIT_TAKEN, 200.0)

    assert kept
    assert not breaker.holds(old)


def test_an_open_circuit_takes_no_notice_of_more_failures() -> None:
    breaker = tripped()
    before = breaker.memo()

    for what in (I.COUNT, I.HALF, I.OPEN_NOW, I.NEUTRAL, I.PERMIT_TAKEN):
        breaker.step(what, 1.0)

    assert breaker.memo() == before


def test_a_success_of_the_last_resort_closes_an_open_circuit() -> None:
    breaker = tripped()

    breaker.step(I.SUCCESS, 1.0)

    assert breaker.state is BreakerState.CLOSED


def test_a_reset_forgets_the_trips_and_a_success_does_not() -> None:
    by_success, by_reset = tripped(), tripped()

    by_success.step(I.SUCCESS, 1.0)
    by_reset.step(I.RESET, 1.0)

    assert (by_success.trips, by_reset.trips) == (1, 0)


def test_opening_and_closing_begin_a_new_epoch_and_half_opening_does_not() -> None:
    breaker = Breaker()
    epochs = [breaker.epoch]

    breaker.step(I.OPEN_NOW, 0.0)
    epochs.append(breaker.epoch)
    breaker.tick(60.0)
    epochs.append(breaker.epoch)
    breaker.step(I.SUCCESS, 60.0)
    epochs.append(breaker.epoch)

    assert epochs == [0, 1, 1, 2]


def test_what_followed_a_memo_can_be_undone() -> None:
    breaker = Breaker()
    breaker.step(I.COUNT, 1.0)
    memo = breaker.memo()
    tripped(breaker, 2.0)

    breaker.restore(memo)

    assert breaker.memo() == memo
    assert breaker.epoch == 2


def test_the_window_needs_six_outcomes() -> None:
    window = RateWindow()

    for _ in range(5):
        window.add(1.0, 0.0)
    before = window.is_bad(0.0)
    window.add(1.0, 0.0)

    assert (before, window.is_bad(0.0), window.is_bad(61.0)) == (False, True, False)


def test_the_window_stays_small_whatever_the_traffic() -> None:
    window = RateWindow()

    for tenth in range(10_000):
        window.add(0.0, tenth / 10)

    assert len(window.memo()) <= 13
    window.clear()
    assert window.memo() == []
