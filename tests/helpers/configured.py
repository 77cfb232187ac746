"""Builds services on real files and a keychain in memory."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from qcc_desktop.core.config import Config
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.keys import Keys
from qcc_desktop.storage.config_store import JsonConfigStore
from qcc_desktop.storage.paths import Paths, paths_below
from qcc_desktop.storage.secrets import MemorySecrets


class Configured:
    """The stores of one home; every configuration that took effect is in `seen`."""

    def __init__(self, home: Path, on_change: Callable[[Config], None] | None = None) -> None:
        self.paths: Paths = paths_below(home)
        self.secrets = MemorySecrets()
        self.keys = Keys(self.secrets)
        self.seen: list[Config] = []
        self._on_change = on_change
        self.configuration = self.another_process()

    def another_process(self) -> Configuration:
        """Return an owner of the same file as another process would have it."""
        return Configuration(
            JsonConfigStore(
                self.paths.config_file, utc_now=lambda: datetime(2026, 1, 1, tzinfo=UTC)
            ),
            on_change=self._take,
            lock=self.paths.config_lock,
            prepare=self._load_keys,
        )

    def _take(self, config: Config) -> None:
        self.seen.append(config)
        if self._on_change is not None:
            self._on_change(config)

    async def _load_keys(self, config: Config) -> None:
        await self.keys.load(endpoint.id for endpoint in config.endpoints)
