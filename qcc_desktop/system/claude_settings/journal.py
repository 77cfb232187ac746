"""Remembers what a takeover changed, written before it is changed.

It holds no secret: what may be one lies in the secret store, and values are recognised by
salted fingerprints. A record whose file was never reached does no harm, for giving back
compares before it writes.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qcc_desktop.core.errors import NewerFormat, UserFacingError
from qcc_desktop.system.claude_settings.disk import Disk
from qcc_desktop.system.claude_settings.edits import Padding, Place
from qcc_desktop.system.claude_settings.files import write_whole

_VERSION = 1


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """One member that was changed."""

    place: Place
    former: str | None = field(default=None, repr=False)
    """The value as it was written; None when there was none, or it lies in the secret store."""
    former_print: str = ""
    """The fingerprint of the former value; empty when there was none."""
    is_secret: bool = False
    """The former value lies in the secret store."""
    padding: Padding | None = None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One settings file that was changed."""

    path: Path
    salt: str
    keys: tuple[KeyRecord, ...] = ()
    written: tuple[str, ...] = ()
    """Fingerprints of the values we wrote, the newest last."""
    blank: str | None = None
    """The whole former text where it held nothing but white space."""
    made_env: Padding | None = None
    made_file: bool = False
    made_folder: bool = False

    def find(self, place: Place) -> KeyRecord | None:
        """Return what is remembered of a member."""
        return next((key for key in self.keys if key.place == place), None)

    def print_of(self, place: Place, raw: str) -> str:
        """Return the fingerprint of a value."""
        words = "\0".join((self.salt, *place, raw))
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def wrote(self, place: Place, raw: str) -> bool:
        """Whether this value is one of ours."""
        return self.print_of(place, raw) in self.written

    def secret_name(self, place: Place) -> str:
        """Return the name under which a former value lies in the secret store."""
        file = hashlib.sha256(str(self.path).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return f"takeover-{file}-{place[-1]}"


@dataclass(frozen=True, slots=True)
class Journal:
    """Whether the person wants the takeover, and what of it stands in files."""

    wanted: bool = False
    files: tuple[FileRecord, ...] = ()

    def find(self, path: Path) -> FileRecord | None:
        """Return what is remembered of a file."""
        return next((file for file in self.files if file.path == path), None)

    def with_file(self, record: FileRecord) -> "Journal":
        """Return the journal with this record, in the place of an older one of its file."""
        return replace(self, files=(*self.without(record.path).files, record))

    def without(self, path: Path) -> "Journal":
        """Return the journal without what it says of a file."""
        return replace(self, files=tuple(file for file in self.files if file.path != path))


def new_record(path: Path) -> FileRecord:
    """Return an empty record with a salt of its own."""
    return FileRecord(path, secrets.token_hex(8))


def read_journal(disk: Disk, path: Path) -> Journal:
    """Return what is remembered; an empty journal when there is no file.

    Raises:
        NewerFormat: a newer program wrote it.
        UserFacingError: it cannot be read, or is broken.
    """
    remedy = "Make it readable, or repair Claude Code's settings by hand and delete it."
    try:
        content = disk.read(path)
    except OSError as error:
        raise UserFacingError(f"{path} cannot be read: {error.strerror}.", remedy) from error
    if content is None:
        return Journal()
    try:
        document = json.loads(content)
        if document["version"] > _VERSION:
            raise NewerFormat(f"{path} is from a newer version.", "Update QCC Desktop.")
        return Journal(bool(document["wanted"]), tuple(map(_decode, document["files"])))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserFacingError(f"{path} is broken.", remedy) from error


def save_journal(disk: Disk, path: Path, journal: Journal) -> None:
    """Replace the stored journal.

    Raises:
        UserFacingError: it cannot be written; the old one is still there.
    """
    files = [_encode(file) for file in journal.files]
    document = {"version": _VERSION, "wanted": journal.wanted, "files": files}
    try:
        write_whole(disk, path, (json.dumps(document, indent=1) + "\n").encode())
    except OSError as error:
        raise UserFacingError(
            f"{path} cannot be written: {error.strerror}.",
            "Free some space or make the directory writable.",
        ) from error


def _encode(file: FileRecord) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "salt": file.salt,
        "written": list(file.written),
        "blank": file.blank,
        "made_env": _encode_padding(file.made_env),
        "made_file": file.made_file,
        "made_folder": file.made_folder,
        "keys": [
            {
                "place": list(key.place),
                "former": key.former,
                "former_print": key.former_print,
                "is_secret": key.is_secret,
                "padding": _encode_padding(key.padding),
            }
            for key in file.keys
        ],
    }


def _decode(entry: dict[str, Any]) -> FileRecord:
    return FileRecord(
        path=Path(entry["path"]),
        salt=str(entry["salt"]),
        written=tuple(entry["written"]),
        blank=entry["blank"],
        made_env=_decode_padding(entry["made_env"]),
        made_file=bool(entry["made_file"]),
        made_folder=bool(entry["made_folder"]),
        keys=tuple(
            KeyRecord(
                place=tuple(key["place"]),
                former=key["former"],
                former_print=key["former_print"],
                is_secret=bool(key["is_secret"]),
                padding=_decode_padding(key["padding"]),
            )
            for key in entry["keys"]
        ),
    )


def _encode_padding(padding: Padding | None) -> list[str] | None:
    return None if padding is None else [padding.lead, padding.tail]


def _decode_padding(entry: list[str] | None) -> Padding | None:
    return None if entry is None else Padding(*entry)
