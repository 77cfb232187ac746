"""Reads endpoints out of text that was copied somewhere: pure, and keeps nothing.

Understood are the variables of Claude Code and of OpenAI's SDK as sh, fish, PowerShell, cmd and .env files write
them, JSON (Claude Code's settings, the files of QCC and cc-switch, ``{base_url, api_key}``),
curl commands, ``ccswitch://`` links, and plain text with an address and a key. QCC 0.6 shares
its configuration as JSON.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from qcc_desktop.core.endpoint import AuthStyle, WireProtocol
from qcc_desktop.services.paste_json import found_in_json
from qcc_desktop.services.pasted import Pasted, PasteKind, from_variables, is_key, named
from qcc_desktop.services.url_repair import addresses_in

__all__ = ["PasteKind", "Pasted", "parse_paste"]

MAX_CHARS = 1_000_000
"""Longer text is no list of endpoints."""

_VARIABLE = re.compile(
    r"""\b(ANTHROPIC_[A-Z_]+|OPENAI_[A-Z_]+|CLAUDE_CODE_SUBAGENT_MODEL)["']?\s*(?:=|:|,|[ \t])[ \t]*"""
    r"""(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"';&|]+))"""
)
_HEADER = re.compile(
    r"""(authorization:[ \t]*bearer|x-api-key:|api-key:)[ \t]*["']?([^\s"'\\]+)""", re.IGNORECASE
)
_KEY_WORD = re.compile(
    r"""(?:api[ _-]?key|auth[ _-]?token|token|secret|密钥|令牌|秘钥|\bkey)\W{0,4}[:=：\s]\s*"""
    r"""["'`“]?([^\s"'`“”,;，；。]+)""",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{15,}")
_LINK = re.compile(r"ccswitch://\S+", re.IGNORECASE)


def parse_paste(text: str) -> tuple[Pasted, ...]:
    """Return the endpoints that a text holds, in its order; none when it holds none.

    An endpoint may lack its key or its address, never both.
    """
    if len(text) > MAX_CHARS:
        return ()
    for read in (_links, found_in_json, _variables, _commands, _plain_text):
        if found := tuple(named(each) for each in read(text)):
            return _without_doubles(found)
    return ()


def _without_doubles(found: Iterable[Pasted]) -> tuple[Pasted, ...]:
    by_place = {(each.base_url, each.key): each for each in found}
    return tuple(by_place.values())


def _links(text: str) -> list[Pasted]:
    """Read links of cc-switch: ``ccswitch://v1/import?resource=provider&endpoint=…&apiKey=…``."""
    found = []
    for link in _LINK.findall(text):
        given = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        addresses = addresses_in(given.get("endpoint", ""))
        if addresses and given.get("resource", "provider") == "provider":
            key = given.get("apiKey", "")
            name = given.get("name", "")
            found.append(Pasted(PasteKind.LINK, name, addresses[0], key if is_key(key) else ""))
    return found


def _variables(text: str) -> list[Pasted]:
    """Read assignments; a variable that comes again with another value begins an endpoint."""
    found: list[Pasted] = []
    values: dict[str, str] = {}
    for match in _VARIABLE.finditer(text):
        name, value = match[1], (match[2] or match[3] or match[4] or "").strip()
        if value.startswith(("$", "%", "<")):
            continue
        if values.get(name, value) != value:
            found += from_variables(values, PasteKind.ENVIRONMENT)
            values = {}
        values[name] = value
    return found + from_variables(values, PasteKind.ENVIRONMENT)


def _commands(text: str) -> list[Pasted]:
    """Read curl commands, continued lines included."""
    found = []
    for part in re.split(r"(?im)^[ \t$>]*(?=curl(?:\.exe)?\s)", text)[1:]:
        protocol = _spoken_in(part)
        addresses = addresses_in(part, protocol)
        header = _HEADER.search(part)
        if not addresses:
            continue
        key = header[2] if header is not None and is_key(header[2]) else ""
        is_bearer = header is None or header[1].lower().startswith("authorization")
        auth = AuthStyle.BEARER if is_bearer else AuthStyle.X_API_KEY
        found.append(Pasted(PasteKind.CURL, "", addresses[0], key, auth, protocol=protocol))
    return found


def _spoken_in(text: str) -> WireProtocol:
    """Return the API that a text with an address is about."""
    is_openai = "/chat/completions" in text
    return WireProtocol.OPENAI if is_openai else WireProtocol.ANTHROPIC


def _plain_text(text: str) -> list[Pasted]:
    """Read addresses, each with the first key that follows it, or with the only one there is."""
    protocol = _spoken_in(text)
    found = [
        Pasted(PasteKind.TEXT, "", each, protocol=protocol) for each in addresses_in(text, protocol)
    ]
    keys = _keys_in(text)
    if not found:
        return [Pasted(PasteKind.TEXT, "", "", keys[0])] if len(keys) == 1 else []
    if len(keys) == 1:
        return [replace(each, key=keys[0]) for each in found]
    pairs = [*keys, *[""] * len(found)]
    return [replace(each, key=key) for each, key in zip(found, pairs, strict=False)]


def _keys_in(text: str) -> list[str]:
    without_addresses = re.sub(r"https?://[^\s\"'，。；、]+", " ", text, flags=re.IGNORECASE)
    said = [match[1] for match in _KEY_WORD.finditer(without_addresses)]
    seen = [each for each in _TOKEN.findall(without_addresses) if _looks_random(each)]
    ordered = sorted({*said, *seen}, key=without_addresses.index)
    return [each for each in ordered if is_key(each)]


def _looks_random(token: str) -> bool:
    """Whether this is a key rather than a word, a host or a model."""
    has_both = re.search(r"\d", token) and re.search(r"[A-Za-z]", token)
    return token.startswith("sk-") or bool(has_both and len(token) >= 24 and "." not in token[:12])
