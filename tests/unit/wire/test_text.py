"""What is kept of a request's text."""

from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.text import label


def test_half_a_character_pair_becomes_a_question_mark() -> None:
    assert label("claude-\ud800-é-模型-😀") == "claude-?-é-模型-😀"


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_whatever_it_is_it_can_be_stored_and_is_short(text: str) -> None:
    kept = label(text, 20)

    assert len(kept) <= 20
    kept.encode()
