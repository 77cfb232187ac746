"""Shapes of the Anthropic Messages API: errors, messages, streams, model lists."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qcc_desktop.wire.sse import Frame, encode_event

MESSAGE_STOP = encode_event("message_stop", b'{"type":"message_stop"}')
"""The last event of every complete stream."""

PING = encode_event("ping", b'{"type":"ping"}')

_CODES_OF_SUCCESS = frozenset({"0", "200", "", "ok", "success"})
_IMAGE_TOKENS = 1600
"""What an image of the largest size that is not scaled down costs (docs, "Vision")."""
_DOCUMENT_BYTES_PER_PAGE = 50_000
_DOCUMENT_TOKENS_PER_PAGE = 2000


def dump(value: object) -> bytes:
    """Write JSON the way the API does: no blanks, UTF-8 as it is."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def parse(body: bytes) -> Any:
    """Return the parsed JSON of ``body``, or None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def error_body(error_type: str, message: str, request_id: str | None = None) -> bytes:
    """Write an error as the API shapes it."""
    body: dict[str, object] = {"type": "error", "error": {"type": error_type, "message": message}}
    if request_id is not None:
        body["request_id"] = request_id
    return dump(body)


def is_error_object(value: object) -> bool:
    """Tell whether a JSON value reports an error, in Anthropic's shape or a relay's.

    Relays answer 200 with ``{"error": ...}``, ``{"code": 1001, "msg": ...}`` or
    ``{"success": false, ...}`` (claude-code-hub, fake-200 issues).
    """
    if not isinstance(value, Mapping):
        return False
    if value.get("error") or value.get("type") == "error" or value.get("success") is False:
        return True
    code = value.get("code")
    is_failure = isinstance(code, int | str) and str(code).lower() not in _CODES_OF_SUCCESS
    return is_failure and ("msg" in value or "message" in value)


def looks_like_json_error(body: bytes) -> bool:
    """Tell whether a body is a JSON object that reports an error."""
    return body.lstrip()[:1] == b"{" and is_error_object(parse(body))


def is_message(value: object) -> bool:
    """Tell whether a JSON value is a whole answer of the Messages API."""
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("content"), list)
        and (value.get("type") == "message" or value.get("role") == "assistant")
    )


def message_to_sse(message: Mapping[str, Any]) -> bytes:
    """Write a complete message as the stream that would have carried it (table row 31)."""
    return b"".join(encode_event(event["type"], dump(event)) for event in _events(message))


def _events(message: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    usage = message.get("usage") or {"input_tokens": 0, "output_tokens": 0}
    start = {**message, "content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}
    yield {"type": "message_start", "message": {"type": "message", "role": "assistant", **start}}
    for index, block in enumerate(_list(message.get("content"))):
        if not isinstance(block, Mapping):
            continue
        opening, deltas = _split_block(block)
        yield {"type": "content_block_start", "index": index, "content_block": opening}
        for delta in deltas:
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    delta = {
        "stop_reason": message.get("stop_reason") or "end_turn",
        "stop_sequence": message.get("stop_sequence"),
    }
    yield {"type": "message_delta", "delta": delta, "usage": usage}
    yield {"type": "message_stop"}


def _split_block(block: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return how a block begins in a stream and the deltas that complete it."""
    opening = dict(block)
    deltas: list[dict[str, Any]] = []
    match block.get("type"):
        case "text":
            opening["text"] = ""
            deltas.append({"type": "text_delta", "text": block.get("text", "")})
            citations = _list(opening.pop("citations", None))
            deltas += [{"type": "citations_delta", "citation": each} for each in citations]
        case "tool_use" | "server_tool_use" | "mcp_tool_use":
            opening["input"] = {}
            arguments = dump(block.get("input") or {}).decode()
            deltas.append({"type": "input_json_delta", "partial_json": arguments})
        case "thinking":
            opening |= {"thinking": "", "signature": ""}
            if block.get("thinking"):
                deltas.append({"type": "thinking_delta", "thinking": block["thinking"]})
            deltas.append({"type": "signature_delta", "signature": block.get("signature", "")})
        case _:
            pass
    return opening, deltas


def sse_to_message(frames: Iterable[Frame]) -> dict[str, Any] | None:
    """Collect a stream into the message it carried; None without ``message_start``.

    What cannot be read is left out; whether the stream was complete is for
    `wire.watch.StreamWatch` to say.
    """
    collector = _Collector()
    for frame in frames:
        if frame.data:
            event = parse(frame.data)
            if isinstance(event, dict):
                collector.take(frame.event, event)
    return collector.finished()


class _Collector:
    """Builds a message from its events."""

    def __init__(self) -> None:
        self._message: dict[str, Any] | None = None
        self._blocks: dict[int, dict[str, Any]] = {}
        self._arguments: dict[int, str] = {}

    def take(self, name: str, event: dict[str, Any]) -> None:
        given = event.get("index")
        index = given if isinstance(given, int) else -1
        match name, event:
            case "message_start", {"message": dict(message)}:
                self._message = dict(message)
            case "content_block_start", {"content_block": dict(block)} if index >= 0:
                self._blocks[index] = dict(block)
            case "content_block_delta", {"delta": dict(delta)} if index in self._blocks:
                self._extend(index, delta)
            case "message_delta", _ if self._message is not None:
                self._message.update(_object(event.get("delta")))
                usage = {**_object(self._message.get("usage")), **_object(event.get("usage"))}
                self._message["usage"] = usage
            case _:
                pass

    def _extend(self, index: int, delta: dict[str, Any]) -> None:
        block = self._blocks[index]
        match delta:
            case {"text": str(text)}:
                block["text"] = f"{block.get('text') or ''}{text}"
            case {"thinking": str(text)}:
                block["thinking"] = f"{block.get('thinking') or ''}{text}"
            case {"signature": str(signature)}:
                block["signature"] = signature
            case {"partial_json": str(text)}:
                self._arguments[index] = self._arguments.get(index, "") + text
            case {"citation": citation}:
                block["citations"] = [*_list(block.get("citations")), citation]
            case _:
                pass

    def finished(self) -> dict[str, Any] | None:
        if self._message is None:
            return None
        for index, text in self._arguments.items():
            arguments = parse(text.encode("utf-8", "replace")) if text else {}
            self._blocks[index]["input"] = arguments if arguments is not None else {}
        collected = [self._blocks[index] for index in sorted(self._blocks)]
        self._message["content"] = [*_list(self._message.get("content")), *collected]
        return self._message


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def models_list(ids: Iterable[str]) -> bytes:
    """Write the answer to ``GET /v1/models``."""
    data = [
        {"type": "model", "id": each, "display_name": each, "created_at": "2025-01-01T00:00:00Z"}
        for each in ids
    ]
    first, last = (data[0]["id"], data[-1]["id"]) if data else (None, None)
    return dump({"data": data, "has_more": False, "first_id": first, "last_id": last})


def estimate_tokens(body: bytes) -> int:
    """Guess the input tokens of a Messages request: system, messages, tools, images, documents.

    A rough figure for endpoints without ``count_tokens``: about four ASCII characters a token,
    one token for each other character, at least 1.
    """
    request = parse(body)
    if not isinstance(request, Mapping):
        return max(1, len(body) // 4)
    counted = (request.get("system"), request.get("messages"), request.get("tools"))
    return max(1, round(sum(_weigh(part) for part in counted)))


def _weigh(value: object) -> float:
    if isinstance(value, str):
        if value.isascii():
            return len(value) / 4
        others = len(value) - len(value.encode("ascii", "ignore"))
        return (len(value) - others) / 4 + others
    if isinstance(value, list):
        return sum(_weigh(each) for each in value)
    if isinstance(value, Mapping):
        return _weigh_object(value)
    return 1 if value is not None else 0


def _weigh_object(value: Mapping[str, object]) -> float:
    match value:
        case {"type": "image"}:
            return _IMAGE_TOKENS
        case {"type": "document", "source": {"type": "base64", "data": str(data)}}:
            pages = 1 + len(data) * 3 // 4 // _DOCUMENT_BYTES_PER_PAGE
            return pages * _DOCUMENT_TOKENS_PER_PAGE
        case _:
            return sum(len(key) / 4 + _weigh(each) for key, each in value.items())
