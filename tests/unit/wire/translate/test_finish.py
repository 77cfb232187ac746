"""Why an answer ended is said in the words of the Messages API."""

import pytest

from qcc_desktop.wire.translate.finish import Finish, StopReason, read_finish


def reason(said: str, *, tool: bool = False, refused: bool = False) -> str:
    return Finish(said).stop_reason(has_tool=tool, has_refused=refused, stops=()).name


@pytest.mark.parametrize(
    ("said", "tool", "expected"),
    [
        ("stop", False, "end_turn"),
        ("stop", True, "tool_use"),
        ("tool_calls", True, "tool_use"),
        ("function_call", True, "tool_use"),
        ("tool_calls", False, "end_turn"),
        ("length", False, "max_tokens"),
        ("length", True, "max_tokens"),
        ("model_length", False, "max_tokens"),
        ("content_filter", False, "refusal"),
        ("sensitive", False, "refusal"),
        ("eos", False, "end_turn"),
    ],
)
def test_reasons_are_translated(said: str, tool: bool, expected: str) -> None:
    assert reason(said, tool=tool) == expected


def test_a_refusal_counts_unless_a_tool_is_called() -> None:
    assert reason("stop", refused=True) == "refusal"
    assert reason("stop", refused=True, tool=True) == "tool_use"


def test_vllm_names_the_stop_sequence_that_was_met() -> None:
    finish = read_finish({"choices": [{"finish_reason": "stop", "stop_reason": "END"}]})
    assert finish is not None

    met = finish.stop_reason(has_tool=False, has_refused=False, stops=("END",))

    assert met == StopReason("stop_sequence", "END")


@pytest.mark.parametrize(
    ("said", "error_type"),
    [("error", "api_error"), ("insufficient_system_resource", "overloaded_error")],
)
def test_some_reasons_are_failures(said: str, error_type: str) -> None:
    error = Finish(said).error

    assert error is not None
    assert error[1] == error_type
    assert Finish("stop").error is None


@pytest.mark.parametrize(
    "chunk",
    [{}, {"choices": []}, {"choices": ["odd"]}, {"choices": [{"finish_reason": None}]}],
)
def test_an_answer_goes_on_until_a_reason_comes(chunk: dict[str, object]) -> None:
    assert read_finish(chunk) is None


def test_reasons_are_read_whatever_their_case() -> None:
    assert read_finish({"choices": [{"finish_reason": "STOP"}]}) == Finish("stop")
