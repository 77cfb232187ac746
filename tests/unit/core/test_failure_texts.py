"""Every failure that a request can meet has a sentence that can be translated."""

from qcc_desktop.core.classification.rows import ROWS
from qcc_desktop.core.known_sentences import BOOK


def test_every_sentence_of_the_failure_table_can_be_translated() -> None:
    assert not [row.message for row in ROWS.values() if not BOOK.knows(row.message)]


def test_any_status_can_stand_in_a_sentence() -> None:
    assert BOOK.knows("The endpoint refused the key (401).")
    assert BOOK.knows("The base URL answers with status 404.")
