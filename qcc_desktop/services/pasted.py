"""One endpoint that was read out of text: what is known of it, and how it is named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlsplit

from qcc_desktop.core.endpoint import AuthStyle, WireProtocol, normalise_base_url
from qcc_desktop.services.presets import PRESETS, Preset
from qcc_desktop.services.url_repair import addresses_in


class PasteKind(StrEnum):
    """Where an endpoint was read from."""

    ENVIRONMENT = "environment"
    CLAUDE_SETTINGS = "claude_settings"
    QCC = "qcc"
    CC_SWITCH = "cc_switch"
    JSON = "json"
    CURL = "curl"
    LINK = "link"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Pasted:
    """An endpoint as it was found; ``base_url`` or ``key`` may be empty, not both."""

    kind: PasteKind
    name: str
    base_url: str
    key: str = field(default="", repr=False)
    auth: AuthStyle = AuthStyle.BEARER
    model_map: tuple[tuple[str, str], ...] = ()
    extra_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    note: str = ""
    preset: str | None = None
    protocol: WireProtocol = WireProtocol.ANTHROPIC


_MODELS = {
    "ANTHROPIC_DEFAULT_OPUS_MODEL": "*opus*",
    "ANTHROPIC_DEFAULT_SONNET_MODEL": "*sonnet*",
    "ANTHROPIC_DEFAULT_HAIKU_MODEL": "*haiku*",
    "ANTHROPIC_SMALL_FAST_MODEL": "*haiku*",
    "ANTHROPIC_MODEL": "*",
}
"""In the order in which the rules must stand: the one for every model comes last."""
_OWN_NAMES = ("opus", "sonnet", "haiku", "default", "opusplan", "claude-")
"""Names of Anthropic's own models and of Claude Code's short cuts, which need no mapping."""
_OPENAI = "https://api.openai.com/v1"
_PLACEHOLDERS = (
    "your",
    "xxx",
    "<",
    "...",
    "…",
    "proxy-managed",
    "proxy_managed",
    "你的",
    "api_key",
)


def from_variables(values: Mapping[str, str], kind: PasteKind) -> list[Pasted]:
    """Return the endpoints that variables describe; none without address and key.

    Claude Code's are ``ANTHROPIC_…``; those of OpenAI's SDK make an endpoint of their own.
    """
    return [*_from_anthropics(values, kind), *_from_openais(values, kind)]


def _from_openais(values: Mapping[str, str], kind: PasteKind) -> list[Pasted]:
    given = values.get("OPENAI_BASE_URL") or values.get("OPENAI_API_BASE") or ""
    addresses = addresses_in(given, WireProtocol.OPENAI)
    key = values.get("OPENAI_API_KEY", "")
    chosen = key if is_key(key) else ""
    if not addresses and not chosen:
        return []
    model = values.get("OPENAI_MODEL", "").strip()
    return [
        Pasted(
            kind,
            "",
            addresses[0] if addresses else _OPENAI,
            chosen,
            model_map=(("claude-*", model),) if model else (),
            protocol=WireProtocol.OPENAI,
        )
    ]


def _from_anthropics(values: Mapping[str, str], kind: PasteKind) -> list[Pasted]:
    addresses = addresses_in(values.get("ANTHROPIC_BASE_URL", ""))
    token = values.get("ANTHROPIC_AUTH_TOKEN", "")
    key = values.get("ANTHROPIC_API_KEY", "")
    chosen = token if is_key(token) else key if is_key(key) else ""
    if not addresses and not chosen:
        return []
    return [
        Pasted(
            kind,
            "",
            addresses[0] if addresses else "https://api.anthropic.com",
            chosen,
            AuthStyle.X_API_KEY if chosen and chosen != token else AuthStyle.BEARER,
            _model_map(values),
            _headers(values.get("ANTHROPIC_CUSTOM_HEADERS", "")),
        )
    ]


def _model_map(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    rules: dict[str, str] = {}
    for name, pattern in _MODELS.items():
        model = values.get(name, "").strip()
        if model and not model.lower().startswith(_OWN_NAMES):
            rules.setdefault(pattern, model)
    return tuple(rules.items())


def _headers(text: str) -> tuple[tuple[str, str], ...]:
    parts = [line.partition(":") for line in text.replace("\\n", "\n").splitlines()]
    return tuple((name.strip(), value.strip()) for name, _, value in parts if value.strip())


def is_key(text: str) -> bool:
    """Whether this can be a key: no placeholder, and fit for a header."""
    is_placeholder = any(word in text.lower() for word in _PLACEHOLDERS)
    return (
        len(text) >= 6
        and text.isascii()
        and text.isprintable()
        and not (is_placeholder or " " in text)
    )


def named(pasted: Pasted) -> Pasted:
    """Return it with its vendor, and with a name if it has none: the vendor's or the host's."""
    pasted = _as_vendor_speaks(pasted)
    preset = preset_of(pasted.base_url)
    host = (urlsplit(pasted.base_url).hostname or "").removeprefix("api.").removeprefix("www.")
    name = pasted.name or (preset.name if preset is not None else host)
    return replace(pasted, name=name[:100], preset=preset.id if preset is not None else None)


def speaks_only_openai(address: str) -> bool:
    """Whether an address says by itself, or by its vendor, that OpenAI's API is spoken there."""
    try:
        parts = urlsplit(address.strip())
        place = (parts.hostname, parts.port)
    except ValueError:
        return False
    spoken = {each.protocol for each in PRESETS.values() if _place(each.base_url) == place}
    return spoken == {WireProtocol.OPENAI} or parts.path.rstrip("/").endswith("/chat/completions")


def _place(address: str) -> tuple[str | None, int | None]:
    parts = urlsplit(address)
    return parts.hostname, parts.port


def _as_vendor_speaks(pasted: Pasted) -> Pasted:
    """Return it as OpenAI's API where its vendor has no other."""
    if pasted.protocol is WireProtocol.OPENAI or not speaks_only_openai(pasted.base_url):
        return pasted
    base_url = normalise_base_url(pasted.base_url, WireProtocol.OPENAI)
    return replace(pasted, base_url=base_url, protocol=WireProtocol.OPENAI)


def preset_of(base_url: str) -> Preset | None:
    """Return the vendor of this address."""
    known: Iterable[Preset] = PRESETS.values()
    return next((preset for preset in known if preset.base_url == base_url), None)
