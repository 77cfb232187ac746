"""Reads what QCC 0.6 has stored: profiles, endpoint groups and priorities.

Everything lies in ``~/.fastcc`` (profiles in ``cache.json``, groups in
``endpoint_groups.json``) and ``~/.qcc/priority.json``; read in the wheel of ``qcc`` 0.6.0,
``fastcc/core/config.py``, ``endpoint_group_manager.py`` and ``priority_manager.py``.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from qcc_desktop.core.endpoint import AuthStyle
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.storage.legacy_env import is_takeover
from qcc_desktop.storage.legacy_file import Unreadable, in_words, read_object
from qcc_desktop.storage.legacy_found import (
    MOST,
    NO_ADDRESS,
    NO_KEY,
    NOT_AN_ENTRY,
    NOT_TEXT,
    PROXY,
    TOO_MANY,
    LegacyEndpoint,
    LegacyPlace,
    LegacySetting,
    clean,
    is_text,
    key_text,
    without_doubles,
)

_OVERRIDE = QT_TRANSLATE_NOOP("Import", "QCC asks for this model whatever Claude Code asks for.")
_LEVELS = {"primary": 2, "secondary": 3, "fallback": 4}
_LAST = 5


def read_qcc(
    home: Path, ports: Collection[int] = (), own_encoding: str = "utf-8"
) -> tuple[LegacyPlace, ...]:
    """Look into QCC's files below ``home``. Blocks; changes nothing.

    QCC writes its profiles in the system's encoding, which is ``own_encoding``.
    """
    encodings = ("utf-8-sig", own_encoding)
    files = (
        home / ".fastcc" / "cache.json",
        home / ".fastcc" / "endpoint_groups.json",
        home / ".qcc" / "priority.json",
    )
    broken: list[LegacyPlace] = []
    documents: list[Mapping[str, Any]] = []
    for file in files:
        try:
            documents.append(read_object(file, encodings) or {})
        except Unreadable as error:
            documents.append({})
            broken.append(LegacyPlace(in_words(file, home), fault=str(error)))
    cache, groups, priority = documents
    found = parse_qcc(in_words(files[0], home), cache, groups, priority, ports)
    has_content = found.endpoints or found.settings or found.remarks
    return (found, *broken) if has_content else tuple(broken)


def parse_qcc(
    place: str,
    cache: Mapping[str, Any],
    groups: Mapping[str, Any],
    priority: Mapping[str, Any],
    ports: Collection[int] = (),
) -> LegacyPlace:
    """Return the endpoints of all profiles in the order in which QCC would ask them.

    First the first choices of its groups, then their second choices, then the other profiles
    by their level; the default profile is the first of its kind.
    """
    profiles = _object(cache.get("profiles"))
    settings = _object(cache.get("settings"))
    ranks = _ranks(profiles, settings, _object(groups.get("groups")), priority)
    entries = list(islice(_entries(profiles, ranks), MOST + 1))
    entries.sort(key=lambda entry: entry.rank)
    endpoints = without_doubles(_checked(entry.endpoint, ports) for entry in entries[:MOST])
    remarks = (TOO_MANY,) if len(entries) > MOST else ()
    return LegacyPlace(place, endpoints, _settings(settings), remarks)


@dataclass(frozen=True, slots=True)
class _Rank:
    """A profile's place among all, smaller is earlier, and its groups."""

    order: tuple[int, int] = (_LAST, 0)
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    rank: tuple[int, int, int]
    endpoint: LegacyEndpoint = field(repr=False)


def _ranks(
    profiles: Mapping[str, Any],
    settings: Mapping[str, Any],
    groups: Mapping[str, Any],
    priority: Mapping[str, Any],
) -> dict[str, _Rank]:
    chosen = {
        name: _LEVELS[level]
        for level, name in _object(priority.get("priority_map")).items()
        if level in _LEVELS and isinstance(name, str)
    }
    ranks: dict[str, _Rank] = {}
    for name, profile in profiles.items():
        level = _LEVELS.get(clean(_object(profile).get("priority", "primary")), _LAST)
        is_default = name == settings.get("default_profile")
        ranks[name] = _Rank((chosen.get(name, level), 0 if is_default else 1))
    for group_name, tier, place, name in _memberships(groups):
        if name in ranks:
            old = ranks[name]
            joined = tuple(dict.fromkeys((*old.groups, clean(group_name))))
            ranks[name] = _Rank(min(old.order, (tier, place)), joined)
    return ranks


def _memberships(groups: Mapping[str, Any]) -> Iterator[tuple[str, int, int, str]]:
    """Yield group, tier (0 first choice, 1 second), place in it, and profile."""
    for group_name, group in groups.items():
        if _object(group).get("enabled", True) is False:
            continue
        for tier, kind in enumerate(("primary_configs", "secondary_configs")):
            names = _object(group).get(kind)
            for place, name in enumerate(names if isinstance(names, list) else ()):
                if isinstance(name, str):
                    yield group_name, tier, place, name


def _entries(profiles: Mapping[str, Any], ranks: Mapping[str, _Rank]) -> Iterator[_Entry]:
    """Yield plain profiles before clusters, whose endpoints are copies of plain ones mostly."""
    clusters: list[tuple[int, str, Mapping[str, Any]]] = []
    for number, (name, profile) in enumerate(profiles.items()):
        rank = ranks[name]
        if not isinstance(profile, dict):
            problem = LegacyEndpoint(name=clean(name), problem=NOT_AN_ENTRY)
            yield _Entry((_LAST, 0, number), problem)
        elif isinstance(profile.get("endpoints"), list) and profile["endpoints"]:
            clusters.append((number, name, profile))
        else:
            yield _Entry((*rank.order, number), _plain(name, profile, rank))
    for number, name, profile in clusters:
        yield from _members(number, name, profile, ranks[name])


def _plain(name: str, profile: Mapping[str, Any], rank: _Rank) -> LegacyEndpoint:
    return _endpoint(clean(name), profile, rank.groups, clean(profile.get("description")))


def _members(number: int, name: str, profile: Mapping[str, Any], rank: _Rank) -> Iterator[_Entry]:
    """Yield the endpoints of a cluster; each has a priority of its own, 1 before 2."""
    is_on = profile.get("enabled", True) is not False
    for place, stored in enumerate(profile["endpoints"]):
        if not isinstance(stored, dict):
            problem = LegacyEndpoint(name=clean(name), problem=NOT_AN_ENTRY)
            yield _Entry((_LAST, place, number), problem)
            continue
        title = clean(stored.get("source_profile")) or f"{clean(name)} {place + 1}"
        groups = tuple(dict.fromkeys((*rank.groups, clean(name))))
        endpoint = _endpoint(title, stored, groups, "")
        tier = _LAST if not is_on else 1 if stored.get("priority") == 2 else 0
        yield _Entry((tier, place, number), replace(endpoint, enabled=endpoint.enabled and is_on))


def _endpoint(
    name: str, stored: Mapping[str, Any], groups: tuple[str, ...], note: str
) -> LegacyEndpoint:
    """Return one endpoint; QCC sends the key in both headers, and so does what is taken over."""
    base_url, key = stored.get("base_url"), stored.get("api_key")
    return LegacyEndpoint(
        name=name,
        base_url=clean(base_url),
        key=key_text(key),
        auth=AuthStyle.BOTH,
        enabled=stored.get("enabled", True) is not False,
        weight=_weight(stored.get("weight")),
        groups=groups,
        note=note,
        problem="" if is_text(base_url, key) else NOT_TEXT,
    )


def _checked(endpoint: LegacyEndpoint, ports: Collection[int]) -> LegacyEndpoint:
    problem = endpoint.problem
    if not problem and is_takeover(endpoint, ports):
        problem = PROXY
    if not problem:
        problem = NO_ADDRESS if not endpoint.base_url else NO_KEY if not endpoint.key else ""
    return replace(endpoint, problem=problem)


def _weight(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= 1000:
        return 100
    return round(value)


def _settings(settings: Mapping[str, Any]) -> tuple[LegacySetting, ...]:
    model = clean(settings.get("proxy_model_override"))
    if settings.get("proxy_model_mode") != "override" or not model:
        return ()
    return (
        LegacySetting("models.override", model, _OVERRIDE),
        LegacySetting("models.mode", "override", _OVERRIDE),
    )


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
