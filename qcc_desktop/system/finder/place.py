"""A directory in which an installer puts programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.system.finder.files import children
from qcc_desktop.system.finder.installation import Kind


@dataclass(frozen=True, slots=True)
class Place:
    """A directory that may hold ``claude``, and who writes there."""

    kind: Kind
    directory: Path


def below(base: Path, pattern: str) -> Iterator[Path]:
    """Yield the directories that match, newest name first: ``versions/*/bin``.

    `Path.glob` raises where a directory cannot be read; here it is empty. Whether the last
    one is there is not asked.
    """
    first, _, rest = pattern.partition("/")
    if first.endswith("*"):
        stem = first.rstrip("*")
        found = tuple(child for child in children(base) if child.name.startswith(stem))
    else:
        found = (base / first,)
    for path in found:
        if rest:
            yield from below(path, rest)
        else:
            yield path


def places_below(kind: Kind, base: Path | None, *patterns: str) -> Iterator[Place]:
    """Yield a manager's directories; nothing when it is not there (``base`` is None)."""
    if base is not None:
        for pattern in patterns:
            for directory in below(base, pattern) if pattern else (base,):
                yield Place(kind, directory)
