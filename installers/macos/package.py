"""Makes the macOS application, and out of it a disk image and an archive for updates.

PyInstaller makes the application, and signs it when a certificate is configured (see the spec).
What follows is done by programs that are on Macs only.
"""

import os
import platform
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import dev_env
import dev_package
import package_freeze
from macos import bundle

_HERE = Path(__file__).resolve().parent
_MACHINES = {"aarch64": "arm64", "AMD64": "x86_64"}

Run = Callable[[Sequence[str]], object]
"""Runs a program; raises `subprocess.CalledProcessError` when it fails."""


class LayoutError(Exception):
    """The application is not whole; the text says what is missing."""


def make() -> Sequence[Path]:
    """Make `dist/QCC Desktop.app`, the disk image and the archive.

    Raises:
        LayoutError: what was made is not whole.
        subprocess.CalledProcessError: a step failed; its own message was shown.
    """
    dev_package.ensure_tools()
    with tempfile.TemporaryDirectory(prefix="qcc-desktop-macos-") as scratch:
        icon = Path(scratch) / "qcc-desktop.icns"
        entitlements = bundle.write_entitlements(Path(scratch) / "entitlements.plist")
        _run((str(dev_env.executable("python")), str(_HERE / "icon.py"), str(icon)))
        extra = {"QCC_DESKTOP_ICON": str(icon), "QCC_DESKTOP_ENTITLEMENTS": str(entitlements)}
        app = package_freeze.freeze(dev_package.DIST, extra, name=bundle.BUNDLE_NAME)
    name = release_name(dev_package.version(), platform.machine())
    return [app, *package(app, dev_package.DIST, name)]


def check_layout(app: Path) -> None:
    """See that an application has what it needs to start, and nothing where codesign stumbles.

    Raises:
        LayoutError: something is missing or misplaced.
    """
    contents = app / "Contents"
    needed = (
        "Info.plist",
        "MacOS/qcc-desktop",
        "Resources/qcc-desktop.icns",
        "Resources/zh-Hans.lproj/InfoPlist.strings",
        "Resources/qcc_desktop/resources/icons/app.svg",
    )
    missing = [name for name in needed if not (contents / name).is_file()]
    if missing:
        raise LayoutError(f"{app.name} lacks {', '.join(missing)}")
    if not os.access(contents / "MacOS" / "qcc-desktop", os.X_OK):
        raise LayoutError("the program cannot be executed")
    programs = contents / "MacOS"
    odd = [path.name for path in programs.iterdir() if path.suffix in {".py", ".svg", ".qm"}]
    if odd:  # codesign takes everything there for a program
        raise LayoutError(f"data lies among the programs: {', '.join(sorted(odd))}")
    _check_links(app)


def _check_links(app: Path) -> None:
    """See that every link leads to something inside: moved to another place it must still work."""
    root = app.resolve()
    for path in app.rglob("*"):
        if path.is_symlink() and not (path.exists() and path.resolve().is_relative_to(root)):
            raise LayoutError(f"{path.relative_to(app)} leads outside or nowhere")


def package(
    app: Path,
    dist: Path,
    name: str,
    *,
    environ: Mapping[str, str] = os.environ,
    run: Run | None = None,
) -> list[Path]:
    """Make ``NAME.dmg`` and ``NAME.tar.gz`` of an application, and return them.

    Raises:
        LayoutError: the application is not whole.
        subprocess.CalledProcessError: a step failed; its own message was shown.
    """
    run = run or _run
    check_layout(app)
    identity = environ.get("QCC_DESKTOP_SIGN_IDENTITY")
    if identity:
        run(("codesign", "--verify", "--deep", "--strict", "--verbose=2", str(app)))
        run((str(_HERE / "notarise.sh"), str(app)))
    else:
        print("No certificate is configured: the application is signed ad hoc and not notarised.")
    archive, image = dist / f"{name}.tar.gz", dist / f"{name}.dmg"
    pack(app, archive)
    run((str(_HERE / "make_dmg.sh"), str(app), str(image)))
    if identity:
        run(("codesign", "--sign", identity, "--timestamp", str(image)))
        run((str(_HERE / "notarise.sh"), str(image)))
    return [image, archive]


def release_name(version: str, machine: str) -> str:
    """Return how the files are called, without their endings; ``machine`` as `platform` says."""
    return f"qcc-desktop-{version}-macos-{_MACHINES.get(machine, machine)}"


def pack(app: Path, archive: Path) -> None:
    """Put the application into an archive that a program updates itself from."""
    with tarfile.open(archive, "w:gz", format=tarfile.PAX_FORMAT) as opened:
        opened.add(app, arcname=app.name, filter=_of_nobody)


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _run(words: Sequence[str]) -> None:
    subprocess.run(words, check=True)
