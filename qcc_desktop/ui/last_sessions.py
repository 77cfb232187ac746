"""Which folders have a session of Claude Code to go on with, looked up beside the loop."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from qcc_desktop.runtime.clock import Clock
from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.ui.contracts import ClaudeCodeService

PAUSE_S = 3.0
"""Sessions come with the requests of a Claude Code; so long an answer is taken for true."""


class LastSessions:
    """Keeps the newest answer; ``changed`` is called when there is another one."""

    def __init__(
        self,
        claude_code: ClaudeCodeService,
        clock: Clock,
        changed: Callable[[], None],
        *,
        pause_s: float = PAUSE_S,
    ) -> None:
        self._claude_code = claude_code
        self._clock = clock
        self._changed = changed
        self._pause_s = pause_s
        self.known: frozenset[str] | None = None
        """Folders that have one; None until the first answer."""
        self._asked: tuple[str, ...] = ()
        self._asked_s = 0.0
        self._task: asyncio.Task[None] | None = None
        self._again: asyncio.TimerHandle | None = None

    def look(self, folders: tuple[str, ...]) -> None:
        """Ask about these folders, a little later if that was done just now.

        Claude Code writes the first session of a folder shortly after its first request, when
        nothing else may happen here for a while.
        """
        if not folders:
            return
        now_s = self._clock.now_s()
        left_s = self._asked_s + self._pause_s - now_s if folders == self._asked else 0.0
        if left_s > 0 or self._task is not None:
            self._look_again(folders, max(left_s, 0.1))
            return
        self._start(folders)

    def _start(self, folders: tuple[str, ...]) -> None:
        if self._task is not None:
            return
        self._asked, self._asked_s = folders, self._clock.now_s()
        self._task = spawn(self._ask(folders), name="ui: look for sessions")

    def _look_again(self, folders: tuple[str, ...], in_s: float) -> None:
        if self._again is not None:
            self._again.cancel()
        self._again = asyncio.get_running_loop().call_later(in_s, self._start, folders)

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
        if self._again is not None:
            self._again.cancel()
        if self._task is not None:
            self._task.cancel()


def is_offered(known: frozenset[str] | None, folder: str) -> bool:
    """Tell whether going on in ``folder`` is offered: also while nothing is known yet."""
    return known is None or folder in known
