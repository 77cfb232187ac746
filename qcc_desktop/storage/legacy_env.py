"""Reads an endpoint out of the variables that lead Claude Code to it.

The same block of variables stands in an environment, in the ``env`` of Claude Code's settings
files (Claude Code docs, "Environment variables"), and in each provider of cc-switch.
"""

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from qcc_desktop.core.endpoint import AuthStyle, is_loopback
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.storage.legacy_found import (
    NO_KEY,
    NOT_TEXT,
    PROXY,
    LegacyEndpoint,
    LegacyPlace,
    clean,
    is_text,
    key_text,
)

ENVIRONMENT = QT_TRANSLATE_NOOP("Import", "the environment")
OFFICIAL = "https://api.anthropic.com"
BASE_URL = "ANTHROPIC_BASE_URL"
BEARER = "ANTHROPIC_AUTH_TOKEN"
API_KEY = "ANTHROPIC_API_KEY"
MODEL = "ANTHROPIC_MODEL"
HEADERS = "ANTHROPIC_CUSTOM_HEADERS"
_TIERS = (
    ("*opus*", "ANTHROPIC_DEFAULT_OPUS_MODEL"),
    ("*sonnet*", "ANTHROPIC_DEFAULT_SONNET_MODEL"),
    ("*haiku*", "ANTHROPIC_DEFAULT_HAIKU_MODEL"),
    ("*haiku*", "ANTHROPIC_SMALL_FAST_MODEL"),
)
_CREDENTIALS = frozenset({"authorization", "x-api-key", "proxy-authorization", "cookie"})

PROXY_PORTS = frozenset({7860, 15721})
"""Where QCC's proxy (and ours) and cc-switch's listen unless told otherwise."""
_PLACEHOLDER = "proxy-managed"
_OWN_TOKEN = re.compile(r"qcc-[A-Za-z0-9_-]{43}")


def read_environment(environ: Mapping[str, str], ports: Collection[int] = ()) -> LegacyPlace | None:
    """Return the endpoint of this environment, None when it names none.

    ``ports`` are those on which this program's own proxy may listen.
    """
    endpoint = endpoint_of_env(environ)
    if endpoint is None:
        return None
    place = ENVIRONMENT
    if is_takeover(endpoint, ports) or endpoint.key == environ.get("QCC_DESKTOP_TOKEN", "\0"):
        return LegacyPlace(place, remarks=(PROXY,))
    return LegacyPlace(place, (endpoint,))


def endpoint_of_env(env: Mapping[str, object], name: str = "") -> LegacyEndpoint | None:
    """Return the endpoint the variables describe, None when they describe none.

    A key without an address is one of the official API, as it is for Claude Code.
    """
    found = {variable: env.get(variable) for variable in (BASE_URL, BEARER, API_KEY)}
    if not any(found.values()):
        return None
    if not is_text(*found.values()):
        return LegacyEndpoint(name=name, problem=NOT_TEXT)
    key, auth = _credential(key_text(found[BEARER]), key_text(found[API_KEY]))
    return LegacyEndpoint(
        name=name,
        base_url=clean(found[BASE_URL]) or OFFICIAL,
        key=key,
        auth=auth,
        extra_headers=_headers(env.get(HEADERS)),
        model_map=_model_map(env),
        problem="" if key else NO_KEY,
    )


def is_takeover(endpoint: LegacyEndpoint, ports: Collection[int] = ()) -> bool:
    """Whether this is no endpoint but a proxy that stands in for some: ours, QCC's, cc-switch's.

    QCC writes ``proxy-managed`` for the key, cc-switch ``PROXY_MANAGED``; our own tokens are
    known by their shape. Other servers on this computer are endpoints like any other.
    """
    key = endpoint.key.lower().replace("_", "-")
    if key == _PLACEHOLDER or _OWN_TOKEN.fullmatch(endpoint.key):
        return True
    try:
        parts = urlsplit(endpoint.base_url)
        return parts.port in {*PROXY_PORTS, *ports} and is_loopback(parts.hostname or "")
    except ValueError:
        return False


def _credential(token: str, api_key: str) -> tuple[str, AuthStyle]:
    """Return the key and where it goes; where two differ Claude Code's own first choice."""
    if token:
        return token, AuthStyle.BOTH if token == api_key else AuthStyle.BEARER
    return api_key, AuthStyle.X_API_KEY


def _model_map(env: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return which models the endpoint has in the place of Claude's.

    Names of Claude's own models are a taste, not a need, and are left out. Claude Code asks by
    the endpoint's names where its settings say so, so those must not run into ``*``.
    """
    main = _foreign_model(env.get(MODEL))
    tiers: dict[str, str] = {}
    for pattern, variable in _TIERS:
        if model := _foreign_model(env.get(variable)):
            tiers.setdefault(pattern, model)
    if not main:
        return tuple(tiers.items())
    by_name = {model: model for model in tiers.values() if model != main}
    return (*by_name.items(), *tiers.items(), ("*", main))


def _foreign_model(value: object) -> str:
    model = re.sub(r"\[1m\]$", "", clean(value), flags=re.I)
    return "" if "claude" in model.lower() else model


def _headers(value: object) -> tuple[tuple[str, str], ...]:
    """Return the extra headers, ``Name: value`` a line; credentials among them are left out."""
    if not isinstance(value, str):
        return ()
    pairs = (line.partition(":") for line in value[:8192].splitlines())
    return tuple(
        (clean(name), clean(text))
        for name, _, text in pairs
        if clean(name) and clean(text) and clean(name).lower() not in _CREDENTIALS
    )
