"""The observer forwards what it should and knows how a stream ended."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.core.usage import Usage
from qcc_desktop.wire.watch import StreamEnd, StreamWatch, WatchSignal
from tests.helpers import sse
from tests.unit.wire.splitting import pieces_of

FLOWING, ENDED, ERROR = WatchSignal
WHOLE = sse.stream(sse.Text("an error in the text, and message_stop"), sse.bash("true"))


def run(pieces: list[bytes], watch: StreamWatch) -> bytes:
    return b"".join(watch.feed(piece)[0] for piece in pieces)


def summary(watch: StreamWatch) -> tuple[object, ...]:
    return watch.finish(), watch.usage, watch.stop_reason, watch.model, watch.error_data


def test_a_whole_stream_passes_untouched_and_is_complete() -> None:
    watch = StreamWatch()

    forwarded = run(WHOLE, watch)

    assert forwarded == b"".join(WHOLE)
    assert summary(watch) == (StreamEnd.COMPLETE, Usage(25, 15), "tool_use", sse.MODEL, None)


def test_the_end_is_told_with_the_frame_that_brings_it() -> None:
    watch = StreamWatch()

    signals = [watch.feed(frame)[1] for frame in WHOLE]

    assert signals == [FLOWING] * (len(WHOLE) - 1) + [ENDED]
    assert watch.feed(sse.ping()) == (sse.ping(), ENDED)


def test_later_counts_replace_earlier_ones_but_zeros_do_not() -> None:
    watch = StreamWatch()
    deltas = [
        {"output_tokens": 4, "input_tokens": 0},
        {"output_tokens": 9, "cache_read_input_tokens": 7},
    ]

    watch.feed(sse.message_start(input_tokens=11))
    for usage in deltas:
        watch.feed(sse.event("message_delta", {"delta": {}, "usage": usage}))

    assert watch.usage == Usage(11, 9, 7)
    assert watch.stop_reason is None


@pytest.mark.parametrize(
    "error",
    [
        sse.error(),
        b"event:error\ndata: plain words\n\n",
        b'data: {"error": {"message": "no"}}\n\n',
        b'event: message\ndata: {"type": "error"}\n\n',
        b"id: 4\r\nevent: error\r\ndata: {}\r\n\r\n",
    ],
    ids=["usual", "no blank, no JSON", "nameless", "default name", "CRLF and id"],
)
def test_an_error_is_withheld_with_everything_behind_it(error: bytes) -> None:
    watch = StreamWatch()

    forwarded = run([*WHOLE[:5], WHOLE[5] + error + WHOLE[6], *WHOLE[7:]], watch)

    assert forwarded == b"".join(WHOLE[:6])
    assert watch.feed(b"") == (b"", ERROR)
    assert watch.finish() is StreamEnd.ERROR
    assert watch.error_data is not None


def test_an_error_is_withheld_even_when_cut_anywhere() -> None:
    error = sse.error("overloaded_error", "busy")
    for cut in range(1, len(error)):
        watch = StreamWatch()

        forwarded = run([*WHOLE[:6], error[:cut], error[cut:]], watch)

        assert forwarded == b"".join(WHOLE[:6])
        assert json.loads(watch.error_data or b"")["error"]["message"] == "busy"


def test_an_error_after_the_stop_reason_is_recoverable() -> None:
    watch = StreamWatch()

    forwarded = run([*WHOLE[:-1], sse.error()], watch)

    assert forwarded == b"".join(WHOLE[:-1])
    assert watch.finish() is StreamEnd.RECOVERABLE


def test_an_error_after_the_end_changes_nothing() -> None:
    watch = StreamWatch()

    forwarded = run([*WHOLE, sse.error()], watch)

    assert forwarded == b"".join(WHOLE)
    assert watch.feed(b"") == (b"", ENDED)
    assert (watch.finish(), watch.error_data) == (StreamEnd.COMPLETE, None)


def test_a_stream_that_breaks_off_is_truncated_at_its_last_whole_frame() -> None:
    watch = StreamWatch()

    forwarded = run([*WHOLE[:5], WHOLE[5][:20]], watch)

    assert forwarded == b"".join(WHOLE[:5])
    assert watch.finish() is StreamEnd.TRUNCATED
    assert watch.is_at_boundary


def test_half_a_message_stop_is_recoverable() -> None:
    watch = StreamWatch()

    run([*WHOLE[:-1], WHOLE[-1][:-1]], watch)

    assert watch.finish() is StreamEnd.RECOVERABLE


def test_an_oversized_frame_passes_in_pieces() -> None:
    watch = StreamWatch(max_partial_bytes=100)
    big = sse.block_events(0, sse.Text("x" * 300, pieces=1))[1]

    first, _ = watch.feed(big[:200])
    assert not watch.is_at_boundary
    second, _ = watch.feed(big[200:210])
    last, _ = watch.feed(big[210:] + WHOLE[5] + WHOLE[6][:30])

    assert first + second + last == big + WHOLE[5]
    assert watch.is_at_boundary


def test_an_oversized_error_is_withheld_all_the_same() -> None:
    watch = StreamWatch(max_partial_bytes=100)
    error = sse.error("api_error", "x" * 300)

    assert run([error[:150], error[150:]], watch) == b""
    assert watch.finish() is StreamEnd.ERROR


def test_odd_events_are_passed_and_ignored() -> None:
    watch = StreamWatch()
    odd = b"event: message_delta\ndata: {\n\nevent: message_new\ndata: {}\n\ndata: [DONE]\n\n"
    quoted = b'event: content_block_start\ndata: {"a": {"error": 1}}\n\n'

    assert run([odd + quoted], watch) == odd + quoted
    assert watch.finish() is StreamEnd.TRUNCATED


FRAMES = st.sampled_from(
    [*WHOLE[:6], sse.ping(), b": c\n\n", b"\n", WHOLE[4].replace(b"\n", b"\r\n"), b"data: x\r\r"]
)
ENDS = st.sampled_from(
    [b"", WHOLE[-2], WHOLE[-2] + WHOLE[-1], sse.error(), WHOLE[-2] + sse.error()]
)


@given(st.lists(FRAMES, max_size=8).map(b"".join), ENDS, st.sampled_from([100, 65536]), st.data())
def test_any_split_forwards_the_same_bytes(
    begin: bytes, end: bytes, limit: int, choice: st.DataObject
) -> None:
    whole, split = StreamWatch(65536), StreamWatch(limit)
    data = begin + b"data: edge\n\n" + end

    once = run([data], whole)
    forwarded = run(choice.draw(pieces_of(data)), split)

    assert forwarded == once
    assert data.startswith(once)
    if limit == 65536:
        assert summary(split) == summary(whole)


@given(st.lists(st.binary(max_size=60) | FRAMES, max_size=8))
def test_garbage_never_raises(pieces: list[bytes]) -> None:
    watch = StreamWatch(max_partial_bytes=50)

    forwarded = run(pieces, watch)

    assert b"".join(pieces).startswith(forwarded)
    assert isinstance(watch.finish(), StreamEnd)
