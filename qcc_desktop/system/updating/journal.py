"""The file that tells the next start how an update went on."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from qcc_desktop.storage.atomic import write_private

_FORMAT = 1


class Outcome(StrEnum):
    """How far an update came."""

    UNDERWAY = "underway"
    SWITCHED = "switched"
    """The new version is in its place."""
    PUT_BACK = "put_back"
    """It failed there, and the former one is back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One update, from version to version; ``log`` is where the failed self-test's words are."""

    outcome: Outcome
    former: str
    version: str
    log: str = ""


class Journal:
    """At most one `Entry`, in ``file``; every method blocks."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, entry: Entry) -> None:
        """Keep ``entry`` in place of the one before.

        Raises:
            OSError: it cannot be kept.
        """
        write_private(self._file, json.dumps({"format": _FORMAT} | asdict(entry)).encode())

    def read(self) -> Entry | None:
        """Return what is kept; None for nothing, or for what cannot be read."""
        try:
            kept = json.loads(self._file.read_bytes())
            if kept["format"] != _FORMAT:
                return None
            texts = (str(kept[name]) for name in ("former", "version", "log"))
            return Entry(Outcome(kept["outcome"]), *texts)
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def clear(self) -> None:
        """Keep nothing."""
        self._file.unlink(missing_ok=True)
