"""The doctor's sentences as a whole."""

import re
import string

import pytest

from qcc_desktop.core import diagnosis_texts

TEXTS = {
    name: text
    for name, text in vars(diagnosis_texts).items()
    if name.isupper() and isinstance(text, str)
}


def test_there_are_sentences() -> None:
    assert len(TEXTS) > 50


def test_no_two_names_stand_for_the_same_sentence() -> None:
    assert len(set(TEXTS.values())) == len(TEXTS)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_placeholders_are_named_and_nothing_is_left_open(text: str) -> None:
    fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]

    assert all(re.fullmatch(r"[a-z]+", field) for field in fields)
    assert text == text.strip()
    assert "  " not in text
