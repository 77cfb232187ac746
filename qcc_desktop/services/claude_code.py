"""What a user can do with Claude Code: start it through the proxy, or point it there."""

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qcc_desktop.core.config import FolderChoice
from qcc_desktop.core.errors import NotRunning, UserFacingError
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.launch_folders import (
    existing,
    with_choice,
    with_recent,
    without_folder,
)
from qcc_desktop.services.shells import Shell, command_line, shell_lines
from qcc_desktop.storage.paths import HOME_VARIABLE, Paths
from qcc_desktop.system.finder.machine import this_machine
from qcc_desktop.system.finder.search import Finder
from qcc_desktop.system.launcher.claude_files import (
    Overruling,
    read_given_settings,
    read_overruling,
)
from qcc_desktop.system.launcher.claude_sessions import has_session
from qcc_desktop.system.launcher.command import (
    AUTH_TOKEN,
    BASE_URL,
    CUSTOM_HEADERS,
    ClaudeCommand,
    build_command,
    custom_headers_of,
    removed_variables,
    split_settings,
    wish_variables,
    with_settings_file,
)
from qcc_desktop.system.launcher.editors import (
    Editor,
    EditorFamily,
    installed_editors,
    open_editor,
)
from qcc_desktop.system.launcher.here import run_here
from qcc_desktop.system.launcher.private_settings import settings_file
from qcc_desktop.system.launcher.quoting import own_words
from qcc_desktop.system.launcher.terminals import Terminal
from qcc_desktop.system.launcher.ticket import Ticket, carried, write_ticket
from qcc_desktop.system.launcher.window import Window, installed_terminals, open_window
from qcc_desktop.system.own_program import console_program
from qcc_desktop.wire.launch_wish import LaunchWish

_log = logging.getLogger(__name__)
CONTINUE = "--continue"
"""Claude Code's option that goes on with the folder's last session."""
RESUME = "--resume"
"""Claude Code's option that asks which session to go on with, or takes its id."""


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
    """The terminal or editor that opens."""
    folder: Path
    removed: tuple[str, ...] = ()
    """Variables of this environment that are left out for Claude Code."""
    overruled: tuple[str, ...] = ()
    """Variables of Claude Code's settings files that are overridden for this launch."""
    may_keep_environment: bool = False
    """The editor, if it runs already, keeps the environment it was started with."""


@dataclass(frozen=True, slots=True)
class LaunchPlan:
    """One launch with everything that was chosen for it."""

    folder: Path
    arguments: tuple[str, ...] = ()
    wish: LaunchWish = LaunchWish()  # noqa: RUF009 - frozen


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
        self.starter: Callable[[], Awaitable[None]] | None = None
        """Starts the proxy when it does not listen; set by whoever can."""
        self._environ = os.environ if environ is None else environ
        self._home = Path.home() if home is None else home
        self._finder = Finder(this_machine(self._environ, self._home))
        self._own_command = tuple(own_command or program_words())

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

    async def ensure_running(self) -> None:
        """Start the proxy if it does not listen.

        Raises:
            NotRunning: it does not listen, and cannot be started from here.
            UserFacingError: it could not be started.
        """
        if self._target() is None and self.starter is not None:
            await self.starter()
        self.environment()

    async def launch(
        self,
        folder: Path,
        args: Sequence[str] = (),
        *,
        terminal: str = "",
        endpoint_id: str | None = None,
    ) -> LaunchReport:
        """Open a terminal in ``folder`` in which Claude Code runs through the proxy.

        The terminal runs this program's own ``launch --here``, so that neither the token nor
        any key is written to a file or seen among the words of a process. ``terminal`` (an id of
        `terminals`) and ``endpoint_id`` beat what was chosen, for this launch.

        Raises:
            InvalidInput: there is no such folder.
            UserFacingError: the proxy, Claude Code or a terminal cannot be found or started.
        """
        plan = await asyncio.to_thread(self.plan, folder, args, endpoint_id)
        await asyncio.to_thread(self.program)
        await self.ensure_running()
        report = await asyncio.to_thread(self._open, plan, terminal)
        await self._note(report.folder)
        return report

    async def open_in_editor(self, folder: Path, editor_id: str) -> LaunchReport:
        """Open ``folder`` in an editor whose terminals lead Claude Code to the proxy.

        Raises:
            InvalidInput: there is no such folder.
            UserFacingError: the proxy or the editor cannot be found or started.
        """
        plan = await asyncio.to_thread(self.plan, folder)
        await self.ensure_running()
        report = await asyncio.to_thread(self._open_editor, plan, editor_id)
        await self._note(report.folder)
        return report

    async def terminals(self) -> tuple[Terminal, ...]:
        """Return the known terminals of this computer, by the ids `launch` takes."""
        return await asyncio.to_thread(installed_terminals, self._environ, self._home)

    async def editors(self) -> tuple[Editor, ...]:
        """Return the known editors of this computer, by the ids `open_in_editor` takes."""
        return await asyncio.to_thread(installed_editors, self._environ, self._home)

    async def continuable(self, folders: Sequence[Path]) -> Sequence[Path]:
        """Return those of ``folders`` in which Claude Code has a session to go on with."""

        def look() -> tuple[Path, ...]:
            return tuple(
                folder for folder in folders if has_session(self._environ, self._home, folder)
            )

        return await asyncio.to_thread(look)

    def folder_choice(self, folder: Path) -> FolderChoice:
        """Return what was chosen for ``folder``, an empty choice where nothing was."""
        return self._configuration.current.choice_for(str(folder))

    async def set_folder_choice(self, choice: FolderChoice) -> None:
        """Remember what was chosen for a folder; an empty choice forgets it.

        Raises:
            UserFacingError: it cannot be saved.
        """
        await self._configuration.update(lambda now: with_choice(now, choice))

    async def forget_folder(self, folder: Path) -> None:
        """Take a folder off the recent ones, with what was chosen for it.

        Raises:
            UserFacingError: it cannot be saved.
        """
        await self._configuration.update(lambda now: without_folder(now, folder))

    def command_text(
        self,
        folder: Path,
        args: Sequence[str] = (),
        shell: Shell = Shell.SH,
        *,
        endpoint_id: str | None = None,
    ) -> str:
        """Return the line that does in a terminal what `launch` does; it holds no secret.

        Raises:
            UnsafeArgumentError: this shell would change a word of it.
        """
        words = (*self._own_command, "launch", "--here", str(folder))
        words += ("--endpoint", endpoint_id) if endpoint_id else ()
        words += ("--", *args) if args else ()
        home = self._paths.home
        return command_line(shell, words, {HOME_VARIABLE: str(home)} if home else {})

    def plan(
        self, folder: Path, args: Sequence[str] = (), endpoint_id: str | None = None
    ) -> LaunchPlan:
        """Return a launch with the options' and the folder's choices. Blocks.

        Raises:
            InvalidInput: there is no such folder.
            UserFacingError: the option ``claude.arguments`` cannot be read.
        """
        folder = existing(folder)
        now = self._configuration.current
        choice = now.choice_for(str(folder))
        arguments = (*own_words(now.settings.claude_arguments), *choice.arguments, *args)
        return LaunchPlan(
            folder, arguments, LaunchWish(endpoint_id or choice.endpoint_id, choice.strategy)
        )

    def here_command(self, plan: LaunchPlan) -> ClaudeCommand:
        """Return what starts Claude Code, as data. Blocks.

        Raises:
            NotRunning: the proxy does not listen.
            UserFacingError: Claude Code cannot be found, or cannot be led to the proxy.
        """
        return self._command(self.program(), plan)

    def run_here(
        self,
        plan: LaunchPlan,
        *,
        on_start: Callable[[ClaudeCommand], None],
        on_early_failure: Callable[[int], None] | None = None,
    ) -> int:
        """Run Claude Code in this terminal until it ends; return its exit code. Blocks.

        Raises:
            NotRunning: the proxy does not listen.
            UserFacingError: Claude Code cannot be found or started.
        """
        command = self.here_command(plan)
        on_start(command)
        if command.settings is None:
            return run_here(command, command.words, plan.folder, on_early_failure=on_early_failure)
        with settings_file(self._paths.launch_dir, command.settings) as file:
            words = with_settings_file(command, file)
            return run_here(command, words, plan.folder, on_early_failure=on_early_failure)

    def program(self) -> tuple[str, ...]:
        """Return the words that start the chosen Claude Code, else the first found. Blocks.

        Raises:
            UserFacingError: it cannot be found.
        """
        return self._finder.words(self._configuration.current.settings.claude_executable)

    def _command(self, program: Sequence[str], plan: LaunchPlan) -> ClaudeCommand:
        given = read_given_settings(split_settings(plan.arguments)[1], plan.folder)
        overruling = self._overruling(plan.folder)
        headers = custom_headers_of(given or "") or overruling.custom_headers
        overruled = overruling.variables
        if headers is not None and plan.wish != LaunchWish():
            overruled += (CUSTOM_HEADERS,)
        return build_command(
            program,
            plan.arguments,
            self._environ,
            {**wish_variables(plan.wish, self._environ, headers), **self.environment()},
            overruled=overruled,
            own_settings=given,
        )

    def _open(self, plan: LaunchPlan, terminal: str) -> LaunchReport:
        """Open the terminal; what it runs is on a ticket, so that no word of it is quoted."""
        overruled = self._overruling(plan.folder).variables
        strategy = plan.wish.strategy
        ticket = Ticket(
            str(plan.folder),
            plan.arguments,
            plan.wish.endpoint_id,
            str(strategy) if strategy else None,
            {**carried(self._environ), **self._own_home()},
        )
        file = write_ticket(self._paths.launch_dir, ticket)
        words = (*self._own_command, "launch", "--ticket", str(file))
        chosen = self._configuration.current.settings.claude_terminal
        window = Window(words, plan.folder, chosen, terminal)
        name = open_window(window, self._environ, self._home, self._paths.launch_dir)
        return LaunchReport(name, plan.folder, self.removed_variables, overruled)

    def _open_editor(self, plan: LaunchPlan, editor_id: str) -> LaunchReport:
        found = installed_editors(self._environ, self._home)
        editor = next((each for each in found if each.id == editor_id), None)
        if editor is None:
            known = ", ".join(each.id for each in found) or "none"
            raise UserFacingError(
                f"There is no editor {editor_id!r} on this computer.",
                f"Those that were found: {known}.",
            )
        command = self._command((editor.program,), plan)
        open_editor(editor, plan.folder, command.environment)
        keeps = editor.family is EditorFamily.JETBRAINS
        return LaunchReport(editor.name, plan.folder, command.removed, (), keeps)

    async def _note(self, folder: Path) -> None:
        try:
            await self._configuration.update(lambda now: with_recent(now, folder))
        except UserFacingError as error:  # it is open: forgetting the folder is no failure
            _log.warning("The folder was not noted. %s", error)

    def _own_home(self) -> dict[str, str]:
        home = self._paths.home
        return {} if home is None else {HOME_VARIABLE: str(home)}

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


def program_words() -> tuple[str, ...]:
    """Return how this program is started: a frozen one is itself, else a module of Python.

    A terminal needs the Python that has a console; ``pythonw.exe`` has none.
    """
    if getattr(sys, "frozen", False):
        return (console_program(),)
    python = Path(sys.executable)
    if python.name.lower() == "pythonw.exe":
        python = python.with_name("python.exe")
    return (str(python), "-m", "qcc_desktop")
