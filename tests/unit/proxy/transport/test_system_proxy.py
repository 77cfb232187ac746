"""What the environment says about proxies, read as curl reads it."""

import pytest

from qcc_desktop.proxy.transport.system_proxy import (
    bypasses_proxy,
    is_loopback,
    system_proxy_for,
)

ENVIRONMENTS = [
    ({}, "https://api.test/", None),
    ({"https_proxy": "http://p:1"}, "https://api.test/", "http://p:1"),
    ({"https_proxy": "http://p:1"}, "http://api.test/", None),
    ({"HTTPS_PROXY": "http://p:1"}, "https://api.test/", "http://p:1"),
    ({"HTTPS_PROXY": "http://a:1", "https_proxy": "http://b:1"}, "https://api.test/", "http://b:1"),
    ({"http_proxy": "p:3128"}, "http://api.test/", "http://p:3128"),
    ({"all_proxy": "socks5h://p:1"}, "https://api.test/", "socks5h://p:1"),
    ({"all_proxy": "http://a:1", "https_proxy": "http://b:1"}, "https://x.test", "http://b:1"),
    ({"https_proxy": "", "all_proxy": "http://a:1"}, "https://x.test", "http://a:1"),
    ({"https_proxy": "http://p:1", "no_proxy": "api.test"}, "https://api.test/", None),
    ({"https_proxy": "http://p:1", "NO_PROXY": "*"}, "https://api.test/", None),
    ({"HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"}, "http://api.test/", None),
    ({"all_proxy": "http://p:1"}, "http://localhost:8080/", None),
    ({"all_proxy": "http://p:1"}, "http://127.8.9.1/", None),
    ({"all_proxy": "http://p:1"}, "http://[::1]:80/", None),
]


@pytest.mark.parametrize(("environ", "url", "proxy"), ENVIRONMENTS)
def test_the_environment_decides(environ: dict[str, str], url: str, proxy: str | None) -> None:
    assert system_proxy_for(url, environ) == proxy


def test_without_arguments_the_process_environment_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://p:1")

    assert system_proxy_for("https://api.test/") == "http://p:1"
    assert system_proxy_for("https://localhost/") is None


BYPASSES = [
    ("api.test", "api.test", True),
    ("api.test", "API.Test", True),
    ("api.test.", "api.test", True),
    ("www.api.test", "api.test", True),
    ("www.api.test", ".api.test", True),
    ("api.test", ".api.test", True),
    ("www.api.test", "*.api.test", True),
    ("notapi.test", "api.test", False),
    ("api.test", "www.api.test", False),
    ("api.test", "x.test, api.test", True),
    ("api.test", "x.test api.test", True),
    ("api.test", "", False),
    ("api.test", ".", False),
    ("api.test", "*", True),
    ("10.1.2.3", "10.1.2.3", True),
    ("10.1.2.3", "10.0.0.0/8", True),
    ("11.1.2.3", "10.0.0.0/8", False),
    ("10.1.2.3", "2.3", False),
    ("fd00::1", "fd00::/8", True),
    ("fd00::1", "[fd00::1]", True),
    ("fd00::1", "fd00:0::1", True),
    ("api.test", "10.0.0.0/8", False),
    ("10.1.2.3", "10.0.0.0/99", False),
    ("api.test", "api.test:443", True),
    ("api.test", "api.test:8443", False),
    ("fd00::1", "[fd00::1]:8443", False),
]


@pytest.mark.parametrize(("host", "no_proxy", "bypassed"), BYPASSES)
def test_no_proxy_covers_names_addresses_and_blocks(
    host: str, no_proxy: str, bypassed: bool
) -> None:
    assert bypasses_proxy(host, 443, no_proxy) is bypassed


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "LOCALHOST.", "127.1.2.3", "::1"])
def test_this_computer_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.test", "10.0.0.1", "notlocalhost", "128.0.0.1"])
def test_other_computers_are_not_loopback(host: str) -> None:
    assert not is_loopback(host)
