"""Transport errors: httpx's classes, each saying which fault it was and what was known.

    httpx.TransportError
    └── TransportFailure            .fault, .exchange
        ├── DialFailed              httpx.ConnectError
        ├── DialTimedOut            httpx.ConnectTimeout
        ├── ProxyFailed             httpx.ProxyError
        ├── PoolTimedOut            httpx.PoolTimeout
        ├── ReadFailed              httpx.ReadError
        ├── ReadTimedOut            httpx.ReadTimeout
        ├── WriteFailed             httpx.WriteError
        ├── WriteTimedOut           httpx.WriteTimeout
        ├── ResponseBroken          httpx.RemoteProtocolError
        ├── RequestRefused          httpx.LocalProtocolError
        └── SchemeUnsupported       httpx.UnsupportedProtocol

`fault_of` also names the fault of httpx's own exceptions (a `DecodingError` is raised above
the transport), so that one function serves every `except httpx.HTTPError`.
"""

import errno
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from qcc_desktop.core.failure import TransportFault


@dataclass(slots=True)
class Exchange:
    """What is known of one request and its response; filled in while it runs.

    ``request_written`` is True once the whole request was handed to the kernel (behind TLS
    give or take one buffer of 64 KB). ``response_bytes`` counts raw bytes of this response,
    its head included. ``wait_s`` is the time spent waiting for a free connection,
    ``connect_s`` that of opening one (DNS, TCP, proxy, TLS; 0.0 when reused), ``head_s`` from
    sending the request until the response head was complete.
    """

    reused: bool = False
    request_written: bool = False
    response_bytes: int = 0
    wait_s: float = 0.0
    connect_s: float = 0.0
    head_s: float = 0.0
    http_version: str = ""


class TransportFailure(httpx.TransportError):
    """A request failed below HTTP semantics; ``fault`` says how, ``exchange`` how far it came."""

    def __init__(self, message: str, fault: TransportFault, exchange: Exchange) -> None:
        super().__init__(message)
        self.fault = fault
        self.exchange = exchange


class DialFailed(TransportFailure, httpx.ConnectError):
    """No connection could be opened."""


class DialTimedOut(TransportFailure, httpx.ConnectTimeout):
    """No connection could be opened in time."""


class ProxyFailed(TransportFailure, httpx.ProxyError):
    """The proxy between this computer and the endpoint refused or cannot be reached."""


class PoolTimedOut(TransportFailure, httpx.PoolTimeout):
    """All connections stayed busy for too long."""


class ReadFailed(TransportFailure, httpx.ReadError):
    """The connection broke while waiting for or reading the response."""


class ReadTimedOut(TransportFailure, httpx.ReadTimeout):
    """The response head, or the next part of the body, did not come in time."""


class WriteFailed(TransportFailure, httpx.WriteError):
    """The connection broke while the request was being sent."""


class WriteTimedOut(TransportFailure, httpx.WriteTimeout):
    """The peer stopped taking the request."""


class ResponseBroken(TransportFailure, httpx.RemoteProtocolError):
    """The peer ended the response early or sent something that is not HTTP/1.1."""


class RequestRefused(TransportFailure, httpx.LocalProtocolError):
    """The request itself cannot be put into HTTP/1.1."""


class SchemeUnsupported(TransportFailure, httpx.UnsupportedProtocol):
    """The URL is neither ``http`` nor ``https``."""


_BY_HTTPX_CLASS: tuple[tuple[type[httpx.RequestError], TransportFault], ...] = (
    (httpx.ConnectTimeout, TransportFault.CONNECT_TIMEOUT),
    (httpx.PoolTimeout, TransportFault.POOL_TIMEOUT),
    (httpx.WriteTimeout, TransportFault.WRITE),
    (httpx.ReadTimeout, TransportFault.HEADERS_TIMEOUT),
    (httpx.TimeoutException, TransportFault.HEADERS_TIMEOUT),
    (httpx.ProxyError, TransportFault.PROXY_REFUSED),
    (httpx.ConnectError, TransportFault.REFUSED),
    (httpx.WriteError, TransportFault.WRITE),
    (httpx.ReadError, TransportFault.RESET),
    (httpx.CloseError, TransportFault.RESET),
    (httpx.NetworkError, TransportFault.RESET),
    (httpx.DecodingError, TransportFault.DECODE),
    (httpx.TooManyRedirects, TransportFault.PROTOCOL),
    (httpx.UnsupportedProtocol, TransportFault.PROTOCOL),
    (httpx.ProtocolError, TransportFault.PROTOCOL),
    (httpx.TransportError, TransportFault.PROTOCOL),
    (httpx.RequestError, TransportFault.PROTOCOL),
)
"""Most specific first: the first class that matches decides."""


def fault_of(error: httpx.RequestError) -> TransportFault:
    """The fault behind any exception that httpx or this transport raises for a request."""
    if isinstance(error, TransportFailure):
        return error.fault
    return next(fault for kind, fault in _BY_HTTPX_CLASS if isinstance(error, kind))


_WINDOWS = {
    10013: TransportFault.UNREACHABLE,  # WSAEACCES: blocked by a firewall
    10024: TransportFault.LOCAL_RESOURCE,  # WSAEMFILE
    10050: TransportFault.UNREACHABLE,  # WSAENETDOWN
    10051: TransportFault.UNREACHABLE,  # WSAENETUNREACH
    10052: TransportFault.RESET,  # WSAENETRESET
    10053: TransportFault.RESET,  # WSAECONNABORTED
    10054: TransportFault.RESET,  # WSAECONNRESET
    10055: TransportFault.LOCAL_RESOURCE,  # WSAENOBUFS
    10060: TransportFault.CONNECT_TIMEOUT,  # WSAETIMEDOUT
    10061: TransportFault.REFUSED,  # WSAECONNREFUSED
    10064: TransportFault.UNREACHABLE,  # WSAEHOSTDOWN
    10065: TransportFault.UNREACHABLE,  # WSAEHOSTUNREACH
    11001: TransportFault.DNS,  # WSAHOST_NOT_FOUND
    11002: TransportFault.DNS,  # WSATRY_AGAIN
    121: TransportFault.CONNECT_TIMEOUT,  # ERROR_SEM_TIMEOUT, from overlapped connects
    1225: TransportFault.REFUSED,  # ERROR_CONNECTION_REFUSED, the same
    1231: TransportFault.UNREACHABLE,  # ERROR_NETWORK_UNREACHABLE, the same
    1232: TransportFault.UNREACHABLE,  # ERROR_HOST_UNREACHABLE, the same
    1236: TransportFault.RESET,  # ERROR_CONNECTION_ABORTED, the same
    64: TransportFault.RESET,  # ERROR_NETNAME_DELETED, the same
}
"""Winsock codes and the codes of overlapped calls (``OSError.winerror``)."""

_POSIX = {
    errno.ECONNREFUSED: TransportFault.REFUSED,
    errno.ENETUNREACH: TransportFault.UNREACHABLE,
    errno.EHOSTUNREACH: TransportFault.UNREACHABLE,
    errno.ENETDOWN: TransportFault.UNREACHABLE,
    errno.EADDRNOTAVAIL: TransportFault.UNREACHABLE,
    errno.EAFNOSUPPORT: TransportFault.UNREACHABLE,
    errno.EACCES: TransportFault.UNREACHABLE,
    errno.EPERM: TransportFault.UNREACHABLE,
    errno.EMFILE: TransportFault.LOCAL_RESOURCE,
    errno.ENFILE: TransportFault.LOCAL_RESOURCE,
    errno.ENOBUFS: TransportFault.LOCAL_RESOURCE,
    errno.ENOMEM: TransportFault.LOCAL_RESOURCE,
    errno.ETIMEDOUT: TransportFault.CONNECT_TIMEOUT,
    errno.ECONNRESET: TransportFault.RESET,
    errno.ECONNABORTED: TransportFault.RESET,
    errno.EPIPE: TransportFault.WRITE,
}
if hasattr(errno, "EHOSTDOWN"):
    _POSIX[errno.EHOSTDOWN] = TransportFault.UNREACHABLE

_BY_WEIGHT = (
    TransportFault.LOCAL_RESOURCE,
    TransportFault.TLS,
    TransportFault.REFUSED,
    TransportFault.RESET,
    TransportFault.WRITE,
    TransportFault.CONNECT_TIMEOUT,
    TransportFault.DNS,
    TransportFault.UNREACHABLE,
)
"""Of several addresses tried, the fault that says most about the endpoint comes first: with
IPv6 off, ``::1`` is unreachable while 127.0.0.1 refuses, and refused is the truth."""

_NUMBER = re.compile(r"\[(Errno|WinError) (\d+)\]")


def fault_of_os_error(error: BaseException) -> TransportFault:
    """The fault behind what a socket, the resolver or TLS raised.

    Walks causes and exception groups: with several addresses, asyncio reports all failures
    in one error (a group from Python 3.12, one text without ``errno`` before).
    """
    found = set(_faults_within(error))
    return next((fault for fault in _BY_WEIGHT if fault in found), TransportFault.UNREACHABLE)


def _faults_within(error: BaseException) -> Iterator[TransportFault]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _faults_within(inner)
        return
    own = _own_fault(error)
    if own is not None:
        yield own
    elif isinstance(error, OSError) and error.errno is None:
        for kind, number in _NUMBER.findall(str(error)):
            table = _WINDOWS if kind == "WinError" else _POSIX
            yield table.get(int(number), TransportFault.UNREACHABLE)
    if error.__cause__ is not None:
        yield from _faults_within(error.__cause__)


def _own_fault(error: BaseException) -> TransportFault | None:
    if isinstance(error, socket.gaierror | UnicodeError):
        return TransportFault.DNS
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return TransportFault.RESET
    if isinstance(error, ssl.SSLError | ssl.CertificateError):
        return TransportFault.TLS
    if isinstance(error, OSError) and error.errno is not None:
        on_windows: int | None = getattr(error, "winerror", None)
        return _WINDOWS.get(on_windows) if on_windows else _POSIX.get(error.errno)
    return _fault_of_class(error)


def _fault_of_class(error: BaseException) -> TransportFault | None:
    """For errors raised without a number, as asyncio does (``ConnectionResetError()``)."""
    match error:
        case ConnectionRefusedError():
            return TransportFault.REFUSED
        case BrokenPipeError():
            return TransportFault.WRITE
        case ConnectionError():
            return TransportFault.RESET
        case TimeoutError():
            return TransportFault.CONNECT_TIMEOUT
        case MemoryError():
            return TransportFault.LOCAL_RESOURCE
        case _:
            return None


def describe(error: BaseException) -> str:
    """One line about ``error`` for a message: for TLS the certificate's own reason."""
    if isinstance(error, BaseExceptionGroup):
        return "; ".join(dict.fromkeys(describe(inner) for inner in error.exceptions))
    # Errors of TLS made in Python (truststore's) lack the attributes that OpenSSL's have.
    reason: str | None = getattr(error, "verify_message", None)
    if not reason and isinstance(error, ssl.SSLError):
        reason = (getattr(error, "reason", None) or "").replace("_", " ").lower()
    return reason or str(error) or type(error).__name__


def failure_of_lost_connection(error: Exception | None, exchange: Exchange) -> TransportFailure:
    """What the end of an established connection means for the exchange that ran on it."""
    if error is None:
        text = "The connection was closed."
        return ResponseBroken(text, TransportFault.DISCONNECTED, exchange)
    fault = _established(fault_of_os_error(error), error)
    kind = ReadFailed if exchange.request_written else WriteFailed
    failure = kind(f"The connection broke: {describe(error)}", fault, exchange)
    failure.__cause__ = error
    return failure


def _established(fault: TransportFault, error: Exception) -> TransportFault:
    """What names a failed connect names something else on a connection that had worked."""
    match fault:
        case TransportFault.CONNECT_TIMEOUT | TransportFault.REFUSED | TransportFault.DNS:
            return TransportFault.RESET
        case TransportFault.TLS if "alert" not in describe(error):
            return TransportFault.PROTOCOL
        case _:
            return fault
