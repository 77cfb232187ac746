"""Our own files and folders: private, writable, with room, and none left behind."""

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.config import Config
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.paths import Paths
from qcc_desktop.storage.runtime_file import find_running

FIX_PERMISSIONS = "files.make_private"
FIX_RUNTIME = "files.remove_dead_runtime"
_PRIVATE = 0o077
_MB = 1024 * 1024
_LITTLE_ROOM_BYTES = 500 * _MB
_NO_ROOM_BYTES = 50 * _MB
_LARGE_LOG_BYTES = 50 * _MB
"""Rotation keeps 10 MB (`app.logs`); more means that it fails, as on Windows with two writers."""

LoadConfig = Callable[[], tuple[Config, tuple[str, ...]]]
"""Reads the stored configuration, with sentences about what had to be replaced."""


def check_config(file: Path, load: LoadConfig) -> tuple[Finding, ...]:
    """Read the configuration as the next start would, without touching it. Blocks."""
    title = say(texts.CONFIG)

    def finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> tuple[Finding, ...]:
        return (Finding("config_file", title, verdict, detail, remedy),)

    try:
        config, notices = load()
    except UserFacingError as error:
        detail, remedy = (say(texts.AS_IT_IS, text=words) for words in (error.title, error.hint))
        return finding(Verdict.PROBLEM, detail, remedy)
    if notices:
        detail = say(texts.CONFIG_REPLACED, notices=" ".join(notices))
        return finding(Verdict.PROBLEM, detail, say(texts.CONFIG_REPLACED_DO, file=file))
    if not file.exists():
        return finding(Verdict.OK, say(texts.CONFIG_NONE, file=file))
    return finding(Verdict.OK, say(texts.CONFIG_WELL, count=len(config.endpoints), file=file))


def private_files(paths: Paths) -> tuple[Path, ...]:
    """Return the files that must be the user's alone and are there. Blocks."""
    named = (paths.config_file, paths.secrets_file, paths.runtime_file)
    histories = sorted(paths.data_dir.glob(f"{paths.history_file.name}*"))
    logs = sorted(paths.log_dir.glob(f"{paths.log_file.name}*"))
    launches = sorted(paths.launch_dir.glob("*"))
    return tuple(file for file in (*named, *histories, *logs, *launches) if file.is_file())


def open_files(paths: Paths) -> tuple[Path, ...]:
    """Return those of `private_files` that others may read or write. Blocks."""
    return tuple(
        file for file in private_files(paths) if stat.S_IMODE(file.stat().st_mode) & _PRIVATE
    )


def check_permissions(paths: Paths, *, os_name: str = os.name) -> tuple[Finding, ...]:
    """Look at the modes of everything private. Blocks."""
    title = say(texts.PERMISSIONS)
    if os_name == "nt":
        return (Finding("permissions", title, Verdict.OK, say(texts.PERMISSIONS_WINDOWS)),)
    found = open_files(paths)
    if not found:
        return (Finding("permissions", title, Verdict.OK, say(texts.PERMISSIONS_WELL)),)
    detail = say(texts.PERMISSIONS_OPEN, files=", ".join(map(str, found)))
    remedy = say(texts.PERMISSIONS_OPEN_DO, files=" ".join(f"'{file}'" for file in found))
    return (Finding("permissions", title, Verdict.PROBLEM, detail, remedy, FIX_PERMISSIONS),)


def make_private(paths: Paths) -> tuple[Path, ...]:
    """Take the rights of others from everything private; return what was changed. Blocks."""
    changed = open_files(paths)
    for file in changed:
        file.chmod(stat.S_IMODE(file.stat().st_mode) & ~_PRIVATE)
    return changed


def check_folders(paths: Paths) -> tuple[Finding, ...]:
    """Look whether everything can be written and has room. Blocks; leaves nothing behind."""
    folders = (paths.config_dir, paths.data_dir, paths.log_dir, paths.cache_dir)
    title = say(texts.FOLDERS)
    locked = [folder for folder in dict.fromkeys(folders) if not _is_writable(folder)]
    if locked:
        detail = say(texts.FOLDERS_LOCKED, folders=", ".join(map(str, locked)))
        return (Finding("folders", title, Verdict.PROBLEM, detail, say(texts.FOLDERS_LOCKED_DO)),)
    folder, free = min(
        ((folder, shutil.disk_usage(_existing(folder)).free) for folder in folders),
        key=lambda pair: pair[1],
    )
    if free >= _LITTLE_ROOM_BYTES:
        return (Finding("folders", title, Verdict.OK, say(texts.FOLDERS_WELL, free=size(free))),)
    verdict = Verdict.PROBLEM if free < _NO_ROOM_BYTES else Verdict.NOTE
    detail = say(texts.FOLDERS_FULL, free=size(free), folder=folder)
    return (Finding("folders", title, verdict, detail, say(texts.FOLDERS_FULL_DO)),)


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def _is_writable(folder: Path) -> bool:
    """Try it, where the folder is there: rights alone do not tell of a read-only disk."""
    place = _existing(folder)
    if place != folder:
        return place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    probe = folder / f".doctor-{os.getpid()}.tmp"
    try:
        with probe.open("xb"):
            pass
    except OSError:
        return False
    with contextlib.suppress(OSError):
        probe.unlink()
    return True


def check_log(paths: Paths) -> tuple[Finding, ...]:
    """Look how large the log has become. Blocks."""
    title, folder = say(texts.LOG), paths.log_dir
    files = list(folder.glob(f"{paths.log_file.name}*"))
    total = _total(files)
    if not files:
        return (Finding("log", title, Verdict.OK, say(texts.LOG_NONE, folder=folder)),)
    if total <= _LARGE_LOG_BYTES:
        detail = say(texts.LOG_WELL, size=size(total), folder=folder)
        return (Finding("log", title, Verdict.OK, detail),)
    detail = say(texts.LOG_LARGE, size=size(total), folder=folder)
    return (Finding("log", title, Verdict.NOTE, detail, say(texts.LOG_LARGE_DO)),)


def _total(files: Iterable[Path]) -> int:
    total = 0
    for file in files:
        with contextlib.suppress(OSError):
            total += file.stat().st_size
    return total


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < _MB:
        return f"{count / 1024:.0f} KB"
    return f"{count / _MB:.0f} MB" if count < 1024 * _MB else f"{count / (1024 * _MB):.0f} GB"


def check_runtime(paths: Paths) -> tuple[Finding, ...]:
    """Look for the runtime file of a program that is no more. Blocks for seconds at most."""
    title, file = say(texts.RUNTIME), paths.runtime_file
    if not file.exists() or find_running(file) is not None:
        return (Finding("runtime_file", title, Verdict.OK, say(texts.RUNTIME_WELL)),)
    detail, remedy = say(texts.RUNTIME_DEAD, file=file), say(texts.RUNTIME_DEAD_DO)
    return (Finding("runtime_file", title, Verdict.NOTE, detail, remedy, FIX_RUNTIME),)


def remove_dead_runtime(paths: Paths) -> bool:
    """Remove the runtime file unless its program runs; return whether it was there. Blocks."""
    if not paths.runtime_file.exists() or find_running(paths.runtime_file) is not None:
        return False
    paths.runtime_file.unlink(missing_ok=True)
    return True
