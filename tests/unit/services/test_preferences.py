"""What a user can do with options."""

from pathlib import Path

import pytest

from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.core.settings import options
from qcc_desktop.services.preferences import Preferences
from tests.helpers.configured import Configured


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(Configured(tmp_path).configuration)


async def test_a_text_is_parsed_and_what_is_stored_comes_back(preferences: Preferences) -> None:
    assert await preferences.set("breaker.failure_threshold", "7") == 7
    assert await preferences.set("routing.strategy", "fastest") == "fastest"
    assert preferences.get("breaker.failure_threshold") == 7


async def test_a_value_that_is_not_allowed_says_what_is(preferences: Preferences) -> None:
    with pytest.raises(InvalidInput, match="from 1 to 20") as caught:
        await preferences.set("routing.max_attempts", "21")

    assert set(caught.value.faults) == {"routing.max_attempts"}


async def test_an_unknown_option_names_the_nearest(preferences: Preferences) -> None:
    with pytest.raises(InvalidInput, match=r"routing\.strategy"):
        preferences.get("routing.strategi")
    with pytest.raises(InvalidInput, match="config list"):
        await preferences.set("zzz", 1)


def test_every_option_has_its_row(preferences: Preferences) -> None:
    assert [option.key for option, _ in preferences.rows()] == list(options())
