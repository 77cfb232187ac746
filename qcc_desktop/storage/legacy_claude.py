"""Reads the endpoint that Claude Code's own settings name, and what QCC put aside there."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.storage.legacy_env import OFFICIAL, endpoint_of_env, is_takeover
from qcc_desktop.storage.legacy_file import Unreadable, in_words, read_object
from qcc_desktop.storage.legacy_found import NO_KEY, PROXY, LegacyEndpoint, LegacyPlace
from qcc_desktop.wire import jsonc

_FILES = ("settings.json", "settings.json.qcc_backup")
"""The second is what was there before QCC's web page pointed Claude Code at its proxy."""
_HELPER = QT_TRANSLATE_NOOP(
    "Import",
    "Claude Code asks a program for the key (apiKeyHelper), which was not run."
    " Add the endpoint by hand, with its key.",
)
_COMMENTS = QT_TRANSLATE_NOOP(
    "Import", "Comments or trailing commas are in this file; Claude Code itself loads none of it."
)
"""Measured with 2.1.330, as `wire.jsonc` says."""
_NO_ENV = QT_TRANSLATE_NOOP("Import", "The variables in this file are not stored as an object.")


def read_claude(
    environ: Mapping[str, str], home: Path, ports: Collection[int] = ()
) -> tuple[LegacyPlace, ...]:
    """Look into ``~/.claude`` and ``CLAUDE_CONFIG_DIR``. Blocks; changes and runs nothing."""
    folders = [home / ".claude"]
    if own := environ.get("CLAUDE_CONFIG_DIR", "").strip():
        folders.insert(0, Path(own).expanduser())
    files = (folder / name for folder in dict.fromkeys(folders) for name in _FILES)
    found = (_looked_into(file, home, ports) for file in files)
    return tuple(place for place in found if place is not None)


def _looked_into(file: Path, home: Path, ports: Collection[int]) -> LegacyPlace | None:
    place = in_words(file, home)
    comments: list[str] = []

    def loads(text: str) -> dict[str, Any]:
        document = jsonc.parse(text)
        if not jsonc.is_strict(document):
            comments.append(_COMMENTS)
        return document.values

    try:
        document = read_object(file, loads=loads)
        proxy = read_object(file.with_name("qcc_proxy_info.json"))
    except Unreadable as error:
        return LegacyPlace(place, fault=str(error))
    if document is None:
        return None
    endpoints, remarks = parse_claude(document, ports, (proxy or {}).get("proxy_url"))
    if not endpoints and not remarks:
        return None
    return LegacyPlace(place, endpoints, remarks=(*remarks, *comments))


def parse_claude(
    document: Mapping[str, Any], ports: Collection[int] = (), qcc_url: object = None
) -> tuple[tuple[LegacyEndpoint, ...], tuple[str, ...]]:
    """Return the endpoint of a settings file, if it names one, and what is only reported.

    ``qcc_url`` is where QCC noted that its proxy listened. The value of ``apiKeyHelper`` goes
    nowhere: QCC wrote the key itself into it.
    """
    env = document.get("env", {})
    if not isinstance(env, dict):
        return (), (_NO_ENV,)
    has_helper = bool(document.get("apiKeyHelper"))
    endpoint = endpoint_of_env(env)
    if endpoint is None:
        return (), (_HELPER,) if has_helper else ()
    if is_takeover(endpoint, ports) or (qcc_url and endpoint.base_url == qcc_url):
        return (), (PROXY,)
    if endpoint.problem == NO_KEY and has_helper:
        endpoint = replace(endpoint, problem=_HELPER)
    elif endpoint.problem == NO_KEY and endpoint.base_url == OFFICIAL:
        return (), ()
    return (endpoint,), ()
