"""One API endpoint: who it is, where it is, how it is spoken to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from unicodedata import category, normalize
from urllib.parse import SplitResult, urlsplit, urlunsplit

from qcc_desktop.core.errors import InvalidInput


class WireProtocol(StrEnum):
    """The dialect an endpoint speaks."""

    ANTHROPIC = "anthropic"
    OPENAI = "openai"


class AuthStyle(StrEnum):
    """The header that carries the key; exactly one credential is sent (``BOTH`` on request)."""

    BEARER = "bearer"
    X_API_KEY = "x-api-key"
    BOTH = "both"


DIRECT = "direct"
"""Value of `Endpoint.proxy` that means: never through a proxy."""
_UNSHOWN = frozenset({"Cc", "Cs"})
"""Unicode's categories of control characters and of halves of a pair."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint without its key; keys live in a `core.ports.SecretStore` under `id`.

    ``base_url`` is as `normalise_base_url` leaves it; ``priority`` is asked in ascending
    order; ``weight`` is relative to the other endpoints (1 to 1000). ``proxy`` is None for
    the system's proxy settings, ``"direct"`` for none, else a proxy URL. ``model_map`` are
    (pattern, model) pairs, the first match wins, ``*`` matches any run of characters.
    Time-outs are seconds; None means the value of the settings.
    """

    id: str
    name: str
    base_url: str
    auth: AuthStyle = AuthStyle.BEARER
    protocol: WireProtocol = WireProtocol.ANTHROPIC
    enabled: bool = True
    priority: int = 1
    weight: int = 100
    proxy: str | None = None
    extra_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    model_map: tuple[tuple[str, str], ...] = ()
    connect_timeout_s: float | None = None
    first_byte_timeout_s: float | None = None
    stream_idle_timeout_s: float | None = None
    context_window_tokens: int | None = None
    preset: str | None = None
    note: str = ""


_CHAT = "/chat/completions"
_OPENAI_TAIL = re.compile(r"(/(chat/completions|completions|responses|models|messages))+$")
_HAS_VERSION = re.compile(r"/v\d+[a-z0-9]*(/|$)|/deployments/")
"""``/v1``, Zhipu's ``/v4``, Gemini's ``/v1beta/openai``, Azure's deployments."""


def normalise_base_url(text: str, protocol: WireProtocol = WireProtocol.ANTHROPIC) -> str:
    """Return the URL as stored, without surrounding blanks and trailing slash.

    Anthropic's ends before ``/v1``. OpenAI's ends with its version, ``/v1`` where none is given,
    as vendors write it in ``OPENAI_BASE_URL``; an address given whole up to ``/chat/completions``
    is taken at its word, and Azure's ``api-version`` stays.

    Raises:
        InvalidInput: for field ``base_url`` when this is no absolute http(s) URL.
    """
    is_openai = protocol is WireProtocol.OPENAI
    parts = _split(text.strip(), may_have_version=is_openai)
    path = parts.path.rstrip("/")
    path = _openai_path(path) if is_openai else re.sub(r"(/v1(/messages)?)+$", "", path)
    return urlunsplit((parts.scheme.lower(), parts.netloc, path.rstrip("/"), parts.query, ""))


def _openai_path(path: str) -> str:
    base = _OPENAI_TAIL.sub("", path)
    if _HAS_VERSION.search(base):
        return base
    return f"{base}{_CHAT}" if path.endswith(_CHAT) else f"{base}/v1"


def _split(text: str, *, may_have_version: bool) -> SplitResult:
    remedy = "Give the endpoint's address as in https://api.example.com/anthropic."
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise InvalidInput({"base_url": f"The base URL is malformed. {remedy}"}) from error
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise InvalidInput(
            {"base_url": f"The base URL must begin with http:// or https://. {remedy}"}
        )
    if not _is_host(parts.hostname):
        raise InvalidInput({"base_url": f"The base URL is malformed. {remedy}"})
    if parts.username or parts.password:
        raise InvalidInput({"base_url": "The base URL holds a password. Give the key separately."})
    if re.search(r"\s", text):
        raise InvalidInput({"base_url": f"The base URL holds blanks. {remedy}"})
    is_version = may_have_version and parts.query.startswith("api-version=")
    if (parts.query and not is_version) or parts.fragment:
        raise InvalidInput({"base_url": f"The base URL holds a query or a fragment. {remedy}"})
    return parts


def _is_host(host: str) -> bool:
    """Whether ``host`` is a name or an address, as far as its letters tell.

    No name ends in a number (RFC 1123, 2.1): four of them are an address, or a slip. Letters of
    full width and invisible ones come with a text from a web page.
    """
    if ":" in host or re.search(r"\s", host):
        return True  # an IPv6 address, which urllib has looked at; blanks have their own fault
    if re.fullmatch(r"(.*\.)?[0-9]+", host):
        return _is_address(host)
    return bool(re.fullmatch(r"[\w.-]+", host)) and normalize("NFKC", host) == host


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether ``host``, a name or an address, means this computer."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def needs_key(base_url: str, protocol: WireProtocol) -> bool:
    """Whether an endpoint is of no use without a key: servers of models on this computer are."""
    try:
        host = urlsplit(base_url.strip()).hostname or ""
    except ValueError:
        return True
    return not (protocol is WireProtocol.OPENAI and is_loopback(host))


def travels_unencrypted(base_url: str) -> bool:
    """Whether a key sent to this (valid) base URL can be read on its way."""
    parts = urlsplit(base_url)
    return parts.scheme == "http" and not is_loopback(parts.hostname or "")


def endpoint_faults(endpoint: Endpoint) -> Mapping[str, str]:
    """Return what is wrong with ``endpoint``: field name to sentence, empty when it is fine."""
    faults: dict[str, str] = {}
    if not endpoint.name.strip():
        faults["name"] = "The endpoint needs a name."
    if len(endpoint.name) > 100:
        faults["name"] = "The endpoint's name is longer than 100 characters."
    if any(category(letter) in _UNSHOWN for letter in endpoint.name):
        faults["name"] = "The endpoint's name holds a line break or a control character."
    try:
        normalise_base_url(endpoint.base_url, endpoint.protocol)
    except InvalidInput as error:
        faults.update(error.faults)
    if not 1 <= endpoint.weight <= 1000:
        faults["weight"] = "The weight must lie between 1 and 1000."
    if not 1 <= endpoint.priority <= 10_000:
        faults["priority"] = "The priority must lie between 1 and 10000; smaller is asked first."
    faults.update(_proxy_faults(endpoint.proxy))
    faults.update(_header_faults(endpoint.extra_headers))
    return faults


def _proxy_faults(proxy: str | None) -> Mapping[str, str]:
    if proxy is None or proxy == DIRECT:
        return {}
    known = {"http", "https", "socks4", "socks5", "socks5h"}
    try:
        parts = urlsplit(proxy)
        well_formed = parts.scheme in known and bool(parts.hostname) and parts.port != 0
    except ValueError:
        well_formed = False
    if well_formed:
        return {}
    return {"proxy": "The proxy must look like http://host:port or socks5://host:port."}


def _header_faults(headers: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    for name, value in headers:
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            return {"extra_headers": f"{name!r} is not a header name."}
        if re.search(r"[\r\n\0]", value):
            return {"extra_headers": f"The value of header {name} holds a line break."}
    return {}
