"""Picks the way of the system that the program runs on."""

import os
import sys
from pathlib import Path

from qcc_desktop.system.autostart.command import login_command
from qcc_desktop.system.autostart.state import AutostartEntry

if sys.platform == "win32":
    from qcc_desktop.system.autostart.registry import UserRegistry
    from qcc_desktop.system.autostart.windows import RunKey
elif sys.platform == "darwin":
    from qcc_desktop.system.autostart.macos import LaunchAgent, current_user_id, run_launchctl
else:
    from qcc_desktop.system.autostart.linux import DesktopFile, autostart_file


def autostart_entry() -> AutostartEntry:
    """Return this program's entry among what starts at login."""
    command = login_command()
    entry: AutostartEntry
    if sys.platform == "win32":
        entry = RunKey(command, UserRegistry())
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "LaunchAgents"
        entry = LaunchAgent(command, folder, run_launchctl, current_user_id())
    else:
        entry = DesktopFile(command, autostart_file(os.environ))
    return entry
