"""The command ``autostart``: whether the program starts at login."""

import asyncio
from argparse import Namespace

from qcc_desktop.app.commands.output import say, say_json, tell
from qcc_desktop.services.autostart import Autostart
from qcc_desktop.system.autostart.entry import autostart_entry
from qcc_desktop.system.autostart.state import AutostartState, AutostartStatus

_SENTENCES = {
    AutostartStatus.ON: "QCC Desktop starts at login.",
    AutostartStatus.OFF: "QCC Desktop does not start at login.",
    AutostartStatus.STALE: "Another copy of QCC Desktop starts at login; 'autostart on' takes this.",
    AutostartStatus.BLOCKED: "The system's settings keep QCC Desktop from starting at login.",
}
_GONE = "The entry starts a program that is gone; 'qcc-desktop autostart on' mends it."


def run(namespace: Namespace) -> int:
    """Switch it on or off, and say what happens at the next login."""
    state = asyncio.run(_act(namespace.action))
    if namespace.json:
        say_json({"status": state.status, "entry": state.place, "command": state.command})
        return 0
    tell(_GONE if state.is_orphaned else _SENTENCES[state.status])
    if state.command:
        say(f"{state.place}: {state.command}")
    return 0


async def _act(action: str) -> AutostartState:
    autostart = Autostart(autostart_entry)
    match action:
        case "on":
            return await autostart.turn_on()
        case "off":
            return await autostart.turn_off()
        case _:
            return await autostart.state()
