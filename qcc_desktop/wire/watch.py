"""Watches a committed stream go by: token usage, how it ended, errors to withhold.

Runs for every chunk of every stream, so content is never parsed: a chunk is cut behind its last
complete frame with one search, and looked into only if it names one of four events. Clients act
on whole frames only, so holding back the unfinished rest costs them nothing; in return the
caller is always between two frames, may insert pings there, and can drop an error event or half
a frame (streaming design F.4).
"""

from enum import Enum

from qcc_desktop.core.usage import Usage
from qcc_desktop.wire.anthropic import is_error_object, parse
from qcc_desktop.wire.sse import FRAME_END, Frame, last_boundary, parse_frame, split_frames
from qcc_desktop.wire.usage_reader import usage_of_event

MAX_PARTIAL_BYTES = 65_536
"""How much of one unfinished frame is held back; longer ones are passed on in pieces."""

_MARKS = (
    b"event: message_",
    b"event:message_",
    b"event: error",
    b"event:error",
    b'"error"',
)
"""What the frames looked into contain; quotes inside JSON strings are escaped, so text seldom does."""

_LONGEST_PARTIAL_END = 3


class WatchSignal(Enum):
    """What the last chunk means for the caller."""

    FLOWING = "flowing"
    ENDED = "ended"
    """``message_stop`` was seen: the answer is complete, whatever the connection does next."""
    ERROR = "error"
    """An error event came and was withheld with everything behind it."""


class StreamEnd(Enum):
    """How a committed stream ended."""

    COMPLETE = "complete"
    RECOVERABLE = "recoverable"
    """A stop reason was seen and ``message_stop`` was not: append it and finish cleanly."""
    TRUNCATED = "truncated"
    ERROR = "error"


class StreamWatch:
    """The observer of one stream, fed with everything that is meant for the client.

    ``usage`` is cumulative. ``error_data`` is the data of a withheld error event.
    ``is_at_boundary`` is False only within a frame longer than ``max_partial_bytes``.
    """

    __slots__ = (
        "_is_closed",
        "_max_partial_bytes",
        "_partial",
        "_signal",
        "error_data",
        "is_at_boundary",
        "model",
        "stop_reason",
        "usage",
    )

    def __init__(self, max_partial_bytes: int = MAX_PARTIAL_BYTES) -> None:
        self.usage = Usage()
        self.model = ""
        self.stop_reason: str | None = None
        self.error_data: bytes | None = None
        self.is_at_boundary = True
        self._max_partial_bytes = max_partial_bytes
        self._partial = b""
        self._signal = WatchSignal.FLOWING
        self._is_closed = False

    def feed(self, chunk: bytes) -> tuple[bytes, WatchSignal]:
        """Take the next bytes; return what may be forwarded now and the state."""
        data = self._partial + chunk if self._partial else chunk
        is_whole = data.endswith(b"\n\n") and not data.endswith(b"\n\n\n") and b"\r" not in data
        if is_whole and self.is_at_boundary and not self._is_closed:
            self._partial = b""
            if b"message_" not in data and b"rror" not in data:
                return data, self._signal
        return self._feed_slowly(data), self._signal

    def finish(self) -> StreamEnd:
        """Say how the stream ended, now that the connection did; an unfinished frame is dropped."""
        if self._signal is WatchSignal.ENDED:
            return StreamEnd.COMPLETE
        if self.stop_reason is not None:
            return StreamEnd.RECOVERABLE
        if self.error_data is not None:
            return StreamEnd.ERROR
        return StreamEnd.TRUNCATED

    def _feed_slowly(self, data: bytes) -> bytes:
        if self._is_closed:
            return b""
        if not self.is_at_boundary:
            return self._pass_on(data)
        end = last_boundary(data)
        whole, self._partial = data[:end], data[end:]
        if any(mark in whole for mark in _MARKS):
            whole = self._inspect(whole)
        if len(self._partial) > self._max_partial_bytes:
            return whole + self._release()
        return whole

    def _inspect(self, whole: bytes) -> bytes:
        """Note what the frames say; return them up to the first error."""
        passed = 0
        for frame in split_frames(whole):
            if _is_error(frame):
                self._close(frame)
                return whole[:passed]
            self._note(frame)
            passed += len(frame.raw)
        return whole

    def _close(self, error: Frame) -> None:
        self._is_closed = True
        self._partial = b""
        if self._signal is WatchSignal.FLOWING:
            self.error_data = error.data
            self._signal = WatchSignal.ERROR

    def _note(self, frame: Frame) -> None:
        match frame.event:
            case "message_start" | "message_delta":
                event = parse(frame.data)
                self.usage = self.usage.updated(usage_of_event(event))
                self._note_details(event)
            case "message_stop":
                self._signal = WatchSignal.ENDED
            case _:
                pass

    def _note_details(self, event: object) -> None:
        match event:
            case {"message": {"model": str(model)}}:
                self.model = model
            case {"delta": {"stop_reason": str(reason)}}:
                self.stop_reason = reason
            case _:
                pass

    def _release(self) -> bytes:
        """Give up holding an oversized frame back, unless it is an error."""
        head = parse_frame(self._partial)
        if head.event == "error":
            self._close(head)
            return b""
        self.is_at_boundary = False
        return self._pass_on(self._partial)

    def _pass_on(self, data: bytes) -> bytes:
        """Forward the pieces of an oversized frame up to its end."""
        end = FRAME_END.search(data)
        if end is None:
            self._partial = data[-_LONGEST_PARTIAL_END:]
            return data[:-_LONGEST_PARTIAL_END]
        self.is_at_boundary = True
        self._partial = b""
        return data[: end.end()] + self._feed_slowly(data[end.end() :])


def _is_error(frame: Frame) -> bool:
    """Tell whether a frame is an error, named so or, as relays write it, without a name."""
    if frame.event == "error":
        return True
    return frame.event in {"", "message"} and is_error_object(parse(frame.data))
