"""What a person can do about starting at login."""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.autostart.state import AutostartEntry, AutostartState, AutostartStatus

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Autostart:
    """Switches the start at login on and off; ``entry`` is the system's way, made when needed."""

    def __init__(self, entry: Callable[[], AutostartEntry]) -> None:
        self._entry = entry

    async def state(self) -> AutostartState:
        """Return what would happen at the next login.

        Raises:
            UserFacingError: the entry cannot be read.
        """
        return await self._try(lambda entry: entry.read(), "read")

    async def turn_on(self) -> AutostartState:
        """Start at login from now on, also where the system's own tools had switched it off.

        Raises:
            UserFacingError: the entry cannot be written.
        """
        return await self._try(_written, "written")

    async def turn_off(self) -> AutostartState:
        """Do not start at login any more, and leave nothing behind.

        Raises:
            UserFacingError: the entry cannot be removed.
        """
        return await self._try(_removed, "removed")

    async def refresh(self) -> AutostartState:
        """Let an entry whose program is gone start this one: the program was moved or updated.

        One that starts another copy that is still there, and one that is switched off, stay.

        Raises:
            UserFacingError: the entry cannot be read or written.
        """
        found = await self.state()
        if found.status is AutostartStatus.STALE and found.is_orphaned:
            _log.info("The entry at login named a program that is gone; it starts this one now")
            return await self.turn_on()
        return found

    async def _try(self, act: Callable[[AutostartEntry], _T], done: str) -> _T:
        def run() -> _T:
            return act(self._entry())

        try:
            return await asyncio.to_thread(run)
        except OSError as error:
            raise UserFacingError(
                f"The entry for starting at login cannot be {done}.",
                f"{error.strerror or error}.",
            ) from error


def _written(entry: AutostartEntry) -> AutostartState:
    entry.write()
    return entry.read()


def _removed(entry: AutostartEntry) -> AutostartState:
    entry.remove()
    return entry.read()
