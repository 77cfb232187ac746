"""Every turn of a conversation has the same key."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.session_key import Conversation, SessionSource, conversation_of

UUID = "6f1f4a0e-93a1-4f4c-8a33-0d3b0a1c2d3e"
OLD = f"user_{'ab' * 32}_account_{UUID}_session_"


def find(body: Any = None, **headers: str) -> Conversation:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return conversation_of(pairs, json.dumps(body or {}).encode())


def in_metadata(user_id: Any) -> dict[str, Any]:
    return {"metadata": {"user_id": user_id}}


PLACES = {
    "header": (find(X_Claude_Code_Session_Id=UUID), SessionSource.HEADER),
    "metadata": (find(in_metadata(json.dumps({"session_id": UUID}))), SessionSource.METADATA),
    "old metadata": (find(in_metadata(OLD + UUID)), SessionSource.METADATA),
    "old without account": (
        find(in_metadata(f"user_ab_account__session_{UUID}")),
        SessionSource.METADATA,
    ),
    "header of others": (find(X_Conversation_Id=UUID), SessionSource.CONVERSATION_HEADER),
    "field of others": (find({"conversation_id": UUID}), SessionSource.CONVERSATION_FIELD),
}


@pytest.mark.parametrize(("found", "source"), PLACES.values(), ids=PLACES)
def test_a_conversation_is_found_wherever_its_id_is(
    found: Conversation, source: SessionSource
) -> None:
    assert found == Conversation(UUID, source)


def test_the_header_wins_over_metadata_and_metadata_over_the_rest() -> None:
    body = {**in_metadata(OLD + UUID), "conversation_id": "c"}

    assert find(body, x_claude_code_session_id="h", x_conversation_id="x").key == "h"
    assert find(body, x_conversation_id="x").key == UUID
    assert find({"conversation_id": 7}, x_conversation_id="x").key == "x"
    assert find({"conversation_id": 7}).key == "7"


def test_subagents_share_the_key_and_keep_their_ids() -> None:
    found = find(
        x_claude_code_session_id=UUID,
        x_claude_code_agent_id="a1",
    )

    assert found == Conversation(UUID, SessionSource.HEADER, "a1")


@pytest.mark.parametrize(
    "body",
    [
        in_metadata(None),
        in_metadata("someone"),
        in_metadata('{"session_id": null}'),
        in_metadata("{broken"),
        in_metadata('{"session_id": true}'),
        {"metadata": []},
        {"conversation_id": []},
        {"messages": {}},
        {"messages": [None, {"role": "assistant", "content": "a"}]},
        {"messages": [{"role": "user", "content": [{"type": "image"}]}]},
        [],
    ],
    ids=str,
)
def test_without_any_mark_there_is_no_key(body: Any) -> None:
    assert find(body) == Conversation("", SessionSource.NONE)


def user(text: str, **marks: Any) -> dict[str, Any]:
    return {"role": "user", "content": [{"type": "text", "text": text, **marks}]}


def test_turns_of_an_unmarked_conversation_share_a_fingerprint() -> None:
    cached = {"cache_control": {"type": "ephemeral"}}
    billing = [{"type": "text", "text": f"x-anthropic-billing-header: cch={n}"} for n in range(2)]
    rules = {"type": "text", "text": "Be kind."}
    first = {"system": [billing[0], rules], "messages": [user("hello", **cached)]}
    second = {
        "system": [billing[1], {**rules, **cached}],
        "messages": [user("hello"), {"role": "assistant", "content": "hi"}, user("more", **cached)],
    }

    assert find(first).source is SessionSource.FINGERPRINT
    assert find(first) == find(second)


def test_different_beginnings_have_different_fingerprints() -> None:
    bodies = [
        {"messages": [{"role": "user", "content": "a"}]},
        {"messages": [{"role": "user", "content": "b"}]},
        {"system": "a", "messages": [{"role": "user", "content": "b"}]},
        {"system": "s", "messages": [{"role": "user", "content": "b"}]},
    ]

    assert len({find(body).key for body in bodies}) == len(bodies)


def test_overlong_ids_are_shortened_but_stay_apart() -> None:
    long, longer = (find(x_conversation_id="x" * size).key for size in (500, 501))

    assert len(long) < 128
    assert long != longer


@given(
    st.lists(st.tuples(st.just(b"x-claude-code-session-id"), st.binary(max_size=9)), max_size=1),
    st.binary(max_size=80)
    | st.text(max_size=60).map(lambda t: json.dumps(in_metadata(t)).encode()),
)
def test_garbage_never_raises(headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    assert isinstance(conversation_of(headers, body).key, str)


def test_what_is_kept_of_a_conversation_is_short_and_fit_for_utf_8() -> None:
    body = b'{"conversation_id": "c\\ud800"}'
    long = conversation_of([(b"x-claude-code-agent-id", b"a" * 1000)], body)

    assert long.key == "c?"
    assert long.agent_id == "a" * 128
