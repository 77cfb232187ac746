"""Texts of the editor become drafts, or faults at their fields."""

from dataclasses import replace

import pytest

from qcc_desktop.core.endpoint import DIRECT, AuthStyle, WireProtocol
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.core.settings import Settings
from qcc_desktop.services.endpoints import draft_of
from qcc_desktop.services.pasted import Pasted, PasteKind
from qcc_desktop.ui.endpoints.form import (
    FormReader,
    FormText,
    needs_model,
    text_of,
    text_of_pasted,
)
from tests.helpers.desk_fakes import endpoint

GOOD = FormText(name="Relay", base_url="https://relay.example.com/anthropic", key="sk-1")


def test_a_filled_form_becomes_a_draft() -> None:
    text = replace(
        GOOD,
        auth=AuthStyle.X_API_KEY,
        proxy="socks5://127.0.0.1:1080",
        priority="2",
        weight="50",
        model_map="*opus* = big\n\n*haiku* = small",
        extra_headers="X-Team: blue: green",
        connect_timeout_s="2.5",
    )

    draft = FormReader().draft(text)

    assert (draft.name, draft.key, draft.auth) == ("Relay", "sk-1", AuthStyle.X_API_KEY)
    assert (draft.priority, draft.weight, draft.connect_timeout_s) == (2, 50, 2.5)
    assert draft.model_map == (("*opus*", "big"), ("*haiku*", "small"))
    assert draft.extra_headers == (("X-Team", "blue: green"),)
    assert draft.first_byte_timeout_s is None


def test_an_endpoint_shown_and_read_again_is_the_same() -> None:
    original = endpoint(
        "Relay",
        3,
        proxy=DIRECT,
        model_map=(("a", "b"),),
        extra_headers=(("X-A", "1"),),
        stream_idle_timeout_s=90.0,
        note="mine",
    )

    draft = FormReader().draft(text_of(original))

    assert draft == draft_of(original)
    assert draft.key is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "  "),
        ("name", "x" * 101),
        ("name", "TAKEN"),
        ("base_url", "ftp://a.example"),
        ("base_url", "https://user:pw@a.example"),
        ("weight", "0"),
        ("weight", "many"),
        ("priority", "-1"),
        ("priority", "0"),
        ("proxy", "nonsense"),
        ("model_map", "no rule"),
        ("model_map", "= model"),
        ("extra_headers", "no header"),
        ("extra_headers", "Bad Name: 1"),
        ("extra_headers", "Authorization: Bearer sk-1"),
        ("key", "sk 1"),
        ("key", "schlüssel"),
        ("connect_timeout_s", "soon"),
        ("first_byte_timeout_s", "0"),
        ("stream_idle_timeout_s", "7201"),
        ("stream_idle_timeout_s", "inf"),
    ],
)
def test_a_fault_is_reported_at_its_field_alone(field: str, typed: str) -> None:
    reader = FormReader(["Taken"])

    faults = reader.faults(replace(GOOD, **{field: typed}))  # type: ignore[arg-type]  # by name

    assert list(faults) == [field]
    with pytest.raises(InvalidInput):
        reader.draft(replace(GOOD, **{field: typed}))  # type: ignore[arg-type]  # by name


def test_all_faults_are_reported_together() -> None:
    faults = FormReader().faults(FormText(weight="x", connect_timeout_s="x"))

    assert set(faults) == {"name", "base_url", "weight", "connect_timeout_s"}


def test_what_was_pasted_fills_the_form_and_what_it_lacks_stays() -> None:
    whole = Pasted(
        PasteKind.JSON,
        "Relay B",
        "https://b.example.com",
        "sk-2",
        AuthStyle.X_API_KEY,
        (("*", "large"),),
        (("X-A", "1"),),
        "from a friend",
    )
    key_alone = Pasted(PasteKind.TEXT, "", "", "sk-3")

    filled = text_of_pasted(whole, GOOD)
    keyed = text_of_pasted(key_alone, replace(GOOD, auth=AuthStyle.X_API_KEY))

    assert (filled.name, filled.base_url, filled.key) == (
        *("Relay B", "https://b.example.com", "sk-2"),
    )
    assert (filled.model_map, filled.extra_headers) == ("* = large", "X-A: 1")
    assert (filled.auth, filled.note) == (AuthStyle.X_API_KEY, "from a friend")
    assert keyed == replace(GOOD, auth=AuthStyle.X_API_KEY, key="sk-3")


def test_an_address_of_a_known_vendor_gets_its_preset() -> None:
    text = replace(GOOD, base_url="https://api.deepseek.com/anthropic")

    assert FormReader().draft(text).preset == "deepseek"
    assert FormReader().draft(replace(GOOD, preset="deepseek")).preset is None


def test_the_key_is_in_no_repr() -> None:
    assert "sk-1" not in repr(GOOD)
    assert "sk-1" not in repr(FormReader().draft(GOOD))


OPENAI = replace(GOOD, protocol=WireProtocol.OPENAI)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gpt-x\n", (("claude-*", "gpt-x"),)),
        ("gpt-x\n*haiku* = mini", (("*haiku*", "mini"), ("claude-*", "gpt-x"))),
        ("*haiku* = mini\n* = gpt-x", (("*haiku*", "mini"), ("*", "gpt-x"))),
    ],
)
def test_a_model_alone_stands_for_all_others_where_openais_api_is_spoken(
    typed: str, expected: tuple[tuple[str, str], ...]
) -> None:
    text = replace(OPENAI, model_map=typed)

    assert FormReader().faults(text) == {}
    assert FormReader().draft(text).model_map == expected
    assert not needs_model(text, Settings())


@pytest.mark.parametrize(
    ("text", "is_needed"),
    [
        (OPENAI, True),
        (replace(OPENAI, model_map="*haiku* = mini"), True),
        (replace(OPENAI, protocol=WireProtocol.ANTHROPIC), False),
    ],
)
def test_it_is_known_whether_a_model_is_missing(text: FormText, is_needed: bool) -> None:
    assert needs_model(text, Settings()) is is_needed


@pytest.mark.parametrize(
    "text",
    [
        replace(OPENAI, model_map="gpt-x\ngpt-y"),
        replace(OPENAI, model_map="*haiku* ="),
        replace(GOOD, model_map="gpt-x"),
    ],
    ids=["two alone", "half a rule", "Anthropic's API"],
)
def test_other_lines_are_no_rules(text: FormText) -> None:
    assert "model_map" in FormReader().faults(text)
