"""What an import offers: stored things of other programs beside what is here; pure, without I/O."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlsplit

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import AuthStyle, Endpoint, WireProtocol, normalise_base_url
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.core.redact import redact
from qcc_desktop.core.settings import ModelMode
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.services.endpoint_changes import (
    EndpointDraft,
    built,
    check_key,
    refuse_own_address,
)
from qcc_desktop.services.presets import PRESETS, Preset
from qcc_desktop.storage.legacy_found import LegacyEndpoint, LegacyPlace, LegacySetting

_MAPS = QT_TRANSLATE_NOOP(
    "Import", "Some of these endpoints have models of their own in the place of Claude's."
)
_LONGEST_NAME = 100
_SHORTEST_TOLD_KEY = 16
"""Of a shorter key its end would give away too much."""


class Source(StrEnum):
    """Where an import looks; the value is the word of the command line."""

    QCC = "qcc"
    CC_SWITCH = "cc-switch"
    ENV = "env"
    CLAUDE = "claude"


@dataclass(frozen=True, slots=True)
class Item:
    """One endpoint as it would be added; it is taken only when `is_new`."""

    draft: EndpointDraft
    base_url: str
    """For people to read, without anything secret."""
    key_tail: str
    """The end of the key, as in ``…4f2a``; empty without a key."""
    known_as: str = ""
    """The endpoint that is the same one: here already, or earlier in the list."""
    problem: str = ""
    """Why it cannot be added, one sentence."""
    groups: tuple[str, ...] = ()
    """The groups it belongs to in the other program."""

    @property
    def name(self) -> str:
        """What it will be called."""
        return self.draft.name

    @property
    def is_known(self) -> bool:
        """Whether adding it would make a double."""
        return bool(self.known_as)

    @property
    def is_new(self) -> bool:
        """Whether it can be added and is not here yet."""
        return not self.known_as and not self.problem


@dataclass(frozen=True, slots=True)
class Found:
    """One place, and what an import would take from it, in the order it is asked there."""

    source: Source
    place: str
    items: tuple[Item, ...] = ()
    settings: tuple[LegacySetting, ...] = ()
    """Options that keep what the other program did; offered while ours are as delivered."""
    remarks: tuple[str, ...] = ()
    fault: str = ""
    """Why the place could not be read."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An endpoint or option that was not taken over, and why, one sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    added: tuple[Endpoint, ...] = ()
    settings: tuple[LegacySetting, ...] = ()
    """Options that were changed."""
    skipped: tuple[NotTaken, ...] = ()
    """What is here already."""
    failed: tuple[NotTaken, ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """What is here already. ``unreadable`` are ids of endpoints whose key cannot be read now."""

    config: Config
    key_of: Callable[[str], str | None] = field(repr=False)
    unreadable: Collection[str] = ()
    ports: Collection[int] = ()
    """Where our own proxy may listen."""

    def same_as(self, draft: EndpointDraft, named: Collection[str]) -> str:
        """Return the name of the endpoint that the draft would double, or "".

        The same address and key make a double, and so do the same address and name; for the
        latter only endpoints whose id is in ``named`` are looked at. A key that cannot be read
        may be the same.
        """
        address = _address(draft.base_url)
        near = [one for one in self.config.endpoints if _address(one.base_url) == address]
        by_key = (one.name for one in near if self.key_of(one.id) == draft.key)
        by_name = (
            one.name
            for one in near
            if one.id in self.unreadable
            or (one.id in named and _folded(one.name) == _folded(draft.name))
        )
        return next(by_key, None) or next(by_name, "")

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all endpoints."""
        return frozenset(endpoint.id for endpoint in self.config.endpoints)

    @property
    def names(self) -> set[str]:
        """The names of all endpoints, for `unique`."""
        return {_folded(endpoint.name) for endpoint in self.config.endpoints}


def offered(places: Iterable[tuple[Source, LegacyPlace]], here: Here) -> tuple[Found, ...]:
    """Return what was found as it would be added to what is here."""
    names, seen = here.names, dict[object, str]()
    offers_mode = here.config.settings.models_mode is ModelMode.PASSTHROUGH
    found: list[Found] = []
    for source, place in places:
        items = tuple(_item(endpoint, here, names, seen) for endpoint in place.endpoints)
        settings = _settings(place, items) if offers_mode else ()
        offers_mode = offers_mode and not settings
        found.append(Found(source, place.place, items, settings, place.remarks, place.fault))
    return tuple(found)


def unique(name: str, taken: Collection[str]) -> str:
    """Return the name, numbered as in ``Relay (2)`` when it is taken (compared without case)."""
    suffixes = ("", *(f" ({number})" for number in range(2, len(taken) + 3)))
    names = (f"{name[: _LONGEST_NAME - len(suffix)].rstrip()}{suffix}" for suffix in suffixes)
    return next(candidate for candidate in names if _folded(candidate) not in taken)


def _item(endpoint: LegacyEndpoint, here: Here, names: set[str], seen: dict[object, str]) -> Item:
    """Return the item; the name of a new one is added to ``names`` and ``seen``."""
    draft = _draft(endpoint)
    told = Item(draft, redact(draft.base_url), _tail(endpoint.key), groups=endpoint.groups)
    if problem := endpoint.problem or _problem(draft, here):
        harmless = replace(draft, base_url=told.base_url)
        return replace(told, draft=harmless, problem=problem)
    same = (_address(draft.base_url), draft.key)
    if known := here.same_as(draft, here.ids) or seen.get(same, ""):
        return replace(told, known_as=known)
    name = unique(draft.name, names)
    names.add(_folded(name))
    seen[same] = name
    return replace(told, draft=replace(draft, name=name))


def _draft(endpoint: LegacyEndpoint) -> EndpointDraft:
    preset = _VENDORS.get(_address(endpoint.base_url))
    name = endpoint.name or (preset.name if preset else _host(endpoint.base_url)) or "Endpoint"
    return EndpointDraft(
        name=name[:_LONGEST_NAME].rstrip(),
        base_url=endpoint.base_url,
        key=endpoint.key or None,
        auth=_auth(endpoint.auth, preset),
        protocol=preset.protocol if preset else endpoint.protocol,
        enabled=endpoint.enabled,
        weight=endpoint.weight,
        extra_headers=endpoint.extra_headers,
        model_map=endpoint.model_map,
        note=endpoint.note or ", ".join(endpoint.groups),
        preset=preset.id if preset else None,
    )


def _auth(stored: AuthStyle | None, preset: Preset | None) -> AuthStyle:
    """Return where the key goes: as the other program chose, the vendor's way if it did not."""
    if preset is not None and stored in {None, AuthStyle.BOTH}:
        return preset.auth
    return stored or AuthStyle.BEARER


def _problem(draft: EndpointDraft, here: Here) -> str:
    """Return why the endpoint could not be added, whatever its name."""
    try:
        endpoint = built(replace(draft, name=unique(draft.name, here.names)), "new", here.config)
        for port in here.ports:
            refuse_own_address(endpoint, port)
        check_key(draft.key)
    except InvalidInput as error:
        return str(error)
    return ""


def _settings(place: LegacyPlace, items: Iterable[Item]) -> tuple[LegacySetting, ...]:
    new = [item for item in items if item.is_new]
    if new and place.settings:
        return place.settings
    if any(item.draft.model_map and not _speaks_openai(item.draft) for item in new):
        return (LegacySetting("models.mode", str(ModelMode.MAP), _MAPS),)
    return ()


def _speaks_openai(draft: EndpointDraft) -> bool:
    """Tell whether the draft's model map holds in every mode."""
    return draft.protocol is WireProtocol.OPENAI


def _tail(key: str) -> str:
    if not key:
        return ""
    return f"…{key[-4:]}" if len(key) >= _SHORTEST_TOLD_KEY and key.isascii() else "…"


def _address(base_url: str) -> str:
    """Return the base URL as it is compared: normalised where it can be, without case."""
    try:
        return normalise_base_url(base_url).casefold()
    except InvalidInput:
        return base_url.casefold()


def _host(base_url: str) -> str:
    try:
        return urlsplit(base_url).hostname or ""
    except ValueError:
        return ""


def _folded(name: str) -> str:
    return name.strip().casefold()


_VENDORS: Mapping[str, Preset] = {_address(vendor.base_url): vendor for vendor in PRESETS.values()}
