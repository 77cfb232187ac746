"""Known vendors."""

import pytest

from qcc_desktop.core.endpoint import Endpoint, endpoint_faults, normalise_base_url
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.services.presets import (
    PRESETS,
    PresetGroup,
    find_preset,
    presets_matching,
)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_makes_a_valid_endpoint(preset: object) -> None:
    from qcc_desktop.services.presets import Preset

    assert isinstance(preset, Preset)
    endpoint = Endpoint(
        id="x",
        name=preset.name,
        base_url=preset.base_url,
        auth=preset.auth,
        protocol=preset.protocol,
    )

    assert endpoint_faults(endpoint) == {}
    assert normalise_base_url(preset.base_url, preset.protocol) == preset.base_url
    assert preset.base_url.startswith("https://") is preset.needs_key
    assert preset.needs_key is (preset.group is not PresetGroup.LOCAL)


def test_names_of_presets_are_unique() -> None:
    assert len({preset.name.casefold() for preset in PRESETS.values()}) == len(PRESETS)


def test_a_preset_is_found_whatever_its_case_and_a_slip_names_all() -> None:
    assert find_preset(" DeepSeek ").id == "deepseek"
    with pytest.raises(InvalidInput) as caught:
        find_preset("deepsek")
    assert all(preset_id in str(caught.value) for preset_id in PRESETS)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_has_pages_without_anyones_referral_code(preset: object) -> None:
    from qcc_desktop.services.presets import Preset

    assert isinstance(preset, Preset)
    for page in (preset.site, preset.key_page):
        assert page.startswith("https://")
        assert "?" not in page


def test_the_official_api_is_first_and_groups_stand_together() -> None:
    groups = [preset.group for preset in PRESETS.values()]

    assert groups == sorted(groups, key=list(PresetGroup).index)
    assert groups.count(PresetGroup.OFFICIAL) == 1


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("deep", ["deepseek"]),
        ("MINIMAX inter", ["minimax-intl"]),
        ("bigmodel", ["zhipu"]),
        ("nobody", []),
    ],
)
def test_presets_are_found_by_any_part_of_name_or_address(text: str, ids: list[str]) -> None:
    assert [preset.id for preset in presets_matching(text)] == ids


def test_without_words_every_preset_matches() -> None:
    assert presets_matching(" ") == tuple(PRESETS.values())
