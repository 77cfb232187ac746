"""Proxies of the system and what they must leave alone."""

import pytest

from qcc_desktop.core.diagnosis import Finding, Verdict
from qcc_desktop.proxy.transport.system_proxy import bypasses_proxy
from qcc_desktop.system.doctor import proxies


def _check(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], *, alive: bool = True
) -> tuple[Finding, ...]:
    monkeypatch.setattr(proxies, "answers", lambda host, port, timeout_s: alive)
    return proxies.check_proxies(environ, 7860, bypasses_proxy)


def test_without_a_proxy_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [each.verdict for each in _check(monkeypatch, {})] == [Verdict.OK, Verdict.OK]


def test_a_proxy_is_named_by_host_and_port_only(monkeypatch: pytest.MonkeyPatch) -> None:
    reach, _ = _check(monkeypatch, {"HTTPS_PROXY": "http://me:geheim@proxy.example:3128/x?y"})

    assert reach.verdict is Verdict.NOTE
    assert "proxy.example:3128 (HTTPS_PROXY)" in reach.detail.plain()
    assert "geheim" not in repr(reach)


def test_a_proxy_that_does_not_answer_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    reach, _ = _check(monkeypatch, {"https_proxy": "proxy.example:1"}, alive=False)

    assert reach.verdict is Verdict.PROBLEM
    assert "proxy.example:1" in reach.detail.plain()


@pytest.mark.parametrize(
    ("no_proxy", "missing"),
    [
        ("", "127.0.0.1, localhost"),
        ("example.com", "127.0.0.1, localhost"),
        ("localhost", "127.0.0.1"),
        ("127.0.0.0/8", "localhost"),
    ],
)
def test_a_no_proxy_that_forgets_this_computer_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, no_proxy: str, missing: str
) -> None:
    environ = {"HTTP_PROXY": "http://proxy.example:3128", "NO_PROXY": no_proxy}

    _, loopback = _check(monkeypatch, environ)

    assert loopback.verdict is Verdict.PROBLEM
    assert f"does not cover {missing}:" in loopback.detail.plain()
    wanted = ",".join(filter(None, [no_proxy, *missing.split(", ")]))
    assert loopback.remedy.plain() == f"Set NO_PROXY to: {wanted}"


@pytest.mark.parametrize("no_proxy", ["localhost,127.0.0.1", "*", "127.0.0.1 localhost"])
def test_a_no_proxy_that_covers_this_computer_is_well(
    monkeypatch: pytest.MonkeyPatch, no_proxy: str
) -> None:
    environ = {"http_proxy": "http://proxy.example:3128", "no_proxy": no_proxy}

    _, loopback = _check(monkeypatch, environ)

    assert loopback.verdict is Verdict.OK


def test_a_proxy_for_https_alone_does_not_concern_this_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, loopback = _check(monkeypatch, {"HTTPS_PROXY": "http://proxy.example:3128"})

    assert loopback.verdict is Verdict.OK
