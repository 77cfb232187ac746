"""The commands ``takeover`` and, without a file, ``restore``."""

import asyncio
import logging
import os
import sys
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from qcc_desktop.app.commands.output import complain, say_json, tell
from qcc_desktop.app.commands.running import target_of
from qcc_desktop.app.commands.session import open_session
from qcc_desktop.app.commands.speech import spoken
from qcc_desktop.app.control import ask
from qcc_desktop.app.logs import Logs
from qcc_desktop.app.stores import build_stores
from qcc_desktop.app.takeover_answer import as_answer
from qcc_desktop.core.errors import InvalidInput, NotRunning, UserFacingError
from qcc_desktop.runtime.clock import SystemClock
from qcc_desktop.services.takeover import Takeover, build_takeover
from qcc_desktop.storage.paths import find_paths
from qcc_desktop.storage.runtime_file import RuntimeInfo, find_running
from qcc_desktop.system.claude_settings.status import FileState

_log = logging.getLogger(__name__)
_YES = {"y", "yes"}
_LEADING = {FileState.OURS, FileState.OUTDATED}
"""Claude Code is sent to the proxy's place, which nobody may be at."""
_LOOK_S = 0.05
_LOOKS = 200
"""10 s: a dying process may write its memory to disk before it lets go of its sockets."""


def run(namespace: Namespace) -> int:
    """Lead Claude Code's own settings to the proxy, put them back, or tell how they stand."""
    match namespace.action:
        case "on":
            return asyncio.run(_on(as_json=namespace.json, is_agreed=namespace.yes))
        case "off":
            return asyncio.run(_off(as_json=namespace.json))
        case _:
            return asyncio.run(_status(as_json=namespace.json))


def give_back(*, as_json: bool) -> int:
    """Put Claude Code's settings back, whether or not a program runs."""
    return asyncio.run(_off(as_json=as_json))


def give_back_after(pid: int) -> int:
    """Put back what the program ``pid`` left when it ended without a word; the wish stays.

    A program that runs by now is left to look after the settings itself. The configuration is not
    read, for a broken one must not be in the way.
    """
    paths = find_paths(os.environ)
    logs = Logs(paths.log_file, lambda: ())
    try:
        _wait_for_end(paths.runtime_file, pid)
        stores = build_stores(paths, SystemClock(), with_keys=False)
        takeover = build_takeover(paths, stores.secrets, lambda: None, os.environ)
        asyncio.run(_give_back_after(pid, takeover, paths.runtime_file))
    except UserFacingError as error:
        _log.warning("%s", error)  # the guard has no terminal to say it in
        return error.exit_code
    finally:
        logs.close()
    return 0


async def _give_back_after(pid: int, takeover: Takeover, runtime_file: Path) -> None:
    _log.warning("The program (process %d) ended without a word", pid)
    for note in await takeover.give_back_unless(lambda: find_running(runtime_file) is not None):
        _log.warning("%s", note)


def _wait_for_end(runtime_file: Path, pid: int) -> None:
    for _ in range(_LOOKS):
        info = find_running(runtime_file)
        if info is None or info.pid != pid:
            return
        time.sleep(_LOOK_S)  # a process that is no child of ours tells us nothing


async def _on(*, as_json: bool, is_agreed: bool) -> int:
    info, takeover = await _open()
    if info is None:
        raise NotRunning(
            "QCC Desktop is not running.", "Start it with 'qcc-desktop' or 'qcc-desktop serve'."
        )
    target_of(info)
    if not is_agreed:
        await _agree(takeover)
    answer = (await ask(info, "takeover_on"))["takeover"]
    _tell(answer, as_json=as_json)
    return 0 if answer["active"] else 1


async def _agree(takeover: Takeover) -> None:
    """Show what would change and ask.

    Raises:
        InvalidInput: nobody can be asked, or the answer is no.
    """
    changes = await takeover.preview()
    if not changes:
        return
    complain("This changes Claude Code's own settings:")
    sys.stderr.write(changes)
    if sys.stdin is None or not sys.stdin.isatty():
        raise InvalidInput({"yes": "Nothing was changed. Add --yes to agree to the change above."})
    sys.stderr.write(spoken("Change it? [y/N] "))
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in _YES:
        raise InvalidInput({"yes": "Nothing was changed."})


async def _off(*, as_json: bool) -> int:
    info, takeover = await _open()
    if info is None:
        answer = as_answer(await takeover.turn_off())
    else:
        answer = (await ask(info, "takeover_off"))["takeover"]
    _tell(answer, as_json=as_json)
    return 0


async def _status(*, as_json: bool) -> int:
    info, takeover = await _open()
    if info is None:
        answer = as_answer(await takeover.status())
    else:
        answer = (await ask(info, "takeover_status"))["takeover"]
    _tell(answer, as_json=as_json, is_running=info is not None)
    return 0


async def _open() -> tuple[RuntimeInfo | None, Takeover]:
    """Return the running program, if one runs, and a takeover of this process's own."""
    session = await open_session()
    info = await asyncio.to_thread(find_running, session.paths.runtime_file)
    target = None if info is None or info.port is None else target_of(info)
    takeover = build_takeover(session.paths, session.stores.secrets, lambda: target, os.environ)
    return info, takeover


def _tell(answer: dict[str, Any], *, as_json: bool, is_running: bool = True) -> None:
    if as_json:
        say_json(answer)
        return
    tell(_wish_sentence(answer, is_running=is_running))
    for file in answer["files"]:
        tell(f"{file['path']}: {file['sentence']}")
    if answer["managed"]:
        names = ", ".join(answer["managed"])
        tell(f"Settings of your organisation set {names}; they win, and are left alone.")
    for note in answer["notes"]:
        complain(note)


def _wish_sentence(answer: dict[str, Any], *, is_running: bool) -> str:
    is_left = any(file["state"] in _LEADING for file in answer["files"])
    if answer["wanted"] and not is_running and not is_left:
        return (
            "Wanted, but the program is not running: Claude Code goes its own way until it starts."
        )
    return f"The takeover is {'on' if answer['wanted'] else 'off'}."
