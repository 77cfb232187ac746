"""The prototypes against the table, written down a second time."""

import pytest

from qcc_desktop.core.classification.rows import ROWS, verdict
from qcc_desktop.core.failure import Cooldown

# row: class, scope, breaker, cool-down base and cap, switch, status and type for the client
TABLE: dict[int, tuple[str, str, str, tuple[float, float] | None, bool, int, str]] = {
    1: ("transient", "local", "neutral", None, False, 503, "api_error"),
    2: ("transient", "endpoint", "count", (10, 300), True, 503, "api_error"),
    3: ("permanent", "endpoint", "open", (600, 600), True, 503, "api_error"),
    4: ("transient", "endpoint", "neutral", None, True, 502, "api_error"),
    5: ("transient", "endpoint", "count", (15, 300), True, 502, "api_error"),
    6: ("transient", "local", "neutral", None, False, 503, "api_error"),
    7: ("transient", "endpoint", "count", (30, 600), True, 504, "timeout_error"),
    8: ("client", "request", "neutral", None, False, 400, "invalid_request_error"),
    9: ("client", "request", "neutral", None, False, 400, "invalid_request_error"),
    10: ("client", "request", "neutral", None, False, 400, "invalid_request_error"),
    11: ("client", "model", "neutral", None, False, 400, "invalid_request_error"),
    12: ("quota", "endpoint", "neutral", (1800, 21600), True, 402, "billing_error"),
    13: ("auth", "endpoint", "open", (1800, 1800), True, 403, "permission_error"),
    14: ("auth", "endpoint", "count", (1800, 1800), True, 403, "permission_error"),
    15: ("transient", "endpoint", "count", (60, 1800), True, 503, "api_error"),
    16: ("permanent", "model", "neutral", (1800, 43200), True, 404, "not_found_error"),
    17: ("permanent", "endpoint", "open", (600, 600), True, 502, "api_error"),
    18: ("client", "request", "neutral", None, False, 502, "api_error"),
    19: ("transient", "endpoint", "count", (5, 5), True, 502, "api_error"),
    20: ("client", "request", "neutral", None, False, 413, "request_too_large"),
    21: ("permanent", "request", "neutral", None, True, 413, "request_too_large"),
    22: ("rate_limit", "endpoint", "neutral", (15, 1800), True, 429, "rate_limit_error"),
    23: ("rate_limit", "model", "neutral", (15, 300), True, 429, "rate_limit_error"),
    24: ("rate_limit", "endpoint", "neutral", (300, 18000), True, 429, "rate_limit_error"),
    25: ("transient", "model", "half", (10, 120), True, 529, "overloaded_error"),
    26: ("transient", "endpoint", "count", (5, 300), True, 502, "api_error"),
    28: ("transient", "endpoint", "count", (60, 60), True, 502, "api_error"),
    30: ("transient", "endpoint", "count", (15, 300), True, 502, "api_error"),
    32: ("transient", "endpoint", "count", (60, 60), True, 504, "timeout_error"),
    33: ("transient", "endpoint", "count", (15, 300), False, 502, "api_error"),
    35: ("client_abort", "request", "neutral", None, False, 499, "api_error"),
    36: ("unknown", "endpoint", "count", (30, 30), True, 502, "api_error"),
}
VERBATIM = {8, 9, 10, 11, 18, 19, 20, 22, 26}
RELEASES_THE_SESSION = {3, 12, 13, 14, 17, 21, 30}
NEEDS_THE_PERSON = {12, 13}


@pytest.mark.parametrize("row", TABLE)
def test_a_row_is_as_the_table_has_it(row: int) -> None:
    kind, scope, breaker, cooldown, switch, status, error_type = TABLE[row]

    failure = verdict(row)

    assert failure.row == row
    assert (failure.kind.value, failure.scope.value, failure.breaker.value) == (
        kind,
        scope,
        breaker,
    )
    assert failure.cooldown == (Cooldown(*cooldown) if cooldown else None)
    assert (failure.switch, failure.client_status, failure.client_error_type) == (
        switch,
        status,
        error_type,
    )


def test_every_row_but_the_nested_ones_and_the_successes_has_a_prototype() -> None:
    assert set(ROWS) == set(TABLE) == set(range(1, 37)) - {27, 29, 31, 34}


def test_the_upstreams_own_body_goes_to_the_client_where_the_table_says_so() -> None:
    assert {row for row, failure in ROWS.items() if failure.verbatim} == VERBATIM


def test_a_session_is_released_where_its_endpoint_will_not_serve_it_soon() -> None:
    assert {row for row, f in ROWS.items() if f.release_affinity} == RELEASES_THE_SESSION


def test_only_a_refused_key_and_an_empty_account_need_the_person() -> None:
    assert {row for row, f in ROWS.items() if f.quarantine} == NEEDS_THE_PERSON


def test_only_conversations_with_foreign_thinking_are_asked_again_without_it() -> None:
    assert {row for row, f in ROWS.items() if f.retry_stripped} == {10}


def test_an_unknown_failure_may_cost_one_more_endpoint_at_most() -> None:
    assert {row: f.switch_limit for row, f in ROWS.items() if f.switch_limit} == {36: 1}


def test_a_conditional_switch_needs_a_larger_window_or_a_proved_capability() -> None:
    assert {row: f.switch_if for row, f in ROWS.items() if f.switch_if} == {
        9: "larger_window",
        11: "proved_capability",
    }


def test_changes_apply_to_a_copy() -> None:
    changed = verdict(26, reason="other")

    assert changed.reason == "other"
    assert ROWS[26].reason == "server_error"
