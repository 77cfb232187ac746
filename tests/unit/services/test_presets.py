"""Known vendors."""

import pytest

from qcc_desktop.core.endpoint import Endpoint, endpoint_faults, normalise_base_url
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.services.presets import PRESETS, find_preset


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_makes_a_valid_endpoint(preset: object) -> None:
    from qcc_desktop.services.presets import Preset

    assert isinstance(preset, Preset)
    endpoint = Endpoint(id="x", name=preset.name, base_url=preset.base_url, auth=preset.auth)

    assert endpoint_faults(endpoint) == {}
    assert normalise_base_url(preset.base_url) == preset.base_url
    assert preset.base_url.startswith("https://")


def test_names_of_presets_are_unique() -> None:
    assert len({preset.name.casefold() for preset in PRESETS.values()}) == len(PRESETS)


def test_a_preset_is_found_whatever_its_case_and_a_slip_names_all() -> None:
    assert find_preset(" DeepSeek ").id == "deepseek"
    with pytest.raises(InvalidInput) as caught:
        find_preset("deepsek")
    assert all(preset_id in str(caught.value) for preset_id in PRESETS)
