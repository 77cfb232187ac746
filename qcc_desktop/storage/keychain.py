"""The system's keychain through `keyring`; the only module that calls it."""

import importlib
from typing import Protocol

from qcc_desktop.core.errors import UserFacingError

WINDOWS_LIMIT_BYTES = 2560
"""CRED_MAX_CREDENTIAL_BLOB_SIZE: 5 * 512 bytes; passwords are kept as UTF-16 (wincred.h)."""

_USE_FILE = (
    "To keep keys in a private file instead, set "
    "PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring."
)


class Backend(Protocol):
    """What we need of `keyring.backend.KeyringBackend`."""

    name: str

    def get_password(self, service: str, username: str) -> str | None:
        """Return the password, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the password."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget the password."""
        ...


class Keychain:
    """One service's secrets in a keychain. Everything blocks, and may ask the user to unlock."""

    def __init__(self, service: str, backend: Backend) -> None:
        self._service = service
        self._backend = backend

    @property
    def name(self) -> str:
        """What the system calls this keychain, such as ``SecretService``."""
        module = type(self._backend).__module__.rsplit(".", 1)[-1]
        return _NAMES.get(module, module)

    def get(self, name: str) -> str | None:
        """Return the secret, or None.

        Raises:
            UserFacingError: the keychain is locked or failed.
        """
        try:
            return self._backend.get_password(self._service, name)
        except Exception as error:
            raise _translated(error, "read") from error

    def set(self, name: str, secret: str) -> None:
        """Keep ``secret`` and read it back, for some backends fail without a word.

        Raises:
            UserFacingError: the keychain is locked, failed, or the secret is too long for it.
        """
        self._check_length(secret)
        try:
            self._backend.set_password(self._service, name, secret)
            kept = self._backend.get_password(self._service, name)
        except Exception as error:
            raise _translated(error, "write to") from error
        if kept != secret:
            raise UserFacingError("The system keychain did not keep the key.", _USE_FILE)

    def delete(self, name: str) -> None:
        """Forget the secret; no error when it is not there.

        Raises:
            UserFacingError: the keychain is locked or failed.
        """
        try:
            if self._backend.get_password(self._service, name) is not None:
                self._backend.delete_password(self._service, name)
        except Exception as error:
            raise _translated(error, "write to") from error

    def _check_length(self, secret: str) -> None:
        if not type(self._backend).__module__.endswith(".Windows"):
            return
        if len(secret.encode("utf-16-le")) > WINDOWS_LIMIT_BYTES:
            raise UserFacingError(
                f"The key is longer than the {WINDOWS_LIMIT_BYTES // 2} characters that the"
                " Windows Credential Manager can keep.",
                _USE_FILE,
            )


_NAMES = {
    "SecretService": "Secret Service",
    "libsecret": "Secret Service",
    "kwallet": "KWallet",
    "macOS": "macOS Keychain",
    "Windows": "Windows Credential Manager",
    "chainer": "keyring",
}


def open_keychain(service: str) -> Keychain | None:
    """Return the keychain, or None where there is none that protects anything. Blocks.

    `keyring` hands out its null backend (forgets everything), its fail backend (no keychain)
    or a chainer without members where nothing is usable; `keyrings.alt` keeps plain files.
    """
    keyring = importlib.import_module("keyring")  # 0.1 s and D-Bus: not at start
    try:
        backend = keyring.get_keyring()
    except Exception:  # noqa: BLE001 - a broken keyringrc or backend: there is no keychain
        return None
    return Keychain(service, backend) if _protects(backend) else None


def _protects(backend: object) -> bool:
    module = type(backend).__module__
    if module.endswith("backends.chainer"):
        return any(_protects(member) for member in getattr(backend, "backends", ()))
    if module.startswith("keyrings.alt"):
        return False
    return module not in {"keyring.backends.null", "keyring.backends.fail"}


def _translated(error: Exception, verb: str) -> UserFacingError:
    """Return a sentence for the user; the backend's own words stay in the cause (no secrets)."""
    name = type(error).__name__
    if name in {"KeyringLocked", "LockedException", "PromptDismissedException"}:
        return UserFacingError(
            "The system keychain is locked.", f"Unlock it and try again. {_USE_FILE}"
        )
    if name == "InitError":
        return UserFacingError(
            "The system keychain is not set up.",
            f"Create one in your desktop's password program. {_USE_FILE}",
        )
    return UserFacingError(
        f"QCC Desktop cannot {verb} the system keychain ({name}).",
        f"Check that it runs and is unlocked. {_USE_FILE}",
    )
