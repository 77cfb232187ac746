"""What is found in a settings file, as a value and in words."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qcc_desktop.core import takeover_texts


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
    FileState.OURS: takeover_texts.OURS,
    FileState.OUTDATED: takeover_texts.OUTDATED,
    FileState.LEFTOVER: takeover_texts.LEFTOVER,
    FileState.CHANGED: takeover_texts.CHANGED,
    FileState.PLACEHOLDER: takeover_texts.PLACEHOLDER,
    FileState.FOREIGN: takeover_texts.FOREIGN,
    FileState.ABSENT: takeover_texts.ABSENT,
    FileState.BROKEN: takeover_texts.BROKEN,
}
"""One sentence a state; `FileStatus.words` fill the braces."""


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
        return f"{words} {takeover_texts.COMMENTS}" if self.has_comments else words


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
