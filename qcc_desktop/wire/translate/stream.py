"""A streamed answer of OpenAI's API as the events of the Messages API, frame by frame.

Nothing waits longer than for the end of its frame. A stream that ends without a reason ends here
without one too: the caller sees that it was cut, and no answer is made to look complete. What is
no stream at all (HTML, an error as JSON) passes as it is, for the gate to judge.
"""

from enum import Enum
from typing import Any

from qcc_desktop.wire.anthropic import dump, is_error_object, parse, sse_to_message
from qcc_desktop.wire.sse import (
    Frame,
    FrameSplitter,
    comment,
    encode_event,
    parse_frame,
    split_frames,
)
from qcc_desktop.wire.translate.request import Terms
from qcc_desktop.wire.translate.turn import Event, Turn

_BLANKS = b"\xef\xbb\xbf \t\r\n"
_FIELDS = (b"event:", b"data:", b"id:", b"retry:", b":")
_LONGEST_FIELD = max(map(len, _FIELDS))
_DONE = b"[DONE]"
_MAX_JSON_BYTES = 8 * 1_048_576
_SIGN_OF_LIFE = comment("endpoint is working")


class _Shape(Enum):
    """What the first bytes of a body look like."""

    UNDECIDED = "undecided"
    SSE = "sse"
    JSON = "json"
    OTHER = "other"


class StreamTranslator:
    """Translates one body, fed as it arrives, however its bytes are split."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._turn = Turn(terms)
        self._splitter = FrameSplitter()
        self._shape = _Shape.UNDECIDED
        self._held = bytearray()

    @property
    def is_finishing(self) -> bool:
        """True when the answer is complete but for token counts that may follow."""
        return self._turn.is_finished

    def feed(self, chunk: bytes) -> bytes:
        """Take the next bytes; return what they give the client."""
        if self._shape is _Shape.UNDECIDED:
            self._held += chunk
            self._shape = _shape_of(self._held)
            if self._shape is _Shape.UNDECIDED:
                return b""
            chunk, self._held = bytes(self._held), bytearray()
        match self._shape:
            case _Shape.SSE:
                return self._frames(self._splitter.feed(chunk))
            case _Shape.JSON:
                return self._keep(chunk)
            case _:
                return chunk

    def finish(self) -> bytes:
        """Return what is left once the body has ended; nothing that would hide a cut."""
        match self._shape:
            case _Shape.SSE:
                return self._last_frames() + _written(self._turn.end())
            case _Shape.JSON:
                return translate_whole(bytes(self._held), self._terms)
            case _:
                return bytes(self._held)

    def _keep(self, chunk: bytes) -> bytes:
        self._held += chunk
        if len(self._held) <= _MAX_JSON_BYTES:
            return b""
        self._shape = _Shape.OTHER
        held, self._held = bytes(self._held), bytearray()
        return held

    def _last_frames(self) -> bytes:
        """Read what the server did not end with a blank line, as far as it is whole."""
        said = self._frames(self._splitter.finish())
        last = parse_frame(self._splitter.rest)
        if last.data == _DONE or isinstance(parse(last.data), dict):
            said += self._frames([last])
        return said

    def _frames(self, frames: list[Frame]) -> bytes:
        said = b"".join(self._frame(frame) for frame in frames)
        if self._splitter.overflowed and not self._turn.failed:
            return said + _written(self._turn.fail("The endpoint sent an event that is too long."))
        return said

    def _frame(self, frame: Frame) -> bytes:
        data = frame.data.strip()
        if self._turn.failed or self._turn.is_ended or not (data or frame.is_comment):
            return b""
        if frame.is_comment:
            return _SIGN_OF_LIFE
        return _written(self._turn.end()) if data == _DONE else self._event(frame, data)

    def _event(self, frame: Frame, data: bytes) -> bytes:
        chunk = parse(data)
        if frame.event == "error" or is_error_object(chunk):
            self._turn.failed = True
            return encode_event("error", data)  # its own words, for the classifier
        if not isinstance(chunk, dict):
            return _written(self._turn.fail("The endpoint sent an event that is no JSON."))
        return _written(self._turn.take(chunk))


def translate_whole(body: bytes, terms: Terms) -> bytes:
    """Translate an answer that came whole; what is no completion comes back as it is.

    A stream that came although none was asked for becomes a stream of the Messages API.
    """
    if _shape_of(bytearray(body)) is _Shape.SSE:
        translator = StreamTranslator(terms)
        return translator.feed(body) + translator.finish()
    completion = parse(body)
    if not isinstance(completion, dict) or is_error_object(completion):
        return body
    if not isinstance(completion.get("choices"), list):
        return body
    return _message(completion, terms)


def _message(completion: dict[str, Any], terms: Terms) -> bytes:
    turn = Turn(terms)
    events = turn.take(completion)
    if turn.failed:
        return dump(events[-1])
    written = _written([*events, *turn.end()])
    message = sse_to_message(split_frames(written))
    return dump({"content": [], **(message or {})})


def _written(events: list[Event]) -> bytes:
    return b"".join(encode_event(event["type"], dump(event)) for event in events)


def _shape_of(body: bytearray) -> _Shape:
    head = bytes(body.lstrip(_BLANKS)[: _LONGEST_FIELD + 1])
    if not head:
        return _Shape.UNDECIDED
    if head[:1] in b"{[":
        return _Shape.JSON
    if any(head.startswith(name) for name in _FIELDS):
        return _Shape.SSE
    if any(name.startswith(head) for name in _FIELDS):
        return _Shape.UNDECIDED
    return _Shape.OTHER
