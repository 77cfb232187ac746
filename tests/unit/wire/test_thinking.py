"""Thinking of earlier turns can be taken out of a request."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.thinking import strip_signed, strip_thinking

THOUGHT = {"type": "thinking", "thinking": "hm", "signature": "s"}
REDACTED = {"type": "redacted_thinking", "data": "d"}
TEXT = {"type": "text", "text": "你好"}
CALL = {"type": "tool_use", "id": "t", "name": "Bash", "input": {}}
USER = {"role": "user", "content": "hi"}


def assistant(*content: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": list(content)}


def strip(**request: Any) -> Any:
    return json.loads(strip_thinking(json.dumps(request).encode()))


def test_thinking_blocks_and_stray_signatures_go() -> None:
    signed = {**CALL, "signature": "stray"}
    messages = [USER, assistant(THOUGHT, REDACTED, TEXT, signed, "odd")]

    assert strip(messages=messages)["messages"] == [USER, assistant(TEXT, CALL, "odd")]


def test_messages_left_empty_go_and_empty_ones_stay() -> None:
    messages = [USER, assistant(THOUGHT), assistant(), assistant(TEXT), "odd"]

    assert strip(messages=messages)["messages"] == [USER, assistant(), assistant(TEXT), "odd"]


@pytest.mark.parametrize(
    "body",
    [
        b'{ "messages" : [ {"role":"user","content":"hi"} ] }',
        b"no json",
        b"[]",
        b'{"messages": 3}',
    ],
)
def test_what_needs_no_change_comes_back_byte_for_byte(body: bytes) -> None:
    assert strip_thinking(body) == body


def test_within_a_tool_loop_thinking_is_switched_off_and_what_depends_on_it() -> None:
    loop = [USER, assistant(THOUGHT, CALL), {"role": "user", "content": [{"type": "tool_result"}]}]
    edits = [{"type": "clear_thinking_20251015"}, {"type": "clear_tool_uses_20250919"}]
    enabled = {"type": "enabled", "budget_tokens": 1024}

    both = strip(messages=loop, thinking=enabled, context_management={"edits": edits})
    one = strip(messages=loop, thinking=enabled, context_management={"edits": edits[:1]})
    none = strip(messages=loop, thinking=enabled, context_management=None)

    assert "thinking" not in both
    assert both["context_management"] == {"edits": edits[1:]}
    assert "context_management" not in one
    assert "thinking" not in none


@pytest.mark.parametrize(
    ("last", "thinking"),
    [
        (assistant(THOUGHT, TEXT), {"type": "enabled"}),
        (assistant(THOUGHT, CALL), {"type": "adaptive"}),
        (assistant(THOUGHT, CALL), None),
        ({"role": "assistant", "content": "text"}, {"type": "enabled"}),
    ],
    ids=["no tool", "adaptive", "off", "plain text"],
)
def test_otherwise_thinking_stays_as_asked(last: dict[str, Any], thinking: Any) -> None:
    stripped = strip(messages=[USER, assistant(THOUGHT, TEXT), last], thinking=thinking)

    assert stripped["thinking"] == thinking


def test_without_any_assistant_turn_thinking_stays() -> None:
    user = {"role": "user", "content": [THOUGHT, TEXT]}

    assert strip(messages=[user], thinking={"type": "enabled"})["thinking"]


JSON = st.recursive(
    st.none() | st.text(max_size=4) | st.sampled_from(["thinking", "enabled", "assistant"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "content", "role", "messages", "thinking", "signature"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON | st.fixed_dictionaries({"messages": st.lists(JSON, max_size=3)}))
def test_odd_requests_never_raise(request_: Any) -> None:
    body = json.dumps(request_).encode()

    once = strip_thinking(body)

    assert strip_thinking(once) == once


OURS = {"type": "thinking", "thinking": "hm", "signature": "ours"}
ENABLED = {"type": "enabled", "budget_tokens": 1024}


def strip_ours(**request: Any) -> Any:
    return json.loads(strip_signed(json.dumps(request).encode(), "ours"))


def test_only_the_thinking_of_one_signature_goes() -> None:
    messages = [USER, assistant(OURS, TEXT), USER, assistant(THOUGHT, TEXT)]

    assert strip_ours(messages=messages)["messages"] == [
        USER,
        assistant(TEXT),
        USER,
        assistant(THOUGHT, TEXT),
    ]


def test_thinking_is_switched_off_only_where_the_open_tool_loop_lost_its_own() -> None:
    lost = strip_ours(messages=[USER, assistant(OURS, CALL)], thinking=ENABLED)
    kept = strip_ours(
        messages=[USER, assistant(OURS, TEXT), USER, assistant(THOUGHT, CALL)], thinking=ENABLED
    )

    assert "thinking" not in lost
    assert kept["thinking"] == ENABLED


def test_a_body_without_that_signature_comes_back_byte_for_byte() -> None:
    body = b'{ "messages" : [ {"role":"user","content":"hi"} ] }'

    assert strip_signed(body, "ours") is body
    assert strip_signed(b'{"messages":[{"role":"user","content":"ours"}]}', "ours") == (
        b'{"messages":[{"role":"user","content":"ours"}]}'
    )
