r"""A value of the registry's ``Run`` key (Microsoft, "Run and RunOnce Registry Keys").

``HKCU\Software\Microsoft\Windows\CurrentVersion\Run``. Task manager and settings switch an entry
off beside it, in ``…\Explorer\StartupApproved\Run``: an odd first byte means off.
"""

import shutil
import subprocess
from typing import Protocol

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.autostart.state import AutostartState, AutostartStatus, LoginCommand

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
NAME = "QCC Desktop"
_LONGEST = 260
"""Windows runs no longer command line from the ``Run`` key."""


class Registry(Protocol):
    """The current user's part of the registry. Everything may raise OSError."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """Return a value, None when it or its key is not there."""
        ...

    def set_text(self, key: str, name: str, text: str) -> None:
        """Write a text, and make the key if need be."""
        ...

    def delete(self, key: str, name: str) -> None:
        """Remove a value; no error when it is not there."""
        ...


class RunKey:
    """Implements `system.autostart.state.AutostartEntry`."""

    def __init__(self, command: LoginCommand, registry: Registry) -> None:
        self._command = command
        self._registry = registry

    def read(self) -> AutostartState:
        """Look whether there is an entry."""
        place = rf"HKEY_CURRENT_USER\{RUN}\{NAME}"
        line = self._registry.get(RUN, NAME)
        if not isinstance(line, str):
            return AutostartState(AutostartStatus.OFF, place)
        approved = self._registry.get(APPROVED, NAME)
        if isinstance(approved, bytes) and approved and approved[0] % 2:
            return AutostartState(AutostartStatus.BLOCKED, place, line)
        if line == subprocess.list2cmdline(self._command.words):
            return AutostartState(AutostartStatus.ON, place, line)
        is_gone = shutil.which(_program_of(line)) is None
        return AutostartState(AutostartStatus.STALE, place, line, is_orphaned=is_gone)

    def write(self) -> None:
        """Make the entry, and lift what switched it off.

        Raises:
            UserFacingError: Windows would not start it.
        """
        if self._command.variables:
            raise UserFacingError(
                "A portable QCC Desktop cannot start at login on Windows.",
                "Start it without QCC_DESKTOP_HOME, or put a shortcut into the Startup folder.",
            )
        line = subprocess.list2cmdline(self._command.words)
        if len(line) > _LONGEST:
            raise UserFacingError(
                "The path of the program is too long for Windows to start it at login.",
                "Move the program to a folder with a shorter path.",
            )
        self._registry.set_text(RUN, NAME, line)
        self._registry.delete(APPROVED, NAME)

    def remove(self) -> None:
        """Leave nothing behind."""
        self._registry.delete(RUN, NAME)
        self._registry.delete(APPROVED, NAME)


def _program_of(line: str) -> str:
    """Return the first word of a Windows command line, which may be quoted."""
    if line.startswith('"'):
        return line[1:].partition('"')[0]
    return line.partition(" ")[0]
