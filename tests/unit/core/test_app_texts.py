"""What the demo and the start say in the window can be translated."""

from qcc_desktop.app.demo.guide import captioned
from qcc_desktop.app.demo.script import STORY
from qcc_desktop.core.known_sentences import BOOK


def test_every_part_of_the_demo_has_its_words() -> None:
    titles = [title for beat in STORY for title in (beat.title, beat.title_when_over)]
    parts = {part for title in titles for part in captioned(title).split(" · ")}

    assert len(parts) > len(STORY)
    assert not [part for part in parts if not BOOK.knows(part)]


def test_where_keys_are_kept_is_said_for_a_file_of_any_name() -> None:
    place = "a file that only you can read (/a b/c.json), because no keychain is usable"

    assert BOOK.knows(f"Keys are kept in {place}.")
