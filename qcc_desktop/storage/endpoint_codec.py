"""Endpoints as JSON objects and back; a faulty value is replaced by its default and reported."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from qcc_desktop.core.endpoint import (
    AuthStyle,
    Endpoint,
    WireProtocol,
    endpoint_faults,
    normalise_base_url,
)
from qcc_desktop.core.errors import InvalidInput

Report = Callable[[str], None]
FIELDS = tuple(item.name for item in fields(Endpoint))
_DEFAULTS = Endpoint(id="x", name="x", base_url="https://localhost")


def encode_endpoint(endpoint: Endpoint) -> dict[str, Any]:
    """Return ``endpoint`` as a JSON object; values that are the default are left out."""
    encoded: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(endpoint, name)
        if name in {"id", "name", "base_url"} or value != getattr(_DEFAULTS, name):
            encoded[name] = _encode_value(value)
    return encoded


def _encode_value(value: object) -> object:
    if isinstance(value, tuple):
        return [list(pair) for pair in value]
    return str(value) if isinstance(value, StrEnum) else value


def decode_endpoint(raw: object, report: Report) -> Endpoint | None:
    """Return the endpoint, or None when it cannot be one at all; ``report`` gets sentences."""
    if not isinstance(raw, dict):
        report("An entry of the endpoints is no object.")
        return None
    name, identity, url = raw.get("name"), raw.get("id"), raw.get("base_url")
    called = name if isinstance(name, str) and name.strip() else "An endpoint without a name"
    if not isinstance(identity, str) or not identity:
        report(f"{called} has no id.")
        return None
    try:
        is_openai = raw.get("protocol") == WireProtocol.OPENAI
        protocol = WireProtocol.OPENAI if is_openai else WireProtocol.ANTHROPIC
        base_url = normalise_base_url(url if isinstance(url, str) else "", protocol)
    except InvalidInput as error:
        report(f"{called}: {error}")
        return None
    if called is not name:
        name = urlsplit(base_url).hostname or base_url
        report(f"{called} was called {name}.")
    return _with_rest(Endpoint(id=identity, name=str(name), base_url=base_url), raw, report)


def _with_rest(endpoint: Endpoint, raw: Mapping[str, Any], report: Report) -> Endpoint | None:
    for field, convert in _CONVERTERS.items():
        if field not in raw:
            continue
        try:
            candidate = replace(endpoint, **{field: convert(raw[field])})
            fault = endpoint_faults(candidate).get(field, "")
        except (TypeError, ValueError):
            candidate, fault = endpoint, "The value has the wrong form."
        if fault and field in _ESSENTIAL:
            report(f"{endpoint.name}: {fault}")
            return None
        if fault:
            report(f"{endpoint.name}, {field}: {fault} The default is used instead.")
        else:
            endpoint = candidate
    return endpoint


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not 0 < value <= 7200:
        raise ValueError
    return float(value)


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple((_text(left), _text(right)) for left, right in value)


def _or_none(convert: Callable[[object], object]) -> Callable[[object], object]:
    return lambda value: None if value is None else convert(value)


_ESSENTIAL = frozenset({"protocol", "auth"})
"""A wrong guess here would send the key in the wrong way: such an endpoint is not used."""

_CONVERTERS: Mapping[str, Callable[[object], Any]] = {
    "auth": lambda value: AuthStyle(_text(value)),
    "protocol": lambda value: WireProtocol(_text(value)),
    "enabled": _flag,
    "priority": _whole,
    "weight": _whole,
    "proxy": _or_none(_text),
    "extra_headers": _pairs,
    "model_map": _pairs,
    "connect_timeout_s": _or_none(_seconds),
    "first_byte_timeout_s": _or_none(_seconds),
    "stream_idle_timeout_s": _or_none(_seconds),
    "context_window_tokens": _or_none(_whole),
    "preset": _or_none(_text),
    "note": _text,
}
