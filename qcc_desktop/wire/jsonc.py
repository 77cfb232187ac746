"""Reads JSON with comments and trailing commas, and tells where each member stands in the text.

Claude Code 2.1.330 itself loads neither comments nor trailing commas (measured), but people and
editors write both, and nothing of theirs may be lost. Comments and trailing commas are blanked,
character for character, so that the standard library judges the rest and its offsets fit.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_COMMENTS = re.compile(rf"(?P<string>{_STRING})|//[^\r\n]*|/\*.*?\*/", re.DOTALL)
_LAST_COMMA = re.compile(rf"(?P<string>{_STRING})|,(?=[ \t\r\n]*[}}\]])", re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n]*")


class NotSettingsError(ValueError):
    """The text is no object of JSON members; the message says where it breaks."""


@dataclass(frozen=True, slots=True)
class Member:
    """One ``"name": value`` of an object; the value is ``text[start:end]``."""

    name: str
    key_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Members:
    """An object: its braces stand at ``opening`` and ``closing``."""

    opening: int
    closing: int
    all: tuple[Member, ...]

    def find(self, name: str) -> Member | None:
        """Return the member that counts; of several with one name, the last, as in JavaScript."""
        return next((member for member in reversed(self.all) if member.name == name), None)


@dataclass(frozen=True, slots=True)
class Document:
    """A settings file's text and what it says; ``blank`` is the text without comments."""

    text: str
    blank: str
    values: dict[str, Any]
    root: Members

    def inside(self, member: Member) -> Members | None:
        """Return the object that is the value of ``member``; None if it is no object."""
        if self.blank[member.start] != "{":
            return None
        return _members(self.blank, member.start)

    def raw(self, member: Member) -> str:
        """Return the value as it is written."""
        return self.text[member.start : member.end]


def parse(text: str) -> Document:
    """Return what ``text`` says; a byte order mark may stand before it.

    Raises:
        NotSettingsError: it is broken, or no object.
    """
    blank = _blanked(text)
    try:
        values = json.loads(blank, parse_int=str, parse_float=str, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise NotSettingsError("it is nested too deeply") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise NotSettingsError(f"it breaks at {where}") from error
    if not isinstance(values, dict):
        raise NotSettingsError("it holds no object")
    return Document(text, blank, values, _members(blank, skip_blanks(blank, 0)))


def skip_blanks(blank: str, at: int) -> int:
    """Return the first place from ``at`` on that is no white space."""
    found = _BLANKS.match(blank, at)
    return at if found is None else found.end()


def is_strict(document: Document) -> bool:
    """Whether Claude Code loads it: neither comments nor trailing commas."""
    return document.blank == document.text.replace("\ufeff", " ", 1)


def _blanked(text: str) -> str:
    text = f" {text[1:]}" if text.startswith("\ufeff") else text
    return _LAST_COMMA.sub(_last_comma, _COMMENTS.sub(_spaces, text))


def _spaces(found: re.Match[str]) -> str:
    if found["string"] is not None:
        return found[0]
    return re.sub(r"[^\r\n]", " ", found[0])


def _last_comma(found: re.Match[str]) -> str:
    """Blank a trailing comma; one that follows no value stays, and is a fault."""
    before = found.start() - 1
    while found.string[before] in " \t\r\n":
        before -= 1
    is_stray = found["string"] is None and found.string[before] in "{[,"
    return "," if is_stray else _spaces(found)


def _refuse_constant(name: str) -> NoReturn:
    raise NotSettingsError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


def _members(blank: str, opening: int) -> Members:
    found: list[Member] = []
    at = skip_blanks(blank, opening + 1)
    while blank[at] != "}":
        name, end = _DECODER.raw_decode(blank, at)
        start = skip_blanks(blank, skip_blanks(blank, end) + 1)
        _, stop = _DECODER.raw_decode(blank, start)
        found.append(Member(name, at, start, stop))
        at = skip_blanks(blank, stop)
        if blank[at] == ",":
            at = skip_blanks(blank, at + 1)
    return Members(opening, at, tuple(found))
