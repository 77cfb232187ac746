"""Tells a clone that it is built for a release: where updates are published, and whose they are.

    python installers/release_places.py --repository OWNER/NAME [--public-key KEY]

Writes the links into pyproject.toml, from where they reach the installed package, and the key of
minisign into the resources. Only the release workflow does this: a build from any other clone
asks nobody for updates. Without a key the build tells about new versions and installs none.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FEED = "https://github.com/{repository}/releases/latest/download/release.json"
_NEXT = "[project.scripts]"
_KEY = re.compile(r"RW[A-Za-z0-9+/]{54}")
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


def links(repository: str) -> str:
    """Return the table of links for pyproject.toml.

    Raises:
        ValueError: that is no OWNER/NAME.
    """
    if not _REPOSITORY.fullmatch(repository):
        raise ValueError(f"{repository!r} is no OWNER/NAME")
    home = f"https://github.com/{repository}"
    return (
        f'[project.urls]\nHomepage = "{home}"\nChangelog = "{home}/blob/main/CHANGELOG.md"\n'
        f'Releases = "{FEED.format(repository=repository)}"\n'
    )


def stamp(root: Path, repository: str, public_key: str) -> None:
    """Write both into the clone at ``root``.

    Raises:
        ValueError: the repository or the key is none, or the clone has links already.
    """
    file = root / "pyproject.toml"
    text = file.read_text(encoding="utf-8")
    if "[project.urls]" in text or text.count(_NEXT) != 1:
        raise ValueError("pyproject.toml has links already")
    if public_key and not _KEY.fullmatch(public_key):
        raise ValueError("the public key is none of minisign's")
    whole = text.replace(_NEXT, f"{links(repository)}\n{_NEXT}")
    file.write_text(whole, encoding="utf-8", newline="\n")
    if public_key:
        lines = f"untrusted comment: QCC Desktop releases\n{public_key}\n"
        (root / "resources" / "release.pub").write_text(lines, encoding="ascii", newline="\n")


def main(arguments: Sequence[str]) -> int:
    """Stamp this clone; 1 when it cannot be done."""
    parser = argparse.ArgumentParser(description="Makes this clone one for a release.")
    parser.add_argument("--repository", required=True)
    parser.add_argument("--public-key", default="")
    chosen = parser.parse_args(arguments)
    key: str = chosen.public_key.strip()
    try:
        stamp(ROOT, chosen.repository, key)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if not key:
        print("No key is configured: this build tells about new versions and installs none.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
