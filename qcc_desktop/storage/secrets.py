"""Keeps secrets in the system's keychain, else in a file that only the user can read.

Never silently weaker: `place` and `is_fallback` say where secrets lie, and the file remembers
which names lie in the keychain, so that a keychain that is out of reach (another session, a
remote shell) is told apart from a secret that was never given.
"""

import json
import logging
from pathlib import Path
from typing import Any

from typing_extensions import override

from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.storage.atomic import write_private
from qcc_desktop.storage.file_lock import locked
from qcc_desktop.storage.keychain import Keychain, open_keychain

_log = logging.getLogger(__name__)


class MemorySecrets:
    """Keeps secrets for this run only: for the demo, the self-test and tests."""

    place = "the memory of this run"
    is_fallback = False

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """Return the secret called ``name``, or None."""
        return self._secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        """Keep ``secret`` under ``name``."""
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        """Forget ``name``."""
        self._secrets.pop(name, None)


class UserSecrets:
    """Implements `core.ports.SecretStore`. Everything blocks; the first use may take 0.3 s."""

    def __init__(self, *, service: str, file: Path, lock: Path) -> None:
        self._service = service
        self._file = file
        self._lock = lock
        self._keychain: Keychain | None = None
        self._opened = False

    @override
    def __repr__(self) -> str:
        return f"UserSecrets({self._service})"

    @property
    def place(self) -> str:
        """Where secrets lie, in words for the user."""
        keychain = self._usable()
        if keychain is not None:
            return f"the system keychain ({keychain.name})"
        return f"a file that only you can read ({self._file}), because no keychain is usable"

    @property
    def is_fallback(self) -> bool:
        """True when no keychain is usable and a private file is used instead."""
        return self._usable() is None

    def names(self) -> tuple[str, ...]:
        """Return what secrets are kept, wherever they lie.

        Raises:
            UserFacingError: the file with the names cannot be read.
        """
        return tuple(self._read())

    def get(self, name: str) -> str | None:
        """Return the secret called ``name``, or None.

        Raises:
            UserFacingError: it lies in a keychain that is locked or out of reach.
        """
        entries = self._read()
        kept = entries.get(name)
        keychain = self._usable()
        if kept is not None:
            self._move_to(keychain, name, kept)
            return kept
        if keychain is not None:
            return keychain.get(name)
        if name in entries:
            raise UserFacingError(
                "A key lies in the system keychain, which cannot be reached from here.",
                "Start the program in your desktop session, or give the key again.",
            )
        return None

    def set(self, name: str, secret: str) -> None:
        """Keep ``secret`` under ``name``.

        Raises:
            UserFacingError: it could not be kept; an older one under this name still is.
        """
        if not secret:
            raise InvalidInput({"key": "The key is empty."})
        keychain = self._usable()
        if keychain is not None:
            keychain.set(name, secret)
        self._change(name, None if keychain is not None else secret)

    def delete(self, name: str) -> None:
        """Forget ``name``; no error when it is not there.

        Raises:
            UserFacingError: the keychain is locked or failed; nothing was forgotten.
        """
        keychain = self._usable()
        if keychain is not None:
            keychain.delete(name)
        with locked(self._lock):
            entries = self._read()
            if name in entries:
                del entries[name]
                self._write(entries)

    def _usable(self) -> Keychain | None:
        if not self._opened:
            self._keychain = open_keychain(self._service)
            self._opened = True
        return self._keychain

    def _move_to(self, keychain: Keychain | None, name: str, secret: str) -> None:
        """Bring a secret from the file to a keychain that has become usable; later if it fails."""
        if keychain is None:
            return
        try:
            keychain.set(name, secret)
        except UserFacingError as error:
            _log.warning("A key stays in %s. %s", self._file, error)
        else:
            self._change(name, None)

    def _change(self, name: str, secret: str | None) -> None:
        with locked(self._lock):
            entries = self._read()
            if name not in entries or entries[name] != secret:
                self._write({**entries, name: secret})

    def _read(self) -> dict[str, str | None]:
        """Return the file's entries; None stands for a secret that lies in the keychain."""
        try:
            document: Any = json.loads(self._file.read_bytes())
            entries: dict[str, str | None] = dict(document["secrets"])
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise UserFacingError(
                f"{self._file} cannot be read: {error.strerror or error}.",
                "Make the file readable for you.",
            ) from error
        except (ValueError, TypeError, KeyError) as error:
            raise UserFacingError(
                f"{self._file} is broken, so stored keys cannot be read.",
                "Move the file away and give the keys again.",
            ) from error
        return entries

    def _write(self, entries: dict[str, str | None]) -> None:
        text = json.dumps({"version": 1, "secrets": entries}, indent=2)
        try:
            write_private(self._file, text.encode())
        except OSError as error:
            raise UserFacingError(
                f"{self._file} cannot be written: {error.strerror or error}.",
                "Free some space or make the directory writable.",
            ) from error
