"""The language of the command line: what it says, in Chinese where that is the person's language.

The texts are those of the window, read from the same compiled file, but without Qt, whose
libraries take a tenth of a second. JSON, variables, paths and the help of ``--help`` stay as
they are.

The file is Qt's (``qmake``'s "QM" format, `QTranslator` in qtbase): sections of a tag byte, a
length and a body; the section of messages holds for each its Chinese, English and context.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qcc_desktop.core.settings import Language
from qcc_desktop.storage.paths import find_paths
from qcc_desktop.ui import assets

if TYPE_CHECKING:
    from qcc_desktop.core.sentences import Phrasebook

_MAGIC_BYTES = 16
_MESSAGES = 0x69
_END, _TRANSLATION, _SOURCE, _CONTEXT = 1, 3, 6, 7
_CHINA = 0x0804
"""What Windows calls Chinese as it is written in mainland China."""
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is set decides (POSIX, "Locale")."""


def spoken(text: str) -> str:
    """Return a sentence of ours, or several lines of them, in the person's language."""
    if not _speaks_chinese():
        return text
    return "\n".join(_book().translated(line, word) for line in text.split("\n"))


def word(context: str, english: str) -> str:
    """Return one text of ours in the person's language."""
    return _chinese().get((context, english), english) if _speaks_chinese() else english


@cache
def _book() -> "Phrasebook":
    from qcc_desktop.core.known_sentences import book_of_commands  # noqa: PLC0415 - 10 ms

    return book_of_commands()


def _speaks_chinese() -> bool:
    chosen = _chosen(find_paths(os.environ).config_file)
    if chosen is not Language.SYSTEM:
        return chosen is Language.CHINESE
    return is_chinese_system(os.environ)


def _chosen(config_file: Path) -> Language:
    """Return the option ``ui.language``; a file that cannot be read is complained of elsewhere."""
    try:
        stored = json.loads(config_file.read_bytes())
        return Language(stored["settings"]["ui.language"])
    except (OSError, ValueError, TypeError, LookupError):
        return Language.SYSTEM


def is_chinese_system(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Tell whether the system speaks simplified Chinese."""
    if platform == "win32":
        return _windows_language() == _CHINA
    named = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    language = named.partition(".")[0].partition("@")[0].replace("-", "_")
    return language in {"zh", "zh_CN", "zh_SG", "zh_Hans", "zh_Hans_CN"}


def _windows_language() -> int:
    import ctypes  # noqa: PLC0415 - for Windows only

    windll = getattr(ctypes, "windll", None)
    return 0 if windll is None else int(windll.kernel32.GetUserDefaultUILanguage())


@cache
def _chinese() -> Mapping[tuple[str, str], str]:
    """Return the compiled translation: context and English to Chinese; empty without the file."""
    try:
        return dict(messages(assets.translation(Language.CHINESE.value).read_bytes()))
    except (OSError, IndexError, UnicodeDecodeError):
        return {}


def messages(compiled: bytes) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield every message of a compiled translation."""
    place = _MAGIC_BYTES
    while place < len(compiled):
        tag, size = compiled[place], int.from_bytes(compiled[place + 1 : place + 5], "big")
        body = compiled[place + 5 : place + 5 + size]
        if tag == _MESSAGES:
            yield from _messages(body)
        place += 5 + size


def _messages(body: bytes) -> Iterator[tuple[tuple[str, str], str]]:
    parts: dict[int, bytes] = {}
    place = 0
    while place < len(body):
        tag = body[place]
        place += 1
        if tag == _END:
            source, context = parts[_SOURCE].decode(), parts[_CONTEXT].decode()
            yield (context, source), parts[_TRANSLATION].decode("utf-16-be")
            parts = {}
            continue
        size = int.from_bytes(body[place : place + 4], "big")
        parts[tag] = body[place + 4 : place + 4 + size]
        place += 4 + size
