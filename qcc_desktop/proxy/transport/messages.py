"""What goes into a connection and what comes out of it."""

from collections.abc import AsyncIterable
from dataclasses import dataclass
from typing import NamedTuple

from qcc_desktop.proxy.transport.stream import BodyStream

RawHeaders = list[tuple[bytes, bytes]]
Origin = tuple[bytes, bytes, int]
"""Scheme, host and port."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long an exchange may take where; None waits for ever.

    ``write_s`` is per stretch without progress, ``head_s`` runs from the written request to
    the complete response head, ``idle_s`` is the longest silence within the body.
    """

    write_s: float | None = None
    head_s: float | None = None
    idle_s: float | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request ready for the wire: ``head`` ends with its empty line.

    ``body`` is whole bytes, or pieces produced while sending (each framed as a chunk where
    ``is_chunked``).
    """

    head: bytes
    body: bytes | AsyncIterable[bytes]
    is_chunked: bool
    is_head_method: bool


class Incoming(NamedTuple):
    """A response head and the stream of its body."""

    status: int
    reason: bytes
    headers: RawHeaders
    body: BodyStream


def ends_with_connection(headers: RawHeaders) -> bool:
    """True when neither a length nor chunks say where the body ends (RFC 9112, 6.3)."""
    for name, value in headers:
        match name.lower():
            case b"content-length":
                return False
            case b"transfer-encoding" if value.lower().rstrip().endswith(b"chunked"):
                return False
            case _:
                pass
    return True
