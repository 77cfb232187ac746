"""Picks the way of the system that the program runs on."""

import sys
from collections.abc import Mapping

from qcc_desktop.system.notifications.linux import FreedesktopMessages


def desktop_messages(
    environ: Mapping[str, str], *, platform: str = sys.platform
) -> FreedesktopMessages | None:
    """Return who shows messages and tells of clicks; None where Qt's tray icon does both."""
    address = environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if platform != "linux" or not address:
        return None
    return FreedesktopMessages(address)
