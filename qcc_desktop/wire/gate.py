"""Holds the begin of an answer back until its first content, so that a failover stays invisible.

Rules of the streaming design F.2 and rows 28 to 31 of the classification table: pings,
``message_start``, the start of blocks and empty deltas prove nothing yet; an error, HTML, garbage
or an end before content means that another endpoint can still answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from qcc_desktop.wire.anthropic import is_error_object, is_message, parse
from qcc_desktop.wire.sse import MAX_FRAME_BYTES, Frame, FrameSplitter, parse_frame
from qcc_desktop.wire.usage_reader import usage_of_event

MAX_FRAMES = 64
"""Frames without content, pings and comments aside, after which the answer is let through."""
MAX_HELD_BYTES = MAX_FRAME_BYTES
MAX_JSON_BYTES = 8 * MAX_FRAME_BYTES
"""A whole message as JSON may be longer than what is held of a stream."""

_EVENTS = frozenset(
    {
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    }
)
_FIELDS = (b"event:", b"data:", b"id:", b"retry:", b":")
_EMPTY_BY_MISTAKE = frozenset({"end_turn", "stop_sequence", "tool_use"})
"""With these stop reasons an answer has content; a refusal, say, may have none."""
_BLANKS = b"\xef\xbb\xbf \t\r\n"


class GateState(Enum):
    """What the bytes so far amount to; all but HOLD are final."""

    HOLD = "hold"
    COMMIT = "commit"
    """Content came (or too much to hold): send `Gate.held`, then pass on."""
    ERROR = "error"
    """The endpoint reports an error, as an SSE event or as JSON: `GateVerdict.data`."""
    MALFORMED = "malformed"
    """Neither a stream of this API nor a message: HTML, garbage, a foreign dialect."""
    EMPTY = "empty"
    """The answer ended without any content."""
    JSON_MESSAGE = "json_message"
    """A complete message as JSON although a stream was asked for."""


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """A state and its evidence.

    ``data`` is the error (the data of an SSE event where ``is_sse``, else the body),
    ``reason`` a stable slug for the log, ``message`` the parsed message of JSON_MESSAGE.
    """

    state: GateState
    reason: str = ""
    data: bytes = field(default=b"", repr=False)
    is_sse: bool = False
    message: Mapping[str, Any] | None = field(default=None, repr=False)


_HOLD = GateVerdict(GateState.HOLD)


class _Shape(Enum):
    """What the first bytes of a body look like."""

    UNDECIDED = "undecided"
    SSE = "sse"
    JSON = "json"
    HTML = "html"
    GARBAGE = "garbage"


class Gate:
    """Judges the body of one streamed answer, fed as it arrives.

    After a verdict other than HOLD, nothing more is to be fed.
    """

    def __init__(self, max_frames: int = MAX_FRAMES, max_bytes: int = MAX_HELD_BYTES) -> None:
        self._held = bytearray()
        self._shape = _Shape.UNDECIDED
        self._splitter = FrameSplitter(max_bytes)
        self._max_frames = max_frames
        self._max_bytes = max_bytes
        self._frames = 0
        self._started = False
        self._has_tool = False
        self._output_tokens = 0

    @property
    def held(self) -> bytes:
        """All bytes so far, exactly as received."""
        return bytes(self._held)

    def feed(self, chunk: bytes) -> GateVerdict:
        """Take the next bytes of the body and judge."""
        self._held += chunk
        if self._shape is _Shape.UNDECIDED:
            self._shape = _shape_of(self._held)
            chunk = self.held
        match self._shape:
            case _Shape.SSE:
                return self._judge_all(self._splitter.feed(chunk)) or self._judge_size()
            case _Shape.HTML | _Shape.GARBAGE:
                return GateVerdict(GateState.MALFORMED, self._shape.value)
            case _Shape.JSON if len(self._held) > MAX_JSON_BYTES:
                return GateVerdict(GateState.MALFORMED, "json_too_large")
            case _Shape.UNDECIDED if len(self._held) > self._max_bytes:
                return GateVerdict(GateState.MALFORMED, "blanks")
            case _:
                return _HOLD

    def at_eof(self) -> GateVerdict:
        """Judge the body now that it ended; never HOLD."""
        if self._shape is _Shape.JSON:
            return judge_json(self.held)
        if self._shape is _Shape.UNDECIDED:
            reason = "garbage" if self._held.strip(_BLANKS) else "no_body"
            return GateVerdict(
                GateState.MALFORMED if reason == "garbage" else GateState.EMPTY, reason
            )
        verdict = self._judge_all(self._splitter.finish()) or self._judge_rest()
        if verdict is not None:
            return verdict
        return GateVerdict(
            GateState.EMPTY, "ended_before_content" if self._started else "no_events"
        )

    def _judge_rest(self) -> GateVerdict | None:
        """See whether the stream broke off within an error event: relays forget the blank line."""
        last = parse_frame(self._splitter.rest)
        is_error = last.event == "error" or is_error_object(parse(last.data))
        return _sse_error(last) if is_error else None

    def _judge_all(self, frames: list[Frame]) -> GateVerdict | None:
        for frame in frames:
            verdict = self._judge(frame)
            if verdict is not None:
                return verdict
        return None

    def _judge_size(self) -> GateVerdict:
        """Let through what is too much to hold, provided that an answer has begun."""
        too_many = self._frames >= self._max_frames
        if not (too_many or self._splitter.overflowed or len(self._held) > self._max_bytes):
            return _HOLD
        if self._started:
            return GateVerdict(GateState.COMMIT, "overflow")
        return GateVerdict(GateState.MALFORMED, "no_message_start")

    def _judge(self, frame: Frame) -> GateVerdict | None:
        is_silent = not frame.event and not frame.data
        if is_silent or frame.event == "ping":
            return None
        event = parse(frame.data)
        if frame.event == "error" or is_error_object(event):
            return _sse_error(frame)
        self._frames += 1
        if frame.event in _EVENTS:
            return self._judge_event(frame.event, event)
        if isinstance(event, Mapping) and str(event.get("type")) in _EVENTS:
            return GateVerdict(GateState.MALFORMED, "event_without_name")
        return None

    def _judge_event(self, name: str, event: object) -> GateVerdict | None:
        if not isinstance(event, Mapping):
            return GateVerdict(GateState.MALFORMED, "event_without_json")
        if name != "message_start" and not self._started:
            return GateVerdict(GateState.MALFORMED, "no_message_start")
        self._output_tokens = max(self._output_tokens, usage_of_event(event).output_tokens)
        if name == "message_stop":
            return GateVerdict(GateState.EMPTY, "no_content")
        if self._has_content(name, event):
            return GateVerdict(GateState.COMMIT, "content")
        return None

    def _has_content(self, name: str, event: Mapping[str, Any]) -> bool:
        match name:
            case "message_start":
                self._started = True
                message = event.get("message")
                return isinstance(message, Mapping) and bool(message.get("content"))
            case "content_block_start":
                return self._block_has_content(event.get("content_block"))
            case "content_block_delta":
                return _has_payload(event.get("delta"))
            case "message_delta":
                return self._ends_validly(event.get("delta"))
            case _:
                return False

    def _block_has_content(self, block: object) -> bool:
        """Tell whether the start of a block carries a result already."""
        if not isinstance(block, Mapping):
            return False
        match block.get("type"):
            case "text" | "thinking" | "redacted_thinking":
                return any(block.get(key) for key in ("text", "thinking", "signature", "data"))
            case "tool_use":
                self._has_tool = True
                return bool(block.get("input"))
            case _:
                return True

    def _ends_validly(self, delta: object) -> bool:
        reason = delta.get("stop_reason") if isinstance(delta, Mapping) else None
        if not isinstance(reason, str):
            return False
        return self._output_tokens > 0 or self._has_tool or reason not in _EMPTY_BY_MISTAKE


def judge_json(body: bytes) -> GateVerdict:
    """Judge a whole 2xx body that is not SSE: also used for answers that were not streamed."""
    if not body.strip(_BLANKS):
        return GateVerdict(GateState.EMPTY, "no_body")
    value = parse(body)
    if is_message(value):
        reason = str(value.get("stop_reason") or "end_turn")
        counted = usage_of_event(value).output_tokens > 0
        if value["content"] or counted or reason not in _EMPTY_BY_MISTAKE:
            return GateVerdict(GateState.JSON_MESSAGE, message=value)
        return GateVerdict(GateState.EMPTY, "no_content")
    if is_error_object(value):
        return GateVerdict(GateState.ERROR, "json_error", body)
    is_html = _shape_of(body) is _Shape.HTML
    return GateVerdict(GateState.MALFORMED, "html" if is_html else "foreign_json")


def _sse_error(frame: Frame) -> GateVerdict:
    return GateVerdict(GateState.ERROR, "sse_error", frame.data, is_sse=True)


def _has_payload(delta: object) -> bool:
    """Tell whether a delta says anything; kinds of the future count by whatever they carry."""
    if not isinstance(delta, Mapping):
        return False
    return any(value for key, value in delta.items() if key != "type")


def _shape_of(body: bytes | bytearray) -> _Shape:
    head = bytes(body.lstrip(_BLANKS)[:8])
    if not head:
        return _Shape.UNDECIDED
    if head[:1] in b"{[":
        return _Shape.JSON
    if head[:1] == b"<":
        return _Shape.HTML
    if any(head.startswith(name) for name in _FIELDS):
        return _Shape.SSE
    if any(name.startswith(head) for name in _FIELDS):
        return _Shape.UNDECIDED
    return _Shape.GARBAGE
