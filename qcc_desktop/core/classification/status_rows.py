"""Rows 8 to 26: verdicts on an HTTP status with its headers and body.

`Reading` is what was read of the answer. Under a client status (400, 422) words are believed
only where the endpoint says them itself: quotations and the paths of a validation message
(``messages.3.content: ...``) repeat what the person wrote.
"""

import re
from dataclasses import dataclass
from typing import Final

from qcc_desktop.core.classification.body import ErrorBody, Shape
from qcc_desktop.core.classification.limits import Limits
from qcc_desktop.core.classification.patterns import (
    Topic,
    code_says,
    status_of_types,
    text_says,
)
from qcc_desktop.core.classification.rows import verdict
from qcc_desktop.core.failure import Cooldown, Failure, FailureClass

_LARGEST_BODY_BYTES: Final = 32 * 1024 * 1024
_PATIENCE_S: Final = 20.0
"""Longest wait for the last endpoint within one request."""
_VALIDATION: Final = re.compile(r"\b(?:messages|tools|system|metadata)[.\[]\s?\d")
_QUOTED: Final = re.compile(
    r"\"[^\"]{0,2000}\"|“[^“”]{0,2000}”|「[^「」]{0,2000}」|`[^`]{0,2000}`"
    r"|(?:(?<=[\s(=:,\[{])|^)'[^']{0,2000}'(?![^\W_])"
)
_ECHO: Final = re.compile(
    r"\b(?:got|received|input(?:_value| was)?|near|found|parse|provided)\s?[:=].*",
    re.IGNORECASE | re.DOTALL,
)
_WRONG_PROTOCOL: Final = re.compile(r"plain HTTP request was sent to HTTPS", re.IGNORECASE)
_EDGE_TEXT: Final = re.compile(r"\berror (?:code: )?10\d\d\b|\bjust a moment\b", re.IGNORECASE)
_INVALID: Final = frozenset({400, 422})
_SURE_SPEND: Final = frozenset({"enforced_spend_limit_reached", "billing_error"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer as the rows see it; ``headers_edge`` says an edge network signed it."""

    body: ErrorBody
    limits: Limits
    from_edge: bool = False
    request_body_bytes: int = 0
    raw: bytes = b""

    def names(self, topic: Topic) -> bool:
        """Return whether the answer is about ``topic``, by code or by words."""
        return code_says(topic, self.body.codes) or text_says(topic, self.body.text)

    def own_words(self) -> str:
        """The text without quotations and echoes of the request."""
        if _VALIDATION.search(self.body.text):
            return ""
        return _ECHO.sub(" ", _QUOTED.sub(" ", self.body.text))


def by_status(status: int, seen: Reading) -> Failure:
    """Return the verdict on an answer with ``status``, itself or implied by its body."""
    if _is_quota(status, seen):
        return _quota(seen)
    if 300 <= status < 400 or status in {405, 501}:
        return verdict(17, message=f"The base URL answers with status {status}.")
    if status in _INVALID:
        return _invalid(status, seen)
    if 500 <= status < 600:
        return _server(status, seen)
    return _HANDLERS.get(status, _unknown)(status, seen)


def _is_quota(status: int, seen: Reading) -> bool:
    if status == 402:
        return True
    codes, limits = seen.body.codes, seen.limits
    if not _SURE_SPEND.isdisjoint(codes):
        return True
    if status == 429 and (limits.retry_after_s is not None or limits.usage_rejected):
        return False
    if code_says(Topic.QUOTA, codes):
        return True
    text = seen.own_words() if status in _INVALID else seen.body.text
    if text_says(Topic.QUOTA, text):
        return True
    return status == 403 and text_says(Topic.QUOTA_WEAK, text)


def _quota(seen: Reading) -> Failure:
    """Row 12: benched until the date in the text, if it names one."""
    return verdict(12, cooldown=Cooldown(1800.0, 21600.0, seen.limits.date_s))


def _invalid(status: int, seen: Reading) -> Failure:
    if seen.body.shape is Shape.HTML:
        if _WRONG_PROTOCOL.search(seen.raw[:4000].decode("latin-1")):
            return verdict(17, message="The base URL needs https.")
        return _unknown(status, seen)
    implied = status_of_types(seen.body.types)
    if implied is not None and implied not in _INVALID:
        return by_status(implied, seen)
    for topic, row in _CLIENT_TOPICS:
        if seen.names(topic):
            return verdict(row, client_status=_client_status(status, row))
    return _invalid_by_own_words(status, seen)


def _invalid_by_own_words(status: int, seen: Reading) -> Failure:
    codes, words = seen.body.codes, seen.own_words()
    if code_says(Topic.MODEL, codes) or text_says(Topic.MODEL, _model_words(seen)):
        return verdict(16)
    if code_says(Topic.AUTH, codes) or text_says(Topic.AUTH, words):
        return _key_refused(status, seen)
    if code_says(Topic.OVERLOAD, codes):
        return _overloaded(seen)
    if code_says(Topic.RATE, codes):
        return _rate_limit(429, seen)
    if text_says(Topic.HOST, words):
        return _server(500, seen)
    return verdict(8, client_status=status)


def _model_words(seen: Reading) -> str:
    """The text with its quotations, unless it is a validation message: models are quoted."""
    return "" if _VALIDATION.search(seen.body.text) else seen.body.text


def _client_status(status: int, row: int) -> int:
    """The overflow must be a 400, whatever it came as: Claude Code compacts on that."""
    return 400 if row == 9 else status


_CLIENT_TOPICS: Final = (
    (Topic.POLICY, 8),
    (Topic.CONTEXT, 9),
    (Topic.THINKING, 10),
    (Topic.CAPABILITY, 11),
)


def _key_refused(status: int, seen: Reading) -> Failure:
    del seen
    return verdict(13, message=f"The endpoint refused the key ({status}).")


def _unauthorised(status: int, seen: Reading) -> Failure:
    """Row 13, unless a valid key merely lacks the model (Baidu, LiteLLM)."""
    if seen.names(Topic.MODEL) and not text_says(Topic.AUTH, seen.body.text):
        return verdict(16)
    return _key_refused(status, seen)


def _forbidden(status: int, seen: Reading) -> Failure:
    if seen.limits.usage_rejected:
        return _usage_limit(seen)
    if _is_edge_page(seen):
        return verdict(15)
    if seen.names(Topic.POLICY):
        return verdict(8, client_status=status)
    if seen.names(Topic.CONTEXT):
        return verdict(9)
    if seen.names(Topic.MODEL):
        return verdict(16)
    return verdict(14, message=f"The endpoint forbids the use of this key ({status}).")


def _is_edge_page(seen: Reading) -> bool:
    """Say whether a firewall answered; Cloudflare's header alone is on API answers too."""
    shape = seen.body.shape
    if shape is Shape.TEXT:
        return _EDGE_TEXT.search(seen.body.text) is not None
    return shape is Shape.HTML or (shape is Shape.EMPTY and seen.from_edge)


def _not_found(status: int, seen: Reading) -> Failure:
    if seen.names(Topic.MODEL):
        return verdict(16)
    if seen.body.shape is Shape.JSON and "not_found_error" in seen.body.codes:
        if text_says(Topic.MISSING_FILE, seen.body.text):
            return verdict(8, client_status=404, client_error_type="not_found_error")
        return verdict(16)
    return verdict(17, message=f"The base URL answers with status {status}.")


def _try_again(status: int, seen: Reading) -> Failure:
    again = 0 if seen.limits.never_retry else 1
    return verdict(19, client_status=status, retry_same=again)


def _too_large(status: int, seen: Reading) -> Failure:
    del status
    if seen.names(Topic.CONTEXT):
        return verdict(9)
    if seen.body.shape is Shape.JSON or seen.request_body_bytes > _LARGEST_BODY_BYTES:
        return verdict(20)
    return verdict(21)


def _rate_limit(status: int, seen: Reading) -> Failure:
    del status
    limits = seen.limits
    if code_says(Topic.OVERLOAD, seen.body.codes):
        return _overloaded(seen)
    if limits.named:
        return _limited(seen)
    if text_says(Topic.OVERLOAD, seen.body.text):
        return _overloaded(seen)
    if seen.names(Topic.MODEL):
        return verdict(16)
    return verdict(23, should_retry=False if limits.never_retry else None)


def _limited(seen: Reading) -> Failure:
    """Rows 22 and 24: the answer names a limit in its headers or a time in its words."""
    limits = seen.limits
    if limits.overage_allowed:
        return _limited_for(30.0, seen)
    if limits.usage_rejected or limits.never_retry:
        return _usage_limit(seen)
    return _limited_for(limits.wait_s, seen)


def _limited_for(wait_s: float | None, seen: Reading) -> Failure:
    if wait_s is None:
        return verdict(22)
    exact_s = min(max(wait_s, 5.0), 1800.0)
    patient = wait_s <= _PATIENCE_S and not seen.limits.never_retry
    return verdict(
        22, cooldown=Cooldown(15.0, 1800.0, exact_s), retry_after_s=exact_s,
        retry_same=1 if patient else 0, retry_delay_s=wait_s if patient else 0.0,
        retry_only_if_last=patient,
    )  # fmt: skip


def _usage_limit(seen: Reading) -> Failure:
    """Row 24: benched until the window ends, shown as a clock; unpaid plans are QUOTA."""
    limits = seen.limits
    wait_s = limits.usage_reset_s if limits.usage_reset_s is not None else limits.wait_s
    cooldown = Cooldown(300.0, 18000.0, wait_s)
    if limits.payment_required:
        return verdict(
            24, kind=FailureClass.QUOTA, reason="plan_unpaid",
            message="The plan of this endpoint has to be paid.", cooldown=cooldown,
            release_affinity=True, quarantine=True, client_status=402,
            client_error_type="billing_error", should_retry=False,
        )  # fmt: skip
    should_retry = False if limits.never_retry else None
    return verdict(24, cooldown=cooldown, retry_after_s=wait_s, should_retry=should_retry)


def _server(status: int, seen: Reading) -> Failure:
    """Rows 9, 10, 13, 16, 25, 26 and 28 for a 5xx; nested statuses were looked at before."""
    if status == 529 or seen.names(Topic.OVERLOAD):
        return _overloaded(seen)
    if status == 511:
        return verdict(28, reason="captive_portal", message="The network asks for a log-in page.")
    if status in {500, 502, 503}:
        known = _server_wording(status, seen)
        if known is not None:
            return known
    base_s = 60.0 if status == 503 else 5.0
    return verdict(
        26, message=f"The endpoint has an internal fault ({status}).",
        **_asked_pause(seen, base_s, 300.0),
        retry_same=0 if seen.limits.never_retry else 1,
        client_status=503 if status == 503 else 502,
    )  # fmt: skip


def _server_wording(status: int, seen: Reading) -> Failure | None:
    for topic, row in _CLIENT_TOPICS:
        if topic is not Topic.CAPABILITY and seen.names(topic):
            return verdict(row)
    if seen.names(Topic.MODEL):
        return verdict(16)
    if seen.names(Topic.AUTH):
        return _key_refused(status, seen)
    return None


def _overloaded(seen: Reading) -> Failure:
    return verdict(
        25, **_asked_pause(seen, 10.0, 120.0), retry_same=0 if seen.limits.never_retry else 1
    )


def _asked_pause(seen: Reading, base_s: float, cap_s: float) -> dict[str, Cooldown | float | None]:
    """Cool-down and retry-after of a 5xx; its ``retry-after`` counts within the row's limits."""
    asked_s = seen.limits.retry_after_s
    if asked_s is None:
        return {"cooldown": Cooldown(base_s, cap_s)}
    exact_s = min(max(asked_s, min(base_s, 5.0)), cap_s)
    return {"cooldown": Cooldown(base_s, cap_s, exact_s), "retry_after_s": exact_s}


def _proxy_asks(status: int, seen: Reading) -> Failure:
    del status, seen
    return verdict(
        1, reason="proxy_auth", message="The network proxy asks for a user name and password.",
        switch=True, retry_same=0, retry_delay_s=0.0, should_retry=False,
    )  # fmt: skip


def _unknown(status: int, seen: Reading) -> Failure:
    del seen
    return verdict(36, message=f"The endpoint answered with status {status}.")


_HANDLERS: Final = {
    401: _unauthorised,
    403: _forbidden,
    404: _not_found,
    407: _proxy_asks,
    408: _try_again,
    409: _try_again,
    413: _too_large,
    429: _rate_limit,
}
