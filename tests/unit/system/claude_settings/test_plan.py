"""What a takeover makes of a settings text, and what giving back makes of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qcc_desktop.system.claude_settings.edits import Place
from qcc_desktop.system.claude_settings.journal import FileRecord
from qcc_desktop.system.claude_settings.plan import give_back, leads_to_us, take
from qcc_desktop.wire.jsonc import NotSettingsError, parse
from tests.helpers.settings_texts import settings_texts

VARIABLES = {
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:7860",
    "ANTHROPIC_AUTH_TOKEN": "qcc-the-token-of-this-test",
}
RECORD = FileRecord(Path("settings.json"), "salt")


def formers(record: FileRecord) -> dict[Place, str | None]:
    return {key.place: key.former for key in record.keys}


def round_trip(text: str) -> str | None:
    taken = take(text, VARIABLES, RECORD, retake=True)
    return give_back(taken.text, taken.record, formers(taken.record)).text


@settings(max_examples=400, deadline=None)
@given(settings_texts())
def test_a_takeover_and_its_undo_leave_every_byte_as_it_was(content: bytes) -> None:
    text = content.decode()

    taken = take(text, VARIABLES, RECORD, retake=True)
    given_back = give_back(taken.text, taken.record, formers(taken.record))

    env = parse(taken.text).values["env"]
    assert {name: env[name] for name in VARIABLES} == VARIABLES
    assert leads_to_us(taken.text, taken.record)
    assert given_back.kept == ()
    assert given_back.text == text


@settings(max_examples=150, deadline=None)
@given(settings_texts(), st.integers(1, 65_535))
def test_a_new_port_in_between_changes_nothing_of_that(content: bytes, port: int) -> None:
    text = content.decode()
    moved = {**VARIABLES, "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{port}"}

    first = take(text, VARIABLES, RECORD, retake=True)
    second = take(first.text, moved, first.record, retake=False)

    assert second.foreign == ()
    assert parse(second.text).values["env"]["ANTHROPIC_BASE_URL"] == f"http://127.0.0.1:{port}"
    assert give_back(second.text, second.record, formers(second.record)).text == text


def rewritten(text: str, change: Any) -> str:
    """Do as Claude Code does: read everything, change something, write it all anew."""
    values = json.loads(parse(text).blank)
    change(values)
    return json.dumps(values, indent=2)


@settings(max_examples=150, deadline=None)
@given(settings_texts(), st.text(max_size=5))
def test_what_others_change_meanwhile_stays_and_ours_goes(content: bytes, name: str) -> None:
    text = content.decode()
    assume(name not in {"env", "apiKeyHelper"})

    def change(values: Any) -> None:
        values[name] = "theirs"
        values.setdefault("env", {})["THEIR_VARIABLE"] = "theirs"

    taken = take(text, VARIABLES, RECORD, retake=True)
    changed = rewritten(taken.text, change)
    back = give_back(changed, taken.record, formers(taken.record)).text

    assert back is not None
    assert json.loads(back) == json.loads(rewritten(text, change))


CASES = {
    "env is made and taken out again": (
        '{\n  "model": "opus"\n}\n',
        '{\n  "model": "opus",\n  "env": {\n    "ANTHROPIC_BASE_URL": "U",\n    "ANTHROPIC_AUTH_TOKEN": "T"\n  }\n}\n',
    ),
    "tabs": (
        '{\n\t"env": {\n\t\t"A": "1"\n\t}\n}',
        '{\n\t"env": {\n\t\t"A": "1",\n\t\t"ANTHROPIC_BASE_URL": "U",\n\t\t"ANTHROPIC_AUTH_TOKEN": "T"\n\t}\n}',
    ),
    "one line": (
        '{"env": {"A": "1"}}',
        '{"env": {"A": "1", "ANTHROPIC_BASE_URL": "U", "ANTHROPIC_AUTH_TOKEN": "T"}}',
    ),
    "packed": (
        '{"env":{"A":"1"}}',
        '{"env":{"A":"1","ANTHROPIC_BASE_URL":"U","ANTHROPIC_AUTH_TOKEN":"T"}}',
    ),
    "an empty object": (
        "{}",
        '{\n  "env": {\n    "ANTHROPIC_BASE_URL": "U",\n    "ANTHROPIC_AUTH_TOKEN": "T"\n  }\n}',
    ),
    "a trailing comma and a comment": (
        '{\r\n  "env": {\r\n    "A": "1", // mine\r\n  },\r\n}',
        '{\r\n  "env": {\r\n    "A": "1",\r\n    "ANTHROPIC_BASE_URL": "U",\r\n    "ANTHROPIC_AUTH_TOKEN": "T", // mine\r\n  },\r\n}',
    ),
    "values are replaced and emptied where they stand": (
        '{"env": {"ANTHROPIC_API_KEY": "k", "ANTHROPIC_BASE_URL": "x", "B": 1}, "apiKeyHelper": "h"}',
        '{"env": {"ANTHROPIC_API_KEY": "", "ANTHROPIC_BASE_URL": "U", "B": 1, "ANTHROPIC_AUTH_TOKEN": "T"}, "apiKeyHelper": ""}',
    ),
    "of two with one name the last counts": (
        '{"env": {}, "env": {"ANTHROPIC_AUTH_TOKEN": "a", "ANTHROPIC_AUTH_TOKEN": "b"}}',
        '{"env": {}, "env": {"ANTHROPIC_AUTH_TOKEN": "a", "ANTHROPIC_AUTH_TOKEN": "T", "ANTHROPIC_BASE_URL": "U"}}',
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_the_text_is_written_as_its_author_would(text: str, expected: str) -> None:
    variables = {"ANTHROPIC_BASE_URL": "U", "ANTHROPIC_AUTH_TOKEN": "T"}

    taken = take(text, variables, RECORD, retake=True)

    assert taken.text == expected
    assert give_back(taken.text, taken.record, formers(taken.record)).text == text


@pytest.mark.parametrize("text", [None, "", " \n", "\ufeff"])
def test_a_file_that_holds_nothing_holds_nothing_again(text: str | None) -> None:
    taken = take(text, VARIABLES, RECORD, retake=True)

    assert json.loads(taken.text.lstrip("\ufeff"))["env"] == VARIABLES
    assert give_back(taken.text, taken.record, formers(taken.record)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"a": 1} x',
        '{"env": []}',
        '{"env": null}',
        "{'a': 1}",
        "{a: 1}",
        "NaN",
        '{"a": NaN}',
        "[" * 100_000,
        '{"a" "b"}',
        "{,}",
        "/* {} */",
        '{"a": "\n"}',
    ],
)
def test_a_broken_text_is_refused(text: str) -> None:
    with pytest.raises(NotSettingsError):
        take(text, VARIABLES, RECORD, retake=True)


def test_our_variables_that_others_changed_since_are_left_alone_and_named() -> None:
    taken = take('{"env": {"ANTHROPIC_BASE_URL": "mine"}}', VARIABLES, RECORD, retake=True)
    changed = taken.text.replace("http://127.0.0.1:7860", "http://127.0.0.1:15721")

    healed = take(changed, VARIABLES, taken.record, retake=False)
    back = give_back(changed, taken.record, formers(taken.record))

    assert (healed.text, healed.foreign) == (changed, ("ANTHROPIC_BASE_URL",))
    assert back.text == '{"env": {"ANTHROPIC_BASE_URL": "http://127.0.0.1:15721"}}'
    assert back.kept == ("ANTHROPIC_BASE_URL",)


def test_taking_over_on_top_remembers_what_others_wrote_since() -> None:
    first = take('{"env": {"ANTHROPIC_BASE_URL": "mine"}}', VARIABLES, RECORD, retake=True)
    theirs = first.text.replace("http://127.0.0.1:7860", "http://theirs")

    again = take(theirs, VARIABLES, first.record, retake=True)
    back = give_back(again.text, again.record, formers(again.record))

    assert back.text == '{"env": {"ANTHROPIC_BASE_URL": "http://theirs"}}'


def test_a_line_comment_never_swallows_what_follows_a_removed_member() -> None:
    taken = take('{\n  "env": {\n    "A": "1"\n  }\n}', VARIABLES, RECORD, retake=True)
    commented = taken.text.replace(
        '",\n    "ANTHROPIC_AUTH', '", // the proxy\n    "ANTHROPIC_AUTH'
    )

    back = give_back(commented, taken.record, formers(taken.record)).text

    assert back is not None
    assert parse(back).values == {"env": {"A": "1"}}
    assert "// the proxy" in back


@pytest.mark.parametrize(
    ("env", "variables", "expected"),
    [
        ({}, {}, {}),
        ({"HTTPS_PROXY": "http://p:1"}, {}, {"NO_PROXY": "127.0.0.1,localhost"}),
        (
            {"http_proxy": "http://p:1", "no_proxy": "a"},
            {},
            {"NO_PROXY": "a,127.0.0.1,localhost", "no_proxy": "a,127.0.0.1,localhost"},
        ),
        ({}, {"NO_PROXY": "b"}, {"NO_PROXY": "b,127.0.0.1,localhost"}),
        ({"NO_PROXY": "a"}, {"NO_PROXY": "b"}, {"NO_PROXY": "a,127.0.0.1,localhost"}),
        ({"NO_PROXY": "*"}, {"NO_PROXY": ""}, {"NO_PROXY": "*"}),
        (
            {"NO_PROXY": "localhost,127.0.0.1"},
            {"NO_PROXY": ""},
            {"NO_PROXY": "localhost,127.0.0.1"},
        ),
    ],
)
def test_this_computer_is_excepted_from_an_http_proxy_where_there_is_one(
    env: dict[str, str], variables: dict[str, str], expected: dict[str, str]
) -> None:
    text = json.dumps({"env": env})

    taken = take(text, VARIABLES | variables, RECORD, retake=True)
    again = take(taken.text, VARIABLES | variables, taken.record, retake=False)

    found = json.loads(taken.text)["env"]
    assert {name: found[name] for name in found if name.upper() == "NO_PROXY"} == expected
    assert again.text == taken.text
    assert give_back(taken.text, taken.record, formers(taken.record)).text == text
