"""What the Windows set-up put aside because it was in use: folders beside the installed program.

Windows lets nobody delete a program that runs, but it may be renamed. An upgrade moves the former
version into ``former``, ``former-2`` … when a Claude Code window that it opened is still there;
`installers/windows/setup.nsi` says why. The folders go as soon as nobody uses them.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

_NAMES = "former*"


def put_aside(place: Path) -> Sequence[Path]:
    """Return the folders that are still there, of the program installed in ``place``. Blocks."""
    return [path for path in sorted(place.glob(_NAMES)) if path.is_dir()]


def clear_away(place: Path) -> None:
    """Delete what nobody uses any more; what is in use stays until the next time. Blocks."""
    for folder in put_aside(place):
        shutil.rmtree(folder, ignore_errors=True)
