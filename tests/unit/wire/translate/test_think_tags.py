"""Thinking between tags at the begin of an answer is told apart, however it is split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.translate.think_tags import ThinkTags


def split(*pieces: str) -> tuple[str, str]:
    """Return the thinking and the text of an answer that comes in these pieces."""
    tags = ThinkTags()
    parts = [part for piece in pieces for part in tags.feed(piece)] + tags.finish()
    return (
        "".join(text for is_thinking, text in parts if is_thinking),
        "".join(text for is_thinking, text in parts if not is_thinking),
    )


@pytest.mark.parametrize(
    ("answer", "thought", "text"),
    [
        ("Hello", "", "Hello"),
        ("<think>Hm.</think>\n\nHello", "Hm.", "Hello"),
        ("\n<think>\nHm.\n</think>Hello", "\nHm.\n", "Hello"),
        ("<think>a < b </ c</think>x", "a < b </ c", "x"),
        ("<think></think>Hello", "", "Hello"),
        ("<think>never closed", "never closed", ""),
        ("Use <think> as a tag.</think>", "", "Use <think> as a tag.</think>"),
        ("<thinking>x", "", "<thinking>x"),
        ("  indented", "", "  indented"),
        ("<thi", "", "<thi"),
        ("", "", ""),
        ("<think>a</think>b<think>c</think>", "a", "b<think>c</think>"),
    ],
)
def test_thinking_at_the_begin_is_told_apart(answer: str, thought: str, text: str) -> None:
    assert split(answer) == (thought, text)
    assert split(*answer) == (thought, text)


def test_text_that_can_be_no_tag_is_not_held_back() -> None:
    tags = ThinkTags()

    assert tags.feed("He") == [(False, "He")]
    assert tags.feed("<think>") == [(False, "<think>")]


def test_thinking_is_passed_on_as_it_comes() -> None:
    tags = ThinkTags()

    assert tags.feed("<think>Let me") == [(True, "Let me")]
    assert tags.feed(" see</thi") == [(True, " see")]
    assert tags.feed("nk>Hello") == [(False, "Hello")]


@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "th", "ink>", "a", " ", "\n"])))
def test_any_split_gives_the_same(pieces: list[str]) -> None:
    assert split(*pieces) == split("".join(pieces))
