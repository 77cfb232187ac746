"""In which order equally healthy endpoints are asked; chance is an argument."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from qcc_desktop.core.settings import Strategy

EXPLORE_SHARE = 0.05
"""So often `fastest` asks the endpoint it has left alone longest, to keep its figure true."""


class Choice(Protocol):
    """What a strategy looks at."""

    @property
    def weight(self) -> int:
        """Relative share, 1 to 1000."""
        ...

    @property
    def in_flight(self) -> int:
        """Requests it works on now."""
        ...

    @property
    def last_turn(self) -> int:
        """Number of the request it got last; 0 before the first."""
        ...

    @property
    def p50_s(self) -> float | None:
        """Median time to the first content, if known."""
        ...


_C = TypeVar("_C", bound=Choice)


def arranged(strategy: Strategy, choices: Sequence[_C], chance: float) -> list[_C]:
    """Return ``choices`` in the order to ask them.

    They come in the user's order; ``chance`` lies in [0, 1).
    """
    if len(choices) < 2:
        return list(choices)
    return _STRATEGIES[strategy](choices, chance)


def _priority_failover(choices: Sequence[_C], chance: float) -> list[_C]:
    del chance
    return list(choices)


def _round_robin(choices: Sequence[_C], chance: float) -> list[_C]:
    del chance
    return sorted(choices, key=lambda choice: choice.last_turn)


def _least_busy(choices: Sequence[_C], chance: float) -> list[_C]:
    del chance
    return sorted(choices, key=lambda choice: choice.in_flight)


def _weighted(choices: Sequence[_C], chance: float) -> list[_C]:
    return _drawn(choices, [choice.weight for choice in choices], chance)


def _random(choices: Sequence[_C], chance: float) -> list[_C]:
    return _drawn(choices, [1] * len(choices), chance)


def _drawn(choices: Sequence[_C], weights: list[int], chance: float) -> list[_C]:
    """Draw without putting back; what is left of ``chance`` after a draw decides the next."""
    left = list(choices)
    order: list[_C] = []
    while len(left) > 1:
        point = chance * sum(weights)
        index = 0
        while index < len(left) - 1 and point >= weights[index]:
            point -= weights[index]
            index += 1
        chance = min(point / weights[index], 1.0 - 2.0**-53)
        order.append(left.pop(index))
        del weights[index]
    return order + left


def _fastest(choices: Sequence[_C], chance: float) -> list[_C]:
    if chance < EXPLORE_SHARE:
        return sorted(choices, key=lambda choice: choice.last_turn)
    return sorted(choices, key=_speed)


def _speed(choice: Choice) -> tuple[int, float]:
    """Unmeasured and idle first, then by speed; one that is being measured comes last."""
    p50_s = choice.p50_s
    if p50_s is not None:
        return 1, p50_s
    return (2, 0.0) if choice.in_flight else (0, 0.0)


_STRATEGIES: Mapping[Strategy, Callable[[Sequence[_C], float], list[_C]]] = {
    Strategy.PRIORITY_FAILOVER: _priority_failover,
    Strategy.WEIGHTED: _weighted,
    Strategy.ROUND_ROBIN: _round_robin,
    Strategy.LEAST_BUSY: _least_busy,
    Strategy.RANDOM: _random,
    Strategy.FASTEST: _fastest,
}
