"""Unpacks a release's archive."""

import shutil
import tarfile
import zlib
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.updating.synced import sync_all


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack a ``.tar.gz`` into ``folder``, made anew; return the one folder that is in it.

    Nothing is written outside of ``folder`` (tarfile, "Extraction filters": ``data``).

    Raises:
        UserFacingError: it is no archive of one folder.
        OSError: there is no room.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        with tarfile.open(archive, "r:gz") as opened:
            opened.extractall(folder, filter="data")
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise _spoilt() from error
    sync_all()
    found = list(folder.iterdir())
    if len(found) != 1 or found[0].is_symlink() or not found[0].is_dir():
        raise _spoilt()
    return found[0]


def _spoilt() -> UserFacingError:
    return UserFacingError("The new version is packed in a way that is not known here.")
