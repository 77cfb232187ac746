"""The order among equally healthy endpoints."""

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.core.balancer.strategies import EXPLORE_SHARE, arranged
from qcc_desktop.core.settings import Strategy


@dataclass(frozen=True)
class Fake:
    name: str
    weight: int = 100
    in_flight: int = 0
    last_turn: int = 0
    p50_s: float | None = None


def names(strategy: Strategy, choices: list[Fake], chance: float = 0.5) -> str:
    return "".join(choice.name for choice in arranged(strategy, choices, chance))


@given(
    strategy=st.sampled_from(Strategy),
    choices=st.lists(
        st.builds(
            Fake,
            name=st.text(max_size=3),
            weight=st.integers(1, 1000),
            in_flight=st.integers(0, 3),
            last_turn=st.integers(0, 9),
            p50_s=st.none() | st.floats(0, 10),
        ),
        max_size=6,
    ),
    chance=st.floats(0, 1, exclude_max=True),
)
def test_every_strategy_returns_everybody_once(
    strategy: Strategy, choices: list[Fake], chance: float
) -> None:
    assert Counter(map(id, arranged(strategy, choices, chance))) == Counter(map(id, choices))


def test_priority_failover_keeps_the_users_order() -> None:
    assert names(Strategy.PRIORITY_FAILOVER, [Fake("a"), Fake("b")], 0.9) == "ab"


def test_round_robin_asks_the_one_asked_longest_ago() -> None:
    choices = [Fake("a", last_turn=3), Fake("b", last_turn=1), Fake("c", last_turn=2)]

    assert names(Strategy.ROUND_ROBIN, choices) == "bca"


def test_least_busy_asks_the_one_with_the_fewest_requests() -> None:
    choices = [Fake("a", in_flight=2), Fake("b"), Fake("c", in_flight=1)]

    assert names(Strategy.LEAST_BUSY, choices) == "bca"


@pytest.mark.parametrize(
    ("strategy", "shares"),
    [
        (Strategy.WEIGHTED, {"a": 0.6, "b": 0.3, "c": 0.1}),
        (Strategy.RANDOM, {"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}),
    ],
)
def test_shares_of_the_first_place_are_right(strategy: Strategy, shares: dict[str, float]) -> None:
    choices = [Fake("a", weight=600), Fake("b", weight=300), Fake("c", weight=100)]
    rounds = 3000

    firsts = Counter(names(strategy, choices, step / rounds)[0] for step in range(rounds))

    assert {name: count / rounds for name, count in firsts.items()} == pytest.approx(
        shares, abs=0.01
    )


def test_random_reaches_every_order() -> None:
    choices = [Fake("a"), Fake("b"), Fake("c")]

    orders = {names(Strategy.RANDOM, choices, step / 600) for step in range(600)}

    assert len(orders) == 6


def test_fastest_asks_the_fastest() -> None:
    choices = [Fake("a", p50_s=2.0), Fake("b", p50_s=0.5)]

    assert names(Strategy.FASTEST, choices) == "ba"


def test_fastest_measures_the_unmeasured_but_only_once_at_a_time() -> None:
    idle = [Fake("a", p50_s=0.1), Fake("b")]
    busy = [Fake("a", p50_s=0.1), Fake("b", in_flight=1)]

    assert (names(Strategy.FASTEST, idle), names(Strategy.FASTEST, busy)) == ("ba", "ab")


def test_fastest_now_and_then_asks_the_one_left_alone_longest() -> None:
    choices = [Fake("a", p50_s=0.1, last_turn=9), Fake("b", p50_s=5.0, last_turn=1)]

    assert names(Strategy.FASTEST, choices, EXPLORE_SHARE / 2) == "ba"
