"""Finds the words of an error in decoded JSON, whatever dialect wrote it.

Known shapes: Anthropic and OpenAI ``{"error":{"type","message","code"}}``, ``{"error":"text"}``,
``{"code","msg"}`` and ``{"success":false,"message"}`` of Chinese vendors, MiniMax
``{"base_resp":{"status_code","status_msg"}}``, Google ``{"error":{"status","details"}}``, AWS
``{"__type","message"}``, FastAPI ``{"detail":[{"msg","input"}]}``, and relays that carry the
upstream's error inside (``upstream_error``, OpenRouter's ``metadata.raw``, JSON within
``message``). Only the keys below are read: ``input``, ``content``, ``messages`` and ``prompt``
repeat what the person wrote.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

_TEXT_KEYS: Final = frozenset(
    {
        "message", "msg", "detail", "error_description", "error_msg", "error_message", "errmsg",
        "errormessage", "status_msg", "raw", "title", "reason", "fault", "faultstring", "error",
    }
)  # fmt: skip
_CODE_KEYS: Final = frozenset(
    {
        "type", "code", "error_code", "errorcode", "errcode", "err_code", "__type", "status",
        "error", "reason", "error_type", "errortype", "status_code",
    }
)  # fmt: skip
_TYPE_KEYS: Final = frozenset({"type", "error_type", "errortype"})
_STATUS_KEYS: Final = frozenset(
    {
        "status", "status_code", "statuscode", "code", "http_status", "httpstatus",
        "upstream_status", "upstream_status_code", "error_code", "http_code", "httpcode",
    }
)  # fmt: skip
_CONTAINERS: Final = frozenset(
    {
        "error", "errors", "detail", "details", "metadata", "upstream_error", "upstreamerror",
        "original_error", "base_resp", "innererror", "inner_error", "cause", "response",
        "fault", "failure", "data", "message", "msg", "raw", "header",
    }
)  # fmt: skip
_HINT_KEYS: Final = frozenset(
    {
        "retry_after", "retryafter", "retry_after_seconds", "retrydelay", "retry_delay",
        "resets_in_seconds", "reset_in_seconds", "reset_seconds", "reset_time", "resets_at", "reset_at", "resetsat", "resetat",
    }
)  # fmt: skip
_SLUG: Final = re.compile(r"[A-Za-z0-9_.:#/-]{2,80}")
_MAX_DEPTH: Final = 6
_MAX_NODES: Final = 200
_MAX_TEXT: Final = 2000


@dataclass(slots=True)
class Finding:
    """What was read so far, outermost first."""

    texts: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    hints: list[tuple[str, str]] = field(default_factory=list)
    nodes: int = 0


def parse(text: str) -> Any:
    """Return the JSON value at the start of ``text``, or None if there is none."""
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def collect(value: object, into: Finding, depth: int = 0) -> None:
    """Add what ``value`` says to ``into``."""
    if depth > _MAX_DEPTH or into.nodes > _MAX_NODES:
        return
    into.nodes += 1
    if isinstance(value, dict):
        for key, item in value.items():
            _collect_item(str(key).lower(), item, into, depth)
    elif isinstance(value, list):
        for item in value[:10]:
            collect(item, into, depth + 1)


def _collect_item(key: str, item: object, into: Finding, depth: int) -> None:
    if isinstance(item, dict | list):
        if key in _CONTAINERS:
            collect(item, into, depth + 1)
    elif isinstance(item, str):
        _collect_string(key, item, into, depth)
    elif isinstance(item, int | float) and not isinstance(item, bool):
        _collect_number(key, item, into)


def _collect_number(key: str, number: float, into: Finding) -> None:
    if key in _HINT_KEYS:
        into.hints.append((key, str(number)))
    elif key in _CODE_KEYS and isinstance(number, int):
        into.codes.append(str(number)[:20])
    if key in _STATUS_KEYS and 400 <= number <= 599:
        into.statuses.append(int(number))


def _collect_string(key: str, text: str, into: Finding, depth: int) -> None:
    if key in _HINT_KEYS:
        into.hints.append((key, text[:64]))
    if key in _CODE_KEYS and _SLUG.fullmatch(text):
        into.codes.append(text.lower())
        if key in _TYPE_KEYS:
            into.types.append(text.lower())
        if key in _STATUS_KEYS and re.fullmatch(r"[45]\d\d", text):
            into.statuses.append(int(text))
    if key in _TEXT_KEYS:
        into.texts.append(_without_nested(text, into, depth))


def _without_nested(text: str, into: Finding, depth: int) -> str:
    """Read JSON that is part of ``text`` and return the words before it."""
    for start in _brace_positions(text):
        nested = parse(text[start:])
        if isinstance(nested, dict) and nested:
            collect(nested, into, depth + 1)
            return text[: min(start, _MAX_TEXT)]
    return text[:_MAX_TEXT]


def _brace_positions(text: str) -> Iterator[int]:
    start = -1
    for _ in range(3):
        start = text.find("{", start + 1)
        if start < 0:
            return
        yield start
