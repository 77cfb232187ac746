"""What other programs have stored, as one kind of value."""

import pytest

from qcc_desktop.storage.legacy_found import (
    LegacyEndpoint,
    clean,
    is_text,
    key_text,
    without_doubles,
)


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("  Relay\tone\r\ntwo ", "Relay one two"),
        ("\x1b[31mred\x07", "[31mred"),
        ("a\u202eb\ud800c", "abc"),
        ("中转 🚀", "中转 🚀"),
        (7, ""),
        (None, ""),
        (["x"], ""),
    ],
)
def test_what_disturbs_a_terminal_or_a_file_is_cleaned_away(stored: object, kept: str) -> None:
    assert clean(stored) == kept


def test_a_key_is_not_repaired_within() -> None:
    assert key_text(" sk-a\nb ") == "sk-a\nb"
    assert key_text({"a": 1}) == ""


def test_a_text_that_is_far_too_long_is_none() -> None:
    assert is_text("a" * 8000, None)
    assert not is_text("a" * 8001)
    assert not is_text("a", 7)


def test_doubles_are_one_that_is_on_if_one_is_and_belongs_to_all_groups() -> None:
    off = LegacyEndpoint(name="1", key="k", enabled=False, groups=("A",))
    on = LegacyEndpoint(name="2", key="k", groups=("B", "A"), note="mine")

    assert without_doubles([off, on]) == (
        LegacyEndpoint(name="1", key="k", groups=("A", "B"), note="mine"),
    )


def test_the_first_of_doubles_stays_and_those_without_a_key_are_no_doubles() -> None:
    one = LegacyEndpoint(name="1", base_url="https://a.example/", key="k")
    two = LegacyEndpoint(name="2", base_url="https://a.example", key="k")
    bare = LegacyEndpoint(name="3", base_url="https://a.example")

    assert without_doubles([one, two, bare, bare]) == (one, bare, bare)


def test_a_key_shows_in_no_repr() -> None:
    assert "secret" not in repr(LegacyEndpoint(name="1", key="secret"))
