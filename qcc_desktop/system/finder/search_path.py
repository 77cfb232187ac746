"""PATH as the person's terminal has it, which programs started from an icon do not.

Finder, Explorer and autostart give ``/usr/bin:/bin:/usr/sbin:/sbin`` or an old registry's value;
what a profile or an installer added later is missing (cc-switch issues 1453, 3877).
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from qcc_desktop.system.finder.files import children, text
from qcc_desktop.system.finder.machine import MACHINE_ENVIRONMENT, USER_ENVIRONMENT, Machine

_MARK = "qcc-desktop-path"
_ASK = f"/bin/sh -c 'echo {_MARK}; printenv PATH; echo {_MARK}'"
"""Words that bash, zsh, fish, tcsh, ksh, nu and xonsh read alike: PATH is a list in some of them,
but the environment of a program has it with colons."""

_PROFILE_TIMEOUT_S = 10.0
"""As VS Code waits for a shell's profile (src/vs/platform/shell/node/shellEnv.ts)."""
_PLAIN_TIMEOUT_S = 3.0

_QUIET = {"TERM": "dumb", "VSCODE_RESOLVING_ENVIRONMENT": "1"}
"""The variable is VS Code's; profiles that would start tmux or another shell look for it."""


def own_path(machine: Machine) -> tuple[Path, ...]:
    """Return the directories of this process's PATH."""
    return _directories(machine, machine.environ.get("PATH", "") or _any_case(machine))


def terminal_path(machine: Machine) -> tuple[Path, ...]:
    """Return the directories that a new terminal searches. Blocks up to 13 s for a slow profile."""
    if machine.is_windows:
        return registry_path(machine)
    return _unique((*shell_path(machine), *listed_path(machine)))


def registry_path(machine: Machine) -> tuple[Path, ...]:
    """Return PATH as a new program of Windows gets it: the machine's, then the user's."""
    values = (
        value
        for key in (MACHINE_ENVIRONMENT, USER_ENVIRONMENT)
        for name, value in machine.registry(key).items()
        if name.upper() == "PATH"
    )
    return _directories(machine, ";".join(map(machine.expanded, values)))


def listed_path(machine: Machine) -> tuple[Path, ...]:
    """Return what macOS's path_helper(8) reads: ``/etc/paths``, then the files of ``paths.d``."""
    if machine.platform != "darwin":
        return ()
    files = (machine.at("/etc/paths"), *reversed(children(machine.at("/etc/paths.d"))))
    lines = (line.strip() for file in files for line in text(file).splitlines())
    return tuple(machine.at(line) for line in lines if line.startswith("/"))


def shell_path(machine: Machine) -> tuple[Path, ...]:
    """Return PATH as the login shell sets it, nothing when it cannot be asked. Blocks.

    Interactive first, for most people's lines are in ``.bashrc`` or ``.zshrc``; then without,
    for a profile that waits for a terminal.
    """
    if not machine.shell:
        return ()
    environ = {**machine.environ, "HOME": str(machine.home), **_QUIET}
    for flags, timeout_s in _ways_to_ask(machine.shell):
        output = machine.run((machine.shell, *flags, _ASK), environ, timeout_s)
        if found := _marked(output):
            return _directories(machine, found)
    return ()


def _ways_to_ask(shell: str) -> Iterable[tuple[tuple[str, ...], float]]:
    name = PurePosixPath(shell).name
    if name in {"tcsh", "csh"}:  # -l is allowed only alone (tcsh(1))
        yield ("-ic",), _PROFILE_TIMEOUT_S
        yield ("-c",), _PLAIN_TIMEOUT_S
    elif name == "nu":  # -l reads env.nu, config.nu and login.nu; -i would open the line editor
        yield ("-l", "-c"), _PROFILE_TIMEOUT_S
    elif name in {"pwsh", "pwsh-preview"}:
        yield ("-Login", "-NoLogo", "-Command"), _PROFILE_TIMEOUT_S
    else:
        yield ("-i", "-l", "-c"), _PROFILE_TIMEOUT_S
        yield ("-l", "-c"), _PLAIN_TIMEOUT_S


def _marked(output: bytes | None) -> str:
    """Return what stands between the marks; a profile's own words are around them."""
    words = (output or b"").decode("utf-8", "surrogateescape")
    found = re.search(rf"^{_MARK}\r?\n(.*?)\r?\n{_MARK}\s*$", words, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def _any_case(machine: Machine) -> str:
    """Return Windows' ``Path``, which a plain mapping finds in that case only."""
    return next((value for name, value in machine.environ.items() if name.upper() == "PATH"), "")


def _directories(machine: Machine, value: str) -> tuple[Path, ...]:
    """Split PATH; relative and empty entries mean the current folder and are left out."""
    separator = ";" if machine.is_windows else ":"
    paths = (machine.path(entry) for entry in value.split(separator) if entry.strip())
    return _unique(path for path in paths if path.is_absolute())


def _unique(paths: Iterable[Path]) -> tuple[Path, ...]:
    found: dict[str, Path] = {}
    for path in paths:
        found.setdefault(os.path.normcase(path), path)
    return tuple(found.values())
