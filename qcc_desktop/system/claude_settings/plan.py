"""What a takeover makes of a settings text, and what giving back makes of it; pure.

Our two variables are set; members that lead past the proxy are emptied where they stand, not
taken out: an empty value beats the same variable of a shell, reaches sessions that run already
(removed ones stay until a relaunch, Claude Code docs), and keeps its place for the way back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qcc_desktop.core.errors import BugError
from qcc_desktop.system.claude_settings.edits import (
    Place,
    is_bare,
    raw_at,
    remove,
    write,
)
from qcc_desktop.system.claude_settings.journal import FileRecord, KeyRecord
from qcc_desktop.system.claude_settings.placeholders import OWN_NAME, loopback_of, owner_of
from qcc_desktop.system.launcher.command import AUTH_TOKEN, BASE_URL, CONFLICTING
from qcc_desktop.wire.jsonc import NotSettingsError, parse

ENV = "env"
URL: Place = (ENV, BASE_URL)
TOKEN: Place = (ENV, AUTH_TOKEN)
HELPER: Place = ("apiKeyHelper",)
"""A command whose output Claude Code sends as a key; a failing one stops it (measured)."""
IN_THE_WAY: tuple[Place, ...] = (*((ENV, name) for name in CONFLICTING), HELPER)
NO_PROXY = "NO_PROXY"
"""Claude Code sends requests to this computer too through an HTTP proxy, if not told (measured)."""
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_LOOPBACK = ("127.0.0.1", "localhost")
_EMPTY = '""'
_PRINTS = 64


@dataclass(frozen=True, slots=True)
class Taken:
    """The text with the takeover in it, and what to remember of it."""

    text: str = field(repr=False)
    record: FileRecord
    foreign: tuple[str, ...] = ()
    """Our members that others have changed since; then nothing is changed."""


@dataclass(frozen=True, slots=True)
class Given:
    """The text without the takeover; None when the file was ours alone."""

    text: str | None = field(repr=False)
    kept: tuple[str, ...] = ()
    """Members that others have changed since; they stay."""
    removed: frozenset[Place] = frozenset()
    """Members that were ours and had no former value."""


def take(
    text: str | None, variables: Mapping[str, str], record: FileRecord, *, retake: bool
) -> Taken:
    """Return ``text`` (None: no file) led to the proxy by ``variables``.

    Where ``variables`` hold NO_PROXY (even empty), or the text names an HTTP proxy, this computer
    is excepted from it. ``record`` is what is remembered of an earlier time. What others have changed since is
    respected, unless ``retake``: then it is the new former value.

    Raises:
        NotSettingsError: the text is broken.
    """
    if text is None or not text.lstrip("\ufeff").strip():
        mark = "\ufeff" if (text or "").startswith("\ufeff") else ""
        record = replace(record, blank=text, made_file=record.made_file or text is None)
        text = f"{mark}{{}}\n"
    foreign = () if retake else changed_since(text, record)
    if foreign:
        return Taken(text, record, foreign)
    before = text
    text, record = _with_env(text, record)
    for place, value in _aims(text, variables):
        text, record = _set(text, record, place, json.dumps(value))
    _check_rest(before, text)
    return Taken(text, record)


def give_back(text: str, record: FileRecord, formers: Mapping[Place, str | None]) -> Given:
    """Return ``text`` with our members as they were; ``formers`` holds the former values.

    Raises:
        NotSettingsError: the text is broken.
    """
    before, kept, removed = text, [], set()
    for key in reversed(record.keys):
        raw = raw_at(parse(text), key.place)
        former = formers.get(key.place)
        if raw is None or not record.wrote(key.place, raw):
            kept += [] if _is_former(record, key, raw) else [key.place[-1]]
        elif former is None:
            text = remove(text, key.place, key.padding)
            removed.add(key.place)
        else:
            text, _ = write(text, key.place, former)
    text = _without_env(text, record)
    _check_rest(before, text)
    is_bare_root = text.lstrip("\ufeff").split() in (["{}"], ["{", "}"])
    alone = is_bare_root and (record.made_file or record.blank is not None)
    return Given(record.blank if alone else text, tuple(kept), frozenset(removed))


def sweep(text: str, places: tuple[Place, ...] = (URL, TOKEN)) -> str:
    """Return ``text`` without the members at ``places``.

    Raises:
        NotSettingsError: the text is broken.
    """
    before = text
    for place in places:
        text = remove(text, place, None)
    _check_rest(before, text)
    return text


def changed_since(text: str, record: FileRecord) -> tuple[str, ...]:
    """Return which of our two variables hold neither our value nor their former one."""
    document = parse(text)
    found: list[str] = []
    for key in record.keys:
        raw = raw_at(document, key.place)
        is_ours = raw is not None and record.wrote(key.place, raw)
        if key.place in {URL, TOKEN} and not is_ours and not _is_former(record, key, raw):
            found.append(key.place[-1])
    return tuple(found)


def leads_to_us(text: str, record: FileRecord) -> bool:
    """Whether the text leads to our proxy, at whatever port."""
    document = parse(text)
    found = [(place, raw_at(document, place)) for place in (URL, TOKEN)]
    return all(raw is not None and record.wrote(place, raw) for place, raw in found)


def raw_of(text: str, place: Place) -> str | None:
    """Return the value at ``place`` as it is written, None if there is none."""
    return raw_at(parse(text), place)


def is_leftover(text: str) -> bool:
    """Whether the text holds a token of some QCC Desktop and leads to this computer."""
    if not text.lstrip("\ufeff").strip():
        return False
    is_token = owner_of(raw_of(text, TOKEN)) == OWN_NAME
    return is_token and loopback_of(raw_of(text, URL)) is not None


def _aims(text: str, variables: Mapping[str, str]) -> list[tuple[Place, str]]:
    """Return what must stand where: our variables, and nothing where something is in the way."""
    document = parse(text)
    aims: list[tuple[Place, str]] = [
        ((ENV, name), value) for name, value in variables.items() if name != NO_PROXY
    ]
    aims += _exceptions(document.values[ENV], variables)
    empty = {None, _EMPTY, "null"}
    return aims + [(place, "") for place in IN_THE_WAY if raw_at(document, place) not in empty]


def _exceptions(env: Mapping[str, object], variables: Mapping[str, str]) -> list[tuple[Place, str]]:
    """Return the NO_PROXY that is needed, nothing where none is."""
    named = any(env.get(name) or env.get(name.lower()) for name in _PROXIES)
    if not named and NO_PROXY not in variables:
        return []
    before = next(
        (text for name in (NO_PROXY, NO_PROXY.lower()) if isinstance(text := env.get(name), str)),
        variables.get(NO_PROXY, ""),
    )
    hosts = [host.strip() for host in before.split(",") if host.strip()]
    missing = [host for host in _LOOPBACK if host not in hosts]
    if not missing or "*" in hosts:
        return []
    value = ",".join((*hosts, *missing))
    return [
        ((ENV, name), value)
        for name in (NO_PROXY, NO_PROXY.lower())
        if env.get(name) or name == NO_PROXY
    ]


def _set(text: str, record: FileRecord, place: Place, raw: str) -> tuple[str, FileRecord]:
    now, prior = raw_at(parse(text), place), record.find(place)
    was_ours = now is not None and record.wrote(place, now)
    text, padding = write(text, place, raw)
    new = record.print_of(place, raw)
    prints = (*(old for old in record.written if old != new), new)
    record = replace(record, written=prints[-_PRINTS:])
    if prior is not None and was_ours:
        return text, record
    former_print = "" if now is None else record.print_of(place, now)
    return text, _remember(record, KeyRecord(place, now, former_print, padding=padding))


def _remember(record: FileRecord, key: KeyRecord) -> FileRecord:
    others = tuple(other for other in record.keys if other.place != key.place)
    return replace(record, keys=(*others, key))


def _with_env(text: str, record: FileRecord) -> tuple[str, FileRecord]:
    document = parse(text)
    if document.root.find(ENV) is None:
        text, padding = write(text, (ENV,), "{}")
        return text, replace(record, made_env=padding)
    if not isinstance(document.values[ENV], dict):
        raise NotSettingsError("its env is no object")
    return text, record


def _without_env(text: str, record: FileRecord) -> str:
    document = parse(text)
    member = document.root.find(ENV)
    inside = None if member is None else document.inside(member)
    if record.made_env is None or inside is None or not is_bare(document, inside):
        return text
    return remove(text, (ENV,), record.made_env)


def _is_former(record: FileRecord, key: KeyRecord, raw: str | None) -> bool:
    return key.former_print == ("" if raw is None else record.print_of(key.place, raw))


def _check_rest(before: str, after: str) -> None:
    """Refuse a text in which anything else than our members has changed."""
    if _rest(before) != _rest(after):
        raise BugError("A takeover would have changed what is not its own; the file is untouched.")


def _rest(text: str) -> dict[str, object]:
    values = dict(parse(text).values)
    values.pop(HELPER[0], None)
    env = values.pop(ENV, None)
    if isinstance(env, dict):
        ours = {BASE_URL, AUTH_TOKEN, NO_PROXY, NO_PROXY.lower(), *CONFLICTING}
        others = {name: env[name] for name in env if name not in ours}
        values |= {f"{ENV} of others": others} if others else {}
    return values
