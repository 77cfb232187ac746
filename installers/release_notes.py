"""Takes the notes of one version out of the changelog.

    python installers/release_notes.py VERSION [--summary] [--tag vVERSION]

Prints the section's Markdown, or with ``--summary`` its first sentence in one line. With
``--tag`` it refuses a tag that is not that version's, so that no release is made from a wrong
commit, and a version that is not written the way all packages write it.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
_VERSION = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
"""Like 1.2.0 or 1.2.0rc1: PEP 440 in its normal form, as the names of wheels have it."""
_HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>\d{4}-\d{2}-\d{2}))?\s*$", re.M)
_BULLET = re.compile(r"^[-*] (?P<text>.+)$", re.M)


class NotReleasableError(Exception):
    """The changelog has nothing that could be published; the text says what is missing."""


def section(changelog: str, version: str) -> str:
    """Return what the changelog says about a version, without its heading.

    Raises:
        NotReleasableError: there is no such section, or no date or nothing in it.
    """
    headings = list(_HEADING.finditer(changelog))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        if heading["version"] != version:
            continue
        if heading["date"] is None:
            raise NotReleasableError(f"CHANGELOG.md gives version {version} no date.")
        end = following.start() if following else len(changelog)
        text = changelog[heading.end() : end].strip()
        if not text:
            raise NotReleasableError(f"CHANGELOG.md says nothing about version {version}.")
        return text
    raise NotReleasableError(f"CHANGELOG.md has no section for version {version}.")


def summary(text: str) -> str:
    """Return a section's own first line, or else the first thing that is listed in it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.startswith(("#", "- ", "* ")):
        bullet = _BULLET.search(text)
        first = bullet["text"] if bullet else ""
    return " ".join(first.split())


def check_tag(tag: str, version: str) -> None:
    """See that a tag names the version that stands in the source, and that this can be published.

    Raises:
        NotReleasableError: it names another one, or one that packages would write otherwise.
    """
    if not _VERSION.fullmatch(version):
        raise NotReleasableError(f"Version {version} is not written like 1.2.0 or 1.2.0rc1.")
    if tag != f"v{version}":
        raise NotReleasableError(f"The tag is {tag}, the version in the source is {version}.")


def main(arguments: Sequence[str]) -> int:
    """Print the notes; 1 when there is nothing to publish."""
    parser = argparse.ArgumentParser(description="Notes of one version from the changelog.")
    parser.add_argument("version")
    parser.add_argument("--summary", action="store_true")
    parser.add_argument("--tag")
    parser.add_argument("--changelog", type=Path, default=CHANGELOG)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.tag is not None:
            check_tag(chosen.tag, chosen.version)
        text = section(chosen.changelog.read_text(encoding="utf-8"), chosen.version)
    except NotReleasableError as error:
        print(error, file=sys.stderr)
        return 1
    print(summary(text) if chosen.summary else text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
