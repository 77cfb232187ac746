"""What is said of pasted text."""

import pytest

from qcc_desktop.services.pasted import Pasted, PasteKind
from qcc_desktop.ui.endpoints.paste_words import draft_of_pasted, pasted_line, said_of

URL = "https://relay.example.com"
KEY = "sk-abcdef0123456789"


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Pasted(PasteKind.CURL, "A", URL, KEY), "Read from a curl command: address and key."),
        (Pasted(PasteKind.JSON, "A", URL), "Read from JSON. The key is missing."),
        (Pasted(PasteKind.TEXT, "", "", KEY), "A key was found. Its address is missing."),
    ],
)
def test_what_was_recognised_and_what_is_missing_is_said(found: Pasted, sentence: str) -> None:
    assert said_of([found]) == sentence


def test_several_are_counted() -> None:
    found = [Pasted(PasteKind.QCC, name, URL, KEY) for name in "AB"]

    assert said_of(found) == "2 endpoints were found, in a configuration of QCC."


def test_a_line_tells_of_the_key_only_that_it_is_missing() -> None:
    assert pasted_line(Pasted(PasteKind.JSON, "A", URL, KEY)) == "A · relay.example.com"
    assert pasted_line(Pasted(PasteKind.JSON, "A", URL)) == "A · without a key · relay.example.com"


def test_a_name_that_is_taken_gets_the_next_free_number() -> None:
    draft = draft_of_pasted(Pasted(PasteKind.JSON, "Relay", URL, KEY), ["relay", "Relay 2"])

    assert (draft.name, draft.key) == ("Relay 3", KEY)
