"""The command ``launch``."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from qcc_desktop.app.commands.installations import show_installations
from qcc_desktop.app.commands.output import complain, say
from qcc_desktop.app.commands.running import target_of
from qcc_desktop.app.commands.session import open_session, running_program
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.claude_code import ClaudeCode, Target
from qcc_desktop.system.launcher.command import ClaudeCommand


def run(namespace: Namespace) -> int:
    """Open Claude Code in a terminal of its own or, with ``--here``, in this one."""
    if namespace.list:
        return show_installations(as_json=namespace.json)
    folder, args = Path(namespace.path), tuple(namespace.claude_args)
    if not namespace.here:
        return _in_window(folder, args)
    try:
        return _here(folder, args, keep_window=namespace.keep_window)
    except UserFacingError as error:
        if not namespace.keep_window:
            raise
        complain(str(error))
        _wait_for_enter()
        return error.exit_code


def _in_window(folder: Path, args: Sequence[str]) -> int:
    claude_code = _claude_code()
    report = asyncio.run(claude_code.launch(folder, args))
    say(f"Claude Code opens in {report.terminal}, in {report.folder}.")
    _tell_ignored(report.removed, report.overruled)
    return 0


def _here(folder: Path, args: Sequence[str], *, keep_window: bool) -> int:
    def tell_failure(code: int) -> None:
        complain(f"Claude Code ended at once with code {code}; its own words are above.")
        _wait_for_enter()

    def tell_start(command: ClaudeCommand) -> None:
        _tell_ignored(command.removed, command.overruled)

    return _claude_code().run_here(
        folder,
        args,
        on_start=tell_start,
        on_early_failure=tell_failure if keep_window else None,
    )


def _claude_code() -> ClaudeCode:
    session = asyncio.run(open_session())
    target: Target = target_of(running_program())
    return ClaudeCode(session.stores.configuration, session.paths, lambda: target)


def _tell_ignored(removed: Sequence[str], overruled: Sequence[str]) -> None:
    if removed:
        complain(f"Left out for this launch, so that the proxy is used: {', '.join(removed)}.")
    if overruled:
        complain(
            f"Claude Code's own settings are overridden for this launch: {', '.join(overruled)}."
        )


def _wait_for_enter() -> None:
    if sys.stdin is not None and sys.stdin.isatty():
        say("Press Enter to close this window.", end="")
        sys.stdin.readline()
