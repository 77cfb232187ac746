"""Degradation order."""

from qcc_desktop.core.balancer.tiers import TIER_OF, by_tier
from qcc_desktop.core.health import Health


def test_every_grade_has_a_tier() -> None:
    assert set(TIER_OF) == set(Health)


def test_better_tiers_come_first_and_order_within_is_kept() -> None:
    graded = [
        (Health.UNHEALTHY, "a"),
        (Health.HEALTHY, "b"),
        (Health.CIRCUIT_OPEN, "c"),
        (Health.DEGRADED, "d"),
        (Health.HEALTHY, "e"),
        (Health.QUARANTINED, "f"),
    ]

    assert by_tier(graded) == [["b", "e"], ["d"], ["a"], ["c", "f"]]


def test_no_members_make_no_tiers() -> None:
    assert by_tier([]) == []
