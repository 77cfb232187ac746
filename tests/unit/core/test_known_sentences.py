"""The book holds every list, and no sentence under two headings."""

from qcc_desktop.core import (
    app_texts,
    failure_texts,
    fault_texts,
    import_texts,
    installation_texts,
    takeover_texts,
    update_texts,
)
from qcc_desktop.core.known_sentences import BOOK

LISTS = (
    app_texts.APP_TEXTS,
    failure_texts.FAILURE_TEXTS,
    fault_texts.FAULT_TEXTS,
    import_texts.IMPORT_TEXTS,
    installation_texts.INSTALLATION_TEXTS,
    takeover_texts.TAKEOVER_TEXTS,
    update_texts.UPDATE_TEXTS,
)


def test_every_listed_sentence_is_in_the_book() -> None:
    assert not [text for texts in LISTS for text in texts if not BOOK.knows(text)]


def test_no_sentence_stands_in_two_lists() -> None:
    texts = [text for texts in LISTS for text in texts]

    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_what_nobody_said_stays_as_it_is() -> None:
    assert BOOK.translated("Something else: 500 (x).", lambda _, text: "?") == (
        "Something else: 500 (x)."
    )
