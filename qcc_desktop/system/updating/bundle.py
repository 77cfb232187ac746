"""Replaces a macOS application: two folders change places."""

import contextlib
import encodings
import importlib
import pkgutil
import plistlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.updating.exchange import exchange
from qcc_desktop.system.updating.in_use import is_in_use
from qcc_desktop.system.updating.unpack import unpack


class Bundle:
    """Implements `system.updating.installer.Installer`; the application keeps its name.

    The archive is a ``.tar.gz`` with the signed ``.app`` in it. What is downloaded by a program
    carries no quarantine, so Gatekeeper does not ask again.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._beside = place.with_name(f".{place.stem}.update")
        self._staged = self._beside / place.name

    def stage(self, asset: Path, version: str) -> Sequence[str]:
        """Unpack beside the application, on the same file system."""
        del version
        found = unpack(asset, self._beside)
        if found != self._staged:
            found.rename(self._staged)
        return (str(_executable(self._staged)),)

    def switch(self) -> Sequence[str]:
        """Change places with what was staged.

        This program goes on for as long as its answers take, with another one's files in the place
        of its own: its modules it still has (installers/pyinstaller/entry.py), its codecs must be
        loaded now.
        """
        _load_codecs()
        exchange(self._staged, self._place)
        return (str(_executable(self._place)),)

    def put_back(self) -> Sequence[str]:
        """Change places again."""
        exchange(self._staged, self._place)
        return (str(_executable(self._place)),)

    def tidy(self) -> None:
        """Take away whichever is not in its place, unless it still runs."""
        if self._beside.is_dir() and not is_in_use(self._beside):
            shutil.rmtree(self._beside, ignore_errors=True)


def _load_codecs() -> None:
    for module in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(ImportError):  # those of Windows
            importlib.import_module(f"encodings.{module.name}")


def _executable(bundle: Path) -> Path:
    """Return the program that an application starts.

    Raises:
        UserFacingError: it is no application.
    """
    try:
        facts = plistlib.loads((bundle / "Contents" / "Info.plist").read_bytes())
        name = facts["CFBundleExecutable"]
    except (OSError, ValueError, LookupError, TypeError, ExpatError) as error:
        raise UserFacingError("The new version is no application.") from error
    return bundle / "Contents" / "MacOS" / str(name)
