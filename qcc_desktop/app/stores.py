"""Builds what commands need that only read or change stored things: no engine, no HTTP."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from qcc_desktop.core.config import Config
from qcc_desktop.core.history_texts import TROUBLES
from qcc_desktop.core.ports import SecretStore, UsageHistory
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.keys import Keys
from qcc_desktop.storage.config_store import JsonConfigStore
from qcc_desktop.storage.history_file import HistoryFile
from qcc_desktop.storage.install_token import InstallToken
from qcc_desktop.storage.paths import Paths
from qcc_desktop.storage.proxy_passwords import PasswordlessConfigStore
from qcc_desktop.storage.secrets import MemorySecrets, UserSecrets
from qcc_desktop.storage.state_store import ForgetfulState, StateStore
from qcc_desktop.storage.usage_memory import MemoryUsageHistory
from qcc_desktop.storage.usage_store import SqliteUsageHistory


@dataclass(frozen=True, slots=True)
class Stores:
    """What survives a restart, and its owners in this process."""

    secrets: SecretStore
    token: InstallToken
    keys: Keys
    configuration: Configuration


def build_stores(
    paths: Paths,
    clock: Clock,
    *,
    on_change: Callable[[Config], None] = lambda _: None,
    simulated: bool = False,
    with_keys: bool = True,
) -> Stores:
    """Return the stores, connected; disk and keychain are not touched yet.

    ``on_change`` hears of each configuration in force. ``simulated`` keeps secrets in memory.
    Without ``with_keys`` the keychain is not read (a locked one would ask to be unlocked).
    """
    secrets: SecretStore = MemorySecrets() if simulated else _user_secrets(paths)
    keys = Keys(secrets)

    async def load_keys(config: Config) -> None:
        if with_keys:
            await keys.load(endpoint.id for endpoint in config.endpoints)

    def utc_now() -> datetime:
        return utc(clock.wall_s())

    configuration = Configuration(
        PasswordlessConfigStore(JsonConfigStore(paths.config_file, utc_now=utc_now), secrets),
        on_change=on_change,
        lock=paths.config_lock,
        prepare=load_keys,
    )
    return Stores(secrets, InstallToken(secrets, os.environ), keys, configuration)


class History:
    """What was used and where sessions are bound, kept in a file from `start` to `stop`.

    ``simulated`` keeps it in memory alone: there is no file then.
    """

    def __init__(self, paths: Paths, clock: Clock, *, simulated: bool = False) -> None:
        self._file = None if simulated else HistoryFile(paths.history_file, clock)
        self._stored = None if self._file is None else SqliteUsageHistory(self._file, clock)
        self._state = None if self._file is None else StateStore(self._file, clock)
        self.usage: UsageHistory = self._stored or MemoryUsageHistory(clock=clock)
        self.state = self._state or ForgetfulState()

    @property
    def notice(self) -> str:
        """What is wrong with the file, in words; empty when nothing is."""
        trouble = None if self._file is None else self._file.trouble
        return "" if trouble is None else TROUBLES[trouble]

    def start(self) -> None:
        """Read and write the file from now on; only the one running program may."""
        if self._file is not None:
            self._file.start()

    async def stop(self) -> None:
        """Write what is left."""
        if self._file is not None:
            await self._file.stop()

    def apply(self, config: Config) -> None:
        """Keep it for as long as the options say."""
        settings = config.settings
        if self._stored is not None:
            self._stored.keep_for(settings.history_retention_days)
        if self._state is not None:
            self._state.keep_for(settings.affinity_ttl_s, settings.history_retention_days)


def _user_secrets(paths: Paths) -> UserSecrets:
    return UserSecrets(
        service=paths.keyring_service, file=paths.secrets_file, lock=paths.secrets_lock
    )
