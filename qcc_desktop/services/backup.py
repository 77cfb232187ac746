"""The configuration as one file: to keep, to carry to another computer, and to bring back.

A backup may hold the keys, as they are: only the file's mode guards them, and whoever asks for it
is told. An export holds nothing secret, so it can be given away.
"""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import InvalidInput, NewerFormat, UserFacingError
from qcc_desktop.core.redact import redact
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.endpoint_changes import check_key
from qcc_desktop.services.keys import Keys
from qcc_desktop.storage.atomic import write_private
from qcc_desktop.storage.config_store import JsonConfigStore
from qcc_desktop.storage.proxy_passwords import with_passwords_of, without_passwords

_VERSION = 1
_MAX_BYTES = 16 * 1024 * 1024


class Kind(StrEnum):
    """What a file is for."""

    BACKUP = "qcc-desktop backup"
    EXPORT = "qcc-desktop export"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was written or brought back."""

    file: Path
    endpoints: int
    keys: int
    notices: tuple[str, ...] = ()
    """What could not be brought back as it stood, as sentences."""
    before: Path | None = None
    """Where the configuration that was replaced is kept; None when nothing was replaced."""


class Backup:
    """Writes the configuration to a file and reads it back. ``folder`` takes files without a name."""

    def __init__(
        self,
        configuration: Configuration,
        keys: Keys,
        folder: Path,
        utc_now: Callable[[], datetime],
    ) -> None:
        self._configuration = configuration
        self._keys = keys
        self._folder = folder
        self._utc_now = utc_now

    def write(self, file: Path | None, *, with_keys: bool) -> BackupReport:
        """Write a backup; without ``file`` into the folder of backups. Blocks.

        Raises:
            InvalidInput: the file is there already.
            UserFacingError: it cannot be written.
        """
        return self._write(Kind.BACKUP, file or self._new_name("backup"), with_keys=with_keys)

    def export(self, file: Path) -> BackupReport:
        """Write the configuration without anything secret. Blocks.

        Raises:
            InvalidInput: the file is there already.
            UserFacingError: it cannot be written.
        """
        return self._write(Kind.EXPORT, file, with_keys=False)

    async def restore(self, file: Path) -> BackupReport:
        """Put the configuration of ``file`` in the place of the present one, which is kept.

        Keys and passwords that the file does not hold stay where they are.

        Raises:
            InvalidInput: it is no backup or export.
            NewerFormat: a newer program wrote it.
            UserFacingError: it cannot be read, or what it holds cannot be kept.
        """
        document = _read(file)
        config, notices = _decode(document["config"], self._utc_now)
        held = _keys_in(document, config)
        before = self._write(Kind.BACKUP, self._new_name("before-restore"), with_keys=False)
        for endpoint_id, key in held.items():
            await self._keys.set(endpoint_id, key)
        await self._configuration.update(lambda now: with_passwords_of(config, now))
        return BackupReport(file, len(config.endpoints), len(held), notices, before.file)

    def _write(self, kind: Kind, file: Path, *, with_keys: bool) -> BackupReport:
        if file.exists():
            raise InvalidInput({"file": f"{file} is there already. Name another file."})
        if not (file.parent == self._folder or file.parent.is_dir()):
            raise InvalidInput({"file": f"There is no folder {file.parent}. Name another one."})
        config = self._configuration.current
        bare = config if with_keys else without_passwords(config)
        shown = _without_secrets(config) if kind is Kind.EXPORT else bare
        ids = [endpoint.id for endpoint in config.endpoints]
        keys = {item: key for item in ids if with_keys and (key := self._keys.key_of(item))}
        document = {
            "kind": str(kind),
            "version": _VERSION,
            "made_at": self._utc_now().isoformat(timespec="seconds"),
            "config": _encode(shown, self._utc_now),
            **({"keys": keys} if with_keys else {}),
        }
        try:
            text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
            write_private(file, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise UserFacingError(
                f"{file} cannot be written: {error.strerror or error}.", "Name another place."
            ) from error
        return BackupReport(file, len(ids), len(keys))

    def _new_name(self, purpose: str) -> Path:
        stamp = self._utc_now().strftime("%Y%m%dT%H%M%SZ")
        file, number = self._folder / f"{purpose}-{stamp}.json", 2
        while file.exists():
            file, number = self._folder / f"{purpose}-{stamp}-{number}.json", number + 1
        return file


def _without_secrets(config: Config) -> Config:
    return replace(
        config,
        endpoints=tuple(map(_bare, config.endpoints)),
        recent_folders=(),
    )


def _bare(endpoint: Endpoint) -> Endpoint:
    """Leave out every header's value and what an address gives away: both may hold a key."""
    return replace(
        endpoint,
        extra_headers=(),
        note=redact(endpoint.note),
        base_url=redact(endpoint.base_url),
        proxy=None if endpoint.proxy is None or "@" in endpoint.proxy else endpoint.proxy,
    )


def _encode(config: Config, utc_now: Callable[[], datetime]) -> dict[str, Any]:
    """Return what the configuration's own file would hold."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "config.json"
        JsonConfigStore(file, utc_now=utc_now).save(config)
        document: dict[str, Any] = json.loads(file.read_bytes())
        return document


def _decode(document: object, utc_now: Callable[[], datetime]) -> tuple[Config, tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "config.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        store = JsonConfigStore(file, utc_now=utc_now)
        return store.load(), store.notices


def _keys_in(document: dict[str, Any], config: Config) -> dict[str, str]:
    """Return the keys that a document holds of the endpoints of ``config``, by their ids."""
    stored = document.get("keys")
    found = stored if isinstance(stored, dict) else {}
    keys = {item.id: found[item.id] for item in config.endpoints if found.get(item.id)}
    for key in keys.values():
        check_key(str(key))
    return {identity: str(key) for identity, key in keys.items()}


def _content(file: Path) -> bytes:
    """Return what a file holds; a pipe or a device might never end.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no file of ours.
    """
    stat = file.stat()
    if not (S_ISREG(stat.st_mode) or S_ISDIR(stat.st_mode)) or stat.st_size > _MAX_BYTES:
        raise ValueError
    return file.read_bytes()


def _read(file: Path) -> dict[str, Any]:
    try:
        document = json.loads(_content(file))
        kind, version = Kind(document["kind"]), int(document["version"])
        config = document["config"]
    except OSError as error:
        raise UserFacingError(
            f"{file} cannot be read: {error.strerror or error}.", "Name another file."
        ) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InvalidInput({"file": f"{file} is no backup of QCC Desktop."}) from error
    if version > _VERSION:
        raise NewerFormat(f"{file} is from a newer version.", "Update QCC Desktop.")
    if not isinstance(config, dict):
        raise InvalidInput({"file": f"{file} is no {kind}: its configuration is missing."})
    return dict(document)
