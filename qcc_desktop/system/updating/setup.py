"""Runs a verified Windows set-up after this program has ended, and undoes it if it fails.

Windows lets nobody replace a program that runs, so a copy of it does that: the copy waits for
the end, runs the set-up silently, has the installed version test itself and starts it. If the
test fails, the copy itself goes back to where it came from, and what Windows' list of installed
programs said too. A set-up that is cut off half-way (power, kill) is made good by the copy at the
next login, through ``RunOnce``.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # has no types of its own

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import write_private
from qcc_desktop.system.launcher.apart import DETACHED, NO_WINDOW, start_apart
from qcc_desktop.system.updating.journal import Entry, Journal, Outcome
from qcc_desktop.system.updating.listing import Listing, write_listing
from qcc_desktop.system.updating.selftest import SelfTest, clean_environ

COMMAND = "finish-update"
SILENT = ("/S",)
"""NSIS, "Command line usage": installs without a window, where it was installed before."""
_END_S = 120.0
_SETUP_S = 600.0
_VERSION_S = 30.0
_RUN_ONCE = r"Software\Microsoft\Windows\CurrentVersion\RunOnce"
_RUN_ONCE_NAME = "QCC Desktop update"


@dataclass(frozen=True, slots=True)
class Job:
    """What the copy has to do; paths as text, for it is handed over in a file."""

    setup: str
    place: str
    """The folder of the installed program."""
    former_copy: str
    program: str
    """The executable's name in both, the one without a console."""
    tester: str
    """The name of the one that can speak."""
    former: str
    version: str
    journal: str
    log: str
    process: int
    """Whose end is waited for."""
    listed: Listing = field(default_factory=dict)
    """What the list of installed programs said before; see `system.updating.listing`."""


def hand_over(job: Job, file: Path, environ: Mapping[str, str]) -> None:
    """Make the copy and have it wait for the end of this program. Blocks.

    Raises:
        OSError: nothing was changed.
    """
    copy = Path(job.former_copy)
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(job.place, copy)
    write_private(file, json.dumps(asdict(job)).encode())
    words = (str(copy / job.program), COMMAND, str(file))
    start_apart(words, clean_environ(environ), folder=copy, flags=DETACHED)


def main(words: Sequence[str]) -> int:
    """Be the copy: do the job in the file named by ``words``, then start what is installed."""
    try:
        job = Job(**json.loads(Path(words[0]).read_bytes()))
    except (OSError, ValueError, TypeError, LookupError):
        return 2
    _wait_for_end(job.process)
    _at_login((str(Path(job.former_copy) / job.program), COMMAND, words[0]))
    is_well = finish(job, os.environ)
    _at_login(None)
    place = Path(job.place)
    words = (str(place / job.program),)
    start_apart(words, clean_environ(os.environ), folder=place, flags=DETACHED)
    return 0 if is_well else 1


def finish(
    job: Job,
    environ: Mapping[str, str],
    *,
    write_listing: Callable[[Listing], None] = write_listing,
) -> bool:
    """Run the set-up and the new version's test; put the former back if either fails. Blocks.

    Doing it again after being cut off anywhere comes to the same end.
    """
    journal = Journal(Path(job.journal))
    tester = str(Path(job.place) / job.tester)
    try:
        _install(job, tester, environ)
        SelfTest(environ, Path(job.log)).run((tester,))
    except (OSError, subprocess.SubprocessError, UserFacingError):
        if _version(tester, environ) != job.former:
            _put_back(job)
            with contextlib.suppress(OSError):
                write_listing(job.listed)
        journal.write(Entry(Outcome.PUT_BACK, job.former, job.version, job.log))
        return False
    journal.write(Entry(Outcome.SWITCHED, job.former, job.version))
    return True


def _install(job: Job, tester: str, environ: Mapping[str, str]) -> None:
    """Run the set-up. What it says of itself is kept in the log, but the version counts.

    It refuses, changing nothing, while a Claude Code that was opened here holds the program.
    """
    ended = subprocess.run(  # noqa: S603 - verified
        [job.setup, *SILENT], env=clean_environ(environ), timeout=_SETUP_S, check=False
    )
    write_private(Path(job.log), f"The set-up ended with code {ended.returncode}.\n".encode())
    if _version(tester, environ) != job.version:
        raise UserFacingError("The set-up has not installed the new version.")


def _version(tester: str, environ: Mapping[str, str]) -> str:
    """Return the version that is installed; empty when it does not even say that."""
    try:
        said = subprocess.run(  # noqa: S603 - our own program
            [tester, "--version"],
            env=clean_environ(environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=NO_WINDOW if os.name == "nt" else 0,
            timeout=_VERSION_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout.decode(errors="replace").strip().rpartition(" ")[2]


def _put_back(job: Job) -> None:
    """Make the folder what it was before."""
    place = Path(job.place)
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(job.former_copy, place, dirs_exist_ok=True)


def _wait_for_end(process: int) -> None:
    try:
        psutil.Process(process).wait(_END_S)
    except psutil.Error:
        return  # it has ended, or hangs: then the set-up ends it


def _at_login(words: Sequence[str] | None) -> None:
    """Have ``words`` run at the next login, once; None takes that back."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - there only on Windows

        with (
            contextlib.suppress(OSError),
            winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_ONCE) as key,
        ):
            if words is None:
                winreg.DeleteValue(key, _RUN_ONCE_NAME)
            else:
                line = subprocess.list2cmdline(words)
                winreg.SetValueEx(key, _RUN_ONCE_NAME, 0, winreg.REG_SZ, line)
