"""Reads what cc-switch has stored: the providers of its app "claude".

Since 3.8 they lie in ``cc-switch.db``, table ``providers``, a row each, ``settings_config``
and ``meta`` as JSON; before that in ``config.json`` (version 2: ``claude.providers``;
version 1: ``providers``). Read in farion1231/cc-switch, ``src-tauri/src/database/schema.rs``,
``provider.rs``, ``app_config.rs`` and ``app_store.rs``.
"""

import contextlib
import json
import sqlite3
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qcc_desktop.core.endpoint import WireProtocol
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.storage.legacy_env import BASE_URL, endpoint_of_env, is_takeover
from qcc_desktop.storage.legacy_file import Unreadable, in_words, is_there, read_object
from qcc_desktop.storage.legacy_found import (
    MOST,
    NOT_AN_ENTRY,
    PROXY,
    TOO_MANY,
    LegacyEndpoint,
    LegacyPlace,
    clean,
    without_doubles,
)

_BUSY_S = 2.0
_MOST_CELL_BYTES = 1024 * 1024
_STEPS_BETWEEN_LOOKS = 10_000
_MOST_LOOKS = 2_000
"""20 million steps of SQLite's machine, about a second; honest tables need thousands."""

_UNPLACED = 999_999
"""Where cc-switch sorts a provider without a place."""

_OPENAI = "openai_chat"
"""cc-switch's word for OpenAI's Chat Completions."""
_DAMAGED = QT_TRANSLATE_NOOP(
    "Import", "This database is damaged or in use. Close cc-switch and try again."
)
_UNWRITTEN = QT_TRANSLATE_NOOP(
    "Import", "cc-switch has changes that are not in its file yet. Close it to see them here."
)
_LOGIN = QT_TRANSLATE_NOOP(
    "Import", "It uses a login, not a key. Only endpoints with a key can be taken over."
)
_OTHER_PROTOCOL = QT_TRANSLATE_NOOP(
    "Import", "It speaks neither Anthropic's protocol nor OpenAI's Chat Completions."
)


@dataclass(frozen=True, slots=True)
class _Provider:
    name: object
    config: object = field(repr=False)
    meta: object = field(repr=False)
    notes: object
    rank: tuple[int, float]


def read_cc_switch(
    environ: Mapping[str, str], home: Path, ports: Collection[int] = ()
) -> tuple[LegacyPlace, ...]:
    """Look into cc-switch's folder. Blocks; changes nothing."""
    folder = _folder(environ, home)
    for file, read in ((folder / "cc-switch.db", _rows), (folder / "config.json", _entries)):
        try:
            if not is_there(file):
                continue
            providers, remarks = read(file)
        except Unreadable as error:
            return (LegacyPlace(in_words(file, home), fault=str(error)),)
        found = _place(in_words(file, home), providers, remarks, ports)
        return (found,) if found.endpoints or found.remarks else ()
    return ()


def _folder(environ: Mapping[str, str], home: Path) -> Path:
    """Return the folder: ``~/.cc-switch``, or the one its settings lead to."""
    match sys.platform:
        case "win32":
            own = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
        case "darwin":
            own = home / "Library" / "Application Support"
        case _:
            own = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    with contextlib.suppress(Unreadable):
        paths = read_object(own / "com.ccswitch.desktop" / "app_paths.json") or {}
        chosen = paths.get("app_config_dir_override")
        if isinstance(chosen, str) and chosen.strip():
            rest = chosen.strip().removeprefix("~").lstrip("/\\")
            folder = home / rest if chosen.strip().startswith("~") else Path(chosen.strip())
            if folder.is_dir():
                return folder
    return home / ".cc-switch"


def _rows(file: Path) -> tuple[tuple[_Provider, ...], tuple[str, ...]]:
    """Return the rows of the database, read without a trace."""
    is_wal = _is_wal(file)
    # Reading a write-ahead log needs files of its own beside the database, so it is left out.
    mode = "immutable=1" if is_wal else "mode=ro"
    try:
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?{mode}", uri=True, timeout=_BUSY_S
        )
        with contextlib.closing(connection):
            _guard(connection)
            providers = tuple(_selected(connection))
    except (sqlite3.Error, ValueError, OverflowError) as error:
        raise Unreadable(_DAMAGED) from error
    log = file.with_name(f"{file.name}-wal")
    has_more = is_wal and is_there(log) and log.stat().st_size > 0
    return providers, (_UNWRITTEN,) if has_more else ()


def _is_wal(file: Path) -> bool:
    """Whether the database keeps a write-ahead log (SQLite file format, header bytes 18, 19)."""
    try:
        with file.open("rb") as stream:
            return stream.read(20)[18:20] == b"\x02\x02"
    except OSError as error:
        raise Unreadable(_DAMAGED) from error


def _guard(connection: sqlite3.Connection) -> None:
    """Keep a hostile database from running code, filling the memory or taking for ever."""
    looks = iter(range(_MOST_LOOKS))
    connection.set_progress_handler(lambda: next(looks, None) is None, _STEPS_BETWEEN_LOOKS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_CELL_BYTES)
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA query_only=ON")
    connection.text_factory = lambda text: text.decode("utf-8", "replace")


def _selected(connection: sqlite3.Connection) -> Iterator[_Provider]:
    columns = {row[1] for row in connection.execute("PRAGMA table_info(providers)")}
    optional = ("meta", "notes", "is_current", "in_failover_queue", "sort_index")
    wanted = ", ".join(name if name in columns else "NULL" for name in optional)
    rows = connection.execute(
        f"SELECT name, settings_config, {wanted} FROM providers"  # noqa: S608 - our own names
        " WHERE app_type = 'claude' LIMIT ?",
        (MOST + 1,),
    )
    for name, config, meta, notes, is_current, is_queued, place in rows:
        rank = _rank(is_current=bool(is_current), is_queued=bool(is_queued), place=place)
        yield _Provider(name, _parsed(config), _parsed(meta), notes, rank)


def _entries(file: Path) -> tuple[tuple[_Provider, ...], tuple[str, ...]]:
    """Return the entries of ``config.json``."""
    document = read_object(file) or {}
    app = document.get("claude") or document
    stored = app.get("providers") if isinstance(app, dict) else None
    if not isinstance(stored, dict):
        return (), ()
    found: list[_Provider] = []
    for provider_id, entry in stored.items():
        if not isinstance(entry, dict):
            found.append(_Provider(provider_id, None, None, None, (2, 0)))
            continue
        rank = _rank(
            is_current=provider_id == app.get("current"),
            is_queued=entry.get("inFailoverQueue") is True,
            place=entry.get("sortIndex"),
        )
        name, config = entry.get("name") or provider_id, entry.get("settingsConfig")
        found.append(_Provider(name, config, entry.get("meta"), entry.get("notes"), rank))
    return tuple(found), ()


def _rank(*, is_current: bool, is_queued: bool, place: object) -> tuple[int, float]:
    """Return the order: the one in use, then those it may fail over to, then the others."""
    known = place if isinstance(place, int | float) and 0 <= place < _UNPLACED else _UNPLACED
    return (0 if is_current else 1 if is_queued else 2, known)


def _place(
    place: str,
    providers: Iterable[_Provider],
    remarks: tuple[str, ...],
    ports: Collection[int],
) -> LegacyPlace:
    ordered = sorted(providers, key=lambda provider: provider.rank)
    endpoints = without_doubles(parse_provider(provider, ports) for provider in ordered[:MOST])
    more = (TOO_MANY,) if len(ordered) > MOST else ()
    return LegacyPlace(place, endpoints, remarks=(*remarks, *more))


def parse_provider(provider: _Provider, ports: Collection[int] = ()) -> LegacyEndpoint:
    """Return the endpoint of a provider, with its problem when it has one."""
    name = clean(provider.name)
    env = provider.config.get("env", {}) if isinstance(provider.config, dict) else None
    if not isinstance(env, dict):
        return LegacyEndpoint(name=name, problem=NOT_AN_ENTRY)
    meta = provider.meta if isinstance(provider.meta, dict) else {}
    endpoint = endpoint_of_env(env, name) or LegacyEndpoint(name=name, problem=_LOGIN)
    if not endpoint.key and not env.get(BASE_URL):
        endpoint = replace(endpoint, problem=_LOGIN)
    is_openai = meta.get("apiFormat") == _OPENAI
    endpoint = replace(
        endpoint,
        note=clean(provider.notes),
        protocol=WireProtocol.OPENAI if is_openai else WireProtocol.ANTHROPIC,
    )
    if problem := _unsupported(env, meta):
        return replace(endpoint, problem=problem)
    if is_takeover(endpoint, ports):
        return replace(endpoint, problem=PROXY)
    return endpoint


def _unsupported(env: Mapping[str, Any], meta: Mapping[str, Any]) -> str:
    binding = meta.get("authBinding")
    if meta.get("providerType") in ("github_copilot", "codex_oauth") or (
        isinstance(binding, dict) and binding.get("source") == "managed_account"
    ):
        return _LOGIN
    is_cloud = any(
        env.get(f"CLAUDE_CODE_USE_{cloud}") for cloud in ("BEDROCK", "VERTEX", "FOUNDRY")
    )
    if is_cloud or meta.get("apiFormat", "anthropic") not in ("anthropic", None, "", _OPENAI):
        return _OTHER_PROTOCOL
    if meta.get("apiFormat") == _OPENAI:
        return ""
    url = str(env.get(BASE_URL, "")).rstrip("/")
    is_whole = meta.get("isFullUrl") is True and not url.endswith("/v1/messages")
    return _OTHER_PROTOCOL if is_whole else ""


def _parsed(text: object) -> object:
    if not isinstance(text, str):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
