"""How long an endpoint asks to be left alone."""

import math

import pytest

from qcc_desktop.core.classification.body import ErrorBody, Shape
from qcc_desktop.core.classification.limits import Limits, read_limits

NOW_S = 1_790_000_000.0
"""2026-09-21 14:13:20 UTC."""


def limits(
    headers: dict[str, str] | None = None,
    text: str = "",
    hints: tuple[tuple[str, str], ...] = (),
) -> Limits:
    return read_limits(headers or {}, ErrorBody(Shape.JSON, text=text, hints=hints), NOW_S)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "12"}, 12),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "1e12"}, 31 * 86400),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Mon, 21 Sep 2026 14:14:20 GMT"}, 60),
        ({"retry-after": "Mon, 21 Sep 2026 14:14:20"}, 60),
        ({"retry-after": "Mon, 21 Sep 2020 14:14:20 GMT"}, 0),
        ({"retry-after": "Mon, 99 Sep 2026 14:14:20 GMT"}, None),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "inf", "retry-after": "9"}, 9),
    ],
)
def test_retry_after_is_seconds_milliseconds_or_a_date(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert limits(headers).retry_after_s == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("2026-09-21T14:14:20Z", 60),
        ("2026-09-21T14:14:20", 60),
        ("2026-09-21T22:14:20+08:00", 60),
        ("1790000060", 60),
        ("1790000060000", 60),
        ("60", 60),
        ("60s", 60),
        ("1m0s", 60),
        ("1h1m1s", 3661),
        ("2m", 120),
        ("250ms", 0.25),
        ("Mon, 21 Sep 2026 14:14:20 GMT", 60),
        ("2020-01-01T00:00:00Z", 0),
        ("tomorrow", None),
        ("", None),
        ("nan", None),
    ],
)
def test_a_reset_is_read_in_every_spelling(value: str, seconds: float | None) -> None:
    assert limits({"x-ratelimit-reset-requests": value}).reset_s == seconds


def test_the_latest_exhausted_window_counts_before_any_other() -> None:
    found = limits(
        {
            "anthropic-ratelimit-requests-remaining": "7",
            "anthropic-ratelimit-requests-reset": "2026-09-21T14:13:21Z",
            "anthropic-ratelimit-tokens-remaining": "0",
            "anthropic-ratelimit-tokens-reset": "2026-09-21T14:13:30Z",
            "anthropic-ratelimit-input-tokens-remaining": "0",
            "anthropic-ratelimit-input-tokens-reset": "2026-09-21T14:13:50Z",
        }
    )

    assert found.reset_s == 30
    assert found.named


def test_the_soonest_window_counts_when_none_is_said_to_be_exhausted() -> None:
    headers = {"x-ratelimit-reset-requests": "9s", "x-ratelimit-reset-tokens": "4s"}

    assert limits(headers).reset_s == 4


def test_the_plans_window_that_refused_decides_when_it_ends() -> None:
    prefix = "anthropic-ratelimit-unified-"
    found = limits(
        {
            f"{prefix}status": "rejected",
            f"{prefix}reset": "1790000010",
            f"{prefix}5h-status": "allowed",
            f"{prefix}5h-reset": "1790000020",
            f"{prefix}7d-status": "rejected",
            f"{prefix}7d-reset": "1790000030",
        }
    )

    assert found.usage_rejected
    assert found.usage_reset_s == 30
    assert found.reset_s is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Please try again in 20s.", 20),
        ("Please retry in 34.074824224s.", 34.074824224),
        ("Please try again in 6m0s.", 360),
        ("try again in 2h1m1s", 7261),
        ("retry after 30 seconds", 30),
        ("wait 5 minutes", 300),
        ("resets in 2 hours", 7200),
        ("resets in 3 days", 259200),
        ("retry in 800ms", 0.8),
        ("retry in 800 milliseconds", 0.8),
        ("请在 30 秒后重试", 30),
        ("请 5 分钟后再试", 300),
        ("2小时后恢复", 7200),
        ("Claude AI usage limit reached|1790000100", 100),
        ("please try again later", None),
        ("port 4290, id 401", None),
    ],
)
def test_a_sentence_of_the_body_can_name_the_wait(text: str, seconds: float | None) -> None:
    assert limits(text=text).retry_after_s == seconds


def test_a_field_of_the_body_names_the_wait_before_any_sentence() -> None:
    found = limits(text="try again in 9s", hints=(("resets_at", "x"), ("retrydelay", "34s")))

    assert found.retry_after_s == 34


def test_a_header_names_the_wait_before_the_body() -> None:
    assert limits({"retry-after": "3"}, text="try again in 9s").retry_after_s == 3


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("You will regain access on 2026-09-22 at 00:00 UTC.", 35200),
        ("reset at 2026-09-22T00:00:00Z", 35200),
        ("until 2026-09-22", 35200),
        ("reset at 2026-09-22 02:00:00 +02:00", 35200),
        ("reset at 2026-09-21 22:00:00 -0200", 35200),
        ("您的限额将在 2026-09-22 08:00:00 重置。", 35200),
        ("since 2020-01-01, until 2026-09-22", 35200),
        ("since 2020-01-01", None),
        ("on 2026-99-99", None),
        ("at 2026-09-22 00:00 +99:00", None),
    ],
)
def test_a_date_ahead_is_found_and_chinese_dates_are_beijing_time(
    text: str, seconds: float | None
) -> None:
    assert limits(text=text).date_s == seconds


@pytest.mark.parametrize(
    ("known", "seconds"),
    [
        (Limits(1, 2, 3, 4), 1),
        (Limits(None, 2, 3, 4), 2),
        (Limits(None, None, 3, 4), 3),
        (Limits(None, None, None, 4), 4),
        (Limits(), None),
    ],
)
def test_the_explicit_wish_counts_before_windows_and_dates(
    known: Limits, seconds: float | None
) -> None:
    assert known.wait_s == seconds


def test_flags_are_read_without_regard_to_case() -> None:
    found = limits(
        {
            "x-should-retry": "False",
            "anthropic-ratelimit-unified-status": "Payment_Required",
            "anthropic-ratelimit-unified-overage-status": "ALLOWED_WARNING",
        }
    )

    assert (found.never_retry, found.payment_required, found.overage_allowed) == (True,) * 3


def test_numbers_stay_finite_whatever_the_clock_says() -> None:
    found = read_limits({"retry-after": "9"}, ErrorBody(Shape.EMPTY), math.inf)

    assert found.retry_after_s == 9
