"""What starts a program: through no shim, with a Node.js that is really there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.core import installation_texts as faults
from qcc_desktop.system.finder.files import (
    children,
    head,
    is_dead_link,
    is_executable,
    is_file,
    real,
)
from qcc_desktop.system.finder.machine import Machine
from qcc_desktop.system.finder.shims import SCRIPTS, Shim, read_shim, shebang
from qcc_desktop.system.finder.version import package_folder

_DISPATCHERS = frozenset({"volta-shim", "mise", "mise-shim"})
"""Programs that look at the name they are called by; their links are started as they are."""
_DEPTH = 5
"""A shim of a shim of a link; more is a circle."""
_PLACEHOLDER = "native binary not installed"
"""npm's package holds a text of 500 bytes as ``bin/claude.exe`` until its postinstall ran."""


@dataclass(frozen=True, slots=True)
class Start:
    """The words that start a program and the file that is Claude Code in the end."""

    words: tuple[str, ...]
    target: Path | None = None
    """None: a version manager decides when it is started."""
    problem: str = ""


def start_of(program: Path, machine: Machine, search: Sequence[Path]) -> Start:
    """Return what starts ``program``; ``search`` is the PATH for Node.js. Reads files."""
    if is_dead_link(program):
        return Start((str(program),), real(program), faults.DEAD_LINK)
    if not machine.is_windows and not is_executable(program):
        return Start((str(program),), real(program), faults.NOT_EXECUTABLE)
    return _follow(program, machine, search, _DEPTH)


def _follow(program: Path, machine: Machine, search: Sequence[Path], depth: int) -> Start:
    target = real(program)
    if target.stem in _DISPATCHERS and target.stem != program.stem:
        return Start((str(program),))
    shim = read_shim(program) if depth else None
    if shim is not None and shim.manager:
        return _managed(program, shim, machine, search)
    if shim is not None and shim.target is not None:
        return _shimmed(shim.target, shim, machine, search, depth)
    if target.suffix in SCRIPTS:
        runtime, flags = shebang(target)
        return _with_runtime(target, Shim(target, runtime, flags), program.parent, machine, search)
    return _program(program, target)


def _shimmed(
    target: Path, shim: Shim, machine: Machine, search: Sequence[Path], depth: int
) -> Start:
    if not is_file(target):
        return Start((str(target),), real(target), faults.DEAD_SHIM)
    if shim.runtime and real(target).suffix in SCRIPTS:
        return _with_runtime(real(target), shim, target.parent, machine, search)
    return _follow(target, machine, search, depth - 1)


def _with_runtime(
    script: Path, shim: Shim, directory: Path, machine: Machine, search: Sequence[Path]
) -> Start:
    """Start a script by the Node.js that its installer put beside it, or one on PATH.

    ``#!/usr/bin/env node`` finds none in a program that Finder or autostart started.
    """
    above = (folder for folder in script.parents if folder.name in {"node_modules", "lib"})
    near = [place for folder in above for place in (folder.parent, folder.parent / "bin")]
    runtime = program_in((directory, *near, *search), shim.runtime, machine)
    if runtime is None:
        return Start((shim.runtime, *shim.flags, str(script)), script, faults.NO_NODE)
    return Start((str(runtime), *shim.flags, str(script)), script)


def _managed(program: Path, shim: Shim, machine: Machine, search: Sequence[Path]) -> Start:
    name, *rest = shim.manager
    near = (program.parent, program.parent.parent, program.parent.parent / "bin")
    manager = program_in((*near, *search), name, machine)
    if manager is None:
        return Start((str(program),), None, faults.NO_MANAGER)
    return Start((str(manager), *rest))


def _program(program: Path, target: Path) -> Start:
    """Start a program; npm's placeholder is passed by for the one of the platform's package."""
    begin = head(target, 600)
    if begin is None:
        return Start((str(program),), target, faults.UNREADABLE)
    folder = package_folder(target)
    if folder is None or _PLACEHOLDER not in begin.decode("utf-8", errors="replace"):
        return Start((str(program),), target)
    native = _native_inside(folder)
    if native is None:
        return Start((str(program),), target, faults.NO_POSTINSTALL)
    return Start((str(native),), target)


def _native_inside(folder: Path) -> Path | None:
    """Return the program of ``@anthropic-ai/claude-code-<platform>``, inside or beside the package.

    npm and bun install only the one that fits; of two (glibc and musl) the first by name does.
    """
    inside = folder / "node_modules" / "@anthropic-ai"
    for scope in (inside, folder.parent, real(folder).parent):
        for package in reversed(children(scope)):
            for name in ("claude", "claude.exe"):
                if package.name.startswith("claude-code-") and is_file(package / name):
                    return package / name
    return None


def program_in(directories: Sequence[Path], name: str, machine: Machine) -> Path | None:
    """Return the first program of that name."""
    file_name = f"{name}.exe" if machine.is_windows else name
    for directory in directories:
        path = directory / file_name
        if is_file(path) and (machine.is_windows or is_executable(path)):
            return path
    return None
