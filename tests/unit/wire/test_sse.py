"""Frames come out the same however the bytes were split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.sse import (
    FrameSplitter,
    comment,
    encode_event,
    last_boundary,
    parse_frame,
    split_frames,
)
from tests.unit.wire.splitting import pieces_of

LINE_ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])
NOISE = st.sampled_from(
    [
        b"\n",
        b"\r",
        b"\r\n",
        b"data: x",
        b"event: e",
        b": c",
        b"\xe4\xb8\xad",
        b"\xef\xbb\xbf",
        b"id: 1",
    ]
)


def feed(pieces: list[bytes], **limits: int) -> tuple[list[object], bytes, bool]:
    splitter = FrameSplitter(**limits)
    frames: list[object] = []
    for piece in pieces:
        frames += splitter.feed(piece)
    return frames, splitter.rest, splitter.overflowed


@given(st.lists(NOISE, max_size=30).map(b"".join), st.data())
def test_any_split_gives_the_same_frames(data: bytes, choice: st.DataObject) -> None:
    pieces = choice.draw(pieces_of(data))

    assert feed(pieces) == feed([data])


@given(st.lists(NOISE, max_size=30).map(b"".join), st.data())
def test_any_split_overflows_alike(data: bytes, choice: st.DataObject) -> None:
    pieces = choice.draw(pieces_of(data))

    assert feed(pieces, limit_bytes=12) == feed([data], limit_bytes=12)


@given(st.binary(max_size=300))
def test_nothing_is_lost_and_garbage_is_no_error(data: bytes) -> None:
    frames, rest, _ = feed([data])

    assert b"".join(frame.raw for frame in frames) + rest == data  # type: ignore[attr-defined]  # frames
    assert [frame.raw for frame in split_frames(data)] == [f.raw for f in frames]  # type: ignore[attr-defined]  # frames
    assert last_boundary(data) == len(data) - len(rest)


@given(st.lists(st.tuples(LINE_ENDS, st.text(alphabet="aé中", max_size=5)), min_size=1))
def test_every_line_ending_is_understood(events: list[tuple[bytes, str]]) -> None:
    data = b""
    for end, text in events:
        data += b"event: e" + end + b"data: " + text.encode() + end + end

    frames = split_frames(data + b":")

    named = [frame for frame in frames if frame.event]
    assert [frame.data.decode() for frame in named] == [text for _, text in events]


def test_fields_are_read_as_the_standard_says() -> None:
    raw = b"\xef\xbb\xbfid: 7\nevent: first\nevent:second\ndata\ndata:  two\ndata:one\nodd: x\n: c\n\n"

    frame = parse_frame(raw)

    assert (frame.event, frame.data, frame.is_comment) == ("second", b"\n two\none", False)
    assert frame.raw == raw


def test_comments_and_blank_frames_are_told_apart() -> None:
    assert parse_frame(b": keep-alive\n:\n\n").is_comment
    assert not parse_frame(b"\n\n").is_comment


def test_the_rest_waits_for_its_blank_line() -> None:
    splitter = FrameSplitter()

    assert splitter.feed(b"data: 1\n\ndata: 2\n") != []
    assert splitter.rest == b"data: 2\n"
    assert splitter.finish() == []
    assert [frame.data for frame in splitter.feed(b"\n")] == [b"2"]


def test_a_bare_cr_at_the_very_end_still_ends_a_frame() -> None:
    splitter = FrameSplitter()

    assert splitter.feed(b"data: 1\r\n\r") == []

    assert [frame.data for frame in splitter.finish()] == [b"1"]
    assert splitter.rest == b""


def test_an_endless_frame_is_given_up() -> None:
    splitter = FrameSplitter(limit_bytes=10)

    frames = splitter.feed(b"data: 1\n\n" + b"data: endless")

    assert [frame.data for frame in frames] == [b"1"]
    assert splitter.overflowed
    assert splitter.feed(b"\n\ndata: 2\n\n") == []
    assert splitter.rest == b""


@pytest.mark.parametrize(
    ("data", "boundary"),
    [
        (b"", 0),
        (b"data: 1\n", 0),
        (b"data: 1\n\nda", 9),
        (b"a\n\nb\n\n", 6),
        (b"\n\n", 2),
        (b"a\n\n\n", 3),
        (b"a\r\n\r\nb", 5),
    ],
)
def test_the_last_boundary_is_behind_the_last_whole_frame(data: bytes, boundary: int) -> None:
    assert last_boundary(data) == boundary


def test_what_is_written_can_be_read() -> None:
    assert encode_event("e", "one\ntwo") == b"event: e\ndata: one\ndata: two\n\n"
    assert encode_event("", b"") == b"data: \n\n"
    assert parse_frame(encode_event("名", "数据")).event == "名"
    assert comment("a\nb") == b": a\n: b\n\n"
    assert comment("") == b": \n\n"
