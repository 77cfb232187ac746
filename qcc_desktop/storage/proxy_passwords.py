"""Keeps the passwords of endpoints' network proxies where the keys are, out of the configuration.

The file holds ``http://user@host:port``; in memory the URL is whole. A file that holds a
password still, of an earlier version or written by hand, is read as it is and loses it when it
is next written; the program that starts writes it at once.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import replace

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.ports import SecretStore
from qcc_desktop.storage.config_store import JsonConfigStore

_log = logging.getLogger(__name__)
_WITH_PASSWORD = re.compile(r"([^:/?#]+://[^/?#@:]*):([^/?#]*)@([^@]*)", re.DOTALL)
_WITH_USER = re.compile(r"([^:/?#]+://[^/?#@:]+)@([^@]*)", re.DOTALL)


class PasswordlessConfigStore:
    """A config store whose file holds no password of a proxy; blocks as both stores do."""

    def __init__(self, store: JsonConfigStore, secrets: SecretStore) -> None:
        self._store = store
        self._secrets = secrets
        self._notices: tuple[str, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """What the last `load` had to replace, put aside or leave out, as sentences."""
        return self._notices

    def load(self, *, puts_aside: bool = False) -> Config:
        """Return what is stored, with the passwords; one that cannot be read is left out.

        Raises:
            NewerFormat: the file is a newer program's; it stays untouched.
            UserFacingError: the file cannot be read, or is broken.
        """
        stored = self._store.load(puts_aside=puts_aside)
        faults: list[str] = []
        config = replace(
            stored, endpoints=tuple(self._whole(each, faults) for each in stored.endpoints)
        )
        self._notices = (*self._store.notices, *dict.fromkeys(faults))
        if puts_aside and without_passwords(stored) != stored:
            self._move(config)
        return config

    def save(self, config: Config) -> None:
        """Replace what is stored, wholly or not at all.

        Raises:
            NewerFormat: the file is a newer program's; it stays untouched.
            UserFacingError: the file cannot be written or is broken, or a password cannot be
                kept; the old content is still there.
        """
        before = self._store.load().endpoints
        for endpoint in config.endpoints:
            password = split(endpoint.proxy or "")[1]
            if password and self._secrets.get(_name(endpoint.id)) != password:
                self._secrets.set(_name(endpoint.id), password)
        self._store.save(without_passwords(config))
        self._forget((*before, *config.endpoints), config.endpoints)

    def _whole(self, endpoint: Endpoint, faults: list[str]) -> Endpoint:
        if endpoint.proxy is None or not _WITH_USER.fullmatch(endpoint.proxy):
            return endpoint
        try:
            password = self._secrets.get(_name(endpoint.id))
        except UserFacingError as error:
            faults.append(str(error))
            return endpoint
        return replace(endpoint, proxy=joined(endpoint.proxy, password)) if password else endpoint

    def _move(self, config: Config) -> None:
        """Write the file anew without the passwords it held."""
        try:
            self.save(config)
        except UserFacingError as error:
            _log.warning("A proxy's password stays in the configuration. %s", error)

    def _forget(self, before: Iterable[Endpoint], now: Iterable[Endpoint]) -> None:
        """Remove the passwords of endpoints that are gone or have none any more."""
        needed = {each.id for each in now if split(each.proxy or "")[1]}
        for endpoint_id in {each.id for each in before if _has_user(each)} - needed:
            try:
                if self._secrets.get(_name(endpoint_id)) is not None:
                    self._secrets.delete(_name(endpoint_id))
            except UserFacingError as error:
                _log.warning("A proxy's password could not be removed. %s", error)


def split(proxy: str) -> tuple[str, str]:
    """Return a proxy's URL without its password, and the password; empty for none."""
    found = _WITH_PASSWORD.fullmatch(proxy)
    return (f"{found[1]}@{found[3]}", found[2]) if found else (proxy, "")


def joined(proxy: str, password: str) -> str:
    """Return a proxy's URL that names a user, with this password."""
    found = _WITH_USER.fullmatch(proxy)
    return f"{found[1]}:{password}@{found[2]}" if found else proxy


def without_passwords(config: Config) -> Config:
    """Return the configuration as a file may hold it."""
    return replace(config, endpoints=tuple(map(_without_password, config.endpoints)))


def with_passwords_of(config: Config, other: Config) -> Config:
    """Return ``config`` with the passwords that the same endpoints have in ``other``."""
    whole = {(each.id, split(each.proxy)[0]): each.proxy for each in other.endpoints if each.proxy}
    return replace(
        config,
        endpoints=tuple(
            replace(each, proxy=whole.get((each.id, each.proxy or ""), each.proxy))
            for each in config.endpoints
        ),
    )


def _without_password(endpoint: Endpoint) -> Endpoint:
    return replace(endpoint, proxy=split(endpoint.proxy)[0]) if endpoint.proxy else endpoint


def _has_user(endpoint: Endpoint) -> bool:
    return endpoint.proxy is not None and "@" in endpoint.proxy


def _name(endpoint_id: str) -> str:
    return f"proxy-{endpoint_id}"
