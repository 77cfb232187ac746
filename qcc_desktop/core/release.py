"""What is published: one version with its notes and its files, and whether it may be taken.

The document is JSON and lies at one address; ``<address>.minisig`` is its signature:

    {"format": 1, "version": "1.2.0", "published": "2026-11-20T10:00:00Z",
     "notes_url": "https://…", "summary": "One line.", "notes": "Markdown.",
     "assets": {"linux-x86_64-appimage": {"url": "https://…", "size": 1, "sha256": "…"}}}

Its signature's trusted comment says ``version:1.2.0 published:2026-11-20T10:00:00Z`` and that of
an asset (``<url>.minisig``) ``version:1.2.0 file:NAME``, so that no signed file can be passed off
as another. ``assets`` are called SYSTEM-MACHINE-FORM, see `asset_name`; their addresses may be
relative to the document's.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit

from packaging.version import InvalidVersion, Version

from qcc_desktop.core.errors import UserFacingError

FORMAT = 1
LARGEST_ASSET_BYTES = 1 << 30
_LONGEST_SUMMARY = 300
_LONGEST_NOTES = 50_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MACHINES = {"amd64": "x86_64", "x64": "x86_64", "aarch64": "arm64"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to download."""

    url: str
    size_bytes: int
    sha256: str

    @property
    def file_name(self) -> str:
        """The last part of its address."""
        return urlsplit(self.url).path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Release:
    """A published version; ``notes_url`` is empty or a web address."""

    version: str
    notes_url: str = ""
    summary: str = ""
    notes: str = ""
    published: datetime | None = None
    assets: Mapping[str, Asset] = field(default_factory=lambda: MappingProxyType({}))


def parse_release(document: bytes, base_url: str = "") -> Release:
    """Return what a document says; an asset without size or checksum is none.

    What it says beyond that is not looked at, so that it may say more one day.

    Raises:
        ValueError: it is no such document.
        UserFacingError: it is written for later versions of this program.
    """
    try:
        found = json.loads(document)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    kind = found.get("format") if isinstance(found, dict) else None
    if type(kind) is int and kind > FORMAT:
        raise UserFacingError(
            "The list of versions is written for a newer QCC Desktop: download that by hand."
        )
    if kind != FORMAT:
        raise ValueError("this is no document of a release that is known here")
    version = found.get("version")
    if not isinstance(version, str) or version_of(version) is None:
        raise ValueError("the document names no version")
    return Release(
        version,
        web_address(found.get("notes_url")),
        _line(found.get("summary")),
        _text(found.get("notes")),
        _moment(found.get("published")),
        MappingProxyType(_assets(found.get("assets"), base_url)),
    )


def version_of(text: str) -> Version | None:
    """Return the version that is written there, if it is one."""
    try:
        return Version(text)
    except InvalidVersion:
        return None


def is_newer(release: str, current: Version) -> bool:
    """Tell whether a version is an update of ``current``; previews are for those who run one."""
    version = version_of(release)
    if version is None or (version.is_prerelease and not current.is_prerelease):
        return False
    return version > current


def check_comment(comment: Mapping[str, str], expected: Mapping[str, str]) -> None:
    """See that a signature's trusted comment belongs to what was signed.

    Raises:
        UserFacingError: it was made for something else.
    """
    if any(comment.get(name) != value for name, value in expected.items()):
        raise UserFacingError("The signature belongs to another file.")


def check_document_comment(comment: Mapping[str, str], release: Release) -> None:
    """See that the trusted comment of a document says what the document says.

    Raises:
        UserFacingError: it was made for another one.
    """
    check_comment(comment, {"version": release.version})
    if release.published is None or _moment(comment.get("published")) != release.published:
        raise UserFacingError("The signature belongs to another file.")


def check_age(published: datetime | None, seen: datetime | None) -> None:
    """Refuse a document that was replaced by a newer one which was seen here before.

    Whoever can only replay what was once signed could otherwise hide an update for ever.

    Raises:
        UserFacingError: it is older, or does not say how old it is (a signed one always does).
    """
    if seen is not None and (published is None or published < seen):
        raise UserFacingError("The list of versions is older than one that was seen before.")


def asset_name(system: str, machine: str, form: str) -> str:
    """Return what the file for a computer is called in the document.

    ``system`` and ``machine`` as `platform` says them (``"Darwin"``, ``"AMD64"``); ``form`` is
    the value of an `InstallationKind`.
    """
    name = {"darwin": "macos"}.get(system.lower(), system.lower())
    processor = machine.lower()
    return f"{name}-{_MACHINES.get(processor, processor)}-{form}"


def web_address(value: object) -> str:
    """Return what a browser may be sent to; empty for anything else."""
    if not isinstance(value, str) or not value.isprintable():
        return ""
    return value if value.startswith(("https://", "http://")) else ""


def _assets(value: Any, base_url: str) -> dict[str, Asset]:
    if not isinstance(value, dict):
        return {}
    found = ((str(name), _asset(entry, base_url)) for name, entry in value.items())
    return {name: asset for name, asset in found if asset is not None}


def _asset(entry: Any, base_url: str) -> Asset | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("url"), str):
        return None
    size, sha256 = entry.get("size"), entry.get("sha256")
    try:
        url = web_address(urljoin(base_url, entry["url"]))
    except ValueError:
        return None
    is_whole = isinstance(sha256, str) and _SHA256.fullmatch(sha256) is not None
    if not url or not is_whole or type(size) is not int or not 0 < size <= LARGEST_ASSET_BYTES:
        return None
    return Asset(url, size, str(sha256))


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo is not None else None


def _line(value: Any) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return "".join(filter(str.isprintable, text))[:_LONGEST_SUMMARY]


def _text(value: Any) -> str:
    """Return Markdown without control characters and without the pictures and HTML of others."""
    text = value.replace("\r\n", "\n") if isinstance(value, str) else ""
    plain = "".join(character for character in text if character.isprintable() or character == "\n")
    return plain.replace("![", "[").replace("<", "&lt;")[:_LONGEST_NOTES]
