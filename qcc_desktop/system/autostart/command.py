"""The command line that starts this program hidden in the tray."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from qcc_desktop.storage.paths import HOME_VARIABLE
from qcc_desktop.system.autostart.state import LoginCommand

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
    return LoginCommand(
        _words(sys.executable, is_frozen=is_frozen, app_image=environ.get("APPIMAGE", "")),
        variables,
    )


def _words(executable: str, *, is_frozen: bool, app_image: str) -> tuple[str, ...]:
    if is_frozen:
        return (app_image or executable, HIDDEN)
    return (_without_console(executable), "-m", "qcc_desktop", HIDDEN)


def _without_console(executable: str) -> str:
    """Return the interpreter that opens no console: on Windows ``pythonw.exe`` beside it."""
    quiet = Path(executable).with_name("pythonw.exe")
    if executable.lower().endswith("python.exe") and quiet.exists():
        return str(quiet)
    return executable
