"""How a settings file of Claude Code stands to the proxy (context ``Takeover``)."""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

OURS = QT_TRANSLATE_NOOP("Takeover", "It leads Claude Code to the proxy.")
OUTDATED = QT_TRANSLATE_NOOP("Takeover", "It leads Claude Code to where the proxy no longer is.")
LEFTOVER = QT_TRANSLATE_NOOP(
    "Takeover", "It holds values of an earlier takeover that is no longer remembered."
)
CHANGED = QT_TRANSLATE_NOOP(
    "Takeover", "Another program or person has changed it since; it is left as it is."
)
PLACEHOLDER = QT_TRANSLATE_NOOP("Takeover", "It holds a placeholder of {owner}, which is no key.")
FOREIGN = QT_TRANSLATE_NOOP("Takeover", "It does not use the proxy.")
ABSENT = QT_TRANSLATE_NOOP("Takeover", "There is no such file yet.")
BROKEN = QT_TRANSLATE_NOOP("Takeover", "It cannot be used: {fault}.")
COMMENTS = QT_TRANSLATE_NOOP(
    "Takeover", "It holds comments or trailing commas, with which Claude Code loads none of it."
)

TAKEOVER_TEXTS = (
    *(OURS, OUTDATED, LEFTOVER, CHANGED, PLACEHOLDER),
    *(FOREIGN, ABSENT, BROKEN, COMMENTS),
)
