"""What the command line says can be translated, and is kept out of the window's book."""

import pytest

from qcc_desktop.core.command_texts import COMMAND_TEXTS
from qcc_desktop.core.known_sentences import BOOK, book_of_commands

ALL = book_of_commands()


@pytest.mark.parametrize("text", COMMAND_TEXTS)
def test_a_sentence_of_the_command_line_is_known_to_it(text: str) -> None:
    assert ALL.knows(text)


def test_no_sentence_is_listed_twice() -> None:
    assert len(set(COMMAND_TEXTS)) == len(COMMAND_TEXTS)


def test_the_window_takes_no_word_of_a_table_for_a_sentence() -> None:
    assert not BOOK.knows("open")
    assert ALL.knows("open")
