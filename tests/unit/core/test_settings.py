"""Every option, declared once."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.core.settings import (
    Option,
    OptionValue,
    Settings,
    Strategy,
    allowed,
    get_option,
    options,
    parse_value,
    with_option,
)

CONTRACT: dict[str, OptionValue] = {
    "routing.strategy": "priority_failover",
    "routing.max_attempts": 4,
    "routing.connect_timeout": 5.0,
    "routing.first_byte_timeout": 60.0,
    "routing.stream_idle_timeout": 180.0,
    "routing.total_timeout": 600.0,
    "breaker.failure_threshold": 3,
    "breaker.open_seconds": 60.0,
    "affinity.ttl_seconds": 18_000.0,
    "affinity.cleanup_seconds": 300.0,
    "upstream.max_connections": 100,
    "upstream.max_keepalive": 20,
    "upstream.keepalive_seconds": 30.0,
    "server.port": 7860,
    "server.max_body_mb": 64,
    "models.mode": "passthrough",
    "privacy.log_bodies": False,
    "history.retention_days": 30,
}
EVERY = list(options().values())
keys = pytest.mark.parametrize("option", EVERY, ids=lambda option: option.key)


@pytest.mark.parametrize(("key", "default"), CONTRACT.items())
def test_the_contract_names_these_options_and_defaults(key: str, default: OptionValue) -> None:
    assert get_option(Settings(), key) == default


def test_each_field_declares_one_option() -> None:
    assert len(options()) == len(fields(Settings))


@keys
def test_each_option_is_explained(option: Option) -> None:
    assert option.label
    assert option.help.endswith(".")
    assert (option.minimum is None) == (option.kind in (bool, str))
    assert allowed(option)


@keys
def test_each_default_is_allowed_and_survives_its_text(option: Option) -> None:
    stored = get_option(Settings(), option.key)

    assert parse_value(option, stored) == stored
    assert with_option(Settings(), option.key, str(stored)) == Settings()


@keys
def test_numbers_out_of_range_are_refused(option: Option) -> None:
    if option.minimum is None or option.maximum is None:
        return

    for wrong in (option.minimum - 1, option.maximum + 1):
        with pytest.raises(ValueError, match=option.key):
            parse_value(option, str(int(wrong)))


@given(option=st.sampled_from(EVERY), text=st.text(max_size=20))
def test_any_text_is_a_value_of_the_right_type_or_a_sentence(option: Option, text: str) -> None:
    words = "A sentence."
    try:
        value = parse_value(option, text)
    except ValueError as error:
        value, words = option.kind(option.default), str(error)

    assert type(value) is option.kind
    assert words.endswith(".")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("routing.strategy", "weighted", Strategy.WEIGHTED),
        ("routing.strategy", Strategy.RANDOM, Strategy.RANDOM),
        ("privacy.log_bodies", "On", True),
        ("privacy.log_bodies", "0", False),
        ("privacy.log_bodies", True, True),
        ("routing.max_attempts", " 7 ", 7),
        ("routing.max_attempts", 7, 7),
        ("routing.connect_timeout", "2.5", 2.5),
        ("routing.connect_timeout", 3, 3.0),
        ("models.override", "some-model", "some-model"),
    ],
)
def test_a_value_is_read_in_its_own_type(key: str, value: object, expected: object) -> None:
    changed = with_option(Settings(), key, value)

    got = getattr(changed, _field_of(key))
    assert got == expected
    assert type(got) is type(expected)


def _field_of(key: str) -> str:
    return next(item.name for item in fields(Settings) if item.metadata["option"].key == key)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("routing.strategy", "fancy", "one of priority_failover, weighted"),
        ("routing.strategy", 7, "one of"),
        ("privacy.log_bodies", "perhaps", "on or off"),
        ("privacy.log_bodies", 1, "on or off"),
        ("routing.max_attempts", "many", "a whole number from 1 to 20"),
        ("routing.max_attempts", True, "a whole number"),
        ("routing.max_attempts", 2.5, "a whole number"),
        ("routing.connect_timeout", "nan", "a number from 0.1 to 120 s"),
        ("routing.connect_timeout", "inf", "a number"),
        ("routing.connect_timeout", "soon", "a number"),
        ("routing.connect_timeout", False, "a number"),
        ("routing.connect_timeout", None, "a number"),
        ("models.override", 5, "a text"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(key: str, value: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        with_option(Settings(), key, value)


def test_an_unknown_option_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        with_option(Settings(), "no.such", 1)
    with pytest.raises(KeyError):
        get_option(Settings(), "no.such")
