"""What is known of a newer version, and what is being done about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qcc_desktop.system.installation import INSTALLABLE, InstallationKind
from qcc_desktop.system.updating.journal import Entry

NOWHERE = "This build names no place to look for updates."
UNEXPECTED = "Something unexpected happened; the log says more."


class UpdateStatus(StrEnum):
    """What is known."""

    NEVER = "never"
    """Nothing was asked yet."""
    NOWHERE = "nowhere"
    """There is no place to ask."""
    CURRENT = "current"
    AVAILABLE = "available"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Manner:
    """How this installation gets a new version."""

    kind: InstallationKind
    has_key: bool = False
    is_writable: bool = False

    @property
    def can_install(self) -> bool:
        """Whether this program puts it in place itself; otherwise it only tells."""
        return self.has_key and self.is_writable and self.kind in INSTALLABLE


class UpdateStep(StrEnum):
    """What is being done about a newer version."""

    NONE = "none"
    DOWNLOADING = "downloading"
    """Also verifying; may be cancelled."""
    INSTALLING = "installing"
    """Testing it and putting it in place."""
    RESTARTING = "restarting"


@dataclass(frozen=True, slots=True)
class Update:
    """A newer version; ``notes_url`` may be empty, ``summary`` is one line of its maker's."""

    version: str
    notes_url: str = ""
    summary: str = ""
    notes: str = ""
    """What is new, as Markdown; may be empty."""


@dataclass(frozen=True, slots=True)
class UpdateState:
    """What the last look found; ``message`` is why it failed."""

    status: UpdateStatus = UpdateStatus.NEVER
    update: Update | None = None
    """Kept when a later look fails."""
    checked_at: datetime | None = None
    message: str = ""
    manner: Manner | None = None
    """How a new version gets here; None until it is known."""
    step: UpdateStep = UpdateStep.NONE
    share: float = 0.0
    """Of the download, 0 to 1."""
    trouble: str = ""
    """Why the installation that was asked for came to nothing."""
    hint: str = ""
    """What helps with ``trouble``: where the log is, for one."""
    past: Entry | None = None
    """The update that brought this version, or the one that failed; until it is dismissed."""
