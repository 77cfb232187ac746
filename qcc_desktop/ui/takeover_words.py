"""How a settings file of Claude Code stands to the proxy, in the language shown."""

from collections.abc import Mapping

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.system.claude_settings.status import FileState, FileStatus
from qcc_desktop.ui.i18n import translate

SENTENCES: Mapping[FileState, str] = {
    FileState.OURS: QT_TRANSLATE_NOOP("Takeover", "It leads Claude Code to the proxy."),
    FileState.OUTDATED: QT_TRANSLATE_NOOP(
        "Takeover", "It leads Claude Code to where the proxy no longer is."
    ),
    FileState.LEFTOVER: QT_TRANSLATE_NOOP(
        "Takeover", "It holds values of an earlier takeover that is no longer remembered."
    ),
    FileState.CHANGED: QT_TRANSLATE_NOOP(
        "Takeover", "Another program or person has changed it since; it is left as it is."
    ),
    FileState.PLACEHOLDER: QT_TRANSLATE_NOOP(
        "Takeover", "It holds a placeholder of {owner}, which is no key."
    ),
    FileState.FOREIGN: QT_TRANSLATE_NOOP("Takeover", "It does not use the proxy."),
    FileState.ABSENT: QT_TRANSLATE_NOOP("Takeover", "There is no such file yet."),
    FileState.BROKEN: QT_TRANSLATE_NOOP("Takeover", "It cannot be used: {fault}."),
}
COMMENTS = QT_TRANSLATE_NOOP(
    "Takeover",
    "It holds comments or trailing commas, with which Claude Code loads none of it.",
)


def file_sentence(status: FileStatus) -> str:
    """Return what `FileStatus.sentence` says, in the language shown."""
    words = translate("Takeover", SENTENCES[status.state]).format(**dict(status.words))
    return f"{words} {translate('Takeover', COMMENTS)}" if status.has_comments else words
