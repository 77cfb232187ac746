"""How this program is started again: by a name that lasts, with a console or without one.

On Windows the frozen program is two: ``qcc-desktop.exe`` has a console, and prints;
``qcc-desktopw.exe`` has none, and flashes none. They lie side by side.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath, PureWindowsPath

CONSOLE = "qcc-desktop.exe"
WINDOWED = "qcc-desktopw.exe"


def console_program(executable: str | None = None, environ: Mapping[str, str] | None = None) -> str:
    """Return the frozen program that commands are started with: it has a console."""
    return _sibling(_lasting(executable, environ), WINDOWED, CONSOLE)


def windowed_program(
    executable: str | None = None, environ: Mapping[str, str] | None = None
) -> str:
    """Return the frozen program that the tray is started with: it opens no console."""
    return _sibling(_lasting(executable, environ), CONSOLE, WINDOWED)


def _lasting(executable: str | None, environ: Mapping[str, str] | None) -> str:
    """Return the AppImage's file: what it is mounted at goes with the program that runs.

    A terminal that is an AppImage hands its variables on, which say nothing about us then
    (AppImage, "Environment variables").
    """
    executable = sys.executable if executable is None else executable
    environ = os.environ if environ is None else environ
    image, mount = environ.get("APPIMAGE", ""), environ.get("APPDIR", "")
    is_ours = bool(image and mount) and PurePath(os.path.realpath(mount)) in (
        PurePath(os.path.realpath(executable)).parents
    )
    return image if is_ours else executable


def _sibling(executable: str, name: str, wanted: str) -> str:
    """Return the program ``wanted`` beside one called ``name``, where there is such a one."""
    if PureWindowsPath(executable).name.lower() != name:
        return executable
    sibling = Path(executable).with_name(wanted)
    return str(sibling) if sibling.exists() else executable
