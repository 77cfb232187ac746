"""What is wrong with the history can be said, and translated."""

from qcc_desktop.core.history_texts import HISTORY_TEXTS, TROUBLES
from qcc_desktop.core.known_sentences import BOOK
from qcc_desktop.core.usage import HistoryTrouble


def test_every_trouble_has_its_words_and_they_are_known() -> None:
    assert set(TROUBLES) == set(HistoryTrouble)
    assert all(map(BOOK.knows, HISTORY_TEXTS))
