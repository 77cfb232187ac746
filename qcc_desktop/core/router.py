"""The order in which one request asks the endpoints that can answer."""

from collections.abc import Sequence
from typing import TypeVar

from qcc_desktop.core.affinity import Binding
from qcc_desktop.core.balancer.strategies import Choice, arranged
from qcc_desktop.core.balancer.tiers import by_tier
from qcc_desktop.core.health import Health
from qcc_desktop.core.settings import Strategy

_C = TypeVar("_C", bound=Choice)


def arrangement(graded: Sequence[tuple[Health, _C]], strategy: Strategy, chance: float) -> list[_C]:
    """Return the endpoints tier by tier, each tier as the strategy wants it."""
    first_health = graded[0][0] if graded else None
    if all(health is first_health for health, _ in graded):
        return arranged(strategy, [choice for _, choice in graded], chance)
    return [choice for tier in by_tier(graded) for choice in arranged(strategy, tier, chance)]


def favourites(
    binding: Binding | None,
    now_s: float,
    *,
    strategy: Strategy,
    pinned_id: str | None,
    is_home_well: bool,
) -> tuple[str | None, ...]:
    """Return who comes before the strategy's order, if able to answer.

    A conversation stays where its cache is warm, then where it was before. After a natural
    pause it goes where the user wants it: to the pinned endpoint, by priority, or home.
    """
    if binding is None:
        return (pinned_id,)
    if not binding.is_paused(now_s):
        return binding.pin_id, binding.endpoint_id, binding.home_id, pinned_id
    if strategy is Strategy.PRIORITY_FAILOVER:
        return binding.pin_id, pinned_id
    home_id = binding.home_id if is_home_well else None
    return binding.pin_id, pinned_id, home_id, binding.endpoint_id
