"""Holds the keys of the endpoints in memory, so that the engine never waits for a keychain."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping

from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.ports import SecretStore

_log = logging.getLogger(__name__)


class Keys:
    """Implements `core.ports.KeySource` over a `core.ports.SecretStore`.

    ``on_change`` may be set to be told the id of each endpoint whose key is another one now.
    """

    def __init__(self, store: SecretStore) -> None:
        self._store = store
        self.on_change: Callable[[str], None] | None = None
        self._keys: dict[str, str] = {}
        self._faults: dict[str, str] = {}
        self._one_at_a_time = asyncio.Lock()

    @override
    def __repr__(self) -> str:
        return f"Keys({len(self._keys)})"

    def key_of(self, endpoint_id: str) -> str | None:
        """Return the key, or None when there is none or it could not be read."""
        return self._keys.get(endpoint_id)

    @property
    def faults(self) -> Mapping[str, str]:
        """Why a key could not be read: endpoint id to sentence."""
        return self._faults

    def secrets(self) -> tuple[str, ...]:
        """Every key held, for masking in logs."""
        return tuple(self._keys.values())

    async def load(self, endpoint_ids: Iterable[str]) -> None:
        """Read the keys of these endpoints anew; those of others stay (one may be being added).

        A key that cannot be read now (locked keychain) keeps its last known value, and is
        reported in `faults`; this does not raise.
        """
        wanted = tuple(endpoint_ids)
        async with self._one_at_a_time:
            found, self._faults = await asyncio.to_thread(self._read, wanted)
            before = self._keys
            others = {key: value for key, value in before.items() if key not in wanted}
            self._keys = others | found
        for endpoint_id in before.keys() & found.keys():
            if before[endpoint_id] != found[endpoint_id]:
                self._tell(endpoint_id)
        for sentence in sorted(set(self._faults.values())):
            _log.warning("A key could not be read. %s", sentence)

    async def set(self, endpoint_id: str, key: str) -> None:
        """Keep ``key``, on the disk and here.

        Raises:
            UserFacingError: it could not be kept; the old one still holds.
        """
        await self.keep(endpoint_id, key)
        self.use(endpoint_id, key)

    async def keep(self, endpoint_id: str, key: str) -> None:
        """Keep ``key`` on the disk alone; `use` puts it in force.

        Raises:
            UserFacingError: it could not be kept; the old one still holds.
        """
        async with self._one_at_a_time:
            await asyncio.to_thread(self._store.set, _name(endpoint_id), key)

    def use(self, endpoint_id: str, key: str | None) -> None:
        """Give out ``key`` from now on, None for none."""
        before = self._keys.pop(endpoint_id, None)
        if key is not None:
            self._keys[endpoint_id] = key
            self._faults.pop(endpoint_id, None)
        if before not in {None, key}:
            self._tell(endpoint_id)

    async def delete(self, endpoint_id: str) -> None:
        """Forget the key; no error when there is none.

        Raises:
            UserFacingError: it could not be removed.
        """
        async with self._one_at_a_time:
            await asyncio.to_thread(self._store.delete, _name(endpoint_id))
            self._keys.pop(endpoint_id, None)
            self._faults.pop(endpoint_id, None)

    def _tell(self, endpoint_id: str) -> None:
        if self.on_change is not None:
            self.on_change(endpoint_id)

    def _read(self, endpoint_ids: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
        keys: dict[str, str] = {}
        faults: dict[str, str] = {}
        for endpoint_id in endpoint_ids:
            try:
                key = self._store.get(_name(endpoint_id))
            except UserFacingError as error:
                faults[endpoint_id] = str(error)
                key = self._keys.get(endpoint_id)
            if key is not None:
                keys[endpoint_id] = key
        return keys, faults


def _name(endpoint_id: str) -> str:
    return f"endpoint-{endpoint_id}"
