"""The command ``stop``: has the running program finish its answers and end."""

import asyncio
from argparse import Namespace

import psutil  # type: ignore[import-untyped]  # it ships no types

from qcc_desktop.app.commands.output import say_json, tell
from qcc_desktop.app.commands.session import running_program
from qcc_desktop.app.control import ask
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.proxy_control import DRAIN_S
from qcc_desktop.storage.runtime_file import RuntimeInfo

_LOOK_S = 0.05
_LOOKS = round((DRAIN_S + 15.0) / _LOOK_S)
"""The answers that still run have their time, then every other part within its own deadline."""


def run(namespace: Namespace) -> int:
    """Ask it to stop and wait until its process has ended; a set-up replaces its files then."""
    info = running_program()
    asyncio.run(_stop(info))
    if namespace.json:
        say_json({"pid": info.pid, "version": info.version})
    else:
        tell(f"QCC Desktop has ended (process {info.pid}).")
    return 0


async def _stop(info: RuntimeInfo) -> None:
    process = _process(info.pid)  # before the question: a number may be used again
    await ask(info, "stop")
    for _ in range(_LOOKS):
        if process is None or not _lives(process):
            return
        await asyncio.sleep(_LOOK_S)  # a process that is no child of ours tells nobody
    raise UserFacingError(
        f"QCC Desktop (process {info.pid}) has not ended within {_LOOKS * _LOOK_S:g} s.",
        "Its log says what it waits for; end the process if it hangs.",
    )


def _process(pid: int) -> psutil.Process | None:
    try:
        return psutil.Process(pid)
    except psutil.NoSuchProcess:
        return None


def _lives(process: psutil.Process) -> bool:
    """Whether it runs; one whose parent has not taken its exit code yet has ended all the same."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
