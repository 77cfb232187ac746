"""Shapes of the Messages API, written and read."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.anthropic import (
    MESSAGE_STOP,
    PING,
    error_body,
    estimate_tokens,
    looks_like_json_error,
    message_to_sse,
    models_list,
    sse_to_message,
)
from qcc_desktop.wire.sse import split_frames
from tests.helpers import sse


def collect(*events: bytes) -> dict[str, Any] | None:
    return sse_to_message(split_frames(b"".join(events)))


def test_errors_have_the_shape_clients_know() -> None:
    assert json.loads(error_body("api_error", "坏了")) == {
        "type": "error",
        "error": {"type": "api_error", "message": "坏了"},
    }
    assert json.loads(error_body("api_error", "x", "req_1"))["request_id"] == "req_1"


def test_the_constants_are_whole_events() -> None:
    assert sse.message_stop() == MESSAGE_STOP
    assert sse.ping() == PING


@pytest.mark.parametrize(
    "body",
    [
        b'{"error": {"message": "no"}}',
        b' {"type": "error"}',
        b'{"success": false}',
        b'{"code": 1001, "msg": "no"}',
        b'{"code": "INVALID", "message": "no"}',
    ],
)
def test_errors_of_relays_are_recognised(body: bytes) -> None:
    assert looks_like_json_error(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{",
        b"[1]",
        b'{"error": null, "type": "message"}',
        b'{"code": 0, "msg": "ok"}',
        b'{"code": [1], "msg": "ok"}',
        b'{"code": 5}',
        b'{"message": "hi"}',
    ],
)
def test_other_bodies_are_no_errors(body: bytes) -> None:
    assert not looks_like_json_error(body)


CITED = {"type": "text", "text": "as said", "citations": [{"url": "u"}, {"url": "v"}]}
SERVER_TOOL = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"q": "x"}}
RESULT = {"type": "web_search_tool_result", "tool_use_id": "s", "content": [{"url": "u"}]}
BLOCKS = [
    sse.Thinking("hm").block(),
    {"type": "thinking", "thinking": "", "signature": "only"},
    {"type": "redacted_thinking", "data": "d"},
    CITED,
    sse.bash("ls").block(),
    SERVER_TOOL,
    RESULT,
]


def test_a_message_becomes_a_stream_and_a_stream_a_message() -> None:
    message = {**sse.message(sse.Text("x")), "content": BLOCKS, "stop_reason": "tool_use"}

    assert collect(message_to_sse(message)) == message


def test_a_real_stream_is_collected() -> None:
    blocks = (sse.Thinking("let me see"), sse.Text("你好 there"), sse.bash("ls -l"))

    message = collect(*sse.stream(*blocks))

    assert message is not None
    assert message["content"] == [block.block() for block in blocks]
    assert message["stop_reason"] == "tool_use"
    assert message["usage"]["output_tokens"] == 15
    assert message["usage"]["input_tokens"] == 25


def test_poor_messages_become_whole_streams() -> None:
    poor = {"content": ["odd", {"type": "tool_use"}, {"type": "text", "text": "a"}]}

    collected = collect(message_to_sse(poor))

    assert collected is not None
    assert [block["type"] for block in collected["content"]] == ["tool_use", "text"]
    assert collected["stop_reason"] == "end_turn"
    assert collected["role"] == "assistant"


def test_what_is_broken_in_a_stream_is_left_out() -> None:
    broken = [
        sse.message_delta(),
        sse.event("message_start", {"message": {"role": "assistant"}}),
        sse.event("content_block_start", {"index": 0, "content_block": {"type": "tool_use"}}),
        sse.event("content_block_delta", {"index": 0, "delta": {"partial_json": "{"}}),
        sse.event("content_block_start", {"index": 1, "content_block": {"type": "tool_use"}}),
        sse.event("content_block_delta", {"index": 1, "delta": {"partial_json": ""}}),
        sse.event("content_block_delta", {"index": 0, "delta": {"new": 1}}),
        sse.event("content_block_delta", {"index": 9, "delta": {"text": "x"}}),
        sse.event("content_block_start", {"index": "0", "content_block": {}}),
        sse.event("message_delta", {"delta": 1, "usage": 1}),
        b"event: message_delta\ndata: [1]\n\n: comment\n\n",
    ]

    assert collect(*broken) == {
        "role": "assistant",
        "usage": {},
        "content": [{"type": "tool_use", "input": {}}, {"type": "tool_use", "input": {}}],
    }
    assert collect(sse.ping()) is None


def test_models_are_listed_as_claude_code_wants_them() -> None:
    listed = json.loads(models_list(["claude-a", "claude-b"]))

    assert [model["id"] for model in listed["data"]] == ["claude-a", "claude-b"]
    assert (listed["first_id"], listed["last_id"]) == ("claude-a", "claude-b")
    assert json.loads(models_list([]))["first_id"] is None


def tokens(content: Any, **more: Any) -> int:
    request = {"messages": [{"role": "user", "content": content}], **more}
    return estimate_tokens(json.dumps(request).encode())


def test_estimates_grow_with_what_is_sent() -> None:
    plain = tokens("x" * 400)
    image = {"type": "image", "source": {"type": "base64", "data": "A" * 90_000}}
    pdf = {"type": "document", "source": {"type": "base64", "data": "A" * 200_000}}

    assert 100 <= plain <= 110
    assert tokens("中" * 400) >= 400
    assert tokens("x" * 400, tools=[{"name": "Bash", "description": "y" * 400}]) >= plain + 100
    assert tokens("x" * 400, system="y" * 400) >= plain + 100
    assert 1600 <= tokens([image]) < 1700
    assert 7000 < tokens([pdf]) < 9000
    assert tokens([{"type": "document", "source": {"type": "text", "data": "x" * 400}}]) < 130


@pytest.mark.parametrize(("body", "count"), [(b"", 1), (b"no json!", 2), (b"{}", 1)])
def test_estimates_need_no_valid_request(body: bytes, count: int) -> None:
    assert estimate_tokens(body) == count


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "text",
                    "input",
                    "citations",
                    "content",
                    "usage",
                    "delta",
                    "index",
                    "source",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["content", "usage", "stop_reason", "type"]), JSON))
def test_odd_messages_never_raise(message: dict[str, Any]) -> None:
    assert message_to_sse(message).endswith(MESSAGE_STOP)
    assert estimate_tokens(json.dumps(message).encode()) >= 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["message_start", "content_block_start", "content_block_delta", "message_delta"]
            ),
            st.dictionaries(
                st.sampled_from(["message", "content_block", "delta", "index", "usage"]), JSON
            ),
        ),
        max_size=6,
    )
)
def test_odd_streams_never_raise(events: list[tuple[str, dict[str, Any]]]) -> None:
    frames = [sse.event(name, json.dumps(data)) for name, data in events]

    collected = collect(sse.message_start(), *frames)

    assert collected is not None
