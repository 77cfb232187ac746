"""What the demo says about itself: where it is shown, and how one goes on without it."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from qcc_desktop.app.commands.output import PROGRAM

NOTHING_KEPT = "nothing here is kept"
NO_SCREEN = "No screen here, so the demo runs in this terminal."


def captioned(title: str = "") -> str:
    """Return the line below the head of the window, with the part of the story that is played."""
    return " · ".join(filter(None, ("Demo with simulated endpoints", title, NOTHING_KEPT)))


def has_screen(environ: Mapping[str, str]) -> bool:
    """Tell whether there is a window system to show an icon in."""
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(environ.get(name) for name in known)


def next_steps(program: str, *, with_screen: bool) -> tuple[str, ...]:
    """Return two lines on how to go on with endpoints of one's own."""
    real = program if with_screen else f"{program} serve"
    return (f"Add an endpoint of yours:  {program} endpoint add --help", f"Start for real:  {real}")


def footer(program: str, *, with_screen: bool) -> tuple[str, ...]:
    """Return the three lines below the story in a terminal."""
    end = "Ctrl-C ends the demo." if with_screen else f"{NO_SCREEN} Ctrl-C ends it."
    return (end, *next_steps(program, with_screen=with_screen))


def program_name(started_as: str, folder: Path) -> str:
    """Return what to type in ``folder`` to start this program: its name where that is enough.

    ``started_as`` is how it was started now, from which its path is known.
    """
    if shutil.which(PROGRAM) is not None or Path(started_as).stem != PROGRAM:
        return PROGRAM
    path = Path(started_as)
    if path.is_absolute() and path.is_relative_to(folder):
        path = path.relative_to(folder)
    return os.fspath(path)
