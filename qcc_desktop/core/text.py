"""Marks English source texts that the window translates.

``QT_TRANSLATE_NOOP`` is the name that Qt's ``lupdate`` looks for in Python
sources (Qt Linguist manual, "Writing source code for translation"); the
function only hands the text back, so that `core` needs no Qt.
"""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name lupdate knows
    """Return ``text`` unchanged; ``context`` is where translators find it."""
    del context
    return text
