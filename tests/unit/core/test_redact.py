"""No secret is left in any text."""

import json
import time
from urllib.parse import quote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qcc_desktop.core.redact import redact

_KEY = st.text("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=12, max_size=60)
_CONTEXTS = [
    "Authorization: Bearer {}",
    "authorization=Basic {}",
    '{{"x-api-key": "{}", "model": "m"}}',
    '{{\\"api_key\\":\\"{}\\"}}',
    "api-key: {}",
    "ANTHROPIC_AUTH_TOKEN={}",
    "access_token={}&x=1",
    '"client_secret":"{}"',
    "password: {}",
    "Cookie: session={}; theme=dark",
    "set-cookie: sid={}",
    "GET https://api.example.org/v1?key={}&alt=sse",
    "http://user:{}@proxy.local:8080",
    "socks5://{}@proxy.local",
    "sk-{}",
    "令牌sk-{}无效",
    "cr_{}",
    "bad key sk-ant-api03-{}.",
    "ghp_{}",
]


@pytest.mark.parametrize("context", _CONTEXTS)
@settings(max_examples=25, deadline=None)
@given(_KEY)
def test_an_unknown_secret_does_not_survive_its_usual_surroundings(context: str, key: str) -> None:
    assert key not in redact(context.format(key))


@pytest.mark.parametrize("context", _CONTEXTS)
@settings(max_examples=25, deadline=None)
@given(_KEY)
def test_redacting_twice_changes_nothing(context: str, key: str) -> None:
    once = redact(context.format(key))

    assert redact(once) == once


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(min_size=4, max_size=30))
def test_a_known_secret_does_not_survive_anywhere(before: str, after: str, secret: str) -> None:
    assume("*" not in secret)
    assume(secret not in before + "***" + after)

    text = redact(before + secret + after, (secret,))

    assert secret not in text


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=4, max_size=30))
def test_a_known_secret_is_found_in_json_and_in_a_url(secret: str) -> None:
    assume("*" not in secret)
    assume(secret not in '{"a":""}')
    assume(secret not in "x=&y")

    assert json.dumps(secret)[1:-1] not in redact(json.dumps({"a": secret}), (secret,))
    assert quote(secret, safe="") not in redact(f"x={quote(secret, safe='')}&y", (secret,))


def test_the_longer_of_two_secrets_leaves_no_tail() -> None:
    assert redact("abcdef", ("abcd", "abcdef")) == "***"


def test_a_secret_of_three_letters_is_too_short_to_search_for() -> None:
    assert redact("the cat", ("cat",)) == "the cat"


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("sk-ant-api03-abcdefgh", "sk-***"),
        ("Authorization: Bearer abcdefgh", "Authorization: Bearer ***"),
        ("x-api-key: abcdefgh, next", "x-api-key: ***, next"),
        ('{"token":"abcdefgh","n":1}', '{"token":"***","n":1}'),
        ("http://u:p@host/x", "http://***@host/x"),
        ("https://host/?key=abcdefgh&z=1", "https://host/?key=***&z=1"),
        ("AKIAABCDEFGHIJKLMNOP", "***"),
        ("AIzaSyA1234567890abcdefghij", "***"),
        ("eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", "***"),
        ("0123456789abcdef0123456789abcdef.AbCdEfGhIjKlMnOp", "***"),
    ],
)
def test_what_is_around_a_secret_stays_readable(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The endpoint refused the key (401).",
        "prompt is too long: 208310 tokens > 200000 maximum",
        "max_tokens: 4096, input_tokens: 12",
        "https://api.example.org/v1/messages?beta=true",
        "mail me@example.org about model claude-sonnet-4-5-20250929",
        "dial tcp 10.0.0.1:4290: connect: connection refused",
    ],
)
def test_text_without_secrets_is_left_alone(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "atom", ["://", "token", "sk-", "bearer ", "key=", "eyJ", "a.", "cookie:", "0a", '"\\', " "]
)
def test_a_hostile_text_costs_no_noticeable_time(atom: str) -> None:
    started_s = time.process_time()

    redact(atom * 20000)

    assert time.process_time() - started_s < 1.0


@pytest.mark.parametrize(
    "text", ["File qcc_desktop/proxy/engine.py", "qcc_desktop.app.gui", "qcc-desktop-1.0.whl"]
)
def test_the_programs_own_name_is_no_secret(text: str) -> None:
    assert redact(text) == text
