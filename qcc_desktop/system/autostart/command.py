"""The command line that starts this program hidden in the tray."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from qcc_desktop.storage.paths import HOME_VARIABLE
from qcc_desktop.system.autostart.state import LoginCommand
from qcc_desktop.system.own_program import windowed_program

HIDDEN = "--hidden"


def login_command(environ: Mapping[str, str] | None = None) -> LoginCommand:
    """Return what has to be started so that the program as it runs now runs again.

    A portable program takes its home with it. An AppImage is named by its file, for what it is
    mounted at is gone with it (AppImage, "Environment variables").
    """
    environ = os.environ if environ is None else environ
    is_frozen = bool(getattr(sys, "frozen", False))
    home = environ.get(HOME_VARIABLE, "").strip()
    variables = {HOME_VARIABLE: str(Path(home).expanduser().resolve())} if home else {}
    if is_frozen:
        return LoginCommand((windowed_program(environ=environ), HIDDEN), variables)
    python = _without_console(sys.executable)
    return LoginCommand((python, "-m", "qcc_desktop", HIDDEN), variables)


def _without_console(executable: str) -> str:
    """Return the interpreter that opens no console: on Windows ``pythonw.exe`` beside it."""
    quiet = Path(executable).with_name("pythonw.exe")
    if executable.lower().endswith("python.exe") and quiet.exists():
        return str(quiet)
    return executable
