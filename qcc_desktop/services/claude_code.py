"""What a user can do with Claude Code: start it through the proxy, or point it there."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qcc_desktop.core.config import Config
from qcc_desktop.core.errors import InvalidInput, NotRunning, UserFacingError
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.shells import Shell, shell_lines
from qcc_desktop.storage.paths import HOME_VARIABLE, Paths
from qcc_desktop.system.finder.machine import this_machine
from qcc_desktop.system.finder.search import Finder
from qcc_desktop.system.launcher.claude_files import (
    Overruling,
    read_given_settings,
    read_overruling,
)
from qcc_desktop.system.launcher.command import (
    AUTH_TOKEN,
    BASE_URL,
    ClaudeCommand,
    build_command,
    removed_variables,
    split_settings,
    with_settings_file,
)
from qcc_desktop.system.launcher.here import run_here
from qcc_desktop.system.launcher.private_settings import settings_file
from qcc_desktop.system.launcher.window import open_window

_log = logging.getLogger(__name__)
_RECENT = 10


@dataclass(frozen=True, slots=True)
class Target:
    """The running proxy."""

    host: str
    port: int
    token: str = field(repr=False)

    @property
    def base_url(self) -> str:
        """Its address for clients."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class LaunchReport:
    """What a launch did."""

    terminal: str
    folder: Path
    removed: tuple[str, ...] = ()
    """Variables of this environment that are left out for Claude Code."""
    overruled: tuple[str, ...] = ()
    """Variables of Claude Code's settings files that are overridden for this launch."""


class ClaudeCode:
    """Starts Claude Code; edits no file of it and exports nothing.

    ``target`` tells where the proxy listens now, None when it does not.
    """

    def __init__(
        self,
        configuration: Configuration,
        paths: Paths,
        target: Callable[[], Target | None],
        *,
        environ: Mapping[str, str] | None = None,
        home: Path | None = None,
        own_command: Sequence[str] | None = None,
    ) -> None:
        self._configuration = configuration
        self._paths = paths
        self._target = target
        self._environ = os.environ if environ is None else environ
        self._home = Path.home() if home is None else home
        self._finder = Finder(this_machine(self._environ, self._home))
        self._own_command = tuple(own_command or _own_command())

    def environment(self) -> dict[str, str]:
        """Return the variables that lead Claude Code to the proxy.

        Raises:
            NotRunning: the proxy does not listen.
        """
        target = self._target()
        if target is None:
            raise NotRunning(
                "The proxy is not running.", "Start it with 'qcc-desktop' or 'qcc-desktop serve'."
            )
        return variables_of(target)

    @property
    def removed_variables(self) -> tuple[str, ...]:
        """Names of variables of this environment that a launch leaves out or replaces."""
        return removed_variables(self._environ)

    def shell_lines(self, shell: Shell) -> str:
        """Return `environment` as text that ``shell`` evaluates.

        Raises:
            NotRunning: the proxy does not listen.
        """
        return shell_lines(shell, self.environment())

    async def launch(self, folder: Path, args: Sequence[str] = ()) -> LaunchReport:
        """Open a terminal in ``folder`` in which Claude Code runs through the proxy.

        The terminal runs this program's own ``launch --here``, so that neither the token nor
        any key is written to a file or seen among the words of a process.

        Raises:
            NotRunning: the proxy does not listen.
            InvalidInput: there is no such folder.
            UserFacingError: Claude Code or a terminal cannot be found or started.
        """
        self.environment()
        report = await asyncio.to_thread(self._open, folder, tuple(args))
        try:
            await self._configuration.update(lambda now: _with_recent(now, report.folder))
        except UserFacingError as error:  # it is open: forgetting the folder is no failure
            _log.warning("The folder was not noted. %s", error)
        return report

    def here_command(self, folder: Path, args: Sequence[str] = ()) -> ClaudeCommand:
        """Return what starts Claude Code in ``folder``, as data. Blocks.

        Raises:
            NotRunning: the proxy does not listen.
            UserFacingError: Claude Code cannot be found, or cannot be led to the proxy.
        """
        program = self._program()
        given = read_given_settings(split_settings(args)[1], folder)
        return build_command(
            program,
            args,
            self._environ,
            self.environment(),
            overruled=self._overruling(folder).variables,
            own_settings=given,
        )

    def run_here(
        self,
        folder: Path,
        args: Sequence[str],
        *,
        on_start: Callable[[ClaudeCommand], None],
        on_early_failure: Callable[[int], None] | None = None,
    ) -> int:
        """Run Claude Code in this terminal until it ends; return its exit code. Blocks.

        Raises:
            NotRunning: the proxy does not listen.
            InvalidInput: there is no such folder.
            UserFacingError: Claude Code cannot be found or started.
        """
        folder = _existing(folder)
        command = self.here_command(folder, args)
        on_start(command)
        if command.settings is None:
            return run_here(command, command.words, folder, on_early_failure=on_early_failure)
        with settings_file(self._paths.launch_dir, command.settings) as file:
            words = with_settings_file(command, file)
            return run_here(command, words, folder, on_early_failure=on_early_failure)

    def _program(self) -> tuple[str, ...]:
        """Return the words that start the chosen Claude Code, else the first found. Blocks."""
        return self._finder.words(self._configuration.current.settings.claude_executable)

    def _open(self, folder: Path, args: tuple[str, ...]) -> LaunchReport:
        folder = _existing(folder)
        self._program()
        overruling = self._overruling(folder)
        words = (*self._own_words(), "launch", "--here", "--keep-window", str(folder), "--", *args)
        chosen = self._configuration.current.settings.claude_terminal
        terminal = open_window(words, folder, self._environ, chosen=chosen)
        return LaunchReport(terminal, folder, self.removed_variables, overruling.variables)

    def _own_words(self) -> tuple[str, ...]:
        """Return how the terminal starts this program.

        A terminal may be opened by a server process with another environment (gnome-terminal,
        Terminal.app), so the home goes along as a word.
        """
        if self._paths.home is None or os.name == "nt":
            return self._own_command
        return ("env", f"{HOME_VARIABLE}={self._paths.home}", *self._own_command)

    def _overruling(self, folder: Path) -> Overruling:
        found = read_overruling(self._environ, self._home, folder)
        if found.managed:
            raise UserFacingError(
                f"Your organisation's settings for Claude Code set {', '.join(found.managed)},"
                " so it would go past the proxy.",
                "Ask who manages this computer.",
            )
        return found


def variables_of(target: Target) -> dict[str, str]:
    """Return the variables that lead Claude Code to this proxy."""
    return {BASE_URL: target.base_url, AUTH_TOKEN: target.token}


def _own_command() -> tuple[str, ...]:
    """Return how this program is started: a frozen one is itself, else a module of Python."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "qcc_desktop")


def _existing(folder: Path) -> Path:
    resolved = folder.expanduser().resolve()
    if not resolved.is_dir():
        raise InvalidInput({"folder": f"There is no folder {folder}. Choose another one."})
    return resolved


def _with_recent(now: Config, folder: Path) -> Config:
    others = [name for name in now.recent_folders if name != str(folder)]
    return replace(now, recent_folders=(str(folder), *others)[:_RECENT])
