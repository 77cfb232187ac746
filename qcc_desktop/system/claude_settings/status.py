"""What is found in a settings file, as a value and in words."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class FileState(StrEnum):
    """How a settings file stands to this program."""

    OURS = "ours"
    OUTDATED = "outdated"
    LEFTOVER = "leftover"
    CHANGED = "changed"
    PLACEHOLDER = "placeholder"
    FOREIGN = "foreign"
    ABSENT = "absent"
    BROKEN = "broken"


SENTENCES = {
    FileState.OURS: "It leads Claude Code to the proxy.",
    FileState.OUTDATED: "It leads Claude Code to where the proxy no longer is.",
    FileState.LEFTOVER: "It holds values of an earlier takeover that is no longer remembered.",
    FileState.CHANGED: "Another program or person has changed it since; it is left as it is.",
    FileState.PLACEHOLDER: "It holds a placeholder of {owner}, which is no key.",
    FileState.FOREIGN: "It does not use the proxy.",
    FileState.ABSENT: "There is no such file yet.",
    FileState.BROKEN: "It cannot be used: {fault}.",
}
"""One sentence a state, as `ui.takeover_words` translates it; `FileStatus.words` fill the braces."""
COMMENTS = "It holds comments or trailing commas, with which Claude Code loads none of it."


@dataclass(frozen=True, slots=True)
class FileStatus:
    """One settings file."""

    path: Path
    state: FileState
    words: tuple[tuple[str, str], ...] = ()
    """What belongs into the sentence's braces."""
    has_comments: bool = False
    """Comments or trailing commas; Claude Code 2.1.330 loads nothing of such a file."""
    names: tuple[str, ...] = ()
    """Members that are ours, or that others have changed."""

    @property
    def sentence(self) -> str:
        """The state in words."""
        words = SENTENCES[self.state].format(**dict(self.words))
        return f"{words} {COMMENTS}" if self.has_comments else words


@dataclass(frozen=True, slots=True)
class TakeoverStatus:
    """Whether Claude Code's own settings lead to the proxy."""

    wanted: bool
    """What the person asked for; it holds over restarts."""
    files: tuple[FileStatus, ...]
    managed: tuple[str, ...] = ()
    """Variables that an administrator's settings set; they beat ours, and are left alone."""
    notes: tuple[str, ...] = ()
    """What the last change has to say, as sentences."""

    @property
    def active(self) -> bool:
        """Whether every file leads to the proxy now."""
        return bool(self.files) and all(file.state is FileState.OURS for file in self.files)
