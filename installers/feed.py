"""Writes the document that running programs look at for updates, and signs what is published.

    python installers/feed.py document FOLDER --version V --published WHEN --base-url URL
    python installers/feed.py sign FOLDER --version V --published WHEN --key FILE
    python installers/feed.py checksums FOLDER

`qcc_desktop.core.release` tells the format of the document; ``sign`` needs the program
``minisign`` and a secret key without a password, as a release workflow keeps it.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = "release.json"
CHECKSUMS = "SHA256SUMS"
SIGNATURE = ".minisig"
_FORMAT = 1
_PIECE_BYTES = 1 << 20
_MACHINE = r"(?P<machine>x86_64|arm64)"

FORMS: Mapping[str, str] = {
    rf"-linux-{_MACHINE}\.AppImage": "linux-{machine}-appimage",
    rf"-linux-{_MACHINE}\.tar\.gz": "linux-{machine}-folder",
    rf"-windows-{_MACHINE}-setup\.exe": "windows-{machine}-setup",
    rf"-macos-{_MACHINE}\.tar\.gz": "macos-{machine}-app",
}
"""How the files end that programs update themselves from, and what they are called in the
document. All others (packages, disk images) are for people and package managers."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is published: which version, when (ISO 8601 with zone), and what is said about it."""

    version: str
    published: str
    base_url: str = ""
    notes_url: str = ""
    summary: str = ""
    notes: str = ""


def asset_key(file_name: str, version: str) -> str | None:
    """Return a file's name in the document; None for one that no program updates itself from."""
    for ending, name in FORMS.items():
        found = re.fullmatch(rf"qcc-desktop-{re.escape(version)}{ending}", file_name)
        if found is not None:
            return name.format(machine=found["machine"])
    return None


def document(folder: Path, facts: Facts) -> bytes:
    """Return the document about the files in ``folder``.

    Raises:
        ValueError: none of them is one that programs update themselves from.
    """
    assets = {
        key: {
            "url": facts.base_url.rstrip("/") + "/" + file.name,
            "size": file.stat().st_size,
            "sha256": sha256(file),
        }
        for file in _files(folder)
        if (key := asset_key(file.name, facts.version)) is not None
    }
    if not assets:
        raise ValueError(f"nothing in {folder} is a release of version {facts.version}")
    found = {
        "format": _FORMAT,
        "version": facts.version,
        "published": facts.published,
        "notes_url": facts.notes_url,
        "summary": facts.summary,
        "notes": facts.notes,
        "assets": assets,
    }
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def checksums(folder: Path) -> str:
    """Return one line per file, as ``sha256sum --check`` reads it."""
    return "".join(
        f"{sha256(file)}  {file.name}\n" for file in _files(folder) if file.name != CHECKSUMS
    )


def trusted_comment(file_name: str, facts: Facts) -> str:
    """Return what is signed beside a file's content, so that it cannot stand in for another."""
    if file_name == DOCUMENT:
        return f"version:{facts.version} published:{facts.published}"
    return f"version:{facts.version} file:{file_name}"


def sign(
    folder: Path, facts: Facts, key: Path, run: Callable[[Sequence[str]], object] | None = None
) -> list[Path]:
    """Sign each file in ``folder``; the signatures lie beside them and are returned.

    Raises:
        subprocess.CalledProcessError: minisign failed; its own message was shown.
    """
    run = run or _run
    signatures = []
    for file in _files(folder):
        signature = file.with_name(file.name + SIGNATURE)
        words = ("minisign", "-S", "-W", "-s", str(key), "-m", str(file), "-x", str(signature))
        run((*words, "-t", trusted_comment(file.name, facts)))
        signatures.append(signature)
    return signatures


def sha256(file: Path) -> str:
    """Return a file's checksum."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return [file for file in files if file.suffix != SIGNATURE]


def _run(words: Sequence[str]) -> None:
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What running programs look at for updates.")
    jobs = parser.add_subparsers(dest="job", required=True)
    for name in ("document", "sign", "checksums"):
        job = jobs.add_parser(name)
        job.add_argument("folder", type=Path)
        if name == "checksums":
            continue
        job.add_argument("--version", required=True)
        job.add_argument("--published", required=True)
        if name == "sign":
            job.add_argument("--key", type=Path, required=True)
            continue
        job.add_argument("--base-url", required=True)
        job.add_argument("--notes-url", default="")
        job.add_argument("--summary", default="")
        job.add_argument("--notes", type=Path)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Do one of the jobs on a folder of files."""
    chosen = _arguments(arguments)
    folder: Path = chosen.folder
    if chosen.job == "checksums":
        (folder / CHECKSUMS).write_text(checksums(folder), encoding="utf-8", newline="\n")
        return 0
    if chosen.job == "sign":
        sign(folder, Facts(chosen.version, chosen.published), chosen.key)
        return 0
    notes = chosen.notes.read_text(encoding="utf-8") if chosen.notes else ""
    facts = Facts(
        chosen.version, chosen.published, chosen.base_url, chosen.notes_url, chosen.summary, notes
    )
    (folder / DOCUMENT).write_bytes(document(folder, facts))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
