"""The words for the result of a test."""

import pytest

from qcc_desktop.proxy.battery import _NO_TOOL as NO_TOOL
from qcc_desktop.proxy.report import NOT_OFFERED, NOT_TRIED, Check, CheckName, TestReport
from qcc_desktop.ui import report_words
from qcc_desktop.ui.report_words import (
    CHECK_NAMES,
    check_line,
    check_value,
    summary,
)


def test_every_point_of_the_engine_has_a_word() -> None:
    assert list(CHECK_NAMES) == list(CheckName)
    assert report_words._NOT_OFFERED == NOT_OFFERED
    assert report_words._NO_TOOL == NO_TOOL


@pytest.mark.parametrize(
    ("check", "line"),
    [
        (Check("reach", True, "", 48.0), "Connection · 48 ms"),
        (Check("auth", True, "", 0.0), "Key"),
        (Check("models", True, "", 20.0, 12), "Model list · 12 models"),
        (Check("count_tokens", None, NOT_OFFERED, 9.0), "Token count: not offered, not needed"),
        (Check("stream", None, NOT_TRIED, 0.0), "Stream: not tried"),
        (
            Check("answer", False, "The endpoint is overloaded.", 9.0),
            "Answer: no. The endpoint is overloaded.",
        ),
        (Check("other", True, "", 9.0), "other · 9 ms"),
    ],
)
def test_a_point_is_a_line(check: Check, line: str) -> None:
    assert check_line(check) == line


def test_a_test_is_a_few_words() -> None:
    well = TestReport((Check("stream", True, "", 300.0), Check("first_byte", True, "", 250.0)))
    failed = TestReport((Check("tools", False, NO_TOOL, 1.0),))

    assert summary(well) == "Well · 300 ms"
    assert summary(failed) == "Not well"
    assert check_value(failed.checks[0]) == NO_TOOL
