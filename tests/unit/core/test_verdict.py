"""The one statement about an endpoint."""

from qcc_desktop.core.health import Health
from qcc_desktop.core.verdict import Verdict


def test_a_well_endpoint_needs_no_words() -> None:
    verdict = Verdict(Health.HEALTHY)

    assert (verdict.until_s, verdict.reason, verdict.since_s) == (None, "", None)
