"""Removes secrets from text before anybody sees it."""

import re

_MASK = "***"
_PATTERNS = (
    re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}"),
    re.compile(
        r"(?i)((?:x-api-key|api[-_]?key|auth[-_]?token|authorization|token|secret|password)"
        r"[\"']?\s*[:=]\s*[\"']?)[^\s\"',;&}]{4,}"
    ),
    re.compile(r"\b(sk|pk|rk|qcc|cr|ak)[-_][A-Za-z0-9_-]{8,}"),
    re.compile(r"(?i)(://)[^/\s:@]+:[^/\s@]+@"),
)


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """Return ``text`` with known ``secrets`` and everything that looks like one masked.

    Keys keep nothing but their prefix (``sk-***``), so that two keys can be told apart by kind
    but never by content.
    """
    for secret in secrets:
        if len(secret) >= 4:
            text = text.replace(secret, _MASK)
    text = _PATTERNS[0].sub(rf"\1 {_MASK}", text)
    text = _PATTERNS[1].sub(rf"\1{_MASK}", text)
    text = _PATTERNS[2].sub(rf"\1-{_MASK}", text)
    return _PATTERNS[3].sub(rf"\1{_MASK}@", text)
