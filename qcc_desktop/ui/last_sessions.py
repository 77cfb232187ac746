"""Which folders have a session of Claude Code to go on with, looked up beside the loop."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qcc_desktop.runtime.clock import Clock
from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.ui.contracts import ClaudeCodeService

if TYPE_CHECKING:
    import asyncio

PAUSE_S = 3.0
"""Sessions come with the requests of a Claude Code; so long an answer is taken for true."""


class LastSessions:
    """Keeps the newest answer; ``changed`` is called when there is another one."""

    def __init__(
        self, claude_code: ClaudeCodeService, clock: Clock, changed: Callable[[], None]
    ) -> None:
        self._claude_code = claude_code
        self._clock = clock
        self._changed = changed
        self.known: frozenset[str] | None = None
        """Folders that have one; None until the first answer."""
        self._asked: tuple[str, ...] = ()
        self._asked_s = 0.0
        self._task: asyncio.Task[None] | None = None

    def look(self, folders: tuple[str, ...]) -> None:
        """Ask about these folders, unless that was done just now."""
        now_s = self._clock.now_s()
        is_same = folders == self._asked and now_s - self._asked_s < PAUSE_S
        if is_same or self._task is not None:
            return
        self._asked, self._asked_s = folders, now_s
        self._task = spawn(self._ask(folders), name="ui: look for sessions")

    async def _ask(self, folders: tuple[str, ...]) -> None:
        try:
            found = await self._claude_code.continuable([Path(folder) for folder in folders])
        finally:
            self._task = None
        known = frozenset(str(folder) for folder in found)
        if known != self.known:
            self.known = known
            self._changed()

    def close(self) -> None:
        """Ask no more."""
        if self._task is not None:
            self._task.cancel()


def is_offered(known: frozenset[str] | None, folder: str) -> bool:
    """Tell whether going on in ``folder`` is offered: also while nothing is known yet."""
    return known is None or folder in known
