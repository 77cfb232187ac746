"""Keeps the configuration in one JSON file with a version.

What this program does not know in the file is kept when it is written again; what it cannot
read is reported and replaced by the default, value by value; a file that is no JSON is never
overwritten: it is refused, or put aside by the program that starts.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import Settings, get_option, options, with_option
from qcc_desktop.storage.atomic import write_private
from qcc_desktop.storage.config_migrations import MIGRATIONS, Document, Migration, migrate
from qcc_desktop.storage.endpoint_codec import FIELDS, Report, decode_endpoint, encode_endpoint
from qcc_desktop.storage.folder_codec import decode_folders, encode_folders


class _BrokenFileError(UserFacingError):
    """The file is no configuration; ``fault`` says why."""

    def __init__(self, file: Path, fault: Exception) -> None:
        super().__init__(
            f"{file} is broken ({fault}).", "Repair it, or move it away to start afresh."
        )
        self.fault = fault


class JsonConfigStore:
    """Keeps the configuration in a file. Blocks; not for two threads at once."""

    def __init__(
        self,
        file: Path,
        *,
        utc_now: Callable[[], datetime],
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> None:
        self._file = file
        self._utc_now = utc_now
        self._migrations = migrations
        self.notices: tuple[str, ...] = ()
        """What the last `load` had to replace or put aside, as sentences for the user."""

    def load(self, *, puts_aside: bool = False) -> Config:
        """Return what is stored; defaults when nothing is.

        A broken file is put aside if ``puts_aside``, else refused.

        Raises:
            NewerFormat: the file is a newer program's; it stays untouched.
            UserFacingError: the file cannot be read, or is broken.
        """
        notices: list[str] = []
        try:
            document = self._read()
        except _BrokenFileError as error:
            if not puts_aside:
                raise
            self._put_aside(error, notices.append)
            document = {}
        config = _decode(document, notices.append)
        self.notices = tuple(notices)
        return config

    def save(self, config: Config) -> None:
        """Replace what is stored, wholly or not at all; values of others in the file are kept.

        Raises:
            NewerFormat: the file is a newer program's; it stays untouched.
            UserFacingError: the file cannot be written, or what is there is broken; the old
                content is still there.
        """
        stored = self._read()
        document = _encode(config, stored)
        document["version"] = len(self._migrations) + 1
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        try:
            # Half a character pair, as a path that is no UTF-8 holds, becomes its JSON escape.
            write_private(self._file, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise UserFacingError(
                f"{self._file} cannot be written: {error.strerror or error}.",
                "Free some space or make the directory writable.",
            ) from error

    def _read(self) -> Document:
        try:
            content = self._file.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise UserFacingError(
                f"{self._file} cannot be read: {error.strerror or error}.",
                "Make the file readable for you.",
            ) from error
        try:
            document = json.loads(content)
            if not isinstance(document, dict):
                raise TypeError("it holds no object")  # noqa: TRY301 - one remedy for all
            return migrate(document, str(self._file), self._migrations)
        except (ValueError, TypeError, RecursionError) as error:
            raise _BrokenFileError(self._file, error) from error

    def _put_aside(self, error: "_BrokenFileError", report: Report) -> None:
        stamp = self._utc_now().strftime("%Y%m%dT%H%M%SZ")
        aside = self._file.with_name(f"{self._file.stem}.broken-{stamp}.json")
        number = 2
        while aside.exists():
            aside = self._file.with_name(f"{self._file.stem}.broken-{stamp}-{number}.json")
            number += 1
        try:
            self._file.rename(aside)
        except OSError as failure:
            raise UserFacingError(
                f"{self._file} is broken ({error.fault}) and cannot be put aside.",
                "Rename the file by hand.",
            ) from failure
        report(
            f"The configuration was broken ({error.fault}); it was kept as {aside} and begun"
            f" anew. To have it back, repair it, end the program and rename it to"
            f" {self._file.name}."
        )


def _decode(document: Document, report: Report) -> Config:
    config = Config(
        endpoints=_decode_endpoints(document.get("endpoints", []), report),
        settings=_decode_settings(document.get("settings", {}), report),
    )
    enabled = document.get("enabled", True)
    if isinstance(enabled, bool):
        config = replace(config, enabled=enabled)
    else:
        report("enabled is neither true nor false; the proxy is switched on.")
    if document.get("pinned") in [endpoint.id for endpoint in config.endpoints]:
        config = replace(config, pinned_id=document["pinned"])
    folders = document.get("recent_folders", [])
    if isinstance(folders, list):
        known = tuple(folder for folder in folders if isinstance(folder, str))
        config = replace(config, recent_folders=known)
    return replace(config, folders=decode_folders(document.get("folders", {}), report))


def _decode_endpoints(raw: object, report: Report) -> tuple[Endpoint, ...]:
    if not isinstance(raw, list):
        report("The endpoints are no list; none was read.")
        return ()
    found: dict[str, Endpoint] = {}
    for entry in raw:
        endpoint = decode_endpoint(entry, report)
        if endpoint is None:
            continue
        if endpoint.id in found:
            report(f"{endpoint.name} has the id of {found[endpoint.id].name}; it was left out.")
        else:
            found[endpoint.id] = endpoint
    return tuple(found.values())


def _decode_settings(raw: object, report: Report) -> Settings:
    settings = Settings()
    if not isinstance(raw, dict):
        report("The settings are no object; the defaults are used.")
        return settings
    for key in raw.keys() & options().keys():
        try:
            settings = with_option(settings, key, raw[key])
        except ValueError as error:
            default = get_option(settings, key)
            report(f"{error} The stored {raw[key]!r} was replaced by the default, {default!r}.")
    return settings


def _encode(config: Config, stored: Document) -> Document:
    defaults = Settings()
    changed = {
        key: get_option(config.settings, key)
        for key in options()
        if get_option(config.settings, key) != get_option(defaults, key)
    }
    foreign = _as_dict(stored.get("settings"))
    foreign = {key: value for key, value in foreign.items() if key not in options()}
    return {
        **stored,
        "enabled": config.enabled,
        "pinned": config.pinned_id,
        "recent_folders": list(config.recent_folders),
        "folders": encode_folders(config.folders, stored.get("folders")),
        "settings": {**foreign, **changed},
        "endpoints": _encode_endpoints(config.endpoints, stored.get("endpoints")),
    }


def _encode_endpoints(endpoints: Sequence[Endpoint], stored: object) -> list[Any]:
    """Return the entries; unknown keys stay, and so do entries that could not be read."""
    entries = stored if isinstance(stored, list) else []
    by_id = {
        entry["id"]: entry
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }
    unreadable = [entry for entry in entries if decode_endpoint(entry, lambda _: None) is None]
    kept = [endpoint.id for endpoint in endpoints]
    encoded: list[Any] = []
    for endpoint in endpoints:
        old = by_id.get(endpoint.id, {})
        foreign = {key: value for key, value in old.items() if key not in FIELDS}
        encoded.append({**encode_endpoint(endpoint), **foreign})
    return encoded + [entry for entry in unreadable if _as_dict(entry).get("id") not in kept]


def _as_dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
