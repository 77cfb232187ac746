"""Reads files of other programs: never writes, never waits, never takes more than it can bear."""

import json
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

MOST_BYTES = 16 * 1024 * 1024

_REFUSED = QT_TRANSLATE_NOOP("Import", "You may not read this file. Change its permissions.")
_NO_FILE = QT_TRANSLATE_NOOP("Import", "This is not a file.")
_TOO_LARGE = QT_TRANSLATE_NOOP("Import", "This file is larger than 16 MB, so it was not read.")
_NOT_TEXT = QT_TRANSLATE_NOOP("Import", "This file is not text.")
_NOT_JSON = QT_TRANSLATE_NOOP("Import", "This file is broken: it is not JSON.")
_NO_OBJECT = QT_TRANSLATE_NOOP("Import", "This file is not what the program writes.")
_FAILED = QT_TRANSLATE_NOOP("Import", "This file could not be read.")


class Unreadable(Exception):  # noqa: N818 - says what is the case, like StopIteration
    """A file that is there and tells nothing; ``str()`` is one sentence about it."""


def read_object(
    path: Path,
    encodings: Sequence[str] = ("utf-8-sig",),
    loads: Callable[[str], Any] = json.loads,
) -> dict[str, Any] | None:
    """Return the JSON object in ``path``, or None when there is no such file. Blocks.

    ``loads`` reads its text, and raises a `ValueError` where that cannot be read.

    Raises:
        Unreadable: it is there but cannot be read, or holds something else.
    """
    content = read_bytes(path)
    if content is None:
        return None
    try:
        document = loads(_decoded(content, encodings))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_NOT_JSON) from error
    if not isinstance(document, dict):
        raise Unreadable(_NO_OBJECT)
    return document


def read_bytes(path: Path) -> bytes | None:
    """Return what is in ``path``, at most 16 MB, or None when there is no such file. Blocks.

    Raises:
        Unreadable: it cannot be read, or is too large.
    """
    if not is_there(path):
        return None
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except PermissionError as error:
        raise Unreadable(_REFUSED) from error
    except OSError as error:
        raise Unreadable(_FAILED) from error
    if len(content) > MOST_BYTES:
        raise Unreadable(_TOO_LARGE)
    return content


def is_there(path: Path) -> bool:
    """Whether there is such a file. Blocks.

    Raises:
        Unreadable: it is something that must not be opened (a pipe would wait for a writer),
            or may not be looked at.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError as error:
        raise Unreadable(_REFUSED) from error
    except (OSError, ValueError) as error:
        raise Unreadable(_FAILED) from error
    if not stat.S_ISREG(mode):
        raise Unreadable(_NO_FILE)
    return True


def in_words(path: Path, home: Path) -> str:
    """Return the path as people write it: ``~/.fastcc/cache.json``."""
    try:
        return f"~{os.sep}{path.relative_to(home)}"
    except ValueError:
        return str(path)


def _decoded(content: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable(_NOT_TEXT)
