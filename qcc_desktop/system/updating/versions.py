"""Versions side by side in a user's folder on Linux; the link ``current`` leads to one of them."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import sync_dir
from qcc_desktop.system.installation import CURRENT, VERSIONS
from qcc_desktop.system.updating.in_use import is_in_use
from qcc_desktop.system.updating.unpack import unpack


class Versions:
    """Implements `system.updating.installer.Installer` below ``place``.

    ``program`` is the executable's name within a version's folder.
    """

    def __init__(self, place: Path, program: str) -> None:
        self._place = place
        self._program = program
        self._folder = place / VERSIONS
        self._current = place / CURRENT
        self._staged = ""
        self._former = ""

    def stage(self, asset: Path, version: str) -> Sequence[str]:
        """Unpack into ``versions/X``."""
        target = self._folder / version
        if target.name != version or target.resolve() == self._current.resolve():
            raise UserFacingError("This version is in use already.")
        half = self._folder / f".{version}.new"
        try:
            found = unpack(asset, half)
            shutil.rmtree(target, ignore_errors=True)
            found.rename(target)
        finally:
            shutil.rmtree(half, ignore_errors=True)
        sync_dir(self._folder)
        self._staged = version
        return (str(target / self._program),)

    def switch(self) -> Sequence[str]:
        """Lead ``current`` to what was staged."""
        self._former = os.readlink(self._current)  # noqa: PTH115 - the text of the link, as it is
        self._lead_to(f"{VERSIONS}/{self._staged}")
        return (str(self._current / self._program),)

    def put_back(self) -> Sequence[str]:
        """Lead ``current`` to where it led before."""
        self._lead_to(self._former)
        shutil.rmtree(self._folder / self._staged, ignore_errors=True)
        return (str(self._current / self._program),)

    def tidy(self) -> None:
        """Keep only the version that ``current`` leads to, and for the next time any that runs."""
        kept = self._current.resolve()
        if kept.parent != self._folder.resolve() or not kept.is_dir():
            return
        for folder in self._folder.iterdir():
            if folder.resolve() != kept and not is_in_use(folder):
                shutil.rmtree(folder, ignore_errors=True)
        self._half_link.unlink(missing_ok=True)

    @property
    def _half_link(self) -> Path:
        return self._place / f".{CURRENT}.new"

    def _lead_to(self, target: str) -> None:
        """Replace the link by a rename, so that there always is one."""
        self._half_link.unlink(missing_ok=True)
        self._half_link.symlink_to(target)
        self._half_link.replace(self._current)
        sync_dir(self._place)
