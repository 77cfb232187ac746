"""What a chunk adds is found in whatever shape it is sent."""

from typing import Any

import pytest

from qcc_desktop.wire.translate.pieces import CallPiece, Piece, choice_of, pieces_of


def found(**delta: Any) -> list[Piece]:
    pieces = pieces_of({"choices": [{"delta": delta}]})
    return [each for each in pieces if each != Piece()]


@pytest.mark.parametrize(
    ("delta", "expected"),
    [
        ({"content": "hi"}, [Piece(text="hi")]),
        ({"content": None, "role": "assistant"}, []),
        ({"reasoning_content": "hm"}, [Piece(thinking="hm")]),
        ({"reasoning": "hm"}, [Piece(thinking="hm")]),
        ({"reasoning": "hm", "reasoning_content": "hm"}, [Piece(thinking="hm")]),
        (
            {"reasoning_details": [{"type": "reasoning.text", "text": "hm"}, {"summary": "!"}, 3]},
            [Piece(thinking="hm!")],
        ),
        (
            {
                "content": [
                    {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]},
                    {"type": "thinking", "thinking": "so"},
                    {"type": "thinking", "thinking": 3},
                    {"type": "text", "text": "hi"},
                    3,
                ]
            },
            [Piece(thinking="hm"), Piece(thinking="so"), Piece(text="hi")],
        ),
        ({"refusal": "no"}, [Piece(text="no", is_refusal=True)]),
        ({"refusal": None, "tool_calls": None}, []),
    ],
)
def test_text_and_thinking_are_found(delta: dict[str, Any], expected: list[Piece]) -> None:
    assert found(**delta) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (
            {"index": 1, "id": "c", "function": {"name": "Read", "arguments": "{}"}},
            CallPiece(1, "c", "Read", "{}"),
        ),
        ({"id": 3, "function": {"name": None, "arguments": None}}, CallPiece(None, "", "", "")),
        ({"index": 0, "function": {"arguments": {"ä": 1}}}, CallPiece(0, "", "", '{"ä": 1}')),
        ({"index": 0}, CallPiece(0, "", "", "")),
    ],
)
def test_calls_are_found(call: dict[str, Any], expected: CallPiece) -> None:
    assert found(tool_calls=[call, "odd"][:1]) == [Piece(call=expected)]


def test_what_is_no_call_is_passed_over() -> None:
    assert found(tool_calls=["odd"]) == []


def test_a_whole_completion_is_read_like_a_chunk() -> None:
    completion = {"choices": [{"message": {"content": "hi"}}]}

    assert list(pieces_of(completion)) == [Piece(text="hi")]


def test_a_chunk_without_choice_adds_nothing() -> None:
    assert choice_of({"choices": []}) == {}
    assert list(pieces_of({"choices": [{"delta": "odd"}]})) == []
