"""Runs something again and again until stopped."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from qcc_desktop.runtime.tasks import cancel, spawn

_log = logging.getLogger(__name__)


class Periodic:
    """Calls ``action`` and then waits ``delay_s()`` seconds, for ever.

    A failing action is logged and tried again the next time. `wake` ends the wait early.
    """

    def __init__(
        self, name: str, action: Callable[[], Awaitable[None]], delay_s: Callable[[], float]
    ) -> None:
        self._name = name
        self._action = action
        self._delay_s = delay_s
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; a second start does nothing."""
        if self._task is None:
            self._task = spawn(self._run(), name=self._name)

    def wake(self) -> None:
        """Run the action now rather than at the end of the wait."""
        self._woken.set()

    async def stop(self) -> None:
        """End, also in the middle of the action."""
        task, self._task = self._task, None
        await cancel(task)

    async def _run(self) -> None:
        while True:
            try:
                await self._action()
            except Exception:  # noqa: BLE001 - a boundary: logged, and tried again
                _log.exception("%s failed; it is tried again", self._name)
            await self._wait(self._delay_s())

    async def _wait(self, delay_s: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, delay_s)):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()
