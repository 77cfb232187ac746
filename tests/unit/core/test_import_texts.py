"""What an import says can be translated, the name of a double included."""

import pytest

from qcc_desktop.core.import_texts import IMPORT_TEXTS
from qcc_desktop.core.known_sentences import BOOK


@pytest.mark.parametrize("text", IMPORT_TEXTS)
def test_a_sentence_of_an_import_is_known(text: str) -> None:
    assert BOOK.knows(text)


def test_a_double_may_have_any_name() -> None:
    said = BOOK.translated("It is here already, as A.B (1).", lambda _, text: text.upper())

    assert said == "IT IS HERE ALREADY, AS {NAME}."
