"""Owns the configuration of this process and changes it safely beside other processes."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from qcc_desktop.core.config import Config
from qcc_desktop.storage.file_lock import locked

Change = Callable[[Config], Config]


class ConfigStore(Protocol):
    """Keeps the configuration, and says what it had to replace. May block: call in a thread."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What the last `load` had to replace or put aside, as sentences."""
        ...

    def load(self, *, puts_aside: bool = False) -> Config:
        """Return what is stored; defaults when nothing is."""
        ...

    def save(self, config: Config) -> None:
        """Replace what is stored, wholly or not at all."""
        ...


class Configuration:
    """The single owner of `Config` in this process.

    A change takes the lock that all processes share, reads the file again, applies the change
    to what is there now and writes it whole, so that two processes never undo each other.
    ``prepare`` is awaited with a configuration that came from the disk (to read its keys),
    ``on_change`` is called with every configuration that takes effect.
    """

    def __init__(
        self,
        store: ConfigStore,
        *,
        on_change: Callable[[Config], None],
        lock: Path,
        prepare: Callable[[Config], Awaitable[None]] | None = None,
    ) -> None:
        self._store = store
        self._on_change = on_change
        self._lock_file = lock
        self._prepare = prepare
        self._one_at_a_time = asyncio.Lock()
        self._current = Config()
        self._notices: tuple[str, ...] = ()

    @property
    def current(self) -> Config:
        """The configuration in force; the defaults before `load`."""
        return self._current

    @property
    def notices(self) -> tuple[str, ...]:
        """What could not be read as it was stored, as sentences for the user."""
        return self._notices

    async def load(self, *, puts_aside: bool = False) -> Config:
        """Read the file and put it in force.

        A broken file is put aside if ``puts_aside`` (the program that starts), else refused.

        Raises:
            NewerFormat: the file is a newer program's.
            UserFacingError: the file cannot be read, or is broken.
        """
        async with self._one_at_a_time:
            config = await asyncio.to_thread(self._read, puts_aside=puts_aside)
            self._notices = self._store.notices
            if self._prepare is not None:
                await self._prepare(config)
            self._publish(config)
            return config

    async def reload(self) -> Config:
        """Read the file again, as after another process or an editor changed it, or a key.

        Raises:
            UserFacingError: the file cannot be read, or is broken; the old configuration stays
                in force.
        """
        return await self.load()

    async def update(self, change: Change) -> Config:
        """Apply ``change`` (runs in a thread; changes nothing itself) to what is stored, save it, put it in force.

        Raises:
            UserFacingError: it cannot be saved, or the file was broken meanwhile; nothing has
                changed. So too with whatever ``change`` raises.
        """
        async with self._one_at_a_time:
            config = await asyncio.to_thread(self._transact, change)
            self._publish(config)
            return config

    def _read(self, *, puts_aside: bool) -> Config:
        with locked(self._lock_file):
            return self._store.load(puts_aside=puts_aside)

    def _transact(self, change: Change) -> Config:
        with locked(self._lock_file):
            before = self._store.load()
            after = change(before)
            if after != before:
                self._store.save(after)
            return after

    def _publish(self, config: Config) -> None:
        self._current = config
        self._on_change(config)
