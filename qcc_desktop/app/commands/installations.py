"""What ``launch --list`` shows: every Claude Code on this computer."""

import asyncio
from collections.abc import Sequence

from qcc_desktop.app.commands.output import say_json, say_table, tell
from qcc_desktop.app.commands.session import open_session
from qcc_desktop.app.commands.speech import spoken, word
from qcc_desktop.services.claude_installations import ClaudeInstallations
from qcc_desktop.system.finder.installation import KIND_NAMES, Installation


def show_installations(*, as_json: bool) -> int:
    """Write a table, or a JSON list, of what was found; the launched one is marked."""
    found, chosen, command = asyncio.run(_look())
    if as_json:
        say_json([_fields(each, is_launched=each == chosen) for each in found])
    elif found:
        headings = ("", "Version", "From", "Place", "On PATH", "Problem")
        say_table("Claude Code", headings, [_row(each, chosen) for each in found])
    else:
        tell(f"Claude Code was not found on this computer. Install it in a terminal: {command}")
    return 0


async def _look() -> tuple[Sequence[Installation], Installation | None, str]:
    session = await open_session()
    installations = ClaudeInstallations(session.stores.configuration)
    found = await installations.found()
    return found, installations.chosen(), installations.install_command()


def _row(each: Installation, chosen: Installation | None) -> tuple[str, ...]:
    return (
        "*" if each == chosen else "",
        each.version or "?",
        word("Installation", KIND_NAMES[each.kind]),
        str(each.path),
        spoken("yes" if each.is_on_path else "no"),
        spoken(each.problem),
    )


def _fields(each: Installation, *, is_launched: bool) -> dict[str, object]:
    return {
        "path": str(each.path),
        "kind": each.kind.value,
        "version": each.version,
        "command": list(each.words),
        "on_path": each.is_on_path,
        "problem": each.problem,
        "launched": is_launched,
    }
