"""Recognises what other switchers leave in Claude Code's settings in place of a key.

QCC 0.6 writes ``proxy-managed`` into both keys and ``echo 'proxy-managed'`` into apiKeyHelper
(core/config.py, cli.py:1417), cc-switch ``PROXY_MANAGED``; a lost takeover of ours leaves a token
that begins with ``qcc-``. Put back when that program's proxy is gone, they lead nowhere.
"""

import json
import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_OWNERS = {"proxy-managed": "QCC", "echo 'proxy-managed'": "QCC", "PROXY_MANAGED": "cc-switch"}
OWN_NAME = "QCC Desktop"
_OUR_TOKEN = re.compile(r"qcc-[A-Za-z0-9_-]{43}")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def owner_of(raw: str | None) -> str:
    """Return which program wrote this placeholder; empty when it is none."""
    value = text_of(raw)
    return OWN_NAME if _OUR_TOKEN.fullmatch(value) else _OWNERS.get(value, "")


def loopback_of(raw: str | None) -> tuple[str, int] | None:
    """Return the place on this computer that an address names, None if it names none."""
    try:
        parts = urlsplit(text_of(raw))
        host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        is_loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return None
    return (host, port) if is_loopback and port else None


def text_of(raw: str | None) -> str:
    """Return the string that is written as ``raw``; empty when it is none."""
    try:
        value = json.loads(raw or '""')
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""
