"""Content blocks become parts, and nothing vanishes without a word."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.translate.content import (
    blocks_of,
    described,
    joined,
    parts_of,
    text_of,
    tool_result,
)
from qcc_desktop.wire.translate.quirks import Quirks

IMAGE = {"type": "image", "source": {"type": "base64", "data": "aGk="}}


def test_text_alone_is_sent_as_text() -> None:
    parts = parts_of([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}], Quirks())

    assert joined(parts) == "a\n\nb"


def test_text_beside_an_image_stays_a_part() -> None:
    parts = parts_of([{"type": "text", "text": "a"}, IMAGE], Quirks())

    assert joined(parts) == parts
    assert parts[1]["image_url"]["url"] == "data:image/png;base64,aGk="


def test_plain_text_is_a_block_and_no_text_is_none() -> None:
    assert blocks_of("hi") == [{"type": "text", "text": "hi"}]
    assert blocks_of("") == []
    assert blocks_of(3) == []
    assert text_of([IMAGE, {"type": "text", "text": "x"}]) == "x"


def test_a_result_of_text_and_image_says_where_the_image_is() -> None:
    block = {"type": "tool_result", "content": [{"type": "text", "text": "shot"}, IMAGE]}

    text, beside = tool_result(block, Quirks())

    assert text == "shot\n\n(The image is in the next message.)"
    assert [part["type"] for part in beside] == ["image_url"]


def test_a_block_is_described_without_ids_and_secrets() -> None:
    block = {"type": "x", "id": "i", "deep": [{"encrypted_content": "e", "url": "u"}]}

    assert described(block) == '[x] {"deep":[{"url":"u"}]}'


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)
KINDS = st.sampled_from(["text", "image", "document", "search_result", "thinking", "new"])


@given(st.dictionaries(st.sampled_from(["source", "text", "content", "title"]), JSON), KINDS)
def test_odd_blocks_never_break_the_translation(block: dict[str, Any], kind: str) -> None:
    parts = parts_of([{**block, "type": kind}], Quirks())

    assert all(part["type"] in {"text", "image_url", "file"} for part in parts)
