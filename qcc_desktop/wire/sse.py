r"""Server-sent events: an incremental splitter and a writer.

Rules of the WHATWG HTML standard, section 9.2.6: lines end in CR, LF or CRLF, a blank line ends
an event, one leading BOM is ignored. Frames keep the bytes exactly as received, so that what is
forwarded is what came.
"""

import re
from dataclasses import dataclass

MAX_FRAME_BYTES = 1_048_576

FRAME_END = re.compile(rb"\r\n(?:\r\n|\n|\r(?=[^\n]))|\n(?:\r\n|\n|\r(?=[^\n]))|\r\r")
r"""The end of a line and the blank line after it.

A CR at the very end of the buffer may be half of a CRLF, so it does not match yet; after a bare
CR the second one does match at once, and an LF behind it then is a blank line of the next frame.
Thus every split of the bytes gives the same frames.
"""

_LONGEST_END = 4
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Frame:
    """One event or comment; ``raw`` includes the blank line that ended it.

    ``event`` is empty where no name was given, ``data`` has its lines joined by LF.
    ``is_comment`` means nothing but comment lines.
    """

    raw: bytes
    event: str
    data: bytes
    is_comment: bool


def parse_frame(raw: bytes) -> Frame:
    """Read the fields of one frame; unknown fields are ignored, as the standard asks."""
    event = b""
    data: list[bytes] = []
    comments = others = 0
    for line in raw.removeprefix(_BOM).splitlines():
        if not line:
            continue
        name, _, value = line.partition(b":")
        if not name:
            comments += 1
            continue
        others += 1
        if name == b"data":
            data.append(value.removeprefix(b" "))
        elif name == b"event":
            event = value.removeprefix(b" ")
    is_comment = comments > 0 and others == 0
    return Frame(raw, event.decode("utf-8", "replace"), b"\n".join(data), is_comment)


def last_boundary(data: bytes) -> int:
    """Return the index behind the last complete frame in ``data``, 0 where there is none."""
    if b"\r" not in data:
        end = data.rfind(b"\n\n")
        if end < 0:
            return 0
        if end == 0 or data[end - 1] != 10:
            return end + 2
    boundary = 0
    for match in FRAME_END.finditer(data):
        boundary = match.end()
    return boundary


def split_frames(data: bytes) -> list[Frame]:
    """Return the complete frames in ``data``; an unterminated rest is left out."""
    frames: list[Frame] = []
    start = 0
    for match in FRAME_END.finditer(data):
        frames.append(parse_frame(data[start : match.end()]))
        start = match.end()
    return frames


class FrameSplitter:
    """Cuts a stream of bytes into frames, however the bytes are split.

    A frame longer than ``limit_bytes`` sets `overflowed`; from then on nothing is kept and no
    frame comes out.
    """

    def __init__(self, limit_bytes: int = MAX_FRAME_BYTES) -> None:
        self.overflowed = False
        self._limit_bytes = limit_bytes
        self._buffer = bytearray()
        self._searched = 0

    @property
    def rest(self) -> bytes:
        """The bytes behind the last complete frame."""
        return bytes(self._buffer)

    def feed(self, chunk: bytes) -> list[Frame]:
        """Take the next bytes and return the frames they complete."""
        if self.overflowed:
            return []
        buffer = self._buffer
        buffer += chunk
        frames: list[Frame] = []
        start = 0
        for match in FRAME_END.finditer(buffer, self._searched):
            if match.end() - start > self._limit_bytes:
                return self._overflow(frames)
            frames.append(parse_frame(bytes(buffer[start : match.end()])))
            start = match.end()
        if len(buffer) - start > self._limit_bytes:
            return self._overflow(frames)
        del buffer[:start]
        self._searched = max(0, len(buffer) - _LONGEST_END + 1)
        return frames

    def finish(self) -> list[Frame]:
        """Return the frame that a bare CR ended at the very end of the stream, if there is one."""
        raw = self.rest
        if not raw.endswith(b"\n\r"):
            return []
        self._buffer.clear()
        return [parse_frame(raw)]

    def _overflow(self, frames: list[Frame]) -> list[Frame]:
        self.overflowed = True
        self._buffer = bytearray()
        return frames


def encode_event(name: str, data: bytes | str) -> bytes:
    """Write one event; an empty ``name`` leaves the field out."""
    payload = data.encode() if isinstance(data, str) else data
    lines = [b"event: " + name.encode()] if name else []
    lines += [b"data: " + line for line in payload.splitlines() or [b""]]
    return b"\n".join(lines) + b"\n\n"


def comment(text: str) -> bytes:
    """Write a comment, which clients count as a sign of life and otherwise ignore."""
    return b"".join(b": " + line + b"\n" for line in text.encode().splitlines() or [b""]) + b"\n"
