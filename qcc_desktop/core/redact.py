"""Removes secrets from text before anybody sees it."""

import json
import re
from typing import Final
from urllib.parse import quote

_MASK: Final = "***"
_SHORTEST: Final = 4
"""Known secrets shorter than this are not searched for: they would mask ordinary words."""

_SCHEME: Final = re.compile(r"(?i)(?<![a-z0-9])(bearer|basic)\s+(?!\*\*\*)[A-Za-z0-9._~+/=-]{6,}")
_NAMED: Final = re.compile(
    r"(?i)((?:x-api-key|api[-_]?key|access[-_]?key(?:[-_]?id)?|authorization|token|secret"
    r"|passw(?:or)?d|credential)[\"'\\]*+\s{0,8}+[:=]\s{0,8}+[\"'\\]*+(?:(?:bearer|basic)\s+)?+)"
    r"(?!\*\*\*)[^\s\"'\\,;&}]+"
)
_COOKIE: Final = re.compile(r"(?i)((?<![a-z0-9])(?:set-)?cookie[\"']?\s?:\s?+)(?!\*\*\*)[^\r\n]+")
_QUERY: Final = re.compile(r"(?i)([?&](?:key|sig|signature|code)=)(?!\*\*\*)[^&\s\"'#]+")
_PREFIXED: Final = re.compile(
    r"(?<![A-Za-z0-9])(sk|pk|rk|qcc(?![-_.]desktop)|cr|ak|tp|hf|gsk|xai|nvapi|sess|gh[a-z]|github_pat|xox[a-z]|"
    r"ya29|glpat)[-_.][A-Za-z0-9_.-]{8,}"
)
_SHAPED: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:AIza[A-Za-z0-9_-]{20,}|AKIA[A-Z0-9]{12,}"
    r"|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?"
    r"|[0-9a-f]{32}\.[A-Za-z0-9]{12,})"
)
_IN_URL: Final = re.compile(r"(://)(?!\*\*\*@)[^/?#\s\"']{1,512}@")


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """Return ``text`` with known ``secrets`` and everything that looks like one masked.

    A known secret is found as it is, within JSON and within a URL. Keys keep nothing but their
    prefix (``sk-***``), so that two keys can be told apart by kind but never by content.
    """
    for secret in sorted(_spellings(secrets), key=len, reverse=True):
        text = text.replace(secret, _MASK)
    text = _SCHEME.sub(rf"\1 {_MASK}", text)
    text = _COOKIE.sub(rf"\1{_MASK}", text)
    text = _NAMED.sub(rf"\1{_MASK}", text)
    text = _QUERY.sub(rf"\1{_MASK}", text)
    text = _PREFIXED.sub(rf"\1-{_MASK}", text)
    text = _SHAPED.sub(_MASK, text)
    return _IN_URL.sub(rf"\1{_MASK}@", text)


def _spellings(secrets: tuple[str, ...]) -> set[str]:
    known = [secret for secret in secrets if len(secret) >= _SHORTEST]
    return {
        spelling
        for secret in known
        for spelling in (secret, json.dumps(secret)[1:-1], quote(secret, safe=""))
    }
