"""The computer as a value, so that every system's layout can be looked at from any other."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

USER_ENVIRONMENT = r"HKCU\Environment"
MACHINE_ENVIRONMENT = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"

Runner = Callable[[Sequence[str], Mapping[str, str], float], "bytes | None"]
"""Runs words in an environment for at most so many seconds: its output, None when it failed."""


def _empty_registry(_key: str) -> Mapping[str, str]:
    return {}


def _run_nothing(
    _words: Sequence[str], _environ: Mapping[str, str], _timeout_s: float
) -> bytes | None:
    return None


@dataclass(frozen=True, slots=True)
class Machine:
    """What the finder may look at."""

    platform: str
    """As `sys.platform`: ``win32``, ``darwin`` or ``linux``."""
    environ: Mapping[str, str]
    home: Path
    shell: str = ""
    """The login shell's program; empty on Windows."""
    root: Path = Path("/")
    """What absolute places such as ``/opt/homebrew`` are below; another one in tests."""
    registry: Callable[[str], Mapping[str, str]] = field(default=_empty_registry, repr=False)
    """Returns the values of a registry key, by name."""
    run: Runner = field(default=_run_nothing, repr=False)

    @property
    def is_windows(self) -> bool:
        """Whether it is Windows."""
        return self.platform == "win32"

    def variable(self, name: str) -> str:
        """Return a variable as this process or, on Windows, the registry has it; else empty.

        A program that Explorer started before an installer ran lacks what that installer set.
        """
        if not self.is_windows:
            return self.environ.get(name, "")
        for values in self._sources():
            for key, value in values.items():
                if key.upper() == name.upper() and value:
                    return self.expanded(value)
        return ""

    def folder(self, name: str) -> Path | None:
        """Return the directory that a variable names, None when it is not set."""
        value = self.variable(name)
        return self.path(value) if value else None

    def path(self, text: str) -> Path:
        """Return a path as this system writes it, quotes and ``~`` understood."""
        bare = text.strip().strip('"')
        if self.is_windows:
            bare = bare.replace("\\", "/")
        if bare == "~" or bare.startswith("~/"):
            return self.home / bare[2:]
        return Path(bare)

    def at(self, absolute: str) -> Path:
        """Return an absolute place of this system."""
        return self.root / absolute.lstrip("/")

    def expanded(self, value: str, depth: int = 4) -> str:
        """Return ``%NAMES%`` replaced, as Windows does for REG_EXPAND_SZ; unknown ones stay."""
        if not depth or "%" not in value:
            return value
        known = {
            name.upper(): text
            for values in reversed(tuple(self._sources()))
            for name, text in values.items()
        }

        def replaced(match: re.Match[str]) -> str:
            text = known.get(match[1].upper())
            return match[0] if text is None or text == value else text

        return self.expanded(re.sub(r"%([^%;]+)%", replaced, value), depth - 1)

    def _sources(self) -> tuple[Mapping[str, str], ...]:
        return (
            self.environ,
            self.registry(USER_ENVIRONMENT),
            self.registry(MACHINE_ENVIRONMENT),
        )


def this_machine(environ: Mapping[str, str] | None = None, home: Path | None = None) -> Machine:
    """Return the computer that this runs on."""
    environ = os.environ if environ is None else environ
    return Machine(
        platform=sys.platform,
        environ=environ,
        home=Path.home() if home is None else home,
        shell=environ.get("SHELL", "") or _shell_of_user(),
        registry=read_registry,
        run=run_quietly,
    )


def _shell_of_user() -> str:
    """Return the shell of the user database; autostarted programs may lack ``SHELL``."""
    if sys.platform != "win32":
        import pwd  # noqa: PLC0415 - not on Windows

        with contextlib.suppress(KeyError):
            return pwd.getpwuid(os.getuid()).pw_shell
    return ""


def read_registry(key: str) -> Mapping[str, str]:
    """Return the text values of a registry key; nothing where there is no registry."""
    platform: str = sys.platform  # a variable, which a type checker of one system leaves open
    if platform != "win32":
        return {}
    import winreg  # noqa: PLC0415 - Windows only

    hive, _, name = key.partition("\\")
    values: dict[str, str] = {}
    with suppress(OSError):
        root = getattr(winreg, {"HKCU": "HKEY_CURRENT_USER"}.get(hive, "HKEY_LOCAL_MACHINE"))
        with getattr(winreg, "OpenKey")(root, name) as opened:  # noqa: B009 - typed on Windows only
            while True:
                label, value, _ = getattr(winreg, "EnumValue")(opened, len(values))  # noqa: B009
                values[label] = str(value)
    return values


def run_quietly(words: Sequence[str], environ: Mapping[str, str], timeout_s: float) -> bytes | None:
    """Run a program without a window or a terminal and return its output. Blocks.

    The output goes to a file, not a pipe: a daemon that a shell's profile starts keeps a pipe
    open, and reading would wait for it. The program has a session of its own, so that an
    interactive shell does not stop at the terminal of this process, and all of it can be ended.
    """
    flags: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(  # noqa: S603 - words are ours, or a program that was found
                list(words),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env=dict(environ),
                start_new_session=True,
                creationflags=flags,
            )
        except (OSError, ValueError):
            return None
        try:
            code = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            _end(process)
            return None
        output.seek(0)
        return output.read() if code == 0 else None


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and what it started, and reap it."""
    with suppress(OSError, AttributeError):
        getattr(os, "killpg")(process.pid, 9)  # noqa: B009 - not on Windows
    process.kill()
    process.wait()
