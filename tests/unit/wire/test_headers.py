"""Headers pass verbatim, but for what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.core.endpoint import AuthStyle
from qcc_desktop.wire.headers import (
    downstream_headers,
    header,
    openai_headers,
    upstream_headers,
)

CLAUDE = [
    (b"Host", b"127.0.0.1:7860"),
    (b"Connection", b"keep-alive, X-Hop"),
    (b"X-Hop", b"1"),
    (b"Content-Length", b"76000"),
    (b"Transfer-Encoding", b"chunked"),
    (b"Expect", b"100-continue"),
    (b"Accept-Encoding", b"gzip, deflate, br, zstd"),
    (b"Cookie", b"c=1"),
    (b"Authorization", b"Bearer local-token"),
    (b"x-api-key", b"local-token"),
    (b"Proxy-Authorization", b"Basic x"),
    (b"Origin", b"http://127.0.0.1"),
    (b"Content-Type", b"application/json"),
    (b"anthropic-version", b"2023-06-01"),
    (b"anthropic-beta", b"a,b"),
    (b"Anthropic-Beta", b"c"),
    (b"X-Claude-Code-Session-Id", b"1"),
    (b"User-Agent", b"claude-cli/2.1.330 (external, sdk-cli)"),
]


def test_an_endpoint_gets_the_clients_headers_in_order_and_its_own_credential() -> None:
    sent = upstream_headers(CLAUDE, AuthStyle.BEARER, "sk-key")

    assert sent == [
        *CLAUDE[12:],
        (b"accept-encoding", b"identity"),
        (b"authorization", b"Bearer sk-key"),
    ]


@pytest.mark.parametrize(
    ("auth", "credentials"),
    [
        (AuthStyle.BEARER, [(b"authorization", b"Bearer k")]),
        (AuthStyle.X_API_KEY, [(b"x-api-key", b"k")]),
        (AuthStyle.BOTH, [(b"authorization", b"Bearer k"), (b"x-api-key", b"k")]),
    ],
)
def test_the_credential_is_in_the_endpoints_style(
    auth: AuthStyle, credentials: list[tuple[bytes, bytes]]
) -> None:
    assert upstream_headers([], auth, " k\r\n") == [(b"accept-encoding", b"identity"), *credentials]


def test_without_a_key_no_credential_is_sent() -> None:
    sent = upstream_headers(CLAUDE, AuthStyle.BOTH, "")

    assert header(sent, b"authorization") is None
    assert header(sent, b"x-api-key") is None


def test_the_endpoints_own_headers_win_but_cannot_break_the_framing() -> None:
    extra = [
        ("ANTHROPIC-Beta", "mine"),
        ("X-Api-Key", "other"),
        ("Content-Length", "1"),
        ("Connection", "close"),
        ("Host", "relay.example"),
    ]

    sent = upstream_headers(CLAUDE, AuthStyle.X_API_KEY, "k", extra)

    assert sent[-3:] == [
        (b"ANTHROPIC-Beta", b"mine"),
        (b"X-Api-Key", b"other"),
        (b"Host", b"relay.example"),
    ]
    names = [name.lower() for name, _ in sent]
    assert all(names.count(each) == 1 for each in (b"anthropic-beta", b"x-api-key", b"host"))
    assert b"content-length" not in names


def test_the_client_gets_the_endpoints_headers_without_what_is_not_its_business() -> None:
    kept = [
        (b"Content-Type", b"application/json"),
        (b"request-id", b"req_1"),
        (b"Retry-After", b"3"),
        (b"x-should-retry", b"true"),
        (b"anthropic-ratelimit-unified-status", b"allowed"),
        (b"Content-Encoding", b"gzip"),
    ]
    dropped = [
        (b"Connection", b"close, X-Private"),
        (b"X-Private", b"1"),
        (b"Keep-Alive", b"timeout=5"),
        (b"Content-Length", b"10"),
        (b"Set-Cookie", b"a=1"),
        (b"Alt-Svc", b"h3"),
        (b"Strict-Transport-Security", b"max-age=1"),
        (b"X-QCC-Endpoint", b"forged"),
    ]

    got = downstream_headers(dropped + kept, decoded=False, endpoint_name="main", attempts=2)

    assert got == [*kept, (b"x-qcc-endpoint", b"main"), (b"x-qcc-attempts", b"2")]


def test_a_decoded_body_has_no_encoding() -> None:
    raw = [(b"Content-Encoding", b"gzip")]

    got = downstream_headers(raw, decoded=True, endpoint_name="a", attempts=1)

    assert header(got, b"content-encoding") is None


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("主力", b"%E4%B8%BB%E5%8A%9B"),
        ("a b", b"a b"),
        ("100%", b"100%25"),
        ("x\r\ny: z", b"x%0D%0Ay: z"),
    ],
)
def test_names_of_endpoints_are_safe_in_a_header(name: str, sent: bytes) -> None:
    got = downstream_headers([], decoded=False, endpoint_name=name, attempts=1)

    assert header(got, b"x-qcc-endpoint") == sent


PAIRS = st.lists(st.tuples(st.binary(max_size=12), st.binary(max_size=12)), max_size=6)


@given(PAIRS, st.text(max_size=10), st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5))))
def test_nothing_injects_a_line(
    raw: list[tuple[bytes, bytes]], text: str, extra: list[tuple[str, str]]
) -> None:
    ours = upstream_headers([], AuthStyle.BOTH, text, extra)
    theirs = downstream_headers(raw, decoded=True, endpoint_name=text, attempts=1)[-2:]

    assert not any(b"\n" in value or b"\r" in value for _, value in ours + theirs)


def test_an_endpoint_of_openais_api_gets_a_key_and_nothing_of_the_clients() -> None:
    sent = openai_headers(AuthStyle.BEARER, "sk", [("X-Own", "1")], agent="qcc/1")

    assert sent == [
        (b"content-type", b"application/json"),
        (b"accept", b"application/json, text/event-stream"),
        (b"user-agent", b"qcc/1"),
        (b"accept-encoding", b"identity"),
        (b"authorization", b"Bearer sk"),
        (b"X-Own", b"1"),
    ]


def test_azure_gets_its_key_under_its_own_name() -> None:
    sent = openai_headers(AuthStyle.X_API_KEY, "sk", agent="a")
    without = openai_headers(AuthStyle.X_API_KEY, "", agent="a")

    assert header(sent, b"api-key") == header(sent, b"x-api-key") == b"sk"
    assert header(sent, b"authorization") is None
    assert header(without, b"api-key") is None
