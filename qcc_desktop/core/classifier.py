"""What was seen of one attempt -> the verdict on it.

`classify` walks the classification table in its match order: who ended the request, exception
and phase, status with error type, then the words of the body. It never raises, does no I/O and
reads at most 64 KB.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from qcc_desktop.core.classification import transport_rows
from qcc_desktop.core.classification.body import ErrorBody, Shape, read_body
from qcc_desktop.core.classification.limits import read_limits
from qcc_desktop.core.classification.patterns import (
    Topic,
    code_says,
    status_of_types,
    text_says,
)
from qcc_desktop.core.classification.rows import verdict
from qcc_desktop.core.classification.status_rows import Reading, by_status
from qcc_desktop.core.failure import (
    BreakerEffect,
    Failure,
    FailureClass,
    Observation,
    Phase,
    TransportFault,
)

_NESTED: Final = frozenset({400, 401, 402, 403, 413, 422, 429, 529})
_WRAPPERS: Final = frozenset({500, 502, 503})
_IMPLIED: Final = (
    (Topic.QUOTA, 402),
    (Topic.CONTEXT, 400),
    (Topic.THINKING, 400),
    (Topic.POLICY, 400),
    (Topic.MODEL, 404),
    (Topic.AUTH, 401),
    (Topic.OVERLOAD, 529),
    (Topic.RATE, 429),
    (Topic.PERMISSION, 403),
    (Topic.CAPABILITY, 400),
)


def classify(seen: Observation) -> Failure | None:
    """Return the verdict on an attempt, or None when the answer is complete after all.

    None is row 31 (a whole JSON message where a stream was asked) and row 34 (everything came
    but ``message_stop``): the caller finishes the answer and counts a success.
    """
    if seen.client_gone:
        return verdict(35)
    if seen.phase is Phase.MID_STREAM and seen.stop_reason_seen:
        return None
    if not seen.is_inference:
        return _other_path(seen)
    return _inference(seen)


def _inference(seen: Observation) -> Failure | None:
    local = transport_rows.local(seen.fault) if seen.fault else None
    if local is not None and seen.phase is not Phase.MID_STREAM:
        return local
    if seen.phase is Phase.MID_STREAM:
        return _mid_stream(seen)
    if seen.status is None and not seen.is_sse_error:
        fault = seen.fault
        return transport_rows.before_status(seen, fault) if fault else verdict(36)
    reading = _read(seen)
    status = 200 if seen.status is None else seen.status
    if seen.is_sse_error or 200 <= status < 300:
        return _before_content(seen, reading)
    return _error_status(status, reading)


def _read(seen: Observation) -> Reading:
    headers = _lower(seen.headers)
    body = read_body(seen.body, headers)
    edge = "cf-ray" in headers or "cloudflare" in headers.get("server", "").lower()
    return Reading(
        body, read_limits(headers, body, seen.wall_now_s), edge, seen.request_body_bytes, seen.body
    )


def _lower(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _error_status(status: int, reading: Reading) -> Failure:
    """Rows 8 to 27: an error status, or the error that a relay wrapped into a 5xx."""
    nested = _nested_status(status, reading.body) if status in _WRAPPERS else None
    if nested is not None:
        return replace(by_status(nested, reading), row=27)
    return by_status(status, reading)


def _nested_status(status: int, body: ErrorBody) -> int | None:
    """The status of the upstream's own error inside ``body``, the innermost first."""
    implied = status_of_types(body.types)
    if implied in _NESTED and implied != 529:
        return implied
    for nested in reversed(body.nested_statuses):
        if nested in _NESTED:
            return nested
        if nested != status and nested >= 500:
            return None
    if code_says(Topic.RATE, body.codes) or text_says(Topic.RATE, body.text):
        return None if text_says(Topic.OVERLOAD, body.text) else 429
    return None


def _before_content(seen: Observation, reading: Reading) -> Failure | None:
    """Rows 28 to 32: a 2xx head, or an SSE error, before anything reached the client."""
    body = reading.body
    if body.is_message and seen.fault in {None, TransportFault.MALFORMED}:
        return None
    if seen.is_sse_error or body.is_error or _says_error_in_words(body):
        return replace(by_status(_implied_status(body), reading), row=29)
    return transport_rows.before_content(seen.fault, body)


def _says_error_in_words(body: ErrorBody) -> bool:
    """Say whether a short plain text is an error: model text never has this shape."""
    return body.shape is Shape.TEXT and 0 < len(body.text) <= 300 and _topic(body) is not None


def _topic(body: ErrorBody) -> int | None:
    for topic, status in _IMPLIED:
        if code_says(topic, body.codes) or text_says(topic, body.text):
            return status
    return None


def _implied_status(body: ErrorBody) -> int:
    """The status that an error without one should have had."""
    by_type = status_of_types(body.types)
    if by_type is not None:
        return by_type
    if body.nested_statuses:
        return body.nested_statuses[-1]
    return _topic(body) or 500


def _mid_stream(seen: Observation) -> Failure:
    """Row 33: by the type of the error event, else a broken transport."""
    broken = transport_rows.mid_stream(seen.fault)
    if not seen.is_sse_error:
        return broken
    reading = _read(seen)
    inner = by_status(_implied_status(reading.body), reading)
    if inner.kind is FailureClass.TRANSIENT:
        return replace(broken, reason=inner.reason, message=inner.message)
    return replace(
        inner, row=33, switch=False, switch_if=None, switch_limit=None, retry_same=0,
        retry_delay_s=0.0, retry_only_if_last=False, retry_stripped=False,
    )  # fmt: skip


def _other_path(seen: Observation) -> Failure:
    """Row 18: what other paths answer says nothing about inference.

    A status is passed on as it is, except 401, upon which Claude Code would ask for a log-in.
    A transport fault keeps its name; only if nothing was sent yet may another endpoint be asked.
    """
    if seen.status is None or seen.fault is not None:
        found = _inference(replace(seen, is_inference=True)) or verdict(18)
        return replace(
            found, row=18, breaker=BreakerEffect.NEUTRAL, cooldown=None, retry_same=0,
            switch=seen.phase is Phase.CONNECT and found.switch, quarantine=False,
            release_affinity=False,
        )  # fmt: skip
    if seen.status == 401:
        return verdict(
            18, message="The endpoint refused the key (401).", client_status=403,
            client_error_type="permission_error", verbatim=False,
        )  # fmt: skip
    return verdict(18, client_status=seen.status)
