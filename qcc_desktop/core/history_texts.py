"""What is said when the history is not, or not wholly, in its file (context ``History``)."""

from collections.abc import Mapping

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.core.usage import HistoryTrouble

TROUBLES: Mapping[HistoryTrouble, str] = {
    HistoryTrouble.FULL: QT_TRANSLATE_NOOP(
        "History", "The disk is full. New figures are kept in memory until there is room."
    ),
    HistoryTrouble.UNWRITABLE: QT_TRANSLATE_NOOP(
        "History",
        "The history's file cannot be written. New figures are kept in memory, and are lost when "
        "the program ends.",
    ),
    HistoryTrouble.BUSY: QT_TRANSLATE_NOOP(
        "History",
        "Another program holds the history's file. New figures are kept in memory until it lets "
        "go.",
    ),
    HistoryTrouble.NEWER: QT_TRANSLATE_NOOP(
        "History",
        "A newer version of QCC Desktop wrote the history. It is left alone; these are the "
        "figures since the start of the program.",
    ),
    HistoryTrouble.RENEWED: QT_TRANSLATE_NOOP(
        "History", "The history was damaged and begins anew. The old file is kept beside it."
    ),
}
"""One sentence or two for each trouble."""

HISTORY_TEXTS = tuple(TROUBLES.values())
