"""What commands share that read or change stored things beside a running program."""

import asyncio
import os
from dataclasses import dataclass

from qcc_desktop.app.commands.output import complain
from qcc_desktop.app.control import Answer, ask
from qcc_desktop.app.stores import Stores, build_stores
from qcc_desktop.core.errors import NotRunning
from qcc_desktop.runtime.clock import SystemClock
from qcc_desktop.storage.paths import Paths, find_paths
from qcc_desktop.storage.runtime_file import RuntimeInfo, find_running


@dataclass(frozen=True, slots=True)
class Session:
    """One command's view of what is stored."""

    paths: Paths
    stores: Stores

    async def tell_running(self) -> None:
        """Let a running program take what was changed; nothing to do when none runs.

        Raises:
            UserFacingError: it could not take it; what was changed is saved all the same.
        """
        info = await asyncio.to_thread(find_running, self.paths.runtime_file)
        if info is not None:
            await ask(info, "reload")

    async def try_now(self, endpoint_id: str) -> None:
        """Let a running program verify an endpoint at once; nothing to do when none runs.

        Raises:
            UserFacingError: it could not be asked.
        """
        info = await asyncio.to_thread(find_running, self.paths.runtime_file)
        if info is not None:
            await ask(info, "try_now", endpoint_id=endpoint_id)

    async def own_port(self) -> int | None:
        """Return where the running program's proxy listens, None when none does."""
        info = await asyncio.to_thread(find_running, self.paths.runtime_file)
        return None if info is None else info.port


async def open_session(*, with_keys: bool = False) -> Session:
    """Read the configuration, and the keys if asked to, and say what could not be read.

    Raises:
        UserFacingError: the file cannot be read, or is broken; it stays as it is.
    """
    paths = find_paths(os.environ)
    stores = build_stores(paths, SystemClock(), with_keys=with_keys)
    await stores.configuration.load()
    for notice in stores.configuration.notices:
        complain(notice)
    return Session(paths, stores)


def running_program() -> RuntimeInfo:
    """Return how the running program is reached. Blocks.

    Raises:
        NotRunning: none runs.
    """
    info = find_running(find_paths(os.environ).runtime_file)
    if info is None:
        raise NotRunning(
            "QCC Desktop is not running.", "Start it with 'qcc-desktop' or 'qcc-desktop serve'."
        )
    return info


def ask_running(verb: str) -> Answer:
    """Ask the running program. Blocks.

    Raises:
        NotRunning: none runs.
        UserFacingError: it refused.
    """
    return asyncio.run(ask(running_program(), verb))
