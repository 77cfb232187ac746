"""One endpoint's address and what can be wrong with it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.core.endpoint import (
    DIRECT,
    Endpoint,
    WireProtocol,
    endpoint_faults,
    needs_key,
    normalise_base_url,
    travels_unencrypted,
)
from qcc_desktop.core.errors import InvalidInput

GOOD = Endpoint(id="e", name="Relay", base_url="https://api.example.com")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("  https://api.example.com/  ", "https://api.example.com"),
        ("https://api.example.com/v1", "https://api.example.com"),
        ("https://api.example.com/v1/messages", "https://api.example.com"),
        ("https://api.example.com/v1/v1/messages/", "https://api.example.com"),
        ("https://api.example.com/anthropic/v1/", "https://api.example.com/anthropic"),
        ("https://api.example.com/v10", "https://api.example.com/v10"),
        ("HTTP://localhost:8080", "http://localhost:8080"),
        ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
        ("https://bücher.example", "https://bücher.example"),
        ("https://例え.jp", "https://例え.jp"),
        ("https://my_relay.local", "https://my_relay.local"),
        ("http://[::1]:8080/x//", "http://[::1]:8080/x"),
    ],
)
def test_addresses_are_stored_in_one_form(text: str, expected: str) -> None:
    assert normalise_base_url(text) == expected
    assert normalise_base_url(expected) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "begin with http:// or https://"),
        ("api.example.com", "begin with http:// or https://"),
        ("ftp://api.example.com", "begin with http:// or https://"),
        ("https://", "begin with http:// or https://"),
        ("https://host:port", "malformed"),
        ("https://host:99999", "malformed"),
        ("http://[::1", "malformed"),
        ("https://1.2.3.999", "malformed"),
        ("https://api.12", "malformed"),
        ("https://ａpi.example.com", "malformed"),
        ("https://api\u200b.example.com", "malformed"),
        ("https://☃.example.com", "malformed"),
        ("https://user:secret@host", "password"),
        ("https://ho st", "blanks"),
        ("https://host/?key=1", "query"),
        ("https://host/#top", "query"),
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        normalise_base_url(text)

    assert set(caught.value.faults) == {"base_url"}
    assert "secret" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_sentence(text: str) -> None:
    try:
        once = normalise_base_url(text)
        words = "A sentence."
    except InvalidInput as error:
        once, words = "https://host", error.faults["base_url"]

    assert normalise_base_url(once) == once
    assert words.endswith(".")


def test_a_good_endpoint_has_no_faults() -> None:
    assert endpoint_faults(GOOD) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"name": " "}, "name", id="no name"),
        pytest.param({"name": "x" * 101}, "name", id="a long name"),
        pytest.param({"name": "a\nb"}, "name", id="a line break in the name"),
        pytest.param({"name": "\x1b[31mred"}, "name", id="a terminal's command in the name"),
        pytest.param({"name": "\udcff"}, "name", id="half a character pair in the name"),
        pytest.param({"base_url": "nowhere"}, "base_url", id="no address"),
        pytest.param({"weight": 0}, "weight", id="no weight"),
        pytest.param({"weight": 1001}, "weight", id="too much weight"),
        pytest.param({"priority": 0}, "priority", id="priority below one"),
        pytest.param({"priority": 10_001}, "priority", id="priority too large"),
        pytest.param({"proxy": "proxy.example.com"}, "proxy", id="a proxy without a scheme"),
        pytest.param({"proxy": "ftp://proxy"}, "proxy", id="a proxy of an unknown kind"),
        pytest.param({"proxy": "http://:80"}, "proxy", id="a proxy without a host"),
        pytest.param({"proxy": "http://proxy:0"}, "proxy", id="a proxy at port 0"),
        pytest.param({"proxy": "http://proxy:x"}, "proxy", id="a proxy at no port"),
        pytest.param({"extra_headers": (("a b", "c"),)}, "extra_headers", id="a header name"),
        pytest.param({"extra_headers": (("a", "b\r\nc"),)}, "extra_headers", id="a header value"),
    ],
)
def test_each_fault_is_told_with_its_field(changes: dict[str, object], field: str) -> None:
    faults = endpoint_faults(replace(GOOD, **changes))  # type: ignore[arg-type]

    assert set(faults) == {field}
    assert faults[field].endswith(".")


@pytest.mark.parametrize(
    "changes",
    [
        {"proxy": DIRECT},
        {"proxy": "http://proxy.example.com:3128"},
        {"proxy": "socks5h://127.0.0.1:1080"},
        {"extra_headers": (("X-Title", "a value"), ("x_1", ""))},
        {"weight": 1000, "priority": 10_000},
        {"name": "端点 👩‍💻 ñ"},
    ],
)
def test_what_is_allowed_is_no_fault(changes: dict[str, object]) -> None:
    assert endpoint_faults(replace(GOOD, **changes)) == {}  # type: ignore[arg-type]


def test_all_faults_are_told_together() -> None:
    faults = endpoint_faults(replace(GOOD, name="", base_url="", weight=0))

    assert set(faults) == {"name", "base_url", "weight"}


def test_extra_headers_do_not_show() -> None:
    assert "sesame" not in repr(replace(GOOD, extra_headers=(("x-token", "sesame"),)))


@pytest.mark.parametrize(
    ("base_url", "readable"),
    [
        ("http://relay.example.com", True),
        ("http://10.0.0.1:8080/api", True),
        ("https://relay.example.com", False),
        ("http://localhost:1", False),
        ("http://a.localhost", False),
        ("http://127.8.0.1", False),
        ("http://[::1]:1", False),
    ],
)
def test_only_plain_http_that_leaves_this_computer_can_be_read(
    base_url: str, *, readable: bool
) -> None:
    assert travels_unencrypted(base_url) is readable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://api.openai.com", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/models", "https://api.openai.com/v1"),
        ("http://localhost:11434", "http://localhost:11434/v1"),
        ("https://api.groq.com/openai", "https://api.groq.com/openai/v1"),
        ("https://open.bigmodel.cn/api/paas/v4/", "https://open.bigmodel.cn/api/paas/v4"),
        ("https://g.example/v1beta/openai/", "https://g.example/v1beta/openai"),
        ("https://h.example/chat/completions", "https://h.example/chat/completions"),
        (
            "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1",
            "https://x.openai.azure.com/openai/deployments/d?api-version=1",
        ),
    ],
)
def test_an_address_of_openais_api_ends_with_its_version(text: str, expected: str) -> None:
    assert normalise_base_url(text, WireProtocol.OPENAI) == expected
    assert normalise_base_url(expected, WireProtocol.OPENAI) == expected


@pytest.mark.parametrize("text", ["https://h.example/v1?key=1", "https://h.example/v1#x"])
def test_of_queries_only_azures_version_may_stay(text: str) -> None:
    with pytest.raises(InvalidInput):
        normalise_base_url(text, WireProtocol.OPENAI)


def test_an_endpoint_may_speak_openais_api() -> None:
    assert endpoint_faults(replace(GOOD, protocol=WireProtocol.OPENAI)) == {}


@given(st.text(max_size=60))
def test_any_text_is_one_address_of_openais_api_or_none(text: str) -> None:
    try:
        once = normalise_base_url(text, WireProtocol.OPENAI)
    except InvalidInput:
        once = "https://host/v1"

    assert normalise_base_url(once, WireProtocol.OPENAI) == once


@pytest.mark.parametrize(
    ("base_url", "protocol", "expected"),
    [
        ("http://localhost:11434/v1", WireProtocol.OPENAI, False),
        ("http://localhost:8080", WireProtocol.ANTHROPIC, True),
        ("https://api.openai.com/v1", WireProtocol.OPENAI, True),
        ("http://[bad", WireProtocol.OPENAI, True),
    ],
)
def test_only_a_server_of_models_on_this_computer_needs_no_key(
    base_url: str, protocol: WireProtocol, expected: bool
) -> None:
    assert needs_key(base_url, protocol) is expected
