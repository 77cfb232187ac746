"""The mark of texts that the window translates."""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP


def test_a_marked_text_stays_as_it_is() -> None:
    assert QT_TRANSLATE_NOOP("Context", "Some text.") == "Some text."
