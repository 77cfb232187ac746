"""Reads the body of an error answer: its shape, its words, its codes.

Text patterns may only look at `ErrorBody.text`: the error's own words out of structured fields,
or a short plain text. HTML is never matched; an edge page is recognised by its shape alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from qcc_desktop.core.classification.json_errors import Finding, collect, parse

MAX_BODY_BYTES: Final = 65536
"""More than this is never looked at."""
_MAX_TEXT: Final = 6000
_HTML: Final = re.compile(
    r"\s*(?:<!--.{0,500}?-->\s*)?(?:<\?xml[^>]{0,200}>\s*)?"
    r"<(?:!doctype\s+html|html|head|body|title|center|h1|script|meta|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_WORDS: Final = re.compile(
    r"<(Code|Message|message|error|detail)>([^<]{1,500})<", re.IGNORECASE
)
_SSE_DATA: Final = re.compile(r"^data:[ ]?(.*)$", re.MULTILINE)
_BLANKS: Final = re.compile(r"\s+")
_REQUEST_ID: Final = re.compile(
    r"[(\[（]?\b(?:request|req|trace|log|ray|correlation|session)[ _-]?id\b"
    r"[\"']?\s*[:=：]?\s*[\"']?[\w.:-]{1,128}[\"']?\s*[)\]）]?",
    re.IGNORECASE | re.ASCII,
)
_STATUS_IN_TEXT: Final = re.compile(
    r"\b(?:status(?:[ _]?code)?|http(?:/\d(?:\.\d)?)?(?: error)?|api error|error code"
    r"|upstream(?: (?!port\b|id\b)\w{1,20}){0,4})\s?[:=：]?\s?[(\[]?\s?([45]\d\d)(?![\d.:])"
    r"|^\s*([45]\d\d)\s+[A-Z{(]",
    re.IGNORECASE | re.ASCII,
)
_VERDICT_KEYS: Final = ("code", "error_code", "errcode", "status")
_DONE: Final = frozenset({"0", "200", "ok", "success", "20000"})


class Shape(Enum):
    """What kind of thing a body is."""

    EMPTY = "empty"
    HTML = "html"
    JSON = "json"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """What a body says, without judging it.

    ``codes`` are machine-readable types and codes in lower case, outermost first; ``types`` those
    of a field named so (DeepSeek sends the code ``invalid_request_error`` with every error);
    ``nested_statuses`` the HTTP statuses named inside, in the same order. ``hints`` are
    (key, value) pairs that name a time. ``is_error`` says whether a 2xx body reports a failure,
    ``is_message`` whether it is a finished answer with content.
    """

    shape: Shape
    text: str = ""
    codes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    nested_statuses: tuple[int, ...] = ()
    hints: tuple[tuple[str, str], ...] = ()
    is_error: bool = False
    is_message: bool = False


def read_body(body: bytes, headers: Mapping[str, str]) -> ErrorBody:
    """Return what ``body`` says; ``headers`` have lower-case names."""
    content_type = headers.get("content-type", "").lower()
    text = _decode(body[:MAX_BODY_BYTES], content_type).strip().lstrip("\ufeff")
    amazon_type = headers.get("x-amzn-errortype", "").split(":")[0].lower()
    extra = (amazon_type,) if amazon_type else ()
    if not text:
        return ErrorBody(Shape.EMPTY, codes=extra)
    value = _json_in(text)
    if isinstance(value, dict | list):
        return _from_json(value, extra)
    if "html" in content_type or _HTML.match(text):
        return ErrorBody(Shape.HTML, codes=extra)
    return _from_text(text, extra)


def _decode(body: bytes, content_type: str) -> str:
    encoding = "gb18030" if "charset=gb" in content_type else "utf-8"
    return body.decode(encoding, errors="replace")


def _json_in(text: str) -> Any:
    """Return the JSON that ``text`` is, once or twice encoded, or its first SSE data holds."""
    if text[0] in '{["':
        value = parse(text)
        return parse(value) if isinstance(value, str) else value
    if text.startswith(("event:", "data:", ":")):
        line = _SSE_DATA.search(text)
        return parse(line[1].strip()) if line else None
    return None


def _from_json(value: Any, extra: tuple[str, ...]) -> ErrorBody:
    found = Finding()
    collect(value, found)
    text = _clean("\n".join(found.texts))
    return ErrorBody(
        Shape.JSON,
        text=text,
        codes=(*found.codes, *extra),
        types=tuple(found.types),
        nested_statuses=(*found.statuses, *_statuses_in(text)),
        hints=tuple(found.hints),
        is_error=_reports_error(value),
        is_message=_is_finished_message(value),
    )


def _from_text(text: str, extra: tuple[str, ...]) -> ErrorBody:
    if text.startswith("<"):
        text = "\n".join(match[2] for match in _XML_WORDS.finditer(text[:_MAX_TEXT]))
    cleaned = _clean(text)
    return ErrorBody(
        Shape.TEXT, text=cleaned, codes=extra, nested_statuses=tuple(_statuses_in(cleaned))
    )


def _clean(text: str) -> str:
    return _REQUEST_ID.sub(" ", _BLANKS.sub(" ", text[:_MAX_TEXT]))


def _statuses_in(text: str) -> list[int]:
    return [int(match[1] or match[2]) for match in _STATUS_IN_TEXT.finditer(text)]


def _reports_error(value: Any) -> bool:
    if not isinstance(value, dict):
        return isinstance(value, list) and any(_reports_error(item) for item in value[:3])
    if value.get("error") or value.get("errors") or value.get("type") == "error":
        return True
    if value.get("content") or value.get("choices"):
        return False
    base = value.get("base_resp")
    if isinstance(base, dict) and base.get("status_code"):
        return True
    codes = [value[key] for key in _VERDICT_KEYS if value.get(key) is not None]
    named = bool(codes) and str(codes[0]).lower() not in _DONE
    return value.get("success") is False or (named and not _is_message_type(value))


def _is_message_type(value: dict[str, Any]) -> bool:
    return value.get("type") == "message"


def _is_finished_message(value: Any) -> bool:
    """Say whether ``value`` is a whole Anthropic message that answers something.

    No content and no output tokens is what relays send for an upstream that gave nothing.
    """
    if not isinstance(value, dict) or not _is_message_type(value):
        return False
    usage = value.get("usage")
    tokens = usage.get("output_tokens") if isinstance(usage, dict) else None
    return isinstance(value.get("content"), list) and bool(value["content"] or tokens)
