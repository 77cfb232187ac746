"""Endpoints as forms give them, and the configurations that result: pure, without I/O."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from urllib.parse import urlsplit

from qcc_desktop.core.config import Config, in_order
from qcc_desktop.core.endpoint import (
    AuthStyle,
    Endpoint,
    WireProtocol,
    endpoint_faults,
    is_loopback,
    normalise_base_url,
)
from qcc_desktop.core.errors import InvalidInput

_MAX_PRIORITY = 10_000
_MAX_KEY_CHARS = 8192
"""Tokens of clouds have 2000; servers take a line of 8 KB in all."""
_FEW = 8
CREDENTIAL_HEADERS = frozenset({"authorization", "x-api-key", "proxy-authorization", "cookie"})
"""Headers that are not kept with the configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointDraft:
    """An endpoint as a form or a command line gives it.

    ``key`` None keeps the old one (an empty text removes it); ``priority`` None is last for a
    new endpoint and unchanged for an old one.
    """

    name: str
    base_url: str
    key: str | None = field(default=None, repr=False)
    auth: AuthStyle = AuthStyle.BEARER
    protocol: WireProtocol = WireProtocol.ANTHROPIC
    enabled: bool = True
    priority: int | None = None
    weight: int = 100
    proxy: str | None = None
    extra_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    model_map: tuple[tuple[str, str], ...] = ()
    note: str = ""
    preset: str | None = None
    connect_timeout_s: float | None = None
    first_byte_timeout_s: float | None = None
    stream_idle_timeout_s: float | None = None


@dataclass(frozen=True, slots=True)
class RemovedEndpoint:
    """What `Endpoints.restore` needs to undo a removal."""

    endpoint: Endpoint
    key: str | None = field(repr=False)
    position: int
    was_pinned: bool


def draft_of(endpoint: Endpoint) -> EndpointDraft:
    """Return the draft that changes nothing about ``endpoint``."""
    return EndpointDraft(
        name=endpoint.name,
        base_url=endpoint.base_url,
        auth=endpoint.auth,
        protocol=endpoint.protocol,
        enabled=endpoint.enabled,
        priority=endpoint.priority,
        weight=endpoint.weight,
        proxy=endpoint.proxy,
        extra_headers=endpoint.extra_headers,
        model_map=endpoint.model_map,
        note=endpoint.note,
        preset=endpoint.preset,
        connect_timeout_s=endpoint.connect_timeout_s,
        first_byte_timeout_s=endpoint.first_byte_timeout_s,
        stream_idle_timeout_s=endpoint.stream_idle_timeout_s,
    )


def find(config: Config, name_or_id: str) -> Endpoint:
    """Return the endpoint of this name (whatever its case) or id; `InvalidInput` if none."""
    wanted = name_or_id.strip().casefold()
    for endpoint in config.endpoints:
        if wanted in {endpoint.id.casefold(), endpoint.name.casefold()}:
            return endpoint
    names = [endpoint.name for endpoint in in_order(config.endpoints)]
    raise InvalidInput({"name": f"There is no endpoint {name_or_id!r}. {_hint(wanted, names)}"})


def _hint(wanted: str, names: Sequence[str]) -> str:
    """Return who else could be meant: all when they are few, else those called nearly so."""
    if not names:
        return "None is configured yet."
    if len(names) <= _FEW:
        return f"Known: {', '.join(names)}."
    folded = {name.casefold(): name for name in names}
    near = [folded[name] for name in get_close_matches(wanted, folded, n=3, cutoff=0.4)]
    return f"Did you mean {' or '.join(near)}?" if near else "See: qcc-desktop endpoint list."


def by_id(config: Config, endpoint_id: str) -> Endpoint:
    """Return the endpoint of this id; `InvalidInput` when it is gone."""
    for endpoint in config.endpoints:
        if endpoint.id == endpoint_id:
            return endpoint
    raise InvalidInput({"id": "This endpoint does not exist any more. Look at the list again."})


def built(
    draft: EndpointDraft, endpoint_id: str, config: Config, old: Endpoint | None = None
) -> Endpoint:
    """Return the endpoint of a draft, or raise with all its faults together."""
    priority = draft.priority
    if priority is None:
        priority = old.priority if old is not None else _last_priority(config)
    endpoint = Endpoint(
        id=endpoint_id,
        name=draft.name.strip(),
        base_url=draft.base_url.strip(),
        auth=draft.auth,
        protocol=draft.protocol,
        enabled=draft.enabled,
        priority=priority,
        weight=draft.weight,
        proxy=draft.proxy or None,
        extra_headers=draft.extra_headers,
        model_map=draft.model_map,
        connect_timeout_s=draft.connect_timeout_s,
        first_byte_timeout_s=draft.first_byte_timeout_s,
        stream_idle_timeout_s=draft.stream_idle_timeout_s,
        context_window_tokens=old.context_window_tokens if old is not None else None,
        preset=draft.preset,
        note=draft.note.strip(),
    )
    faults = dict(endpoint_faults(endpoint)) | _more_faults(endpoint, config)
    if faults:
        raise InvalidInput(faults)
    return replace(endpoint, base_url=normalise_base_url(endpoint.base_url, endpoint.protocol))


def _more_faults(endpoint: Endpoint, config: Config) -> dict[str, str]:
    faults: dict[str, str] = {}
    for other in config.endpoints:
        if other.id != endpoint.id and other.name.casefold() == endpoint.name.casefold():
            faults["name"] = f"There is an endpoint {other.name!r} already. Take another name."
    for name, _ in endpoint.extra_headers:
        if name.lower() in CREDENTIAL_HEADERS:
            faults["extra_headers"] = (
                f"{name} carries a credential, which is kept in the keychain only."
                " Give it as the key."
            )
    for field_name in ("connect_timeout_s", "first_byte_timeout_s", "stream_idle_timeout_s"):
        value = getattr(endpoint, field_name)
        if value is not None and not 0 < value <= 7200:
            faults[field_name] = "The time-out must lie above 0 and be at most 7200 s."
    return faults


def refuse_own_address(endpoint: Endpoint, own_port: int | None) -> None:
    """Raise `InvalidInput` when the endpoint is the proxy that would ask it, listening there."""
    parts = urlsplit(endpoint.base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if own_port is not None and port == own_port and is_loopback(parts.hostname or ""):
        raise InvalidInput(
            {
                "base_url": f"{endpoint.base_url} is this program's own proxy, which would ask"
                " itself. Give the address of the vendor or relay."
            }
        )


def check_key(key: str | None) -> None:
    """Raise `InvalidInput`, which does not repeat the key, when no header may carry it."""
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise InvalidInput(
            {"key": "The key holds blanks or characters that no header may carry. Copy it again."}
        )
    if key and len(key) > _MAX_KEY_CHARS:
        raise InvalidInput({"key": "The key is too long for a header. Copy it again."})


def _last_priority(config: Config) -> int:
    last = max((endpoint.priority for endpoint in config.endpoints), default=0)
    return min(last + 1, _MAX_PRIORITY)


def with_added(now: Config, draft: EndpointDraft, endpoint: Endpoint) -> Config:
    """Return ``now`` with the endpoint of the draft at its end."""
    return replace(now, endpoints=(*now.endpoints, built(draft, endpoint.id, now)))


def with_edited(now: Config, draft: EndpointDraft, endpoint_id: str) -> Config:
    """Return ``now`` with the endpoint made what the draft says."""
    return replaced(now, built(draft, endpoint_id, now, by_id(now, endpoint_id)))


def with_restored(now: Config, removed: RemovedEndpoint) -> Config:
    """Return ``now`` with the removed endpoint in its old place; no change if it is there."""
    if any(endpoint.id == removed.endpoint.id for endpoint in now.endpoints):
        return now
    faults = _more_faults(removed.endpoint, now)
    if faults:
        raise InvalidInput(faults)
    endpoints = list(now.endpoints)
    endpoints.insert(removed.position, removed.endpoint)
    pinned = removed.endpoint.id if removed.was_pinned else now.pinned_id
    return replace(now, endpoints=tuple(endpoints), pinned_id=pinned)


def without(now: Config, endpoint_id: str) -> Config:
    """Return ``now`` without the endpoint and without its pin."""
    left = tuple(endpoint for endpoint in now.endpoints if endpoint.id != endpoint_id)
    return replace(
        now, endpoints=left, pinned_id=None if now.pinned_id == endpoint_id else now.pinned_id
    )


def replaced(now: Config, changed: Endpoint) -> Config:
    """Return ``now`` with the endpoint of the same id replaced."""
    return replace(
        now,
        endpoints=tuple(
            changed if endpoint.id == changed.id else endpoint for endpoint in now.endpoints
        ),
    )


def reordered(now: Config, endpoint_ids: Sequence[str]) -> Config:
    """Return ``now`` with priorities 1, 2, 3 ... in this order; the rest follows as it was."""
    place = {endpoint_id: index for index, endpoint_id in enumerate(endpoint_ids)}
    ordered = sorted(
        in_order(now.endpoints), key=lambda endpoint: place.get(endpoint.id, len(place))
    )
    return replace(
        now,
        endpoints=tuple(
            replace(endpoint, priority=index) for index, endpoint in enumerate(ordered, start=1)
        ),
    )
