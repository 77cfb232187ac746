"""Where the frozen program starts: gives the environment back, then runs the command line.

PyInstaller's starter puts its own folder on the search path of libraries and leaves notes for
itself in the environment. What we start in turn (a terminal, Claude Code, a browser) must not
load our libraries instead of the system's.
"""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

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


_OWN_FOLDERS = frozenset({getattr(sys, "_MEIPASS", "")})


def main() -> int:
    """Run the command line in the environment that the person has."""
    give_back(os.environ)
    keep_beside(os.environ, Path(sys.executable))
    from qcc_desktop.app.cli import main as run  # noqa: PLC0415 - after the environment is right

    return run()


if __name__ == "__main__":
    sys.exit(main())
