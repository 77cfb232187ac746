"""The sentences of the inner rooms in the language shown; one that is not known stays English."""

from qcc_desktop.core.known_sentences import BOOK
from qcc_desktop.ui.i18n import translate


def failure_sentence(sentence: str) -> str:
    """Return what an inner room said, one sentence or several, in the language shown."""
    return BOOK.translated(sentence, translate)
