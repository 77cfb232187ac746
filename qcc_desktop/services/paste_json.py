"""Finds endpoints in JSON, whatever the program that wrote it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from qcc_desktop.core.endpoint import AuthStyle, WireProtocol
from qcc_desktop.services.pasted import Pasted, PasteKind, from_variables, is_key
from qcc_desktop.services.url_repair import addresses_in

_ADDRESS_NAMES = ("base_url", "baseurl", "api_base", "apibase", "endpoint", "url", "host")
_KEY_NAMES = ("api_key", "apikey", "key", "auth_token", "authtoken", "token", "secret")
_NAME_NAMES = ("name", "title", "label")
_DEEPEST = 12
_TRIES = 200
"""Text with more brackets that begin no JSON is something else."""
_MOST = 500
"""More endpoints than this are not read out of one text."""


def found_in_json(text: str) -> list[Pasted]:
    """Return the endpoints in every JSON value that a text holds; none when it holds none."""
    found: list[Pasted] = []
    for value in _values(text):
        found += _walk(value, "", _DEEPEST)
    return found[:_MOST]


def _values(text: str) -> Iterator[object]:
    """Yield the objects in a text, one after the other; ``"env": {…}`` alone counts too."""
    decoder = json.JSONDecoder()
    position, failed = 0, 0
    while failed < _TRIES and (position := _next_opening(text, position)) >= 0:
        try:
            value, position = decoder.raw_decode(text, position)
        except RecursionError:
            return
        except ValueError:
            position, failed = position + 1, failed + 1
            continue
        yield value


def _next_opening(text: str, position: int) -> int:
    places = [place for sign in "{[" if (place := text.find(sign, position)) >= 0]
    return min(places, default=-1)


def _walk(value: object, name: str, depth: int) -> Iterator[Pasted]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, name, depth - 1)
    elif isinstance(value, dict):
        yield from _in_object(value, name, depth)


def _in_object(found: Mapping[str, Any], name: str, depth: int) -> Iterator[Pasted]:
    called = _text(found, _NAME_NAMES) or name
    if endpoints := found.get("endpoints"):
        inner = list(_walk(endpoints, called, depth - 1))
        if inner:  # a cluster of QCC repeats its first endpoint beside the list
            yield from inner
            return
    yield from _of_variables(found, called)
    if own := _plain(found, called):
        yield own
        return
    for key, value in found.items():
        if key not in {"env", "settingsConfig"}:
            yield from _walk(value, _name_below(called, key, value), depth - 1)


def _of_variables(found: Mapping[str, Any], name: str) -> Iterator[Pasted]:
    """Yield what stands in the variables of Claude Code's settings, or of cc-switch's copy."""
    config = found.get("settingsConfig")
    kind = PasteKind.CLAUDE_SETTINGS
    env = found.get("env")
    if isinstance(config, dict):
        kind, env = PasteKind.CC_SWITCH, config.get("env")
    elif not isinstance(env, dict):
        env = found
    texts = {key: value for key, value in env.items() if isinstance(value, str)} if env else {}
    if not any(key.startswith("ANTHROPIC_") for key in texts):
        return
    for pasted in from_variables(texts, kind):
        yield Pasted(
            pasted.kind,
            name,
            pasted.base_url,
            pasted.key,
            pasted.auth,
            pasted.model_map,
            pasted.extra_headers,
        )


def _plain(found: Mapping[str, Any], name: str) -> Pasted | None:
    protocol = _spoken(found)
    addresses = addresses_in(_text(found, _ADDRESS_NAMES), protocol)
    key = _text(found, _KEY_NAMES)
    if not addresses:
        return None
    is_of_qcc = "base_url" in found and ("max_failures" in found or "last_used" in found)
    auth = str(found.get("auth", ""))
    return Pasted(
        PasteKind.QCC if is_of_qcc else PasteKind.JSON,
        name,
        addresses[0],
        key if is_key(key) else "",
        AuthStyle(auth) if auth in set(AuthStyle) else AuthStyle.BEARER,
        note=_text(found, ("description", "note", "notes"))[:500],
        protocol=protocol,
    )


def _spoken(found: Mapping[str, Any]) -> WireProtocol:
    """Return what an endpoint speaks, as far as it says so."""
    said = f"{found.get('protocol')} {found.get('apiFormat')} {_text(found, _ADDRESS_NAMES)}"
    is_openai = "openai " in f"{said} " or "openai_chat" in said or "/chat/completions" in said
    return WireProtocol.OPENAI if is_openai else WireProtocol.ANTHROPIC


def _text(found: Mapping[str, Any], names: tuple[str, ...]) -> str:
    folded = {key.lower().replace("-", "_"): value for key, value in found.items()}
    texts = (folded.get(name) for name in names)
    return next((text.strip() for text in texts if isinstance(text, str) and text.strip()), "")


def _name_below(name: str, key: str, value: object) -> str:
    """Return what an object is called by its key, where the key is a name and no field's."""
    is_field = key in {"profiles", "providers", "endpoints", "env", "claude", "settings", "data"}
    return name if is_field or not isinstance(value, dict) else key
