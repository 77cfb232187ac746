"""Turns what went wrong with an attempt into the classifier's verdict on it."""

from dataclasses import replace

import httpx

from qcc_desktop.core.classifier import classify
from qcc_desktop.core.errors import BugError
from qcc_desktop.core.failure import (
    Failure,
    FailureClass,
    Observation,
    Phase,
    Scope,
    TransportFault,
)
from qcc_desktop.core.redact import redact
from qcc_desktop.proxy.transport.faults import Exchange, TransportFailure, fault_of


def observe(
    error: httpx.RequestError,
    phase: Phase | None,
    *,
    wall_now_s: float,
    request_body_bytes: int = 0,
    secret: str | None = None,
    stop_reason_seen: bool = False,
) -> Observation:
    """Return what a transport error says, for the classifier; ``phase`` None derives it."""
    fault = fault_of(error)
    exchange = error.exchange if isinstance(error, TransportFailure) else Exchange()
    secrets = (secret,) if secret else ()
    return Observation(
        phase=phase or _phase_of(error, exchange),
        fault=fault,
        reused_connection=exchange.reused,
        response_bytes=exchange.response_bytes,
        request_body_bytes=request_body_bytes,
        stop_reason_seen=stop_reason_seen,
        wall_now_s=wall_now_s,
        detail=redact(str(error), secrets)[:300],
    )


CANCELLED = Failure(
    kind=FailureClass.CLIENT_ABORT,
    row=35,
    reason="cancelled",
    message="The attempt was called off.",
    scope=Scope.REQUEST,
    switch=False,
)


def local_failure(error: OSError | ValueError, wall_now_s: float) -> Failure:
    """Return the verdict on an endpoint's settings that do not work here: another may do."""
    words = error.strerror if isinstance(error, OSError) else None
    seen = Observation(
        phase=Phase.CONNECT,
        fault=TransportFault.LOCAL_RESOURCE,
        wall_now_s=wall_now_s,
        detail=redact(words or str(error)),
    )
    message = f"Its settings do not work: {seen.detail}"
    return replace(judge(seen), reason="setup", message=message, switch=True, retry_same=0)


def judge(seen: Observation) -> Failure:
    """Return the verdict on something that is known to have failed.

    A body may begin like an answer all the same (a message, and garbage behind it): its words
    say nothing then.
    """
    failure = classify(seen) or classify(replace(seen, body=b""))
    if failure is None:
        raise BugError("What is known to have failed was classified as a success.")
    return failure


OFFLINE = replace(
    judge(Observation(phase=Phase.CONNECT, fault=TransportFault.OFFLINE)),
    switch=True,
    retry_only_if_last=True,
)
"""This computer has no network. Asking another endpoint costs nothing; the last one waits."""

_CONNECT_ERRORS = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def _phase_of(error: httpx.RequestError, exchange: Exchange) -> Phase:
    never_sent = not exchange.request_written and exchange.response_bytes == 0
    return Phase.CONNECT if isinstance(error, _CONNECT_ERRORS) and never_sent else Phase.HEADERS
