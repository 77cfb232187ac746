"""A launch agent of the user (Apple, ``launchd.plist(5)``, ``launchctl(1)``).

The file in ``~/Library/LaunchAgents`` is read at login. It is not loaded at once, for that would
start a second program, and not unloaded when it is removed, for that would end this one.

``SMAppService`` would need a helper in the application that follows its place; the agent follows
it by `services.autostart` instead, and works for a program that is no application too.
"""

import os
import plistlib
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import write_private
from qcc_desktop.system.autostart.state import AutostartState, AutostartStatus, LoginCommand

LABEL = "qcc-desktop"
APPLICATION = "io.github.qcc-desktop.qcc-desktop"
"""Under which name and icon the system's list of login items shows the agent (macOS 13)."""
_PASSING = ("/AppTranslocation/", "/Volumes/QCC Desktop")
"""Where an application runs that was not moved out of its download or its disk image: macOS gives
it another place at the next start (App Translocation), or none."""
_TIMEOUT_S = 5.0

Launchctl = Callable[[Sequence[str]], str]
"""Runs ``launchctl`` with these words and returns what it prints; empty when it fails."""


class LaunchAgent:
    """Implements `system.autostart.state.AutostartEntry`."""

    def __init__(
        self, command: LoginCommand, folder: Path, launchctl: Launchctl, user_id: int
    ) -> None:
        self._command = command
        self._file = folder / f"{LABEL}.plist"
        self._launchctl = launchctl
        self._domain = f"gui/{user_id}"

    def read(self) -> AutostartState:
        """Look whether there is an entry; one that cannot be read starts nothing."""
        place = str(self._file)
        try:
            values = _values(self._file.read_bytes())
        except FileNotFoundError:
            return AutostartState(AutostartStatus.OFF, place)
        words = [str(word) for word in values.get("ProgramArguments", ())]
        shown = " ".join(words)
        if values.get("Disabled") is True or self._is_disabled():
            return AutostartState(AutostartStatus.BLOCKED, place, shown)
        if values == self._wanted():
            return AutostartState(AutostartStatus.ON, place, shown)
        is_gone = not words or not Path(words[0]).exists()
        return AutostartState(AutostartStatus.STALE, place, shown, is_orphaned=is_gone)

    def write(self) -> None:
        """Make the entry, and lift what switched it off.

        Raises:
            UserFacingError: the program will not be there at the next login.
        """
        if any(place in self._command.words[0] for place in _PASSING):
            raise UserFacingError(
                "QCC Desktop cannot start at login from where macOS keeps it for the moment.",
                "Move it to the Applications folder and start it from there.",
            )
        write_private(self._file, plistlib.dumps(self._wanted()))
        if self._is_disabled():
            self._launchctl(("enable", f"{self._domain}/{LABEL}"))

    def remove(self) -> None:
        """Leave nothing behind."""
        self._file.unlink(missing_ok=True)

    def _wanted(self) -> dict[str, Any]:
        agent: dict[str, Any] = {
            "Label": LABEL,
            "ProgramArguments": list(self._command.words),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
            "AssociatedBundleIdentifiers": [APPLICATION],
        }
        if self._command.variables:
            agent["EnvironmentVariables"] = dict(self._command.variables)
        return agent

    def _is_disabled(self) -> bool:
        """Ask launchd; it prints ``"label" => disabled``, older ones ``=> true``."""
        said = self._launchctl(("print-disabled", self._domain))
        return re.search(rf'"{re.escape(LABEL)}"\s*=>\s*(disabled|true)\b', said) is not None


def run_launchctl(words: Sequence[str]) -> str:
    """Run ``launchctl``; a failure is an empty answer, for the file alone decides then."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, our own words
            ("/bin/launchctl", *words),
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def current_user_id() -> int:
    """Return whose session it is; 0 where users have no number."""
    return int(getattr(os, "getuid", int)())


def _values(data: bytes) -> dict[str, Any]:
    try:
        found = plistlib.loads(data)
    except (plistlib.InvalidFileException, ExpatError, ValueError, LookupError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
