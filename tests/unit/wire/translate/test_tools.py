"""Ids and names of tool calls survive the way there and back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.translate.quirks import Quirks
from qcc_desktop.wire.translate.tools import (
    functions,
    is_client_tool,
    sent_id,
    sent_name,
    tool_choice,
    unwrap_id,
    wrap_id,
)

ANTHROPIC_ID = re.compile(r"[a-zA-Z0-9_-]+")


@given(st.text(min_size=1))
def test_every_id_can_be_shown_to_anthropic_and_had_back(given_id: str) -> None:
    wrapped = wrap_id(given_id)

    assert ANTHROPIC_ID.fullmatch(wrapped)
    assert unwrap_id(wrapped) == given_id


def test_plain_ids_stay_as_they_are() -> None:
    assert wrap_id("call_abc-1") == "call_abc-1"


def test_an_id_that_only_looks_wrapped_stays() -> None:
    assert unwrap_id("toolu_qcc0_!") == "toolu_qcc0_!"
    assert unwrap_id("toolu_qcc0_x") == "toolu_qcc0_x"


def test_kimi_gets_its_own_ids_back() -> None:
    assert sent_id(wrap_id("functions.Read:0"), Quirks()) == "functions.Read:0"


def test_mistral_gets_nine_letters_and_digits() -> None:
    quirks = Quirks(short_ids=True)

    assert sent_id("abcDEF123", quirks) == "abcDEF123"
    assert re.fullmatch(r"[a-z0-9]{9}", sent_id("toolu_01", quirks))
    assert sent_id("toolu_01", quirks) == sent_id("toolu_01", quirks) != sent_id("t2", quirks)


def test_openai_gets_no_more_than_forty_characters() -> None:
    assert sent_id("x" * 40, Quirks()) == "x" * 40
    assert len(sent_id("x" * 41, Quirks())) <= 40


@given(st.text(min_size=1, max_size=150))
def test_every_name_becomes_one_that_openai_takes(name: str) -> None:
    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", sent_name(name))


def test_good_names_stay_as_they_are() -> None:
    assert sent_name("mcp__files__read") == "mcp__files__read"


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        ({"name": "Read", "input_schema": {}}, True),
        ({"name": "Read", "type": "custom"}, True),
        ({"name": "web_search", "type": "web_search_20250305"}, False),
        ({"type": "custom"}, False),
        ("Read", False),
    ],
)
def test_tools_of_the_client_are_told_from_anthropics(tool: object, expected: bool) -> None:
    assert is_client_tool(tool) is expected


def test_a_schema_that_is_none_is_that_of_no_arguments() -> None:
    function = functions([{"name": "Ls", "input_schema": None}])[0]["function"]

    assert function["parameters"] == {"type": "object", "properties": {}}


def test_a_server_without_parallel_calls_is_not_told_of_them() -> None:
    choice = {"type": "auto", "disable_parallel_tool_use": True}

    assert tool_choice(choice, Quirks(parallel_tool_calls=False)) == {"tool_choice": "auto"}
    assert tool_choice("odd", Quirks()) == {}
