"""Reads what routing needs from a request's body without parsing all of it, and edits it.

A body of Claude Code is 76 KB and more, with ``model`` first and ``stream`` last. Both are read
from the ends; only where that does not settle the matter the body is parsed whole. Bytes that
need no change are never written anew (CLIProxyAPI#2172: signatures fail after re-serialising).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from json import JSONDecodeError
from typing import Any

from qcc_desktop.wire.anthropic import dump, parse
from qcc_desktop.wire.text import label

_OPENING = re.compile(rb"[ \t\r\n]*\{[ \t\r\n]*")
_SCALAR_MEMBER = re.compile(
    rb'"([^"\\\x00-\x1f]*)"[ \t\r\n]*:[ \t\r\n]*'
    rb'("[^"\\\x00-\x1f]*"|-?[0-9][0-9.eE+-]*|true|false|null)[ \t\r\n]*(,|\})[ \t\r\n]*'
)
"""A member with a simple value. Strings with escapes are left to the real parser."""

_MAX_SUFFIX_BYTES = 8192
"""How far from its end a body is searched for a member before it is parsed whole."""

_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class RequestHead:
    """The members of a Messages request that routing reads.

    ``model`` is a `label`, and None where the body has none (or is no JSON object); ``model_span`` are the
    offsets of its value, quotes included.
    """

    model: str | None = None
    stream: bool = False
    model_span: tuple[int, int] | None = field(default=None, repr=False)


def read_head(body: bytes) -> RequestHead:
    """Find ``model`` and ``stream`` among the members of the outermost object."""
    leading = _leading_scalars(body)
    if leading is not None and b"model" in leading:
        span = leading[b"model"]
        model = parse(body[slice(*span)])
        stream = _stream(body, leading)
        if isinstance(model, str) and stream is not None:
            return RequestHead(label(model), stream, span)
    return _read_whole(body)


def replace_model(body: bytes, model: str) -> bytes:
    """Return ``body`` with another model: only the bytes of that value change.

    A body without a model comes back as it is.
    """
    span = read_head(body).model_span
    if span is None:
        return body
    return body[: span[0]] + dump(model) + body[span[1] :]


def member(body: bytes, name: str) -> Any:
    """Return the value of one member of the outermost object, None where there is none.

    Cheap for members within the last 8 KB, as ``metadata`` is.
    """
    quoted = b'"' + name.encode() + b'"'
    found = _suffix_object(body, quoted)
    if found is None and quoted in body:
        found = parse(body)
    return found.get(name) if isinstance(found, dict) else None


def _leading_scalars(body: bytes) -> dict[bytes, tuple[int, int]] | None:
    """Return the spans of the simple values that come first, None where this is no object."""
    opening = _OPENING.match(body)
    if opening is None:
        return None
    spans: dict[bytes, tuple[int, int]] = {}
    position = opening.end()
    while (found := _SCALAR_MEMBER.match(body, position)) is not None:
        spans[found[1]] = found.span(2)
        if found[3] == b"}":
            break
        position = found.end()
    return spans


def _stream(body: bytes, leading: dict[bytes, tuple[int, int]]) -> bool | None:
    """Return the value of ``stream``; None where it is not settled cheaply."""
    span = leading.get(b"stream")
    if span is not None:
        return body[slice(*span)] == b"true"
    suffix = _suffix_object(body, b'"stream"')
    if suffix is not None:
        return suffix["stream"] is True
    return None if b'"stream"' in body else False


def _suffix_object(body: bytes, quoted: bytes) -> dict[str, Any] | None:
    """Parse the members from the last mention of ``quoted`` on; None where that settles nothing.

    The mention is a member of the outermost object if, and only if, the rest of the body after
    an opening brace is a whole object: anything deeper leaves closing brackets over. Within a
    string its quotes would be escaped.
    """
    position = body.rfind(quoted, max(0, len(body) - _MAX_SUFFIX_BYTES))
    if position < 1 or body[position - 1] not in b"{, \t\r\n":
        return None
    rest = parse(b"{" + body[position:])
    return rest if isinstance(rest, dict) else None


def _read_whole(body: bytes) -> RequestHead:
    model: str | None = None
    span: tuple[int, int] | None = None
    stream = False
    try:
        for name, value, start, end in _members(body.decode("latin-1")):
            if name == "stream":
                stream = value is True
            elif name == "model":
                text = parse(body[start:end])
                model, span = (text, (start, end)) if isinstance(text, str) else (None, None)
    except (ValueError, IndexError, RecursionError):
        return RequestHead()
    return RequestHead(None if model is None else label(model), stream, span)


def _members(text: str) -> Iterator[tuple[str, Any, int, int]]:
    """Yield (name, value, start, end) of the members of the outermost object.

    ``text`` is the body read as Latin-1, so that offsets are those of the bytes; non-ASCII
    strings come out wrong, their extent does not.
    """
    position = _skip(text, 0)
    if text[position] != "{":
        raise JSONDecodeError("no object", text, position)
    position = _skip(text, position + 1)
    while text[position] != "}":
        if text[position] != '"':
            raise JSONDecodeError("no member", text, position)
        name, position = _DECODER.raw_decode(text, position)
        position = _skip(text, position)
        if text[position] != ":":
            raise JSONDecodeError("no colon", text, position)
        start = _skip(text, position + 1)
        value, end = _DECODER.raw_decode(text, start)
        yield name, value, start, end
        position = _skip(text, end)
        if text[position] == ",":
            position = _skip(text, position + 1)


def _skip(text: str, position: int) -> int:
    while text[position] in " \t\r\n":
        position += 1
    return position
