"""Editors in which Claude Code runs, found and opened with an environment."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.apart import NO_WINDOW, start_apart
from qcc_desktop.system.launcher.here import batch_start

_PLATFORM: str = sys.platform


class EditorFamily(StrEnum):
    """How an editor that already runs treats the environment of a new window."""

    VSCODE = "vscode"
    """Its terminals get it: the command line hands its environment to the new window."""
    JETBRAINS = "jetbrains"
    """It keeps the one it was started with."""


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor; ``program`` is its full path where it was found."""

    id: str
    name: str
    family: EditorFamily
    commands: tuple[str, ...]
    application: str = ""
    """Its folder on macOS."""
    program: str = ""


_CODE, _IDEA = EditorFamily.VSCODE, EditorFamily.JETBRAINS
EDITORS = (
    Editor("code", "VS Code", _CODE, ("code",), "Visual Studio Code.app"),
    Editor("code-insiders", "VS Code Insiders", _CODE, ("code-insiders",), "Visual Studio Code - Insiders.app"),
    Editor("cursor", "Cursor", _CODE, ("cursor",), "Cursor.app"),
    Editor("windsurf", "Windsurf", _CODE, ("windsurf",), "Windsurf.app"),
    Editor("codium", "VSCodium", _CODE, ("codium", "vscodium"), "VSCodium.app"),
    Editor("idea", "IntelliJ IDEA", _IDEA, ("idea", "idea64"), "IntelliJ IDEA.app"),
    Editor("pycharm", "PyCharm", _IDEA, ("pycharm", "pycharm64", "charm"), "PyCharm.app"),
    Editor("webstorm", "WebStorm", _IDEA, ("webstorm", "webstorm64"), "WebStorm.app"),
    Editor("phpstorm", "PhpStorm", _IDEA, ("phpstorm", "phpstorm64", "pstorm"), "PhpStorm.app"),
    Editor("goland", "GoLand", _IDEA, ("goland", "goland64"), "GoLand.app"),
    Editor("clion", "CLion", _IDEA, ("clion", "clion64"), "CLion.app"),
    Editor("rider", "Rider", _IDEA, ("rider", "rider64"), "Rider.app"),
    Editor("rubymine", "RubyMine", _IDEA, ("rubymine", "rubymine64"), "RubyMine.app"),
    Editor("rustrover", "RustRover", _IDEA, ("rustrover", "rustrover64"), "RustRover.app"),
    Editor("studio", "Android Studio", _IDEA, ("studio", "studio64"), "Android Studio.app"),
)  # fmt: skip
_MAC_PROGRAMS = {
    _CODE: "Contents/Resources/app/bin/{command}",
    _IDEA: "Contents/MacOS/{command}",
}
"""Where the command lies within the application (VS Code docs, "Command line"; JetBrains docs)."""
_WINDOWS_FOLDERS = {
    "code": "Microsoft VS Code/bin",
    "code-insiders": "Microsoft VS Code Insiders/bin",
    "cursor": "cursor/resources/app/bin",
    "windsurf": "Windsurf/bin",
    "codium": "VSCodium/bin",
}


def installed_editors(environ: Mapping[str, str], home: Path) -> tuple[Editor, ...]:
    """Return the editors that are there, each with its program. Blocks."""
    search = os.pathsep.join([environ.get("PATH", ""), *map(str, _script_dirs(environ, home))])
    return tuple(_found(EDITORS, lambda editor: _program(editor, search, environ, home)))


def _found(editors: Sequence[Editor], find: Callable[[Editor], str | None]) -> Iterator[Editor]:
    for each in editors:
        if program := find(each):
            yield Editor(each.id, each.name, each.family, each.commands, each.application, program)


def _program(editor: Editor, search: str, environ: Mapping[str, str], home: Path) -> str | None:
    for command in editor.commands:
        if found := shutil.which(command, path=search):
            return found
    candidates = list(_elsewhere(editor, environ, home))
    return next((str(path) for path in candidates if path.exists()), None)


def _elsewhere(editor: Editor, environ: Mapping[str, str], home: Path) -> Iterator[Path]:
    """Yield where installers put an editor without putting it on the PATH."""
    command = editor.commands[0]
    if os.name == "nt":
        inside = _WINDOWS_FOLDERS.get(editor.id)
        for variable in ("LOCALAPPDATA", "ProgramFiles"):
            if inside and (base := environ.get(variable)):
                below = Path(base, "Programs") if variable == "LOCALAPPDATA" else Path(base)
                yield below / inside / f"{command}.cmd"
    elif _PLATFORM == "darwin":
        for folder in (Path("/Applications"), home / "Applications"):
            pattern = _MAC_PROGRAMS[editor.family]
            yield folder / editor.application / pattern.format(command=command)
    else:
        yield Path("/snap/bin") / command
        yield Path("/opt") / command / "bin" / command


def _script_dirs(environ: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """Return where JetBrains Toolbox puts its shell scripts (its help, "Shell scripts")."""
    if os.name == "nt":
        local = environ.get("LOCALAPPDATA")
        return (Path(local, "JetBrains/Toolbox/scripts"),) if local else ()
    if _PLATFORM == "darwin":
        return (
            home / "Library/Application Support/JetBrains/Toolbox/scripts",
            Path("/usr/local/bin"),
        )
    return (home / ".local/share/JetBrains/Toolbox/scripts", home / ".local/bin")


def open_editor(editor: Editor, folder: Path, environ: Mapping[str, str]) -> None:
    """Open ``folder`` in the editor with ``environ``. Blocks for a moment.

    Raises:
        UserFacingError: it cannot be started.
    """
    try:
        words = batch_start((editor.program, str(folder)))
        start_apart(words, environ, folder=folder, flags=NO_WINDOW)
    except OSError as error:
        raise UserFacingError(
            f"{editor.name} could not be opened: {error.strerror or error}.",
            f"Start {editor.program} in a terminal to see why.",
        ) from error
