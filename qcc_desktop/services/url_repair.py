"""What people type or paste as an address, and what they mean by it: pure."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from qcc_desktop.core.endpoint import (
    WireProtocol,
    is_loopback,
    normalise_base_url,
    travels_unencrypted,
)
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.services.presets import PRESETS


class UrlIssue(StrEnum):
    """What is odd about an address."""

    PASTED = "pasted"
    """It stands in a line with other things: a curl command, a variable."""
    SIGNS = "signs"
    """Blanks, quotes, full-width characters around or in it."""
    SCHEME = "scheme"
    """``https://`` is missing or misspelt."""
    PATH = "path"
    """It ends in ``/v1``, ``/v1/messages`` or the like, or carries a query."""
    UNENCRYPTED = "unencrypted"
    """http to another computer: the key can be read on its way."""
    OWN_PROXY = "own_proxy"
    """It is this program's own proxy."""
    VENDOR = "vendor"
    """The vendor is known, and takes Claude Code's requests at another address."""


@dataclass(frozen=True, slots=True)
class UrlAdvice:
    """What to say about an address.

    ``address`` is what to use instead, None when nothing better is known.
    """

    issue: UrlIssue
    address: str | None = None


_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_AROUND = " \t\r\n\"'`“”‘’«»「」『』《》〈〉<>()[]{},;|"
_SCHEME = re.compile(r"^h{1,2}t{1,3}p{1,2}s{0,2}[:;]?[/\\]{1,3}", re.IGNORECASE)
_FOUND = re.compile(r"https?://[^\s\"'`“”‘’「」《》<>|,;，；、。]+", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+")
_TAIL = re.compile(
    r"(?:/v1)*(?:/(?:messages(?:/count_tokens)?|models|chat/completions|completions|responses))?/*$"
)


def advise(
    text: str,
    own_port: int | None = None,
    protocol: WireProtocol = WireProtocol.ANTHROPIC,
) -> UrlAdvice | None:
    """Return what to say about an address as typed; None when it is fine or past help.

    ``own_port`` is where this program's proxy listens.
    """
    typed = text.strip()
    cleaned, issue = _cleaned(typed)
    address = _stored(cleaned, protocol)
    if address is None:
        return None
    if advice := _other_address(address, own_port, protocol):
        return advice
    if address == typed:
        return None
    return UrlAdvice(issue or UrlIssue.PATH, address)


def _other_address(address: str, own_port: int | None, protocol: WireProtocol) -> UrlAdvice | None:
    """Return what to say where another address than the one meant is called for."""
    if is_own_proxy(address, own_port):
        return UrlAdvice(UrlIssue.OWN_PROXY)
    if vendor := _vendor_address(address, protocol):
        return UrlAdvice(UrlIssue.VENDOR, vendor)
    if travels_unencrypted(address):
        return UrlAdvice(UrlIssue.UNENCRYPTED, f"https{address.removeprefix('http')}")
    return None


def stored_form(text: str, protocol: WireProtocol = WireProtocol.ANTHROPIC) -> str | None:
    """Return the address that saving takes instead of the typed one; None to take it as it is."""
    cleaned, _ = _cleaned(text.strip())
    address = _stored(cleaned, protocol)
    return address if address != text.strip() else None


def is_own_proxy(address: str, own_port: int | None) -> bool:
    """Whether a (valid) address is this computer's ``own_port``."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return own_port is not None and port == own_port and is_loopback(parts.hostname or "")


def addresses_in(text: str, protocol: WireProtocol = WireProtocol.ANTHROPIC) -> list[str]:
    """Return every address that stands in a text, in the form in which they are stored."""
    found = (_stored(_without_signs(match), protocol) for match in _FOUND.findall(_plain(text)))
    return list(dict.fromkeys(address for address in found if address is not None))


def _cleaned(typed: str) -> tuple[str, UrlIssue | None]:
    """Return the address in what was typed, and what had to be done to find it."""
    bare = _without_signs(re.sub(r"(?<=[a-z0-9-])。(?=[a-z0-9-])", ".", _plain(typed)))
    issue = UrlIssue.SIGNS if bare != typed else None
    if match := _FOUND.search(bare):
        if match.start() or re.search(r"\s", bare):
            return _without_signs(match[0]), UrlIssue.PASTED
        return bare, issue
    if re.search(r"\s", bare):
        bare, issue = re.sub(r"\s+", "", bare), UrlIssue.SIGNS
    if "://" not in bare or _SCHEME.match(bare):
        rest = _SCHEME.sub("", bare).lstrip("/\\:")
        return f"{_scheme_for(rest)}://{rest}", UrlIssue.SCHEME
    return bare, issue


def _scheme_for(rest: str) -> str:
    try:
        return "http" if is_loopback(urlsplit(f"//{rest}").hostname or "") else "https"
    except ValueError:
        return "https"


def _plain(text: str) -> str:
    """Return the text in plain characters: full-width letters and signs become ASCII."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _without_signs(text: str) -> str:
    return text.strip(_AROUND).rstrip(".:!?")


def _stored(text: str, protocol: WireProtocol) -> str | None:
    """Return the form in which an address is stored; None when it is none."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        is_host = _HOST.fullmatch(host) or ":" in host or is_loopback(host)
        if not is_host or parts.username or parts.password:
            return None
        netloc = parts.netloc.removesuffix(":")
        if protocol is WireProtocol.OPENAI:
            query = parts.query if parts.query.startswith("api-version=") else ""
            whole = urlunsplit((parts.scheme, netloc, parts.path, query, ""))
        else:
            whole = urlunsplit((parts.scheme, netloc, _base_path(parts.path), "", ""))
        return normalise_base_url(whole, protocol)
    except (ValueError, InvalidInput):
        return None


def _base_path(path: str) -> str:
    shorter = path
    while (cut := _TAIL.sub("", shorter.rstrip(f"{_AROUND}.:!?/"))) != shorter:
        shorter = cut
    return shorter


def _vendor_address(address: str, protocol: WireProtocol) -> str | None:
    """Return the one address of a known vendor when this is its host with another path."""
    host = urlsplit(address).hostname
    known = [
        each.base_url
        for each in PRESETS.values()
        if urlsplit(each.base_url).hostname == host and each.protocol is protocol and each.needs_key
    ]
    is_guess = urlsplit(address).path in {"", "/v1", "/anthropic", "/api", "/api/anthropic"}
    return known[0] if len(known) == 1 and address not in known and is_guess else None
