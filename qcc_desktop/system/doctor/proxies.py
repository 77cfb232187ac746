"""Proxies of the system that stand between us and the endpoints, or before ourselves."""

import sys
import urllib.request
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say
from qcc_desktop.system.doctor.listeners import answers

Bypasses = Callable[[str, int, str], bool]
"""Whether a host and port are covered by the text of a NO_PROXY."""
_NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_LOOPBACK = ("127.0.0.1", "localhost")
_DEFAULT_PORTS = {"https": 443, "socks5": 1080, "socks5h": 1080, "socks4": 1080}
_ANSWER_S = 3.0


def check_proxies(environ: Mapping[str, str], port: int, bypasses: Bypasses) -> tuple[Finding, ...]:
    """Look at the proxies in force; ``port`` is our own proxy's. Blocks for some seconds."""
    named = named_proxies(environ)
    found = named or _system_proxies()
    reached = {shown(url): source for source, url in found.items()}
    dead = {
        proxy: source
        for (source, url), proxy in zip(found.items(), map(shown, found.values()), strict=True)
        if not answers(*_address(url), timeout_s=_ANSWER_S)
    }
    return (*_reach(reached, dead), _loopback(named, environ, port, bypasses))


def named_proxies(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that name a proxy, lower case before upper case as curl has it."""
    found: dict[str, str] = {}
    for name in _NAMES:
        spelling = next((each for each in (name.lower(), name) if environ.get(each)), None)
        if spelling is not None:
            found[spelling] = environ[spelling]
    return found


def shown(url: str) -> str:
    """Return a proxy's host and port, without user and password."""
    host, port = _address(url)
    return f"{host}:{port}"


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    try:
        port = parts.port
    except ValueError:
        port = None
    return parts.hostname or "?", port or _DEFAULT_PORTS.get(parts.scheme, 80)


def _system_proxies(platform: str = sys.platform) -> dict[str, str]:
    source = {"win32": "Windows", "darwin": "macOS"}.get(platform)
    if source is None:
        return {}
    found = urllib.request.getproxies()
    return {f"{source} ({key})": url for key, url in found.items() if key in {"http", "https"}}


def _reach(reached: Mapping[str, str], dead: Mapping[str, str]) -> tuple[Finding, ...]:
    if dead:
        return tuple(
            _finding(
                Verdict.PROBLEM,
                say(texts.PROXIES_DEAD, proxy=proxy, source=source),
                say(texts.PROXIES_DEAD_DO, source=source),
            )
            for proxy, source in dead.items()
        )
    if reached:
        listed = ", ".join(f"{proxy} ({source})" for proxy, source in reached.items())
        return (_finding(Verdict.NOTE, say(texts.PROXIES_SET, proxies=listed)),)
    return (_finding(Verdict.OK, say(texts.PROXIES_NONE)),)


def _loopback(
    named: Mapping[str, str], environ: Mapping[str, str], port: int, bypasses: Bypasses
) -> Finding:
    """Claude Code asks ``http://127.0.0.1:PORT``, which HTTPS_PROXY does not concern."""
    title = say(texts.LOOPBACK)
    no_proxy = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    concerned = [name for name in named if name.upper() != "HTTPS_PROXY"]
    lost = [host for host in _LOOPBACK if not bypasses(host, port, no_proxy)]
    if not concerned or not lost:
        return Finding("proxies.loopback", title, Verdict.OK, say(texts.LOOPBACK_OK))
    detail = say(texts.LOOPBACK_LOST, names=", ".join(concerned), hosts=", ".join(lost))
    value = ",".join([*filter(None, [no_proxy.strip(", ")]), *lost])
    remedy = say(texts.LOOPBACK_LOST_DO, value=value)
    return Finding("proxies.loopback", title, Verdict.PROBLEM, detail, remedy)


def _finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> Finding:
    return Finding("proxies", say(texts.PROXIES), verdict, detail, remedy)
