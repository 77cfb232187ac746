"""How this program was installed, and so who may update it."""

import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

VERSIONS = "versions"
CURRENT = "current"
_UV_CACHES = frozenset({"archive-v0", "environments-v1", "environments-v2"})
"""Where ``uvx`` keeps what it runs (uv 0.4 to 0.9)."""
SETUP_MARK = "uninstall.exe"
"""What the Windows set-up puts beside the program; the portable zip has none."""


class InstallationKind(StrEnum):
    """The forms in which the program is had; the value names the form in a release."""

    APPIMAGE = "appimage"
    FOLDER = "folder"
    """A user's folder on Linux: ``versions/X`` side by side, ``current`` leads to one."""
    SETUP = "setup"
    """Installed by the Windows set-up, for one user."""
    APP = "app"
    """A macOS application."""
    DEB = "deb"
    """In the system's folders, where the package manager rules."""
    PORTABLE = "portable"
    PIPX = "pipx"
    UV = "uv"
    UVX = "uvx"
    PIP = "pip"
    SOURCE = "source"
    """A clone."""


INSTALLABLE = frozenset(
    {
        InstallationKind.APPIMAGE,
        InstallationKind.FOLDER,
        InstallationKind.SETUP,
        InstallationKind.APP,
    }
)
"""The kinds that this program updates itself; the others are only told."""


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation of this program.

    ``place`` is what an update replaces: the AppImage's file, the folder that holds ``versions``,
    the program's folder on Windows, the ``.app``. None for all others.
    """

    kind: InstallationKind
    place: Path | None = None

    @property
    def is_writable(self) -> bool:
        """Whether this user may replace it. Blocks."""
        if self.place is None:
            return False
        is_inside = self.kind is InstallationKind.FOLDER
        return os.access(self.place if is_inside else self.place.parent, os.W_OK | os.X_OK)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the running program is; what `find_installation` decides by."""

    executable: Path
    package: Path
    prefix: Path
    is_frozen: bool
    system: str
    """As `platform.system` says it."""
    environ: Mapping[str, str]


def find_installation(around: Surroundings | None = None) -> Installation:
    """Return how this program was installed. Blocks."""
    around = around or _surroundings()
    return _frozen(around) if around.is_frozen else Installation(_of_python(around))


def _surroundings() -> Surroundings:
    return Surroundings(
        executable=Path(sys.executable).resolve(),
        package=Path(__file__).resolve().parents[1],
        prefix=Path(sys.prefix),
        is_frozen=bool(getattr(sys, "frozen", False)),
        system=platform.system(),
        environ=os.environ,
    )


def _frozen(around: Surroundings) -> Installation:
    program = around.executable
    if around.system == "Darwin":
        bundle = next((part for part in program.parents if part.suffix == ".app"), None)
        kind = InstallationKind.PORTABLE if bundle is None else InstallationKind.APP
        return Installation(kind, bundle)
    if around.system == "Windows":
        if (program.parent / SETUP_MARK).is_file():
            return Installation(InstallationKind.SETUP, program.parent)
        return Installation(InstallationKind.PORTABLE)
    return _frozen_on_linux(around)


def _frozen_on_linux(around: Surroundings) -> Installation:
    program, image = around.executable, around.environ.get("APPIMAGE", "")
    if image and _is_mounted(program, around.environ.get("APPDIR", "")):
        return Installation(InstallationKind.APPIMAGE, Path(image).resolve())
    if _is_below(program, "/usr") or _is_below(program, "/opt"):
        return Installation(InstallationKind.DEB)
    folder = program.parent.parent
    if folder.name == VERSIONS and (folder.parent / CURRENT).is_symlink():
        return Installation(InstallationKind.FOLDER, folder.parent)
    return Installation(InstallationKind.PORTABLE)


def _is_mounted(program: PurePath, mount: str) -> bool:
    """Tell whether it is this program's AppImage, not that of the terminal it was started in."""
    return bool(mount) and _is_below(program, os.path.realpath(mount))


def _is_below(path: PurePath, folder: str) -> bool:
    return PurePath(folder) in path.parents


def _of_python(around: Surroundings) -> InstallationKind:
    parts = {part.lower() for part in around.prefix.parts}
    if (around.package.parent / "pyproject.toml").is_file():
        return InstallationKind.SOURCE
    if (around.prefix / "pipx_metadata.json").is_file() or "pipx" in parts:
        return InstallationKind.PIPX
    if "uv" in parts and parts & _UV_CACHES:
        return InstallationKind.UVX
    if "uv" in parts or (around.prefix / "uv-receipt.toml").is_file():
        return InstallationKind.UV
    if _is_below(around.package, "/usr/lib/python3"):
        return InstallationKind.DEB
    return InstallationKind.PIP
