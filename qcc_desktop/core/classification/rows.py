"""The rows of the classification table as prototypes of `Failure`.

Row numbers are those of the table that the corpus in `tests/data/classification` is labelled
with. Rows 27, 29 and 33 have no prototype of their own where they take over the verdict on a
nested error, 31 and 34 are successes. A cool-down with one figure does not grow.
"""

from dataclasses import replace
from typing import Any, Final

from qcc_desktop.core.failure import (
    BreakerEffect,
    Cooldown,
    Failure,
    FailureClass,
    Scope,
    SwitchIf,
)

_TRANSIENT: Final = FailureClass.TRANSIENT
_CLIENT: Final = FailureClass.CLIENT

ROWS: Final[dict[int, Failure]] = {
    1: Failure(
        _TRANSIENT, 1, "offline", "This computer is offline.", Scope.LOCAL,
        switch=False, retry_same=3, retry_delay_s=1.0, client_status=503,
    ),
    2: Failure(
        _TRANSIENT, 2, "connect", "The endpoint cannot be reached.", Scope.ENDPOINT,
        BreakerEffect.COUNT, Cooldown(10.0, 300.0),
        retry_same=1, retry_only_if_last=True, client_status=503,
    ),
    3: Failure(
        FailureClass.PERMANENT, 3, "tls", "The endpoint's certificate is not trusted.",
        Scope.ENDPOINT, BreakerEffect.OPEN, Cooldown(600.0, 600.0),
        release_affinity=True, client_status=503, should_retry=False,
    ),
    4: Failure(
        _TRANSIENT, 4, "reused_connection_closed",
        "The endpoint had closed a kept-alive connection.", Scope.ENDPOINT, retry_same=1,
    ),
    5: Failure(
        _TRANSIENT, 5, "disconnected", "The endpoint closed the connection without an answer.",
        Scope.ENDPOINT, BreakerEffect.COUNT, Cooldown(15.0, 300.0),
    ),
    6: Failure(
        _TRANSIENT, 6, "local_resource", "This computer has no connection or file to spare.",
        Scope.LOCAL, switch=False, retry_same=1, retry_delay_s=1.0, client_status=503,
    ),
    7: Failure(
        _TRANSIENT, 7, "headers_timeout", "The endpoint did not begin to answer in time.",
        Scope.ENDPOINT, BreakerEffect.COUNT, Cooldown(30.0, 600.0),
        client_status=504, client_error_type="timeout_error",
    ),
    8: Failure(
        _CLIENT, 8, "invalid_request", "The endpoint calls the request invalid.", Scope.REQUEST,
        switch=False, client_status=400, client_error_type="invalid_request_error",
        verbatim=True,
    ),
    9: Failure(
        _CLIENT, 9, "context_overflow", "The conversation is too long for the model.",
        Scope.REQUEST, switch=False, switch_if=SwitchIf.LARGER_WINDOW, client_status=400,
        client_error_type="invalid_request_error", verbatim=True,
    ),
    10: Failure(
        _CLIENT, 10, "thinking_history",
        "The conversation holds thinking blocks that this endpoint did not write.",
        Scope.REQUEST, switch=False, retry_same=1, retry_stripped=True, client_status=400,
        client_error_type="invalid_request_error", verbatim=True,
    ),
    11: Failure(
        _CLIENT, 11, "capability", "The endpoint does not support a feature of the request.",
        Scope.MODEL, switch=False, switch_if=SwitchIf.PROVED_CAPABILITY, client_status=400,
        client_error_type="invalid_request_error", verbatim=True,
    ),
    12: Failure(
        FailureClass.QUOTA, 12, "quota", "The account of this endpoint has no balance left.",
        Scope.ENDPOINT, cooldown=Cooldown(1800.0, 21600.0), release_affinity=True,
        quarantine=True, client_status=402, client_error_type="billing_error",
        should_retry=False,
    ),
    13: Failure(
        FailureClass.AUTH, 13, "key_refused", "The endpoint refused the key.", Scope.ENDPOINT,
        BreakerEffect.OPEN, Cooldown(1800.0, 1800.0), release_affinity=True, quarantine=True,
        client_status=403, client_error_type="permission_error",
    ),
    14: Failure(
        FailureClass.AUTH, 14, "permission", "The key may not be used for this.",
        Scope.ENDPOINT, BreakerEffect.COUNT, Cooldown(1800.0, 1800.0), release_affinity=True,
        client_status=403, client_error_type="permission_error",
    ),
    15: Failure(
        _TRANSIENT, 15, "edge_blocked", "A firewall in front of the endpoint refused us.",
        Scope.ENDPOINT, BreakerEffect.COUNT, Cooldown(60.0, 1800.0), client_status=503,
    ),
    16: Failure(
        FailureClass.PERMANENT, 16, "model_unavailable",
        "The endpoint does not offer the model.", Scope.MODEL,
        cooldown=Cooldown(1800.0, 43200.0), client_status=404,
        client_error_type="not_found_error",
    ),
    17: Failure(
        FailureClass.PERMANENT, 17, "wrong_base_url", "The base URL is not that of an API.",
        Scope.ENDPOINT, BreakerEffect.OPEN, Cooldown(600.0, 600.0), release_affinity=True,
    ),
    18: Failure(
        _CLIENT, 18, "other_path", "The endpoint does not serve this path.", Scope.REQUEST,
        switch=False, verbatim=True,
    ),
    19: Failure(
        _TRANSIENT, 19, "try_again", "The endpoint asks to try again.", Scope.ENDPOINT,
        BreakerEffect.COUNT, Cooldown(5.0, 5.0), retry_same=1, verbatim=True,
    ),
    20: Failure(
        _CLIENT, 20, "request_too_large", "The request is larger than the API takes.",
        Scope.REQUEST, switch=False, client_status=413, client_error_type="request_too_large",
        verbatim=True,
    ),
    21: Failure(
        FailureClass.PERMANENT, 21, "body_limit",
        "A server in front of the endpoint takes no request of this size.", Scope.REQUEST,
        release_affinity=True, client_status=413, client_error_type="request_too_large",
    ),
    22: Failure(
        FailureClass.RATE_LIMIT, 22, "rate_limit", "The endpoint limits the request rate.",
        Scope.ENDPOINT, cooldown=Cooldown(15.0, 1800.0), client_status=429,
        client_error_type="rate_limit_error", verbatim=True,
    ),
    23: Failure(
        FailureClass.RATE_LIMIT, 23, "rate_limit_model",
        "The endpoint limits the request rate and names no time.", Scope.MODEL,
        cooldown=Cooldown(15.0, 300.0), client_status=429,
        client_error_type="rate_limit_error", retry_after_s=5.0,
    ),
    24: Failure(
        FailureClass.RATE_LIMIT, 24, "usage_limit", "The usage limit of the plan is reached.",
        Scope.ENDPOINT, cooldown=Cooldown(300.0, 18000.0), client_status=429,
        client_error_type="rate_limit_error",
    ),
    25: Failure(
        _TRANSIENT, 25, "overloaded", "The endpoint is overloaded.", Scope.MODEL,
        BreakerEffect.HALF, Cooldown(10.0, 120.0), retry_same=1, retry_delay_s=1.0,
        retry_only_if_last=True, client_status=529, client_error_type="overloaded_error",
    ),
    26: Failure(
        _TRANSIENT, 26, "server_error", "The endpoint has an internal fault.", Scope.ENDPOINT,
        BreakerEffect.COUNT, Cooldown(5.0, 300.0), retry_same=1, retry_only_if_last=True,
        client_status=502, verbatim=True,
    ),
    28: Failure(
        _TRANSIENT, 28, "html_answer", "The endpoint answered with a web page.",
        Scope.ENDPOINT, BreakerEffect.COUNT, Cooldown(60.0, 60.0),
    ),
    30: Failure(
        _TRANSIENT, 30, "empty_answer", "The endpoint's answer ended before it began.",
        Scope.ENDPOINT, BreakerEffect.COUNT, Cooldown(15.0, 300.0), release_affinity=True,
    ),
    32: Failure(
        _TRANSIENT, 32, "content_timeout", "The endpoint sent no content in time.",
        Scope.ENDPOINT, BreakerEffect.COUNT, Cooldown(60.0, 60.0),
        client_status=504, client_error_type="timeout_error",
    ),
    33: Failure(
        _TRANSIENT, 33, "cut_mid_stream", "The endpoint broke off in the middle of its answer.",
        Scope.ENDPOINT, BreakerEffect.COUNT, Cooldown(15.0, 300.0), switch=False,
    ),
    35: Failure(
        FailureClass.CLIENT_ABORT, 35, "client_gone", "The client ended the request.",
        Scope.REQUEST, switch=False, client_status=499,
    ),
    36: Failure(
        FailureClass.UNKNOWN, 36, "unknown", "The endpoint failed in a way we do not know.",
        Scope.ENDPOINT, BreakerEffect.COUNT, Cooldown(30.0, 30.0), switch_limit=1,
    ),
}  # fmt: skip
"""One prototype a row."""


def verdict(row: int, /, **changes: Any) -> Failure:
    """Return the prototype of ``row`` with ``changes`` to its fields."""
    return replace(ROWS[row], **changes)
