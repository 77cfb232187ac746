"""Wordings: word-bounded, bilingual, and never a bare number."""

import pytest

from qcc_desktop.core.classification.patterns import (
    Topic,
    code_says,
    status_of_types,
    text_says,
)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        (Topic.QUOTA, "余额不足"),
        (Topic.QUOTA, "账户欠费"),
        (Topic.QUOTA, "额度已用尽"),
        (Topic.QUOTA, "insufficient_user_quota"),
        (Topic.QUOTA_WEAK, "quota exceeded"),
        (Topic.CONTEXT, "prompt is too long"),
        (Topic.THINKING, "Invalid `signature` in `thinking` block"),
        (Topic.CAPABILITY, "Extra inputs are not permitted"),
        (Topic.MODEL, "无可用渠道"),
        (Topic.MODEL, "模型model not found"),
        (Topic.AUTH, "无效的令牌"),
        (Topic.AUTH, "This organization has been disabled"),
        (Topic.OVERLOAD, "负载已饱和"),
        (Topic.RATE, "too many requests"),
        (Topic.POLICY, "包含敏感内容"),
        (Topic.HOST, "no space left on device"),
        (Topic.MISSING_FILE, "File not found: file_1"),
    ],
)
def test_a_wording_is_recognised(topic: Topic, text: str) -> None:
    assert text_says(topic, text)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        (Topic.QUOTA, "the balanced tree has no quotation"),
        (Topic.QUOTA, "you have a balance of 4"),
        (Topic.CONTEXT, "the context of the window manager"),
        (Topic.THINKING, "I was thinking of a wedding signature"),
        (Topic.MODEL, "remodel not found"),
        (Topic.MODEL, "the model is temporarily unavailable"),
        (Topic.AUTH, "JSON parse error: invalid token at 4"),
        (Topic.OVERLOAD, "an overloadedness operator"),
        (Topic.RATE, "the pirate limitation"),
        (Topic.RATE, "429"),
        (Topic.AUTH, "401"),
        (Topic.POLICY, "the path is case sensitive"),
    ],
)
def test_a_near_miss_is_not(topic: Topic, text: str) -> None:
    assert not text_says(topic, text)


@pytest.mark.parametrize("topic", Topic)
def test_no_text_says_nothing(topic: Topic) -> None:
    assert not text_says(topic, "")
    assert not code_says(topic, ())


def test_codes_are_compared_whole() -> None:
    assert code_says(Topic.QUOTA, ("x", "insufficient_quota"))
    assert not code_says(Topic.QUOTA, ("insufficient_quota_x", "11130"))


def test_the_innermost_known_type_names_the_status() -> None:
    assert status_of_types(("api_error", "rate_limit_error", "upstream_error")) == 429
    assert status_of_types(("authentication_error", "invalid_request_error")) == 400
    assert status_of_types(("api_error",)) is None
