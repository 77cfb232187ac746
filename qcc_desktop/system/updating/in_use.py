"""Tells whether a program still runs from a folder that is about to go."""

from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types


def is_in_use(folder: Path) -> bool:
    """Return whether any process that can be seen was started from below ``folder``. Blocks.

    A Claude Code that the former version opened may outlive the update by days, and with it the
    former version's own process beside it, which still loads parts of itself when it ends.
    """
    place = folder.resolve()
    programs = (process.info["exe"] for process in psutil.process_iter(["exe"]))
    return any(program and place in Path(program).parents for program in programs)
