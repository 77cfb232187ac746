"""Every way a socket, a resolver, TLS or httpx can fail has a fault."""

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import TypeVar

import httpx
import pytest

from qcc_desktop.core.failure import TransportFault
from qcc_desktop.proxy.transport import faults
from qcc_desktop.proxy.transport.faults import (
    Exchange,
    ReadFailed,
    ResponseBroken,
    TransportFailure,
    WriteFailed,
    describe,
    failure_of_lost_connection,
    fault_of,
    fault_of_os_error,
)

T = TypeVar("T")


def subclasses(kind: type[T]) -> Iterator[type[T]]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


HTTPX_ERRORS = sorted(
    (kind for kind in subclasses(httpx.RequestError) if kind.__module__.startswith("httpx")),
    key=lambda kind: kind.__name__,
)
OWN_ERRORS = sorted(subclasses(TransportFailure), key=lambda kind: kind.__name__)

EXPECTED = {
    "ConnectError": TransportFault.REFUSED,
    "ConnectTimeout": TransportFault.CONNECT_TIMEOUT,
    "CloseError": TransportFault.RESET,
    "DecodingError": TransportFault.DECODE,
    "LocalProtocolError": TransportFault.PROTOCOL,
    "NetworkError": TransportFault.RESET,
    "PoolTimeout": TransportFault.POOL_TIMEOUT,
    "ProtocolError": TransportFault.PROTOCOL,
    "ProxyError": TransportFault.PROXY_REFUSED,
    "ReadError": TransportFault.RESET,
    "ReadTimeout": TransportFault.HEADERS_TIMEOUT,
    "RemoteProtocolError": TransportFault.PROTOCOL,
    "TimeoutException": TransportFault.HEADERS_TIMEOUT,
    "TooManyRedirects": TransportFault.PROTOCOL,
    "TransportError": TransportFault.PROTOCOL,
    "UnsupportedProtocol": TransportFault.PROTOCOL,
    "WriteError": TransportFault.WRITE,
    "WriteTimeout": TransportFault.WRITE,
}


@pytest.mark.parametrize("kind", HTTPX_ERRORS, ids=lambda kind: kind.__name__)
def test_every_request_error_of_httpx_is_mapped_on_purpose(
    kind: type[httpx.RequestError],
) -> None:
    assert fault_of(kind("words")) is EXPECTED[kind.__name__]


@pytest.mark.parametrize("kind", OWN_ERRORS, ids=lambda kind: kind.__name__)
def test_every_own_error_is_one_of_httpx_and_carries_fault_and_exchange(
    kind: type[TransportFailure],
) -> None:
    exchange = Exchange(reused=True)

    error = kind("words", TransportFault.EOF, exchange)

    assert any(base in HTTPX_ERRORS for base in kind.__mro__[2:])
    assert fault_of(error) is error.fault is TransportFault.EOF
    assert error.exchange is exchange
    assert str(error) == "words"


def test_every_error_httpx_can_raise_from_a_transport_has_an_own_counterpart() -> None:
    raised = {"TransportError", "TimeoutException", "NetworkError", "ProtocolError", "CloseError"}
    leaves = {
        kind
        for kind in HTTPX_ERRORS
        if issubclass(kind, httpx.TransportError) and kind.__name__ not in raised
    }

    covered = {base for kind in OWN_ERRORS for base in kind.__mro__ if base in leaves}

    assert covered == leaves


def cert_error() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "certificate has expired"
    return error


OS_ERRORS = [
    (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), TransportFault.REFUSED),
    (OSError(errno.ENETUNREACH, "no route"), TransportFault.UNREACHABLE),
    (OSError(errno.EHOSTUNREACH, "no route"), TransportFault.UNREACHABLE),
    (OSError(errno.EMFILE, "files"), TransportFault.LOCAL_RESOURCE),
    (OSError(errno.ENFILE, "files"), TransportFault.LOCAL_RESOURCE),
    (OSError(errno.ENOBUFS, "buffers"), TransportFault.LOCAL_RESOURCE),
    (ConnectionResetError(errno.ECONNRESET, "reset"), TransportFault.RESET),
    (ConnectionResetError(), TransportFault.RESET),
    (ConnectionAbortedError(), TransportFault.RESET),
    (ConnectionRefusedError(), TransportFault.REFUSED),
    (BrokenPipeError(errno.EPIPE, "pipe"), TransportFault.WRITE),
    (BrokenPipeError(), TransportFault.WRITE),
    (TimeoutError(errno.ETIMEDOUT, "timed out"), TransportFault.CONNECT_TIMEOUT),
    (TimeoutError(), TransportFault.CONNECT_TIMEOUT),
    (socket.gaierror(socket.EAI_NONAME, "unknown"), TransportFault.DNS),
    (UnicodeError("label too long"), TransportFault.DNS),
    (cert_error(), TransportFault.TLS),
    (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER]"), TransportFault.TLS),
    (ssl.SSLEOFError(8, "EOF occurred"), TransportFault.RESET),
    (MemoryError(), TransportFault.LOCAL_RESOURCE),
    (OSError("something else"), TransportFault.UNREACHABLE),
    (OSError(errno.EIO, "something else"), TransportFault.UNREACHABLE),
]


@pytest.mark.parametrize(("error", "fault"), OS_ERRORS, ids=lambda value: repr(value)[:50])
def test_errors_of_the_system_are_named(error: BaseException, fault: TransportFault) -> None:
    assert fault_of_os_error(error) is fault


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (10061, TransportFault.REFUSED),
        (1225, TransportFault.REFUSED),
        (10051, TransportFault.UNREACHABLE),
        (10065, TransportFault.UNREACHABLE),
        (10054, TransportFault.RESET),
        (64, TransportFault.RESET),
        (10024, TransportFault.LOCAL_RESOURCE),
        (10055, TransportFault.LOCAL_RESOURCE),
        (10060, TransportFault.CONNECT_TIMEOUT),
        (121, TransportFault.CONNECT_TIMEOUT),
        (11001, TransportFault.DNS),
    ],
)
def test_codes_of_windows_are_named(code: int, fault: TransportFault) -> None:
    class WindowsError(OSError):
        winerror = code

    assert fault_of_os_error(WindowsError(errno.EINVAL, "words")) is fault


def test_of_several_addresses_the_most_telling_failure_counts() -> None:
    unreachable = OSError(errno.EADDRNOTAVAIL, "no IPv6")
    refused = ConnectionRefusedError(errno.ECONNREFUSED, "refused")

    group = ExceptionGroup("both", [unreachable, ExceptionGroup("more", [refused])])

    assert fault_of_os_error(group) is TransportFault.REFUSED
    assert describe(group) == f"{unreachable}; {refused}"


def test_several_addresses_in_one_text_are_read_from_it() -> None:
    text = "Multiple exceptions: [Errno {}] Connect call failed, [Errno {}] Connect call failed"

    error = OSError(text.format(errno.ENETUNREACH, errno.ECONNREFUSED))

    assert fault_of_os_error(error) is TransportFault.REFUSED
    windows = OSError("Multiple exceptions: [WinError 1225] refused, [WinError 1225] refused")
    assert fault_of_os_error(windows) is TransportFault.REFUSED


def test_the_cause_of_a_wrapped_error_counts() -> None:
    error = RuntimeError("wrapped")
    error.__cause__ = socket.gaierror(socket.EAI_AGAIN, "try again")

    assert fault_of_os_error(error) is TransportFault.DNS


def test_a_certificates_own_reason_is_told() -> None:
    assert describe(cert_error()) == "certificate has expired"


LOST = [
    (None, True, ResponseBroken, TransportFault.DISCONNECTED),
    (ConnectionResetError(errno.ECONNRESET, "r"), True, ReadFailed, TransportFault.RESET),
    (ConnectionResetError(errno.ECONNRESET, "r"), False, WriteFailed, TransportFault.RESET),
    (BrokenPipeError(errno.EPIPE, "p"), False, WriteFailed, TransportFault.WRITE),
    (TimeoutError(errno.ETIMEDOUT, "t"), True, ReadFailed, TransportFault.RESET),
    (OSError(errno.ENETDOWN, "n"), True, ReadFailed, TransportFault.UNREACHABLE),
    (ssl.SSLError(1, "bad record mac"), True, ReadFailed, TransportFault.PROTOCOL),
    (ssl.SSLError(1, "alert certificate required"), True, ReadFailed, TransportFault.TLS),
]


@pytest.mark.parametrize(("error", "written", "kind", "fault"), LOST, ids=lambda v: repr(v)[:40])
def test_the_end_of_a_connection_is_named_by_how_far_the_exchange_was(
    error: Exception | None, written: bool, kind: type[TransportFailure], fault: TransportFault
) -> None:
    failure = failure_of_lost_connection(error, Exchange(request_written=written))

    assert type(failure) is kind
    assert failure.fault is fault
    assert failure.__cause__ is error


def test_no_two_rows_of_the_windows_table_contradict_the_other_names_of_a_code() -> None:
    same = {(10061, 1225), (10051, 1231), (10065, 1232), (10053, 1236), (10060, 121)}

    assert all(faults._WINDOWS[one] is faults._WINDOWS[two] for one, two in same)
