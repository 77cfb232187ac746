"""Chunks of OpenAI's API become the events of one answer, in the order the Messages API wants."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from qcc_desktop.wire.translate.request import Terms
from qcc_desktop.wire.translate.turn import SIGNATURE, Turn

TERMS = Terms(model="claude-x", seed="s1", prompt_tokens=100)
USAGE = {"prompt_tokens": 10, "completion_tokens": 5}


def chunk(finish: str | None = None, usage: object = None, **delta: Any) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "choices": [choice], **({"usage": usage} if usage else {})}


def call(index: int | None, arguments: Any = "", name: str = "", call_id: str = "") -> Any:
    function = {"arguments": arguments, **({"name": name} if name else {})}
    given = {"index": index} if index is not None else {}
    return {**given, "function": function, **({"id": call_id} if call_id else {})}


def calls(*given: Any, finish: str | None = None) -> dict[str, Any]:
    return chunk(finish, tool_calls=list(given))


def events(*chunks: Mapping[str, Any], terms: Terms = TERMS) -> list[dict[str, Any]]:
    turn = Turn(terms)
    found = [event for each in chunks for event in turn.take(each)]
    return found + turn.end()


def blocks(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return the blocks of an answer, and check that they follow one another."""
    collected: list[list[Any]] = []
    is_open = False
    for event in found:
        match event:
            case {"type": "content_block_start", "index": index, "content_block": block}:
                assert not is_open
                assert index == len(collected)
                is_open = True
                collected.append([block["type"], block.get("name", ""), ""])
            case {"type": "content_block_delta", "index": index, "delta": delta}:
                assert is_open
                assert index == len(collected) - 1
                said = ("text", "thinking", "partial_json")
                collected[-1][2] += "".join(delta.get(name, "") for name in said)
            case {"type": "content_block_stop"}:
                is_open = False
            case _:
                pass
    return [tuple(each) for each in collected]


def last(found: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(event for event in reversed(found) if event["type"] == kind)


def is_failed(found: list[dict[str, Any]]) -> bool:
    kinds = {event["type"] for event in found}
    return "error" in kinds and not kinds & {"message_delta", "message_stop"}


def test_an_answer_begins_with_the_model_the_client_asked_for() -> None:
    start = events(chunk(role="assistant", content=""))[0]

    assert start["type"] == "message_start"
    assert start["message"]["model"] == "claude-x"
    assert start["message"]["id"] == "msg_s1"


def test_text_is_passed_on_piece_by_piece() -> None:
    turn = Turn(TERMS)
    turn.take(chunk(role="assistant", content=""))

    first = turn.take(chunk(content="Hel"))
    second = turn.take(chunk(content="lo"))

    assert [each["type"] for each in first] == ["content_block_start", "content_block_delta"]
    assert [each["delta"]["text"] for each in second] == ["lo"]


def test_an_answer_ends_with_its_reason_and_its_counts() -> None:
    found = events(chunk(content="hi"), chunk("stop"), {"choices": [], "usage": USAGE})

    assert [each["type"] for each in found[-3:]] == [
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
    assert found[-2]["delta"] == {"stop_reason": "end_turn", "stop_sequence": None}
    assert found[-2]["usage"]["input_tokens"] == 10


def test_nothing_follows_the_end() -> None:
    turn = Turn(TERMS)
    turn.take(chunk("stop", usage=USAGE, content="hi"))

    assert turn.is_ended
    assert turn.take(chunk(content="more")) == []
    assert turn.end() == []


def test_an_answer_without_a_reason_has_no_end() -> None:
    """1rgs ends what broke with a reason of its own; the client then takes half for the whole."""
    found = events(chunk(content="half an ans"))

    assert not {"message_delta", "message_stop"} & {each["type"] for each in found}


def test_no_empty_block_precedes_what_is_said() -> None:
    """1rgs, fuergaosi233 and LiteLLM (34692) open an empty text block first."""
    found = events(chunk(content="\n\n"), calls(call(0, "{}", "Read", "c1")), chunk("tool_calls"))

    assert blocks(found) == [("tool_use", "Read", "{}")]


def test_blanks_before_text_are_kept_with_it() -> None:
    found = events(chunk(content="\n"), chunk(content="hi"), chunk("stop"))

    assert blocks(found) == [("text", "", "\nhi")]


def test_thinking_is_a_block_of_its_own_and_marked_as_not_anthropics() -> None:
    """LiteLLM (32357) streams it within a text block."""
    found = events(
        chunk(reasoning_content="Let me "),
        chunk(reasoning_content="see."),
        chunk(content="42"),
        chunk("stop"),
    )

    assert blocks(found) == [("thinking", "", "Let me see."), ("text", "", "42")]
    signed = [each["delta"] for each in found if "signature" in each.get("delta", {})]
    assert signed == [{"type": "signature_delta", "signature": SIGNATURE}]


def test_arguments_of_a_call_are_streamed_as_they_come() -> None:
    turn = Turn(TERMS)
    turn.take(calls(call(0, "", "Read", "call_1")))

    found = turn.take(calls(call(0, '{"pa')))

    assert found[0]["delta"] == {"type": "input_json_delta", "partial_json": '{"pa'}


def test_a_call_keeps_its_id_and_its_own_name() -> None:
    terms = Terms(model="m", names={"short": "mcp__long"})
    found = events(calls(call(0, "{}", "short", "call_9")), chunk("tool_calls"), terms=terms)

    started = last(found, "content_block_start")["content_block"]
    assert started == {"type": "tool_use", "id": "call_9", "name": "mcp__long", "input": {}}
    assert last(found, "message_delta")["delta"]["stop_reason"] == "tool_use"


def test_parallel_calls_in_turn_become_blocks_in_turn() -> None:
    """LiteLLM loses them or their arguments (15307, 25321)."""
    found = events(
        calls(call(0, "", "Read", "a")),
        calls(call(0, '{"p":1}')),
        calls(call(1, "", "Grep", "b")),
        calls(call(1, '{"q":2}')),
        chunk("tool_calls"),
    )

    assert blocks(found) == [("tool_use", "Read", '{"p":1}'), ("tool_use", "Grep", '{"q":2}')]


def test_a_complete_call_is_closed_as_soon_as_the_next_one_begins() -> None:
    turn = Turn(TERMS)
    turn.take(calls(call(0, '{"p":1}', "Read", "a")))

    found = turn.take(calls(call(1, '{"q"', "Grep", "b")))

    assert [each["type"] for each in found] == [
        "content_block_stop",
        "content_block_start",
        "content_block_delta",
    ]


def test_interleaved_calls_wait_for_the_first_to_be_complete() -> None:
    found = events(
        calls(call(0, '{"p"', "Read", "a"), call(1, '{"q"', "Grep", "b")),
        calls(call(1, ":2}")),
        calls(call(0, ":1}")),
        chunk("tool_calls"),
    )

    assert blocks(found) == [("tool_use", "Read", '{"p":1}'), ("tool_use", "Grep", '{"q":2}')]


def test_text_behind_an_open_call_waits_for_it() -> None:
    found = events(
        calls(call(0, '{"p"', "Read", "a")),
        chunk(content="and"),
        calls(call(0, ":1}")),
        chunk("stop"),
    )

    assert blocks(found) == [("tool_use", "Read", '{"p":1}'), ("text", "", "and")]


SAME = [("tool_use", "Read", '{"p":1}'), ("tool_use", "Grep", '{"q":2}')]


@pytest.mark.parametrize(
    "chunks",
    [
        pytest.param(
            [calls(call(0, '{"p":1}', "Read", "a"), call(1, '{"q":2}', "Grep", "b"))],
            id="whole calls in one delta (Ollama, Mistral)",
        ),
        pytest.param(
            [
                calls(call(0, '{"p":1}', "Read", "a")),
                calls(call(0, '{"q":2}', "Grep", "b")),
            ],
            id="every index 0 (Gemini)",
        ),
        pytest.param(
            [
                calls(call(None, '{"p":1}', "Read", "a")),
                calls(call(None, '{"q":2}', "Grep", "b")),
            ],
            id="no index",
        ),
        pytest.param(
            [
                calls(call(None, '{"p"', "Read", "a")),
                calls(call(None, ":1}")),
                calls(call(None, '{"q":2}', "Grep", "b")),
            ],
            id="no index, the id only at first",
        ),
        pytest.param(
            [calls(call(None, '{"p":1}', "Read"), call(None, '{"q":2}', "Grep"))],
            id="neither index nor id, side by side",
        ),
        pytest.param(
            [calls(call(None, '{"p":1}', "Read")), calls(call(None, '{"q":2}', "Grep"))],
            id="neither index nor id, one after the other",
        ),
        pytest.param(
            [calls(call(0, {"p": 1}, "Read", "a"), call(1, {"q": 2}, "Grep", "b"))],
            id="arguments as objects",
        ),
        pytest.param(
            [
                calls(call(0, '{"p"', "Read", "x1")),
                calls(call(0, ":1}", call_id="x2")),
                calls(call(1, '{"q":2}', "Grep", "x3")),
            ],
            id="another id in every delta (old vLLM)",
        ),
        pytest.param(
            [
                calls(call(0, "", "Read", "a")),
                calls(call(0, '{"p":1}', "Read", "a")),
                calls(call(1, '{"q":2}', "Grep", "a")),
            ],
            id="the same id and name again and again",
        ),
    ],
)
def test_calls_are_told_apart_however_a_server_marks_them(chunks: list[dict[str, Any]]) -> None:
    spaced = [
        json.loads(json.dumps(each).replace('{\\"p\\": 1}', '{\\"p\\":1}')) for each in chunks
    ]
    found = blocks(events(*spaced, chunk("tool_calls")))

    assert [(kind, name, json.loads(said)) for kind, name, said in found] == [
        (kind, name, json.loads(said)) for kind, name, said in SAME
    ]


def test_ids_are_unique_within_the_conversation() -> None:
    terms = Terms(seed="s2", taken_ids=frozenset({"call_0"}))
    found = events(
        calls(call(0, "{}", "Read", "call_0"), call(1, "{}", "Read", "call_0"), call(2, "{}", "X")),
        chunk("tool_calls"),
        terms=terms,
    )

    started = [e["content_block"]["id"] for e in found if e["type"] == "content_block_start"]
    assert started == ["call_0_2", "call_0_3", "toolu_s2_2"]


def test_the_old_function_call_is_a_call_too() -> None:
    found = events(chunk(function_call={"name": "Read", "arguments": "{}"}), chunk("function_call"))

    assert blocks(found) == [("tool_use", "Read", "{}")]
    assert last(found, "message_delta")["delta"]["stop_reason"] == "tool_use"


@pytest.mark.parametrize("arguments", ["", None, "{}", {}])
def test_a_call_may_have_no_arguments(arguments: object) -> None:
    found = events(calls(call(0, arguments, "Ls", "a")), chunk("tool_calls"))

    assert blocks(found) in ([("tool_use", "Ls", "")], [("tool_use", "Ls", "{}")])


@pytest.mark.parametrize(
    "chunks",
    [
        pytest.param([calls(call(0, '{"p":', "Read", "a"))], id="half of them"),
        pytest.param([calls(call(0, "[1]", "Read", "a"))], id="a list"),
        pytest.param([calls(call(0, '{"a": }', "Read", "a"))], id="faulty"),
        pytest.param([calls(call(0, "{}", "", "a"))], id="no name"),
        pytest.param(
            [calls(call(0, "{}", "Read", "a"), call(1, "{}", "Grep", "b")), calls(call(0, "{}"))],
            id="more behind the whole",
        ),
    ],
)
def test_a_call_that_is_not_whole_fails_the_answer(chunks: list[dict[str, Any]]) -> None:
    found = events(*chunks, chunk("tool_calls", usage=USAGE))

    assert is_failed(found)
    assert found[-1]["error"]["type"] == "api_error"


def test_blanks_behind_a_whole_call_are_nothing() -> None:
    found = events(
        calls(call(0, "{}", "Read", "a"), call(1, "{}", "Grep", "b")),
        calls(call(0, "\n")),
        chunk("tool_calls"),
    )

    assert len(blocks(found)) == 2


def test_a_call_cut_short_by_the_limit_says_so_as_anthropic_does() -> None:
    found = events(calls(call(0, '{"p":', "Write", "a")), chunk("length"))

    assert blocks(found) == [("tool_use", "Write", '{"p":')]
    assert last(found, "message_delta")["delta"]["stop_reason"] == "max_tokens"


@pytest.mark.parametrize("reason", ["error", "network_error", "insufficient_system_resource"])
def test_reasons_that_are_failures_fail_the_answer(reason: str) -> None:
    assert is_failed(events(chunk(content="half"), chunk(reason, usage=USAGE)))


def test_a_refusal_in_words_is_a_refusal() -> None:
    found = events(chunk(refusal="I can't."), chunk("stop"))

    assert blocks(found) == [("text", "", "I can't.")]
    assert last(found, "message_delta")["delta"]["stop_reason"] == "refusal"


def test_counts_are_estimated_where_the_server_gives_none() -> None:
    found = events(chunk(content="12345678"), chunk("stop"))

    assert last(found, "message_delta")["usage"] == {
        "input_tokens": 100,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 0,
        "output_tokens": 2,
    }


def test_counts_of_nothing_do_not_end_an_answer_before_the_true_ones_come() -> None:
    nothing = {"prompt_tokens": 0, "completion_tokens": 0}
    found = events(
        chunk(content="hi", usage=nothing),
        chunk("stop", usage=nothing),
        {"choices": [], "usage": USAGE},
    )

    assert last(found, "message_delta")["usage"]["output_tokens"] == 5


def test_thinking_that_a_model_writes_between_tags_is_thinking() -> None:
    found = events(chunk(content="<think>Hm."), chunk(content="</think>\n\n42"), chunk("stop"))

    assert blocks(found) == [("thinking", "", "Hm."), ("text", "", "42")]


def test_what_only_looked_like_the_begin_of_a_tag_is_said_at_the_end() -> None:
    assert blocks(events(chunk(content="<thi"), chunk("stop"))) == [("text", "", "<thi")]
