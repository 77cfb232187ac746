"""Changes single members of a settings text and leaves every other character where it is.

No library fits (November 2026): ``jsonc-edit`` needs Node and npm, ``json-five`` writes the whole
document anew from its model, and tree-sitter finds spans but edits nothing.
"""

import json
import re
from dataclasses import dataclass

from qcc_desktop.wire.jsonc import (
    Document,
    Member,
    Members,
    NotSettingsError,
    parse,
)

Place = tuple[str, ...]
"""Where a member stands: ``("apiKeyHelper",)`` or ``("env", "ANTHROPIC_BASE_URL")``."""
_UNIT = "  "
_UP_TO_COMMA = re.compile(r"(?>//[^\r\n]*|/\*.*?\*/|[ \t\r\n])*+,", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Padding:
    """What was written around an inserted member, so that it can be taken out exactly."""

    lead: str
    tail: str


def raw_at(document: Document, place: Place) -> str | None:
    """Return the value at ``place`` as it is written, None if there is none."""
    found = _find(document, place)
    return None if found is None else document.raw(found[1])


def write(text: str, place: Place, raw: str) -> tuple[str, Padding | None]:
    """Set the value at ``place``; the padding is there when the member was inserted.

    Raises:
        NotSettingsError: the text is broken, or what should hold the member is no object.
    """
    document = parse(text)
    holder = _holder(document, place)
    member = holder.find(place[-1])
    if member is not None:
        return text[: member.start] + raw + text[member.end :], None
    padding = _padding(document, holder, depth=len(place))
    inserted = f"{padding.lead}{json.dumps(place[-1])}{_colon(document)}{raw}{padding.tail}"
    at = holder.all[-1].end if holder.all else holder.opening + 1
    return text[:at] + inserted + text[at:], padding


def remove(text: str, place: Place, padding: Padding | None) -> str:
    """Take the member at ``place`` out, with the padding it was inserted with if that is there."""
    document = parse(text)
    found = _find(document, place)
    if found is None:
        return text
    holder, member = found
    exact = None if padding is None else _exactly(document, holder, member, padding)
    return _loosely(document, holder, member) if exact is None else exact


def is_bare(document: Document, members: Members) -> bool:
    """Whether the object holds nothing, not even a comment."""
    return not members.all and not document.text[members.opening + 1 : members.closing].strip()


def _find(document: Document, place: Place) -> tuple[Members, Member] | None:
    holder: Members | None = document.root
    for name in place[:-1]:
        above = holder.find(name) if holder is not None else None
        holder = document.inside(above) if above is not None else None
    member = holder.find(place[-1]) if holder is not None else None
    return None if holder is None or member is None else (holder, member)


def _holder(document: Document, place: Place) -> Members:
    holder = document.root
    for name in place[:-1]:
        above = holder.find(name)
        inside = document.inside(above) if above is not None else None
        if inside is None:
            raise NotSettingsError(f"its {name} is no object")
        holder = inside
    return holder


def _exactly(document: Document, holder: Members, member: Member, padding: Padding) -> str | None:
    """Return the text as it was before the insertion; None when the surroundings have changed."""
    text = document.text
    start = member.key_start - len(padding.lead)
    end = member.end + len(padding.tail)
    if start < 0 or text[start : member.key_start] != padding.lead:
        return None
    if text[member.end : end] != padding.tail:
        return None
    was_alone = not padding.lead.startswith(",")
    has_company = len(holder.all) != 1 or _comma(document, member.end, holder.closing) is not None
    return None if was_alone and has_company else text[:start] + text[end:]


def _loosely(document: Document, holder: Members, member: Member) -> str:
    """Take out the member and one comma; comments stay, and so do the line ends after them."""
    text, blank = document.text, document.blank
    start = len(text[: member.key_start].rstrip(" \t\r\n"))
    if blank[start - 1] not in "{,":
        start = member.key_start  # a comment stands there, and its line must end
    index = holder.all.index(member)
    if index > 0:
        comma = blank.index(",", holder.all[index - 1].end)
        return text[:comma] + text[comma + 1 : start] + text[member.end :]
    following = holder.all[1].key_start if len(holder.all) > 1 else holder.closing
    after = _comma(document, member.end, following)
    if after is None:
        return text[:start] + text[member.end :]
    return text[:start] + text[member.end : after] + text[after + 1 :]


def _comma(document: Document, start: int, end: int) -> int | None:
    """Return where the comma between two places stands, a trailing one too."""
    at = document.blank.find(",", start, end)
    if at >= 0:
        return at
    found = _UP_TO_COMMA.match(document.text, start, end)
    return None if found is None else found.end() - 1


def _padding(document: Document, holder: Members, *, depth: int) -> Padding:
    if holder.all:
        before = holder.all[-2].end if len(holder.all) > 1 else holder.opening + 1
        gap = _gap(document.text, before, holder.all[-1].key_start)
        return Padding(f",{gap or ' ' * (_colon(document) == ': ')}", "")
    if document.root.all and "\n" not in document.text:
        return Padding("", "")
    line = "\r\n" if "\r\n" in document.text else "\n"
    unit = _indent(document) or _UNIT
    outer = unit if depth > 1 else ""
    return Padding(f"{line}{outer}{unit}", f"{line}{outer}")


def _gap(text: str, start: int, end: int) -> str:
    """Return the white space before ``end``, from the line's end on."""
    white = re.search(r"(?:\r?\n)?[ \t]*\Z", text[start:end])
    return "" if white is None else white[0]


def _indent(document: Document) -> str:
    """Return how far the root's members stand to the right; empty when they share a line."""
    for member in document.root.all:
        found = re.search(r"\n([ \t]*)\Z", document.text[: member.key_start])
        if found is not None:
            return found[1]
    return ""


def _colon(document: Document) -> str:
    for member in document.root.all:
        between = document.text[member.key_start : member.start]
        if between.endswith(":"):
            return ":"
    return ": "
