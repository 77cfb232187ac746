"""Puts a published version in the place of this one, in the way of this installation.

The ways are imported late: their libraries would add 50 ms to a start, and most starts install
nothing.
"""

# ruff: noqa: PLC0415 - see above

import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.release import Asset, Release, asset_name
from qcc_desktop.services.daemon_threads import in_thread
from qcc_desktop.services.release_download import Downloads, Progress, check_file, disk_trouble
from qcc_desktop.services.update_state import Manner
from qcc_desktop.storage.paths import Paths
from qcc_desktop.system.installation import (
    INSTALLABLE,
    Installation,
    InstallationKind,
    find_installation,
)
from qcc_desktop.system.updating.installer import Installer
from qcc_desktop.system.updating.journal import Entry, Journal, Outcome
from qcc_desktop.system.updating.minisign import PublicKey
from qcc_desktop.system.updating.release_key import release_key
from qcc_desktop.system.updating.restart import start_after_exit
from qcc_desktop.system.updating.selftest import SelfTest


@dataclass(frozen=True, slots=True)
class Computer:
    """What the right file is chosen by and new programs are started with."""

    system: str
    machine: str
    environ: Mapping[str, str]
    program: str
    """The executable's name."""


def this_computer() -> Computer:
    """Return the one that the program runs on."""
    program = Path(sys.executable).name
    return Computer(platform.system(), platform.machine(), os.environ, program)


class UpdateInstall:
    """Downloads, proves, switches and restarts; implements `services.updates.UpdateWays`."""

    def __init__(
        self,
        paths: Paths,
        current: str,
        *,
        find: Callable[[], Installation] = find_installation,
        key: Callable[[], PublicKey | None] = release_key,
        computer: Callable[[], Computer] = this_computer,
    ) -> None:
        self._find = find
        self._find_key = key
        self._find_computer = computer
        self._current = current
        self._journal_file = paths.data_dir / "update.json"
        self._job_file = paths.data_dir / "update-job.json"
        self._folder = paths.cache_dir / "updates"
        self._log = paths.log_dir / "update-selftest.log"
        self._journal = Journal(self._journal_file)
        self._downloads = Downloads(self._folder)
        self._restart: Callable[[], int | None] | None = None
        self._held_back: int | None = None
        """Open until this process ends; see `system.updating.restart`."""

    async def manner(self) -> Manner:
        """Return how this installation gets a new version."""
        return await in_thread(self._manner)

    async def past(self) -> Entry | None:
        """Return how the update before this start went on."""
        return await in_thread(self._journal.read)

    async def tidy(self) -> None:
        """Take away what an update has left; afterwards `past` knows of none."""
        await in_thread(self._tidy)

    async def has_left(self) -> bool:
        """Return whether there is anything for `tidy`."""
        return await in_thread(self._has_left)

    async def download(self, release: Release, on_progress: Progress) -> Path:
        """Return the verified file for this computer.

        Raises:
            UserFacingError: there is none, or it is not what was signed.
        """
        asset, key = await in_thread(lambda: self._asset(release)), self._find_key()
        if key is None:
            raise UserFacingError("This build does not install updates.")
        return await self._downloads.fetch(asset, release.version, key, on_progress)

    async def install(self, file: Path, release: Release) -> None:
        """Put the version in the place of this one; it starts after `restart` and our end.

        Raises:
            UserFacingError: the former version is in its place, as before.
        """
        await in_thread(lambda: self._install(file, release))

    async def restart(self) -> None:
        """Have the new version started as soon as this program has ended.

        Raises:
            UserFacingError: it has to be started by hand.
        """
        try:
            if self._restart is not None:
                self._held_back = await in_thread(self._restart)
        except OSError as error:
            raise UserFacingError("QCC Desktop could not be started: start it by hand.") from error

    def _manner(self) -> Manner:
        installation = self._find()
        return Manner(installation.kind, self._find_key() is not None, installation.is_writable)

    def _asset(self, release: Release) -> Asset:
        computer = self._find_computer()
        name = asset_name(computer.system, computer.machine, self._find().kind)
        asset = release.assets.get(name)
        if asset is None:
            raise UserFacingError("The new version is not there for this computer yet.")
        return asset

    def _install(self, file: Path, release: Release) -> None:
        installation = self._find()
        try:
            check_file(file, self._asset(release))
            if installation.kind is InstallationKind.SETUP:
                self._prepare_setup(file, release.version, installation)
                return
            installer = self._installer(installation)
            self._journal.write(Entry(Outcome.UNDERWAY, self._current, release.version))
            words = self._switched(installer, file, release.version)
            self._journal.write(Entry(Outcome.SWITCHED, self._current, release.version))
        except OSError as error:
            raise disk_trouble(error) from error
        file.unlink(missing_ok=True)
        environ = self._find_computer().environ
        self._restart = lambda: start_after_exit(words, environ)

    def _switched(self, installer: Installer, file: Path, version: str) -> Sequence[str]:
        """Prove the version beside this one, switch, prove it again in its place."""
        test = SelfTest(self._find_computer().environ, self._log)
        try:
            test.run(installer.stage(file, version))
            words = installer.switch()
        except BaseException:
            self._forget(installer)
            raise
        try:
            test.run(words)
        except BaseException:
            installer.put_back()
            self._forget(installer)
            raise
        return words

    def _forget(self, installer: Installer) -> None:
        installer.tidy()
        self._journal.clear()

    def _prepare_setup(self, file: Path, version: str, installation: Installation) -> None:
        from qcc_desktop.system.updating import listing, setup

        computer = self._find_computer()
        job = setup.Job(
            setup=str(file),
            place=str(installation.place),
            former_copy=str(self._folder / "former"),
            program=computer.program,
            tester=_tester(computer.program),
            former=self._current,
            version=version,
            journal=str(self._journal_file),
            log=str(self._log),
            process=os.getpid(),
            listed=dict(listing.read_listing()),
        )
        self._restart = lambda: setup.hand_over(job, self._job_file, computer.environ)

    def _installer(self, installation: Installation) -> Installer:
        from qcc_desktop.system.updating.appimage import AppImage
        from qcc_desktop.system.updating.bundle import Bundle
        from qcc_desktop.system.updating.versions import Versions

        place = installation.place
        match installation.kind:
            case InstallationKind.APPIMAGE if place is not None:
                return AppImage(place)
            case InstallationKind.FOLDER if place is not None:
                return Versions(place, self._find_computer().program)
            case InstallationKind.APP if place is not None:
                return Bundle(place)
            case _:
                raise UserFacingError("This build does not install updates.")

    def _has_left(self) -> bool:
        return self._journal.read() is not None or bool(self._put_aside())

    def _put_aside(self) -> Sequence[Path]:
        """Return what a set-up could not delete; there are set-ups on Windows only."""
        from qcc_desktop.system.updating.aside import put_aside

        place = self._set_up_in()
        return put_aside(place) if place else ()

    def _tidy(self) -> None:
        from qcc_desktop.system.updating.aside import clear_away

        installation = self._find()
        if place := self._set_up_in():
            clear_away(place)
            if self._journal.read() is None:  # an update may be on its way already
                return
        elif installation.kind in INSTALLABLE:
            self._installer(installation).tidy()
        self._downloads.tidy()
        self._job_file.unlink(missing_ok=True)
        self._journal.clear()

    def _set_up_in(self) -> Path | None:
        """Return the folder that a Windows set-up owns; None for all other installations."""
        installation = self._find()
        return installation.place if installation.kind is InstallationKind.SETUP else None


def _tester(program: str) -> str:
    """Return the name of the executable with a console, which lies beside the one without."""
    name = Path(program)
    return f"{name.stem.removesuffix('w')}{name.suffix}"
