"""Every Claude Code on this computer, and which one is launched."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from qcc_desktop.core.config import Config
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.system.finder.install import install_command
from qcc_desktop.system.finder.installation import Installation
from qcc_desktop.system.finder.machine import this_machine
from qcc_desktop.system.finder.search import Finder

_FIELD = "claude.executable"


class ClaudeInstallations:
    """Finds installations in a thread and remembers what it found.

    The option ``claude.executable`` chooses among them; empty takes the first sound one.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        finder: Finder | None = None,
        platform: str = sys.platform,
    ) -> None:
        self._configuration = configuration
        self._finder = Finder(this_machine()) if finder is None else finder
        self._platform = platform
        self._found: tuple[Installation, ...] | None = None
        self._lock = asyncio.Lock()

    async def found(self, *, refresh: bool = False) -> tuple[Installation, ...]:
        """Return them, the one to launch first; ``refresh`` looks and asks the shell anew.

        The first time takes seconds: a login shell runs, perhaps ``claude --version``, on
        Windows ``wsl.exe``. Several who ask at once wait for one search.
        """
        async with self._lock:
            if refresh:
                self._finder.forget()
            if refresh or self._found is None:
                self._found = await asyncio.to_thread(self._look, self._wanted)
            return self._found

    def chosen(self) -> Installation | None:
        """Return the one that a launch starts, None when there is none or none was `found` yet."""
        found = self._found or ()
        wanted = self._wanted
        sound = [each for each in found if each.is_usable]
        for installation in sound:
            if wanted and installation.path == Path(wanted):
                return installation
        return sound[0] if sound else None

    async def choose(self, path: Path | None) -> None:
        """Launch this one from now on, also one that was not found; None: the first found.

        Raises:
            InvalidInput: there is no such program, or it does not start.
            UserFacingError: it could not be saved.
        """
        value = "" if path is None else await self._checked(path)

        def changed(now: Config) -> Config:
            return replace(now, settings=replace(now.settings, claude_executable=value))

        await self._configuration.update(changed)

    def install_command(self) -> str:
        """Return the line that installs Claude Code in this system's terminal."""
        return install_command(self._platform)

    @property
    def _wanted(self) -> str:
        return self._configuration.current.settings.claude_executable

    def _look(self, wanted: str) -> tuple[Installation, ...]:
        """Search, and add the chosen one when it lies where no installer puts it. Blocks."""
        found = self._finder.find()
        if wanted and all(each.path != Path(wanted) for each in found):
            own = self._finder.examine(Path(wanted))
            return found if own is None else (*found, own)
        return found

    async def _checked(self, path: Path) -> str:
        program = await asyncio.to_thread(_absolute, path)
        found = await asyncio.to_thread(self._finder.examine, program)
        if found is None:
            raise InvalidInput({_FIELD: f"There is no program {program}. Choose another one."})
        if found.problem:
            raise InvalidInput({_FIELD: f"{program} does not start. {found.problem}"})
        async with self._lock:
            if self._found is not None and all(each.path != program for each in self._found):
                self._found = (*self._found, found)
        return str(program)


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()
