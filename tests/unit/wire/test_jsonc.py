"""JSON with comments and trailing commas is read, and what Claude Code loads is told apart."""

import pytest

from qcc_desktop.wire.jsonc import NotSettingsError, is_strict, parse


@pytest.mark.parametrize(
    "text",
    ['{"a": "b" // why\n}', '{/* why */ "a": "b"}', '{"a": "b",}', '{"a": "b"\n,\n}'],
)
def test_comments_and_trailing_commas_are_read_but_not_strict(text: str) -> None:
    document = parse(text)

    assert document.values == {"a": "b"}
    assert len(document.blank) == len(text)
    assert not is_strict(document)


def test_signs_of_comments_inside_a_string_stay() -> None:
    document = parse('{"url": "https://a.example/*,}*/"}')

    assert document.values == {"url": "https://a.example/*,}*/"}
    assert is_strict(document)


def test_a_member_tells_where_its_value_stands() -> None:
    document = parse('{"a": 1, "a": [2]}')
    found = document.root.find("a")

    assert found is not None
    assert document.raw(found) == "[2]"


@pytest.mark.parametrize("text", ["", "[]", '{"a": }', "{,}", '{"a": NaN}'])
def test_what_is_no_object_of_settings_is_refused(text: str) -> None:
    with pytest.raises(NotSettingsError):
        parse(text)
