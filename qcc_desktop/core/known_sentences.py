"""The book of all sentences that the inner rooms may say to people."""

from qcc_desktop.core.app_texts import APP_TEXTS
from qcc_desktop.core.failure_texts import FAILURE_TEXTS
from qcc_desktop.core.fault_texts import FAULT_TEXTS
from qcc_desktop.core.import_texts import IMPORT_TEXTS
from qcc_desktop.core.installation_texts import INSTALLATION_TEXTS
from qcc_desktop.core.sentences import Phrase, Phrasebook
from qcc_desktop.core.takeover_texts import TAKEOVER_TEXTS
from qcc_desktop.core.update_texts import UPDATE_TEXTS

_CONTEXTS = {
    "App": APP_TEXTS,
    "Failure": FAILURE_TEXTS,
    "Fault": FAULT_TEXTS,
    "Import": IMPORT_TEXTS,
    "Installation": INSTALLATION_TEXTS,
    "Takeover": TAKEOVER_TEXTS,
    "Updates": UPDATE_TEXTS,
}

BOOK = Phrasebook(Phrase(context, text) for context, texts in _CONTEXTS.items() for text in texts)
