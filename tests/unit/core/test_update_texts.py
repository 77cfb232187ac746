"""What goes wrong with an update can be translated, a log's name included."""

from qcc_desktop.core.known_sentences import BOOK
from qcc_desktop.core.update_texts import UPDATE_TEXTS
from qcc_desktop.services.update_state import NOWHERE


def test_sentences_of_updates_are_known() -> None:
    assert all(map(BOOK.knows, UPDATE_TEXTS))
    assert BOOK.knows(NOWHERE)


def test_the_log_is_named_as_it_is() -> None:
    said = BOOK.translated("What it said: /a/Try again later..log", lambda _, text: f"[{text}]")

    assert said.startswith("[What it said: ")
