"""Tells other processes of the same user how the running program is reached."""

import contextlib
import json
import os
import socket
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import write_private

_ANSWER_S = 2.0


@dataclass(frozen=True, slots=True)
class RuntimeInfo:
    """One running program; ``port`` is None while its proxy is switched off."""

    pid: int
    port: int | None
    host: str
    version: str
    started_at: str
    """ISO 8601, UTC."""
    control_port: int
    control_token: str = field(repr=False)
    token: str = field(repr=False)


def write_runtime(file: Path, info: RuntimeInfo) -> None:
    """Replace the file, readable by the owner alone. Blocks.

    Raises:
        UserFacingError: it cannot be written.
    """
    try:
        write_private(file, json.dumps(asdict(info)).encode())
    except OSError as error:
        raise UserFacingError(
            f"{file} cannot be written: {error.strerror or error}.",
            "Free some space or make the directory writable.",
        ) from error


def remove_runtime(file: Path) -> None:
    """Remove the file; no error when it is gone. Blocks."""
    with contextlib.suppress(FileNotFoundError):
        file.unlink()


def read_runtime(file: Path) -> RuntimeInfo | None:
    """Return what is written there, or None; says nothing about whether it still runs. Blocks."""
    try:
        document = json.loads(file.read_bytes())
        known = {item.name: document[item.name] for item in fields(RuntimeInfo)}
        return RuntimeInfo(**known)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def find_running(file: Path) -> RuntimeInfo | None:
    """Return the program that runs now; a file left behind by a crash counts as none. Blocks."""
    info = read_runtime(file)
    if info is None or not _pid_lives(info.pid) or not _answers(info.control_port):
        return None
    return info


def _pid_lives(pid: int) -> bool:
    """Whether there is such a process; on Windows always True, for ``os.kill`` would end it."""
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_ANSWER_S):
            return True
    except (OSError, OverflowError):
        return False
