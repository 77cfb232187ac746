"""Opens Terminal.app on macOS."""

import shlex
from collections.abc import Sequence


def terminal_command(folder: str, command: Sequence[str]) -> tuple[str, ...]:
    """Return the ``osascript`` line that runs ``command`` in a new window of Terminal.

    The text is handed over as an argument of the script, so that only the shell's quoting is
    needed and none of AppleScript's.
    """
    line = f"cd {shlex.quote(folder)} && {shlex.join(command)}"
    return (
        "osascript",
        "-e",
        "on run argv",
        "-e",
        'tell application "Terminal"',
        "-e",
        "activate",
        "-e",
        "do script (item 1 of argv)",
        "-e",
        "end tell",
        "-e",
        "end run",
        line,
    )
