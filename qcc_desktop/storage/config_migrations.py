"""Steps from each version of the configuration file to the next."""

from collections.abc import Callable, Sequence
from typing import Any

from qcc_desktop.core.errors import NewerFormat

Document = dict[str, Any]
Migration = Callable[[Document], Document]

MIGRATIONS: tuple[Migration, ...] = ()
"""``MIGRATIONS[n]`` makes a document of version n + 2 from one of version n + 1."""


def migrate(
    document: Document, name: str, migrations: Sequence[Migration] = MIGRATIONS
) -> Document:
    """Return ``document`` in the current version; one without a version is of the first.

    Raises:
        NewerFormat: it comes from a newer program; ``name`` is how the message calls the file.
        ValueError: its version is no version.
    """
    version = document.get("version", 1)
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise ValueError(f"its version is {version!r}")
    current = len(migrations) + 1
    if version > current:
        raise NewerFormat(
            f"{name} was written by a newer QCC Desktop (format {version}, this one knows"
            f" {current}).",
            "Update this program, or move the file away to start afresh.",
        )
    for step in migrations[version - 1 :]:
        document = step(document)
    return {**document, "version": current}
