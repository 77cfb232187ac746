"""How long an endpoint or a model of it is left alone."""

import pytest

from qcc_desktop.core.cooldown import MODELS_MAX, Cooldowns
from qcc_desktop.core.failure import Cooldown

TEN = Cooldown(10.0, 60.0)


def test_nothing_is_left_alone_at_first() -> None:
    cooldowns = Cooldowns()

    assert cooldowns.active(0.0, "m") is None
    assert cooldowns.is_empty


def test_it_doubles_on_repetition_up_to_the_cap() -> None:
    cooldowns = Cooldowns()
    lengths, now_s = [], 0.0

    for _ in range(5):
        pause = cooldowns.start(TEN, now_s, 0.5)
        lengths.append(pause.until_s - now_s)
        now_s = pause.until_s

    assert lengths == [10.0, 20.0, 40.0, 60.0, 60.0]


def test_many_failures_of_one_moment_count_as_one() -> None:
    cooldowns = Cooldowns()

    pauses = [cooldowns.start(TEN, 0.0, 0.5) for _ in range(5)]

    assert (pauses[-1].until_s, pauses[-1].level) == (10.0, 0)


@pytest.mark.parametrize(("chance", "length_s"), [(0.0, 8.0), (0.5, 10.0), (0.75, 11.0)])
def test_chance_moves_it_by_a_fifth(chance: float, length_s: float) -> None:
    assert Cooldowns().start(TEN, 0.0, chance).until_s == pytest.approx(length_s)


def test_chance_never_moves_it_beyond_the_cap() -> None:
    assert Cooldowns().start(Cooldown(60.0, 60.0), 0.0, 0.99).until_s == 60.0


@pytest.mark.parametrize("chance", [0.0, 0.99])
def test_a_time_the_upstream_named_is_taken_as_it_is(chance: float) -> None:
    pause = Cooldowns().start(Cooldown(10.0, 60.0, exact_s=77.0), 5.0, chance)

    assert pause.until_s == 82.0
    assert pause.is_firm


def test_a_shorter_one_never_cuts_a_longer_one() -> None:
    cooldowns = Cooldowns()
    cooldowns.start(Cooldown(10.0, 60.0, exact_s=100.0), 0.0, 0.5)

    pause = cooldowns.start(TEN, 1.0, 0.5)

    assert pause.until_s == 100.0


def test_a_longer_time_that_was_named_stays_firm_under_a_soft_failure() -> None:
    cooldowns = Cooldowns()
    cooldowns.start(Cooldown(10.0, 60.0, exact_s=100.0), 0.0, 0.5)

    assert cooldowns.start(TEN, 1.0, 0.5).is_firm


def test_a_model_is_left_alone_for_itself() -> None:
    cooldowns = Cooldowns()
    cooldowns.start(TEN, 0.0, 0.5, model="opus", reason="no opus")

    pause = cooldowns.active(1.0, "opus")

    assert pause is not None
    assert pause.reason == "no opus"
    assert cooldowns.active(1.0, "haiku") is None
    assert cooldowns.active(1.0) is None
    assert cooldowns.active(10.0, "opus") is None


def test_the_longer_one_of_endpoint_and_model_counts() -> None:
    cooldowns = Cooldowns()
    cooldowns.start(TEN, 0.0, 0.5, reason="endpoint")
    cooldowns.start(Cooldown(20.0, 60.0), 0.0, 0.5, model="opus", reason="model")
    cooldowns.start(Cooldown(5.0, 60.0), 0.0, 0.5, model="haiku", reason="short")

    reasons = [
        pause.reason
        for pause in (cooldowns.active(1.0, "opus"), cooldowns.active(1.0, "haiku"))
        if pause is not None
    ]

    assert reasons == ["model", "endpoint"]
    assert cooldowns.active(10.0) is None
    assert sorted(cooldowns.ends_s()) == [5.0, 10.0, 20.0]


def test_each_success_takes_one_doubling_back() -> None:
    cooldowns = Cooldowns()
    cooldowns.start(TEN, 0.0, 0.5)
    cooldowns.start(TEN, 10.0, 0.5)
    cooldowns.succeeded("m", 40.0)

    pause = cooldowns.start(TEN, 50.0, 0.5)

    assert pause.until_s == 70.0


def test_enough_successes_forget_it() -> None:
    cooldowns = Cooldowns()
    cooldowns.start(TEN, 0.0, 0.5)
    cooldowns.start(TEN, 0.0, 0.5, model="m")
    cooldowns.start(TEN, 10.0, 0.5, model="m")

    cooldowns.succeeded("m", 40.0)
    cooldowns.succeeded("m", 41.0)

    assert cooldowns.is_empty


def test_a_request_older_than_the_cool_down_does_not_end_it() -> None:
    cooldowns = Cooldowns()
    cooldowns.start(TEN, 5.0, 0.5)
    cooldowns.start(TEN, 5.0, 0.5, model="m")

    cooldowns.succeeded("m", 4.0)

    assert cooldowns.active(6.0, "m") is not None


def test_it_remembers_a_bounded_number_of_models() -> None:
    cooldowns = Cooldowns()

    for number in range(MODELS_MAX + 5):
        cooldowns.start(TEN, 0.0, 0.5, model=f"m{number}")

    assert len(cooldowns.ends_s()) == MODELS_MAX
    assert cooldowns.active(1.0, "m0") is None
    assert cooldowns.active(1.0, f"m{MODELS_MAX + 4}") is not None


def test_clearing_the_endpoint_leaves_its_models() -> None:
    cooldowns = Cooldowns()
    cooldowns.start(TEN, 0.0, 0.5)
    cooldowns.start(TEN, 0.0, 0.5, model="m")

    cooldowns.clear_whole()
    kept = cooldowns.active(1.0, "m")
    cooldowns.clear()

    assert kept is not None
    assert cooldowns.is_empty


def test_what_followed_a_memo_can_be_undone() -> None:
    cooldowns = Cooldowns()
    memo = cooldowns.memo()
    cooldowns.start(TEN, 0.0, 0.5)
    cooldowns.start(TEN, 0.0, 0.5, model="m")

    cooldowns.restore(memo)

    assert cooldowns.is_empty
