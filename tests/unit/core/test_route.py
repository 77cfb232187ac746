"""The values between a request and the fleet."""

from qcc_desktop.core.health import Health
from qcc_desktop.core.route import Plan, Skipped
from qcc_desktop.core.verdict import Verdict
from tests.unit.core.fleet_driver import endpoint


def test_a_skipped_endpoint_says_why() -> None:
    skipped = Skipped(endpoint("a"), Verdict(Health.DISABLED, reason="Switched off."))

    assert skipped.reason == "Switched off."


def test_an_empty_plan_asks_nobody() -> None:
    assert (Plan().candidates, Plan().skipped, Plan().retry_after_s) == ((), (), None)
