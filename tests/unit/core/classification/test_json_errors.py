"""Words, codes and statuses out of JSON errors of every dialect."""

import json
from typing import Any

import pytest

from qcc_desktop.core.classification.json_errors import Finding, collect, parse


def found_in(value: Any) -> Finding:
    finding = Finding()
    collect(value, finding)
    return finding


@pytest.mark.parametrize(
    ("value", "text", "code"),
    [
        ({"error": {"type": "Tt", "message": "M"}}, "M", "tt"),
        ({"error": {"code": "Cc", "message": "M"}}, "M", "cc"),
        ({"code": 1113, "msg": "M"}, "M", "1113"),
        ({"base_resp": {"status_code": 1008, "status_msg": "M"}}, "M", "1008"),
        ({"__type": "ThrottlingException", "Message": "M"}, "M", "throttlingexception"),
        ([{"error": {"status": "UNAVAILABLE", "message": "M"}}], "M", "unavailable"),
        ({"error": {"details": {"error_code": "x_y"}, "message": "M"}}, "M", "x_y"),
        ({"detail": [{"type": "missing", "msg": "M", "input": "I"}]}, "M", "missing"),
        ({"error": {"metadata": {"raw": "M", "error_type": "limited"}}}, "M", "limited"),
    ],
)
def test_a_dialect_gives_its_words_and_its_code(value: Any, text: str, code: str) -> None:
    finding = found_in(value)

    assert finding.texts == [text]
    assert code in finding.codes


def test_an_error_that_is_one_word_counts_as_word_and_as_code() -> None:
    finding = found_in({"error": "model_not_found"})

    assert (finding.texts, finding.codes) == (["model_not_found"], ["model_not_found"])


def test_what_the_person_wrote_is_never_read() -> None:
    echoed = {"input": "I", "messages": [{"content": "C"}], "prompt": "P", "content": "T"}

    assert found_in({"error": {**echoed, "message": "M"}, **echoed}).texts == ["M"]


def test_json_within_a_message_is_read_and_the_words_before_it_stay() -> None:
    inner = json.dumps({"error": {"type": "rate_limit_error", "message": "inner"}})

    finding = found_in({"error": {"type": "upstream_error", "message": f"outer: {inner} tail"}})

    assert finding.texts == ["inner", "outer: "]
    assert finding.types == ["upstream_error", "rate_limit_error"]


def test_braces_that_are_no_json_leave_a_message_whole() -> None:
    assert found_in({"msg": "{message:no} {} {x} {y}"}).texts == ["{message:no} {} {x} {y}"]


@pytest.mark.parametrize("status", [429, "429"])
def test_a_status_is_a_number_or_digits(status: object) -> None:
    assert found_in({"error": {"code": status}}).statuses == [429]


@pytest.mark.parametrize("status", [200, 1113, 4290, True, None, 429.5, "429 x", {}])
def test_other_numbers_are_no_status(status: object) -> None:
    statuses = found_in({"error": {"code": status}}).statuses

    assert statuses in ([], [429])
    assert statuses == [] or status == 429.5


def test_times_are_kept_as_they_are_written() -> None:
    finding = found_in({"error": {"resets_in_seconds": 9, "retryDelay": "34s", "reset_at": None}})

    assert finding.hints == [("resets_in_seconds", "9"), ("retrydelay", "34s")]


def test_only_the_first_layers_of_a_deep_body_are_read() -> None:
    value: Any = {"message": "deep"}
    for _ in range(20):
        value = {"error": value}

    assert found_in(value).texts == []


def test_only_the_first_part_of_a_wide_body_is_read() -> None:
    value = {"errors": [{"errors": [{"errors": [{"message": "m"}] * 10}] * 10}] * 10}

    assert len(found_in(value).texts) < 250


@pytest.mark.parametrize("text", ["", "x", "{", "[" * 5000, "9" * 6000])
def test_what_is_no_json_is_nothing(text: str) -> None:
    assert parse(text) is None
