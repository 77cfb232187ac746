"""The gate lets content through and nothing that another endpoint could still answer."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.gate import MAX_JSON_BYTES, Gate, GateState, GateVerdict, judge_json
from tests.helpers import sse
from tests.unit.wire.splitting import pieces_of

START = sse.message_start()
HOLD, COMMIT, ERROR, MALFORMED, EMPTY, JSON_MESSAGE = GateState


def start_of(block: dict[str, Any]) -> bytes:
    return sse.event("content_block_start", {"index": 0, "content_block": block})


def delta_of(delta: dict[str, Any]) -> bytes:
    return sse.event("content_block_delta", {"index": 0, "delta": delta})


def judge(*pieces: bytes, eof: bool = False, gate: Gate | None = None) -> GateVerdict:
    gate = gate or Gate()
    for piece in pieces:
        verdict = gate.feed(piece)
        if verdict.state is not HOLD:
            return verdict
    return gate.at_eof() if eof else GateVerdict(HOLD)


STOP_0 = sse.message_delta(output_tokens=0)
TEXT_START = start_of({"type": "text", "text": ""})

VERDICTS = {
    "start, pings, comments": ([b": hi\n\n", START, sse.ping(), TEXT_START], HOLD, ""),
    "empty deltas": ([START, TEXT_START, delta_of({"type": "text_delta", "text": ""})], HOLD, ""),
    "block stop": ([START, sse.event("content_block_stop", {"index": 0})], HOLD, ""),
    "unknown events": ([START, sse.event("future", {"a": 1}), sse.event("x", "text")], HOLD, ""),
    "blank frames": ([b"\n\n", START, b"\n\n"], HOLD, ""),
    "text": ([START, TEXT_START, delta_of({"text": "a"})], COMMIT, "content"),
    "arguments": ([START, delta_of({"partial_json": "{"})], COMMIT, "content"),
    "thinking": ([START, delta_of({"thinking": "hm"})], COMMIT, "content"),
    "signature": ([START, delta_of({"signature": "abc"})], COMMIT, "content"),
    "citations": ([START, delta_of({"citation": {"url": "u"}})], COMMIT, "content"),
    "unknown delta": ([START, delta_of({"type": "new", "new": 1})], COMMIT, "content"),
    "delta without content": ([START, sse.event("content_block_delta", {"delta": 3})], HOLD, ""),
    "text in the start": ([START, start_of({"type": "text", "text": "a"})], COMMIT, "content"),
    "redacted": ([START, start_of({"type": "redacted_thinking", "data": "x"})], COMMIT, "content"),
    "empty redacted": ([START, start_of({"type": "redacted_thinking", "data": ""})], HOLD, ""),
    "thinking start": ([START, start_of({"type": "thinking", "thinking": ""})], HOLD, ""),
    "tool start": ([START, start_of({"type": "tool_use", "input": {}})], HOLD, ""),
    "tool with input": ([START, start_of({"type": "tool_use", "input": {"a": 1}})], COMMIT, "content"),
    "tool result": ([START, start_of({"type": "web_search_tool_result"})], COMMIT, "content"),
    "server tool": ([START, start_of({"type": "server_tool_use"})], COMMIT, "content"),
    "fallback": ([START, start_of({"type": "fallback"})], COMMIT, "content"),
    "broken block": ([START, sse.event("content_block_start", {"content_block": 1})], HOLD, ""),
    "content in message_start": (
        [sse.event("message_start", {"message": {"content": [{"type": "text"}]}})],
        COMMIT,
        "content",
    ),
    "end with tokens": ([START, sse.message_delta(output_tokens=3)], COMMIT, "content"),
    "end of a tool without arguments": (
        [START, start_of({"type": "tool_use", "input": {}}), sse.message_delta("tool_use", 0)],
        COMMIT,
        "content",
    ),
    "refusal": (
        [sse.event("message_start", {"message": {}}), sse.message_delta("refusal", 0)],
        COMMIT,
        "content",
    ),
    "delta without reason": ([START, sse.event("message_delta", {"delta": {}})], HOLD, ""),
    "delta of nothing": ([START, sse.event("message_delta", {})], HOLD, ""),
    "error first": ([sse.error()], ERROR, "sse_error"),
    "error after pings": ([sse.ping(), START, sse.error("api_error")], ERROR, "sse_error"),
    "error without JSON": ([b"event: error\ndata: overloaded\n\n"], ERROR, "sse_error"),
    "nameless error": ([b'data: {"error":{"message":"no"}}\n\n'], ERROR, "sse_error"),
    "nameless code": ([b'data: {"code":1001,"msg":"no"}\n\n'], ERROR, "sse_error"),
    "error in a known event": ([b'event: message_start\ndata: {"error":"x"}\n\n'], ERROR, "sse_error"),
    "html": ([b" \n<!DOCTYPE html>"], MALFORMED, "html"),
    "garbage": ([b"\x00\x01"], MALFORMED, "garbage"),
    "plain text": ([b"datax"], MALFORMED, "garbage"),
    "no JSON in a known event": ([b"event: message_start\ndata: {\n\n"], MALFORMED, "event_without_json"),
    "no start": ([delta_of({"text": "a"})], MALFORMED, "no_message_start"),
    "events without names": ([b'data: {"type":"message_start"}\n\n'], MALFORMED, "event_without_name"),
    "foreign frames": ([b'data: {"object":"chat.completion.chunk"}\n\n', b"data: [DONE]\n\n"], HOLD, ""),
    "a field name in part": ([b"dat"], HOLD, ""),
    "JSON so far": ([b'{"type":"mess'], HOLD, ""),
}  # fmt: skip


@pytest.mark.parametrize(("pieces", "state", "reason"), VERDICTS.values(), ids=VERDICTS)
def test_bytes_get_the_verdict_they_deserve(
    pieces: list[bytes], state: GateState, reason: str
) -> None:
    verdict = judge(*pieces)

    assert (verdict.state, verdict.reason) == (state, reason)


NO_START = sse.event("message_start", {"message": {"usage": {"output_tokens": 0}}})

ENDINGS = {
    "nothing": ([], EMPTY, "no_body"),
    "blanks": ([b" \r\n"], EMPTY, "no_body"),
    "half a field name": ([b"dat"], MALFORMED, "garbage"),
    "only comments": ([b": c\n\n"], EMPTY, "no_events"),
    "only pings": ([sse.ping()], EMPTY, "no_events"),
    "broken off": ([START, TEXT_START], EMPTY, "ended_before_content"),
    "half an error": ([START, sse.error()[:-1]], ERROR, "sse_error"),
    "half a nameless error": ([b'data: {"error":"x"}'], ERROR, "sse_error"),
    "a last CR": ([START, b"event: error\r\ndata: {}\r\n\r"], ERROR, "sse_error"),
    "a message": ([json.dumps(sse.message(sse.Text("a"))).encode()], JSON_MESSAGE, ""),
    "an error": ([b'{"error": {"message": "no"}}'], ERROR, "json_error"),
    "a foreign object": ([b'{"choices": []}'], MALFORMED, "foreign_json"),
    "a list": ([b"[1]"], MALFORMED, "foreign_json"),
    "half a JSON": ([b'{"type":'], MALFORMED, "foreign_json"),
    "no tokens, no content": ([NO_START, STOP_0, sse.message_stop()], EMPTY, "no_content"),
    "stop without delta": ([NO_START, TEXT_START, sse.message_stop()], EMPTY, "no_content"),
    "no tokens, no stop": ([NO_START, STOP_0], EMPTY, "ended_before_content"),
}  # fmt: skip


@pytest.mark.parametrize(("pieces", "state", "reason"), ENDINGS.values(), ids=ENDINGS)
def test_an_end_before_content_is_judged(
    pieces: list[bytes], state: GateState, reason: str
) -> None:
    verdict = judge(*pieces, eof=True)

    assert (verdict.state, verdict.reason) == (state, reason)


def test_errors_carry_their_data() -> None:
    verdict = judge(sse.error("api_error", "broken"))

    assert verdict.is_sse
    assert json.loads(verdict.data)["error"]["message"] == "broken"
    assert judge(b'{"error":"x"}', eof=True).data == b'{"error":"x"}'


def test_what_was_held_is_exactly_what_came() -> None:
    gate = Gate()
    pieces = [b": c\r\n\r\n", START.replace(b"\n", b"\r\n"), sse.ping(), delta_of({"text": "a"})]

    assert judge(*pieces, gate=gate).state is COMMIT
    assert gate.held == b"".join(pieces)


def test_too_many_frames_are_let_through_but_pings_do_not_count() -> None:
    gate = Gate(max_frames=4)

    assert judge(START, *[sse.ping()] * 9, TEXT_START, gate=gate).state is HOLD
    assert judge(TEXT_START, TEXT_START, gate=gate) == GateVerdict(COMMIT, "overflow")


def test_too_many_bytes_are_let_through_once_an_answer_has_begun() -> None:
    assert judge(START, b": " + b"x" * 500, gate=Gate(max_bytes=600)).reason == "overflow"
    assert judge(START, *[sse.ping()] * 30, gate=Gate(max_bytes=600)).reason == "overflow"


@pytest.mark.parametrize(
    ("flood", "reason"),
    [(b": " + b"x" * 700, "no_message_start"), (b" " * 700, "blanks")],
    ids=["comment", "blanks"],
)
def test_a_flood_without_an_answer_is_malformed(flood: bytes, reason: str) -> None:
    assert judge(flood, gate=Gate(max_bytes=600)) == GateVerdict(MALFORMED, reason)


def test_endless_json_is_given_up() -> None:
    assert judge(b"{" + b" " * MAX_JSON_BYTES).reason == "json_too_large"


BODIES = {
    "empty": (b"", EMPTY),
    "html": (b"<html>", MALFORMED),
    "text": (b"ok", MALFORMED),
    "message": (b'{"type":"message","content":[{"type":"text","text":"a"}]}', JSON_MESSAGE),
    "message of a relay": (b'{"role":"assistant","content":[1]}', JSON_MESSAGE),
    "empty message": (b'{"type":"message","content":[],"stop_reason":"end_turn"}', EMPTY),
    "refused": (b'{"type":"message","content":[],"stop_reason":"refusal"}', JSON_MESSAGE),
    "counted": (b'{"type":"message","content":[],"usage":{"output_tokens":2}}', JSON_MESSAGE),
    "error": (b'{"success":false}', ERROR),
}


@pytest.mark.parametrize(("body", "state"), BODIES.values(), ids=BODIES)
def test_whole_bodies_are_judged_too(body: bytes, state: GateState) -> None:
    assert judge_json(body).state is state


STREAMS = st.sampled_from(
    [b"".join(pieces) for pieces, _, _ in (*VERDICTS.values(), *ENDINGS.values())]
)


@given(STREAMS | st.binary(max_size=200), st.data())
def test_any_split_gives_the_same_verdict(data: bytes, choice: st.DataObject) -> None:
    pieces = choice.draw(pieces_of(data))

    assert judge(*pieces, eof=True) == judge(data, eof=True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "error", "code", "msg", "message", "content", "usage", "delta", "index"]
            )
            | st.just("content_block"),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(["message_start", "content_block_start", "content_block_delta"]) | (
    st.sampled_from(["message_delta", "message_stop", "ping", "error", "", "other"])
)


@given(st.lists(st.tuples(NAMES, JSON), max_size=6))
def test_odd_events_never_raise(events: list[tuple[str, object]]) -> None:
    frames = [sse.event(name, json.dumps(data)) for name, data in events]

    assert judge(START, *frames, eof=True).state is not HOLD
    assert judge_json(json.dumps([data for _, data in events]).encode()).state is not HOLD
