"""The changes of a takeover as a unified diff, without any secret."""

import difflib
import re

from qcc_desktop.core.redact import redact
from qcc_desktop.system.claude_settings.placeholders import owner_of

_SECRET = re.compile(
    r'("[^"\\]*(?:KEY|TOKEN|SECRET|PASSW|AUTH|HEADER|COOKIE|CREDENTIAL)[^"\\]*"\s*:\s*)'
    r'("(?:[^"\\]|\\.)*")',
    re.IGNORECASE,
)
_USER = re.compile(r"(://)[^/@\s\"]+@")
_QUERY = re.compile(r"(https?://[^\s\"?]+\?)[^\s\"]+")


def diff(name: str, before: str | None, after: str, *, ours: str) -> str:
    """Return how ``before`` (None: no file) becomes ``after``; ``ours`` is the proxy's token."""
    old = _masked(before or "", ours).splitlines(keepends=True)
    new = _masked(after, ours).splitlines(keepends=True)
    source = name if before is not None else "/dev/null"
    lines = difflib.unified_diff(old, new, source, name, n=1)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _masked(text: str, ours: str) -> str:
    def mask(found: re.Match[str]) -> str:
        owner = owner_of(found[2])
        if found[2] == '""':
            return found[0]
        if ours and ours in found[2]:
            return f'{found[1]}"*** (the token of the proxy)"'
        return f'{found[1]}"*** (a placeholder of {owner})"' if owner else f'{found[1]}"***"'

    text = _SECRET.sub(mask, text.removeprefix("\ufeff"))
    return redact(_QUERY.sub(r"\1***", _USER.sub(r"\1***@", text)))
