"""The command ``launch``."""

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from qcc_desktop.app.commands.background import start_program, target_now
from qcc_desktop.app.commands.installations import show_installations
from qcc_desktop.app.commands.output import complain, say, tell
from qcc_desktop.app.commands.session import open_session
from qcc_desktop.core.config import Config
from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.core.settings import Strategy
from qcc_desktop.services.claude_code import CONTINUE, RESUME, ClaudeCode, LaunchPlan, LaunchReport
from qcc_desktop.services.shells import Shell
from qcc_desktop.system.launcher.command import ClaudeCommand
from qcc_desktop.system.launcher.ticket import Ticket, joined, take_ticket
from qcc_desktop.wire.launch_wish import LaunchWish


def run(namespace: Namespace) -> int:
    """Open Claude Code in a terminal of its own, in this one, or in an editor's."""
    if namespace.list:
        return show_installations(as_json=namespace.json)
    if namespace.json:
        raise InvalidInput({"json": "--json goes with --list only."})
    if namespace.ticket:
        return _with_ticket(Path(namespace.ticket))
    folder, args = Path(namespace.path), _arguments(namespace)
    claude_code, config = _claude_code()
    endpoint_id = _endpoint_id(config, namespace.endpoint)
    if namespace.print:
        shell = Shell.POWERSHELL if os.name == "nt" else Shell.SH
        where = folder.expanduser().resolve()
        say(claude_code.command_text(where, args, shell, endpoint_id=endpoint_id))
        return 0
    if namespace.here:
        plan = claude_code.plan(folder, args, endpoint_id)
        claude_code.program()  # before the program is started in vain
        asyncio.run(claude_code.ensure_running())
        return claude_code.run_here(plan, on_start=_tell_start)
    if namespace.editor:
        _tell(asyncio.run(claude_code.open_in_editor(folder, namespace.editor)))
        return 0
    launch = claude_code.launch(
        folder, args, terminal=namespace.terminal or "", endpoint_id=endpoint_id
    )
    _tell(asyncio.run(launch))
    return 0


def _arguments(namespace: Namespace) -> tuple[str, ...]:
    """Return what Claude Code gets, with our names for its own options first."""
    words: list[str] = []
    if namespace.continue_last:
        words.append(CONTINUE)
    if namespace.resume is not None:
        words += [RESUME, namespace.resume] if namespace.resume else [RESUME]
    return (*words, *namespace.claude_args)


def _endpoint_id(config: Config, name: str | None) -> str | None:
    """Return the id of the endpoint with this name or id.

    Raises:
        InvalidInput: there is none, or there are several.
    """
    if name is None:
        return None
    found = [each.id for each in config.endpoints if name in (each.id, each.name)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(each.name for each in config.endpoints) or "none yet"
    sentence = f"There is no endpoint {name}." if not found else f"{name} names several endpoints."
    raise InvalidInput({"endpoint": f"{sentence} There are: {known}."})


def _with_ticket(file: Path) -> int:
    """Run in the window that was opened for it; it stays while there is something to read."""
    try:
        ticket = take_ticket(file)
        os.environ.update(joined(os.environ, ticket.variables))
        claude_code, _ = _claude_code()
        asyncio.run(claude_code.ensure_running())
        return claude_code.run_here(
            _plan_of(ticket), on_start=_tell_start, on_early_failure=_tell_failure
        )
    except UserFacingError as error:
        complain(str(error))
        _wait_for_enter()
        return error.exit_code


def _plan_of(ticket: Ticket) -> LaunchPlan:
    strategy = Strategy(ticket.strategy) if ticket.strategy in tuple(Strategy) else None
    wish = LaunchWish(ticket.endpoint_id, strategy)
    return LaunchPlan(Path(ticket.folder), ticket.arguments, wish)


def _claude_code() -> tuple[ClaudeCode, Config]:
    session = asyncio.run(open_session())
    target = partial(target_now, session.paths)
    claude_code = ClaudeCode(session.stores.configuration, session.paths, target)
    claude_code.starter = partial(start_program, session.paths)
    return claude_code, session.stores.configuration.current


def _tell(report: LaunchReport) -> None:
    tell(f"Claude Code opens in {report.terminal}, in {report.folder}.")
    if report.may_keep_environment:
        complain(
            f"If {report.terminal} was open already, it goes past the proxy: quit it and launch"
            " again."
        )
    _tell_ignored(report.removed, report.overruled)


def _tell_start(command: ClaudeCommand) -> None:
    _tell_ignored(command.removed, command.overruled)


def _tell_failure(code: int) -> None:
    complain(f"Claude Code ended at once with code {code}; its own words are above.")
    _wait_for_enter()


def _tell_ignored(removed: Sequence[str], overruled: Sequence[str]) -> None:
    if removed:
        complain(f"Left out for this launch, so that the proxy is used: {', '.join(removed)}.")
    if overruled:
        complain(
            f"Claude Code's own settings are overridden for this launch: {', '.join(overruled)}."
        )


def _wait_for_enter() -> None:
    if sys.stdin is not None and sys.stdin.isatty():
        tell("Press Enter to close this window.", end="")
        sys.stdin.readline()
