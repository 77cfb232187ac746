"""Degradation order: which grades get ordinary traffic, and in which order they are asked."""

from collections.abc import Iterable
from typing import TypeVar

from qcc_desktop.core.health import Health, Tier

TIER_OF = {
    Health.HEALTHY: Tier.HEALTHY,
    Health.DEGRADED: Tier.DEGRADED,
    Health.UNHEALTHY: Tier.UNHEALTHY,
    Health.CIRCUIT_OPEN: Tier.CIRCUIT_OPEN,
    Health.QUARANTINED: Tier.CIRCUIT_OPEN,
    Health.DISABLED: Tier.CIRCUIT_OPEN,
}

_T = TypeVar("_T")


def by_tier(graded: Iterable[tuple[Health, _T]]) -> list[list[_T]]:
    """Return the members of each tier that has any, best tier first, order within kept."""
    tiers: dict[Tier, list[_T]] = {}
    for health, member in graded:
        tiers.setdefault(TIER_OF[health], []).append(member)
    return [tiers[tier] for tier in sorted(tiers)]
