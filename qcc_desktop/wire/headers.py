"""Which headers pass, in both directions (streaming design F.8, RFC 9110 section 7.6.1).

Headers are raw (name, value) pairs of bytes: order and case stay, unknown ones pass, since
``anthropic-*`` and ``x-claude-code-*`` are open lists.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from qcc_desktop.core.endpoint import AuthStyle

_HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
_FRAMING = _HOP_BY_HOP | {b"content-length", b"expect"}
_NOT_UPSTREAM = _FRAMING | {
    b"host",
    b"accept-encoding",
    b"cookie",
    b"authorization",
    b"x-api-key",
    b"origin",
    b"referer",
    b"x-qcc-prefer",
    b"x-qcc-strategy",
}
_NOT_DOWNSTREAM = _HOP_BY_HOP | {
    b"content-length",
    b"set-cookie",
    b"set-cookie2",
    b"alt-svc",
    b"strict-transport-security",
    b"x-qcc-endpoint",
    b"x-qcc-attempts",
}
_READABLE = "".join(chr(code) for code in range(33, 127) if chr(code) != "%") + " "
_LINE_BREAKS = dict.fromkeys(map(ord, "\r\n\0"))


def upstream_headers(
    raw: Sequence[tuple[bytes, bytes]],
    auth: AuthStyle,
    key: str,
    extra: Iterable[tuple[str, str]] = (),
) -> list[tuple[bytes, bytes]]:
    """Return what an endpoint gets of a client's headers, with the endpoint's own credential.

    Host and Content-Length are left to the HTTP client. ``extra`` are the endpoint's own headers:
    they win over the client's and over the credential; those that frame the message are ignored.
    An empty ``key`` sends no credential.
    """
    own = [
        (name.encode("latin-1", "replace"), _value(value))
        for name, value in extra
        if name.lower().encode("latin-1", "replace") not in _FRAMING
    ]
    own_names = {name.lower() for name, _ in own}
    dropped = _NOT_UPSTREAM | own_names | _named_by_connection(raw)
    kept = [pair for pair in raw if pair[0].lower() not in dropped]
    ours = [(b"accept-encoding", b"identity"), *_credential(auth, _value(key))]
    return kept + [pair for pair in ours if pair[0] not in own_names] + own


def openai_headers(
    auth: AuthStyle, key: str, extra: Iterable[tuple[str, str]] = (), *, agent: str
) -> list[tuple[bytes, bytes]]:
    """Return what an endpoint of OpenAI's API gets: nothing of the client's headers.

    They name Anthropic's versions, betas and SDK. A key that does not go as bearer goes as
    ``api-key``, as Azure wants it, and as ``x-api-key``, as gateways do.
    """
    own: list[tuple[bytes, bytes]] = [
        (b"content-type", b"application/json"),
        (b"accept", b"application/json, text/event-stream"),
        (b"user-agent", agent.encode("latin-1", "replace")),
    ]
    sent = upstream_headers(own, auth, key, extra)
    if key and auth is not AuthStyle.BEARER:
        sent.append((b"api-key", _value(key)))
    return sent


def downstream_headers(
    raw: Sequence[tuple[bytes, bytes]],
    *,
    decoded: bool,
    endpoint_name: str,
    attempts: int,
) -> list[tuple[bytes, bytes]]:
    """Return what the client gets of an endpoint's headers, and who answered at which attempt.

    ``decoded`` drops ``content-encoding``. The name is percent-encoded beyond printable ASCII.
    """
    dropped = _NOT_DOWNSTREAM | _named_by_connection(raw)
    if decoded:
        dropped |= {b"content-encoding"}
    kept = [pair for pair in raw if pair[0].lower() not in dropped]
    name = quote(endpoint_name.encode("utf-8", "replace"), safe=_READABLE).strip()
    return [
        *kept,
        (b"x-qcc-endpoint", name.encode("ascii")),
        (b"x-qcc-attempts", str(attempts).encode("ascii")),
    ]


def header(raw: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    """Return the first value of a header given by its lower-case ``name``, or None."""
    for each, value in raw:
        if each.lower() == name:
            return value
    return None


def _credential(auth: AuthStyle, key: bytes) -> list[tuple[bytes, bytes]]:
    if not key:
        return []
    bearer = (b"authorization", b"Bearer " + key)
    api_key = (b"x-api-key", key)
    styles = {
        AuthStyle.BEARER: [bearer],
        AuthStyle.X_API_KEY: [api_key],
        AuthStyle.BOTH: [bearer, api_key],
    }
    return styles[auth]


def _named_by_connection(raw: Iterable[tuple[bytes, bytes]]) -> frozenset[bytes]:
    """Return the headers that a Connection header declares to be for this hop only."""
    names: set[bytes] = set()
    for name, value in raw:
        if name.lower() == b"connection":
            names.update(each.strip().lower() for each in value.split(b","))
    return frozenset(names)


def _value(text: str) -> bytes:
    return text.strip().translate(_LINE_BREAKS).encode("utf-8", "replace")
