"""Faults are told apart although many templates begin alike."""

import pytest

from qcc_desktop.core.fault_texts import FAULT_TEXTS
from qcc_desktop.core.known_sentences import BOOK


def _templates_of(sentence: str) -> list[str]:
    said: list[str] = []

    def noted(_: str, template: str) -> str:
        said.append(template)
        return template

    BOOK.translated(sentence, noted)
    return said


@pytest.mark.parametrize("template", FAULT_TEXTS)
def test_a_fault_is_found_in_its_own_template(template: str) -> None:
    assert _templates_of(template)[0] == template


def test_no_fault_is_listed_twice() -> None:
    assert len(set(FAULT_TEXTS)) == len(FAULT_TEXTS)


def test_the_reason_of_a_fault_is_a_sentence_of_its_own() -> None:
    assert _templates_of("/a cannot be written: Permission denied. Name another place.") == [
        "{file} cannot be written: {error}.",
        "Permission denied",
        "Name another place.",
    ]
