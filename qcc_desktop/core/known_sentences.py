"""The book of all sentences that the inner rooms may say to people."""

from qcc_desktop.core.app_texts import APP_TEXTS
from qcc_desktop.core.command_texts import COMMAND_TEXTS
from qcc_desktop.core.failure_texts import FAILURE_TEXTS
from qcc_desktop.core.fault_texts import FAULT_TEXTS
from qcc_desktop.core.health import CAUSE_TEXTS
from qcc_desktop.core.history_texts import HISTORY_TEXTS
from qcc_desktop.core.import_texts import IMPORT_TEXTS
from qcc_desktop.core.installation_texts import INSTALLATION_TEXTS
from qcc_desktop.core.sentences import Phrase, Phrasebook
from qcc_desktop.core.takeover_texts import TAKEOVER_TEXTS
from qcc_desktop.core.update_texts import UPDATE_TEXTS

_CONTEXTS = {
    "App": APP_TEXTS,
    "Cause": tuple(CAUSE_TEXTS.values()),
    "Failure": FAILURE_TEXTS,
    "Fault": FAULT_TEXTS,
    "History": HISTORY_TEXTS,
    "Import": IMPORT_TEXTS,
    "Installation": INSTALLATION_TEXTS,
    "Takeover": TAKEOVER_TEXTS,
    "Updates": UPDATE_TEXTS,
}

PHRASES = tuple(Phrase(context, text) for context, texts in _CONTEXTS.items() for text in texts)

BOOK = Phrasebook(PHRASES)
"""Of the window: it speaks no word of the command line's."""


def book_of_commands() -> Phrasebook:
    """Return the book of the command line, which says all of these sentences and its own."""
    own = (Phrase("Command", text) for text in COMMAND_TEXTS)
    return Phrasebook((*PHRASES, *own))
