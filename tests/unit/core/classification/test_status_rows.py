"""Verdicts on a status: whose words are believed, and what the limits of the rows are."""

import pytest

from qcc_desktop.core.classification.body import ErrorBody, Shape
from qcc_desktop.core.classification.limits import Limits
from qcc_desktop.core.classification.status_rows import Reading, by_status
from qcc_desktop.core.failure import Cooldown


def reading(text: str = "", limits: Limits | None = None, shape: Shape = Shape.JSON) -> Reading:
    return Reading(ErrorBody(shape, text=text), limits or Limits())


@pytest.mark.parametrize(
    "text",
    [
        "messages.0.content: got 余额不足",
        "tools[2].name: insufficient balance",
        "cannot read '余额不足'",
        "cannot read “余额不足”",
        "cannot read `insufficient balance`",
        'cannot read "insufficient balance"',
        "bad value, received: insufficient balance",
    ],
)
def test_an_echo_of_the_request_is_not_the_endpoints_own_word(text: str) -> None:
    assert by_status(400, reading(text)).row == 8


@pytest.mark.parametrize(
    "text",
    ["余额不足", "Your account's insufficient balance can't be used", "错误：账户余额不足"],
)
def test_the_endpoints_own_words_are_believed(text: str) -> None:
    assert by_status(400, reading(text)).row == 12


def test_every_status_has_a_verdict() -> None:
    rows = {status: by_status(status, reading()).row for status in range(300, 600)}

    assert {status for status, row in rows.items() if row == 17} == {
        *range(300, 400),
        404,
        405,
        501,
    }
    assert rows[401] == 13
    assert rows[599] == 26
    assert rows[418] == 36


@pytest.mark.parametrize(
    ("asked_s", "cooldown_s", "waits"),
    [(0, 5, 1), (1, 5, 1), (20, 20, 1), (21, 21, 0), (9e9, 1800, 0)],
)
def test_a_rate_limit_is_sat_out_only_if_it_is_short(
    asked_s: float, cooldown_s: float, waits: int
) -> None:
    failure = by_status(429, reading(limits=Limits(asked_s, named=True)))

    assert failure.cooldown == Cooldown(15, 1800, cooldown_s)
    assert failure.retry_same == waits
    assert failure.retry_only_if_last is bool(waits)
    assert failure.retry_delay_s == (asked_s if waits else 0)


@pytest.mark.parametrize(
    ("status", "asked_s", "cooldown"),
    [
        (500, None, Cooldown(5, 300)),
        (503, None, Cooldown(60, 300)),
        (503, 1, Cooldown(60, 300, 5)),
        (503, 40, Cooldown(60, 300, 40)),
        (503, 4000, Cooldown(60, 300, 300)),
        (529, None, Cooldown(10, 120)),
        (529, 4000, Cooldown(10, 120, 120)),
    ],
)
def test_a_server_that_names_a_pause_gets_it_within_the_limits_of_its_row(
    status: int, asked_s: float | None, cooldown: Cooldown
) -> None:
    failure = by_status(status, reading(limits=Limits(asked_s)))

    assert failure.cooldown == cooldown
    assert failure.retry_after_s == cooldown.exact_s


@pytest.mark.parametrize("status", [409, 500, 529])
def test_an_endpoint_that_forbids_retries_is_not_asked_again(status: int) -> None:
    assert by_status(status, reading(limits=Limits(never_retry=True))).retry_same == 0
    assert by_status(status, reading()).retry_same == 1
