"""Has the program run in the background when a command needs its proxy."""

import asyncio
import os
import socket
import sys
from collections.abc import Mapping

from qcc_desktop.app.commands.output import complain
from qcc_desktop.app.commands.running import target_of
from qcc_desktop.app.control import ask
from qcc_desktop.core.errors import NotRunning
from qcc_desktop.services.claude_code import Target, program_words
from qcc_desktop.storage.paths import Paths
from qcc_desktop.storage.runtime_file import RuntimeInfo, find_running
from qcc_desktop.system.launcher.detached import last_words, start_detached
from qcc_desktop.system.launcher.linux import has_screen

_PLATFORM: str = sys.platform
_LOOK_S = 0.1
_LOOKS = 450
"""45 s: a cold start on a slow disk."""
_ANSWER_S = 2.0


def target_now(paths: Paths) -> Target | None:
    """Return where the proxy listens at this moment, None when it does not. Blocks."""
    info = find_running(paths.runtime_file)
    if info is None or info.port is None or not _listens(info.host, info.port):
        return None
    return target_of(info)


def _listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_ANSWER_S):
            return True
    except OSError:
        return False


async def start_program(paths: Paths) -> None:
    """Have the proxy listen: switch it on, or start the program in the background.

    With a screen that is the tray program, without one ``serve``.

    Raises:
        UserFacingError: it could not be started; the sentence is the program's own.
    """
    info = await asyncio.to_thread(find_running, paths.runtime_file)
    if info is None:
        info = await _start(paths)
    if info.port is None:
        await ask(info, "toggle")


async def _start(paths: Paths) -> RuntimeInfo:
    complaints = paths.log_dir / "start.log"
    has_tray = _has_tray(os.environ)
    words = (*program_words(), *(("--hidden",) if has_tray else ("serve",)))
    process = await asyncio.to_thread(start_detached, words, os.environ, complaints)
    info: RuntimeInfo | None = None
    for _ in range(_LOOKS):
        info = await asyncio.to_thread(find_running, paths.runtime_file)
        if info is not None or process.poll() is not None:
            break
        await asyncio.sleep(_LOOK_S)  # the other process tells nobody
    if info is None:
        raise NotRunning(
            "QCC Desktop was not running and could not be started.",
            await asyncio.to_thread(last_words, complaints)
            or "Start it with 'qcc-desktop' or 'qcc-desktop serve'.",
        )
    ending = "its tray icon" if has_tray else f"'kill {info.pid}'"
    complain(f"QCC Desktop was started in the background; {ending} ends it.")
    return info


def _has_tray(environ: Mapping[str, str]) -> bool:
    """Whether the tray program can show itself."""
    if _PLATFORM == "linux":
        return has_screen(environ)
    return "SSH_CONNECTION" not in environ
