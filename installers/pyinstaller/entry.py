"""Where the frozen program starts: gives the environment back, then runs the command line.

PyInstaller's starter puts its own folder on the search path of libraries and leaves notes for
itself in the environment. What we start in turn (a terminal, Claude Code, a browser) must not
load our libraries instead of the system's.
"""

import os
import sys
from collections.abc import Callable, MutableMapping
from pathlib import Path
from types import ModuleType, TracebackType
from typing import IO, Any, Self

_SEARCH_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_NOTES = "_PYI_"
_HOME = "QCC_DESKTOP_HOME"
PORTABLE_MARK = "portable.txt"


def give_back(environ: MutableMapping[str, str]) -> None:
    """Make ``environ`` what it was before PyInstaller's starter changed it.

    The starter keeps a variable's former value as ``NAME_ORIG``.
    """
    for name in [name for name in environ if name.startswith(_NOTES)]:
        del environ[name]
    for name in _SEARCH_PATHS:
        before = environ.pop(f"{name}_ORIG", None)
        if before is not None:
            environ[name] = before
        elif environ.get(name) in _OWN_FOLDERS:
            del environ[name]


def keep_beside(environ: MutableMapping[str, str], program: Path) -> None:
    """Have a portable program keep everything in ``home`` beside it.

    The mark beside it says that it is portable; a home that was asked for goes before.
    """
    if _HOME not in environ and (program.parent / PORTABLE_MARK).is_file():
        environ[_HOME] = str(program.parent / "home")


class Held:
    """Reads from a descriptor that others read from too: each has a place of its own."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._place = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close nothing: it is read from until the process ends."""

    def seek(self, place: int, _whence: int = os.SEEK_SET) -> None:
        """Read from ``place`` on, counted from the start."""
        self._place = place

    def read(self, count: int) -> bytes:
        """Return up to ``count`` bytes."""
        data = os.pread(self._descriptor, count, self._place)
        self._place += len(data)
        return data


def hold(reader: ModuleType, program: str) -> None:
    """Have modules read from the program as it is now, though another takes its place.

    An update of a macOS application lets the new one change places with the one that runs.
    PyInstaller opens its own file by name for each module (``loader/pyimod01_archive.py``) and
    would find the bytes of another program there. ``reader`` is that module.
    """
    descriptor = os.open(program, os.O_RDONLY)
    normal: Callable[..., IO[Any]] = open

    def held(name: str, mode: str = "r") -> Held | IO[Any]:
        return Held(descriptor) if name == program else normal(name, mode)

    vars(reader)["open"] = held


def _hold_own() -> None:
    """Hold this program; not on Windows, where what is open cannot be replaced."""
    reader, importers = (sys.modules.get(name) for name in _READERS)
    archive = getattr(importers, "pyz_archive", None)
    program = getattr(archive, "_filename", None)
    if os.name == "posix" and reader is not None and isinstance(program, str):
        hold(reader, program)


_READERS = ("pyimod01_archive", "pyimod02_importers")
_OWN_FOLDERS = frozenset({getattr(sys, "_MEIPASS", "")})


def main() -> int:
    """Run the command line in the environment that the person has."""
    give_back(os.environ)
    keep_beside(os.environ, Path(sys.executable))
    _hold_own()
    from qcc_desktop.app.cli import main as run  # noqa: PLC0415 - after the environment is right

    return run()


if __name__ == "__main__":
    sys.exit(main())
