"""What the user configured."""

from dataclasses import replace

from qcc_desktop.core.config import Config, FolderChoice, in_order
from qcc_desktop.core.settings import Settings, Strategy
from tests.unit.core.fleet_driver import endpoint


def test_a_new_configuration_is_empty_and_on() -> None:
    config = Config()

    assert (config.endpoints, config.settings, config.pinned_id) == ((), Settings(), None)
    assert config.enabled


def test_endpoints_are_ordered_by_priority_and_equal_ones_keep_their_order() -> None:
    endpoints = (endpoint("a", priority=2), endpoint("b"), endpoint("c", priority=2), endpoint("d"))

    assert [item.id for item in in_order(endpoints)] == ["b", "d", "a", "c"]


def test_a_folder_without_choices_gets_an_empty_one() -> None:
    assert Config().choice_for("/a") == FolderChoice("/a")
    assert FolderChoice("/a").is_empty


def test_a_choice_counts_for_its_folder_and_its_endpoint_only_while_there_is_one() -> None:
    choice = FolderChoice("/a", "b", Strategy.RANDOM, ("--verbose",))
    config = Config(endpoints=(endpoint("b"),), folders=(choice,))

    assert config.choice_for("/a") == choice
    assert replace(config, endpoints=()).choice_for("/a") == replace(choice, endpoint_id=None)
    assert config.choice_for("/b").is_empty
