"""What QCC 0.6 has stored."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcc_desktop.core.endpoint import AuthStyle
from qcc_desktop.storage.legacy_found import (
    NO_ADDRESS,
    NO_KEY,
    NOT_AN_ENTRY,
    NOT_TEXT,
    PROXY,
    TOO_MANY,
    LegacyPlace,
    LegacySetting,
)
from qcc_desktop.storage.legacy_qcc import parse_qcc, read_qcc


def profile(name: str, **rest: Any) -> dict[str, Any]:
    """A profile as QCC writes it."""
    return {
        "name": name,
        "description": "",
        "priority": "primary",
        "enabled": True,
        "created_at": "2026-01-01T00:00:00",
        "last_used": None,
        "base_url": f"https://{name}.example",
        "api_key": f"sk-{name}",
    } | rest


def parsed(
    *profiles: dict[str, Any],
    settings: dict[str, Any] | None = None,
    groups: dict[str, Any] | None = None,
    priority: dict[str, Any] | None = None,
) -> LegacyPlace:
    cache = {"settings": settings or {}, "profiles": {one["name"]: one for one in profiles}}
    return parse_qcc("cache", cache, {"groups": groups or {}}, priority or {})


def names(place: LegacyPlace) -> list[str]:
    return [endpoint.name for endpoint in place.endpoints]


def test_a_profile_becomes_an_endpoint_whose_key_goes_into_both_headers() -> None:
    (found,) = parsed(profile("a", description="mine")).endpoints

    assert (found.name, found.base_url, found.key) == ("a", "https://a.example", "sk-a")
    assert (found.auth, found.enabled, found.weight) == (AuthStyle.BOTH, True, 100)
    assert (found.note, found.problem) == ("mine", "")


def test_a_profile_of_an_old_version_lacks_most_fields() -> None:
    old = {"name": "a", "base_url": "https://a.example", "api_key": "k"}

    assert parsed(old).endpoints[0].enabled


def test_a_profile_that_is_off_stays_off() -> None:
    assert not parsed(profile("a", enabled=False)).endpoints[0].enabled


def test_without_groups_the_default_profile_is_first_of_its_level() -> None:
    found = parsed(
        profile("late", priority="fallback"),
        profile("second", priority="secondary"),
        profile("other"),
        profile("default"),
        settings={"default_profile": "default"},
    )

    assert names(found) == ["default", "other", "second", "late"]


def test_the_priorities_of_qcc_beat_the_level_of_a_profile() -> None:
    found = parsed(
        profile("a"),
        profile("b"),
        profile("c"),
        priority={"priority_map": {"fallback": "a", "secondary": "b", "odd": "c", "primary": None}},
    )

    assert names(found) == ["c", "b", "a"]


def test_groups_order_their_profiles_before_all_others_and_are_remembered() -> None:
    team = {"primary_configs": ["c", "b"], "secondary_configs": ["a", "gone", 7], "enabled": True}
    off = {"primary_configs": ["d"], "enabled": False}
    odd = {"primary_configs": "d"}
    found = parsed(
        *(profile(name) for name in "abcd"),
        groups={"Team": team, "Off": off, "Odd": odd, "None": 7},
        settings={"default_profile": "d"},
    )

    assert names(found) == ["c", "b", "a", "d"]
    assert [endpoint.groups for endpoint in found.endpoints] == [("Team",)] * 3 + [()]


def test_a_cluster_gives_its_endpoints_and_copies_of_profiles_come_once() -> None:
    members = [
        {"base_url": "https://x.example", "api_key": "sk-x", "priority": 2, "weight": 50.4},
        {"base_url": "https://a.example", "api_key": "sk-a", "priority": 1, "source_profile": "a"},
        {"base_url": "https://y.example", "api_key": "sk-y", "priority": 1, "weight": 5000},
        7,
    ]
    found = parsed(profile("cl", endpoints=members), profile("a"), profile("b"))

    assert names(found) == ["a", "cl 3", "cl 1", "b", "cl"]
    assert [endpoint.weight for endpoint in found.endpoints] == [100, 100, 50, 100, 100]
    assert found.endpoints[-1].problem == NOT_AN_ENTRY


def test_a_cluster_that_is_off_does_not_switch_its_profiles_off_or_move_them() -> None:
    member = {"base_url": "https://b.example", "api_key": "sk-b", "source_profile": "b"}
    found = parsed(profile("cl", endpoints=[member], enabled=False), profile("a"), profile("b"))

    assert names(found) == ["a", "b"]
    assert all(endpoint.enabled for endpoint in found.endpoints)
    assert found.endpoints[1].groups == ("cl",)


def test_the_endpoints_of_a_cluster_that_is_off_are_off() -> None:
    member = {"base_url": "https://x.example", "api_key": "k"}

    assert not parsed(profile("cl", endpoints=[member], enabled=False)).endpoints[0].enabled


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        ({"api_key": ""}, NO_KEY),
        ({"api_key": None}, NO_KEY),
        ({"base_url": ""}, NO_ADDRESS),
        ({"api_key": ["x"]}, NOT_TEXT),
        ({"base_url": 7}, NOT_TEXT),
        ({"base_url": "http://127.0.0.1:7860", "api_key": "proxy-managed"}, PROXY),
    ],
)
def test_a_profile_that_cannot_be_taken_says_why_and_the_rest_is_there(
    stored: dict[str, Any], problem: str
) -> None:
    found = parsed(profile("bad", **stored), profile("good"))

    assert [endpoint.problem for endpoint in found.endpoints] == [problem, ""]


def test_a_profile_that_is_no_object_says_so() -> None:
    found = parse_qcc("", {"profiles": {"a": 7}}, {}, {})

    assert [endpoint.problem for endpoint in found.endpoints] == [NOT_AN_ENTRY]


def test_more_profiles_than_anybody_types_are_cut_off() -> None:
    found = parsed(*(profile(f"p{number}") for number in range(600)))

    assert len(found.endpoints) == 500
    assert found.remarks == (TOO_MANY,)


@pytest.mark.parametrize(
    ("settings", "taken"),
    [
        ({"proxy_model_mode": "passthrough", "proxy_model_override": "m"}, []),
        ({"proxy_model_mode": "override", "proxy_model_override": ""}, []),
        (
            {"proxy_model_mode": "override", "proxy_model_override": "m"},
            [("models.override", "m"), ("models.mode", "override")],
        ),
    ],
)
def test_a_forced_model_becomes_our_option(
    settings: dict[str, Any], taken: list[tuple[str, str]]
) -> None:
    found: tuple[LegacySetting, ...] = parsed(profile("a"), settings=settings).settings

    assert [(setting.key, setting.value) for setting in found] == taken


def test_the_files_are_found_and_a_broken_one_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / ".fastcc").mkdir()
    (tmp_path / ".qcc").mkdir()
    cache = {"profiles": {"中": profile("中")}}
    (tmp_path / ".fastcc" / "cache.json").write_bytes(
        json.dumps(cache, ensure_ascii=False).encode("gbk")
    )
    (tmp_path / ".fastcc" / "endpoint_groups.json").write_text("{")
    (tmp_path / ".qcc" / "priority.json").mkdir()

    profiles, groups, priority = read_qcc(tmp_path, own_encoding="gbk")

    assert names(profiles) == ["中"]
    assert profiles.place.endswith("cache.json")
    assert "not JSON" in groups.fault
    assert "not a file" in priority.fault


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    assert read_qcc(tmp_path) == ()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "profiles",
                    "settings",
                    "groups",
                    "endpoints",
                    "base_url",
                    "api_key",
                    "weight",
                    "priority",
                    "enabled",
                    "primary_configs",
                    "priority_map",
                    "default_profile",
                    "name",
                    "a",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)
_OBJECT = st.dictionaries(
    st.sampled_from(("profiles", "settings", "groups", "priority_map")), _JSON
)


@settings(max_examples=150)
@given(_OBJECT, _OBJECT, _OBJECT)
def test_no_document_breaks_it(
    cache: dict[str, Any], groups: dict[str, Any], priority: dict[str, Any]
) -> None:
    for endpoint in parse_qcc("", cache, groups, priority).endpoints:
        assert endpoint.problem or (endpoint.base_url and endpoint.key)
