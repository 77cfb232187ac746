"""Replaces an AppImage: one file, renamed over the other, the old one kept beside it."""

import contextlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from qcc_desktop.storage.atomic import sync_dir
from qcc_desktop.system.updating.synced import sync_file


class AppImage:
    """Implements `system.updating.installer.Installer`; the file keeps its name."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._new = place.with_name(f".{place.name}.new")
        self._former = place.with_name(f".{place.name}.old")

    def stage(self, asset: Path, version: str) -> Sequence[str]:
        """Copy the file beside the old one; ``version`` has no part in the name."""
        del version
        self._new.unlink(missing_ok=True)
        try:
            shutil.copyfile(asset, self._new)
            self._new.chmod(self._place.stat().st_mode & 0o777 | 0o100)
            sync_file(self._new)
        except OSError:
            with contextlib.suppress(OSError):
                self._new.unlink()
            raise
        return (str(self._new),)

    def switch(self) -> Sequence[str]:
        """Keep the old file under another name too, then rename the new one over it."""
        self._former.unlink(missing_ok=True)
        try:
            self._former.hardlink_to(self._place)
        except OSError:  # a file system without hard links, as on many USB sticks
            shutil.copy2(self._place, self._former)
        os.replace(self._new, self._place)  # noqa: PTH105 - as in the sentence above
        sync_dir(self._place.parent)
        return (str(self._place),)

    def put_back(self) -> Sequence[str]:
        """Rename the old file over the new one."""
        self._former.replace(self._place)
        sync_dir(self._place.parent)
        return (str(self._place),)

    def tidy(self) -> None:
        """Take the old file and a half-written new one away."""
        for file in (self._new, self._former):
            file.unlink(missing_ok=True)
