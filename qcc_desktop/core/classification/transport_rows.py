"""Rows 1 to 7, 28, 30, 32 and 33: verdicts on what broke below HTTP semantics."""

from typing import Final

from qcc_desktop.core.classification.body import ErrorBody, Shape
from qcc_desktop.core.classification.rows import verdict
from qcc_desktop.core.failure import Failure, Observation, Phase, TransportFault

_LOCAL: Final = {
    TransportFault.POOL_TIMEOUT: "All connections to the endpoint are in use.",
    TransportFault.LOCAL_RESOURCE: "This computer is out of files, ports or memory.",
}
_CONNECT: Final = {
    TransportFault.DNS: "The endpoint's host name cannot be resolved.",
    TransportFault.REFUSED: "The endpoint refused the connection.",
    TransportFault.UNREACHABLE: "There is no network route to the endpoint.",
    TransportFault.CONNECT_TIMEOUT: "The endpoint did not accept a connection in time.",
}
_CLOSED: Final = {
    TransportFault.DISCONNECTED: "The endpoint closed the connection without an answer.",
    TransportFault.RESET: "The endpoint reset the connection.",
    TransportFault.WRITE: "The endpoint stopped reading the request.",
    TransportFault.EOF: "The endpoint's answer ended too early.",
    TransportFault.PROTOCOL: "The endpoint sent something that is not HTTP.",
    TransportFault.HEADERS_TOO_LARGE: "The endpoint sent oversized response headers.",
    TransportFault.DECODE: "The endpoint's answer is compressed wrongly.",
    TransportFault.MALFORMED: "The endpoint's answer is no message.",
}
_RACES: Final = frozenset(
    {TransportFault.DISCONNECTED, TransportFault.RESET, TransportFault.WRITE, TransportFault.EOF}
)
_TIMEOUTS: Final = frozenset(
    {
        TransportFault.HEADERS_TIMEOUT,
        TransportFault.CONTENT_TIMEOUT,
        TransportFault.IDLE_TIMEOUT,
    }
)


def local(fault: TransportFault) -> Failure | None:
    """Return the verdict on a fault of this computer (rows 1 and 6), None for another fault.

    A proxy that does not forward may refuse one host only, or serve one endpoint only, so
    another endpoint may be asked at once; when none is left, the wait of row 1 applies.
    """
    if fault is TransportFault.OFFLINE:
        return verdict(1)
    if fault is TransportFault.PROXY_REFUSED:
        return verdict(
            1, reason="proxy_refused", message="The network proxy does not forward the request.",
            switch=True, retry_only_if_last=True,
        )  # fmt: skip
    if fault is TransportFault.PROXY_AUTH:
        return verdict(
            1, reason="proxy_auth", message="The network proxy asks for a user name and password.",
            switch=True, retry_same=0, retry_delay_s=0.0, should_retry=False,
        )  # fmt: skip
    if fault in _LOCAL:
        return verdict(6, reason=fault.value, message=_LOCAL[fault])
    return None


def before_status(seen: Observation, fault: TransportFault) -> Failure:
    """Return the verdict on a fault before a response head came (rows 2 to 5 and 7)."""
    if fault is TransportFault.TLS:
        return verdict(3)
    if seen.phase is Phase.CONNECT or fault in _CONNECT:
        words = _CONNECT.get(fault, _CLOSED.get(fault, "The endpoint cannot be reached."))
        return verdict(2, reason=fault.value, message=words)
    if fault in _TIMEOUTS:
        return verdict(7)
    if seen.reused_connection and seen.response_bytes == 0 and fault in _RACES:
        return verdict(4)
    if fault in _CLOSED:
        return verdict(5, reason=fault.value, message=_CLOSED[fault])
    return verdict(36, reason=fault.value)


def before_content(fault: TransportFault | None, body: ErrorBody) -> Failure:
    """Return the verdict on a 2xx head without content (rows 28, 30 and 32)."""
    if fault in _TIMEOUTS:
        return verdict(32)
    if body.shape is Shape.HTML:
        return verdict(28)
    if fault is None or fault is TransportFault.MALFORMED:
        return verdict(30, message="The endpoint's answer has no content.")
    return verdict(30, reason=f"no_content_{fault.value}")


def mid_stream(fault: TransportFault | None) -> Failure:
    """Return the verdict on a stream that broke off after content (row 33)."""
    if fault is TransportFault.IDLE_TIMEOUT:
        return verdict(33, reason="idle_mid_stream", message="The endpoint's answer stalled.")
    return verdict(33)
