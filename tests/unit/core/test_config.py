"""What the user configured."""

from qcc_desktop.core.config import Config, in_order
from qcc_desktop.core.settings import Settings
from tests.unit.core.fleet_driver import endpoint


def test_a_new_configuration_is_empty_and_on() -> None:
    config = Config()

    assert (config.endpoints, config.settings, config.pinned_id) == ((), Settings(), None)
    assert config.enabled


def test_endpoints_are_ordered_by_priority_and_equal_ones_keep_their_order() -> None:
    endpoints = (endpoint("a", priority=2), endpoint("b"), endpoint("c", priority=2), endpoint("d"))

    assert [item.id for item in in_order(endpoints)] == ["b", "d", "a", "c"]
