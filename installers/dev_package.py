"""`dev.py package --target …`: makes one kind of what users download, into `dist/`.

    folder     the frozen program in a folder, for the system this runs on
    wheel      the wheel and the source archive, for pipx, uvx and pip
    deb        for Debian, Ubuntu and their kin; needs Linux and dpkg-deb
    appimage   one file for any Linux; needs appimagetool
    windows    the set-up and the portable program; needs NSIS, and Windows or Wine
    macos      the application and its disk image; needs macOS

Each prints where it lies and how large it is. What is frozen has passed its own self-test.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import dev_env

DIST = dev_env.ROOT / "dist"
RELEASE_WORKFLOW = "the release workflow (.github/workflows/release.yml)"
TARGETS = ("folder", "wheel", "deb", "appimage", "windows", "macos")


class RefusedError(Exception):
    """This system cannot make it; the text is the sentence for the person."""


def main(arguments: Sequence[str]) -> int:
    """Makes one target; 1 where this system cannot."""
    parser = argparse.ArgumentParser(
        prog="dev.py package", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--target", required=True, choices=TARGETS)
    target: str = parser.parse_args(arguments).target
    try:
        refuse(target)
        made = makers()[target]()
    except RefusedError as refused:
        print(refused, file=sys.stderr)
        return 1
    for path in made:
        print(f"{path.relative_to(dev_env.ROOT)}  ({size_bytes(path) / 1e6:.1f} MB)")
    return 0


def refuse(
    target: str,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> None:
    """Does nothing where ``target`` can be made here.

    Raises:
        RefusedError: it cannot.
    """
    if target == "windows":
        _refuse_windows(platform, which)
    if target == "macos" and platform != "darwin":
        raise RefusedError(f"The macOS app is made by {RELEASE_WORKFLOW}, which has a macOS.")
    if target in {"deb", "appimage"} and not platform.startswith("linux"):
        raise RefusedError(f"The target {target} is made on Linux only.")
    tool = {"deb": "dpkg-deb", "appimage": "appimagetool"}.get(target)
    if tool is not None and which(tool) is None:
        raise RefusedError(
            f"The target {target} needs {tool} on the path; {RELEASE_WORKFLOW} has it."
        )


def _refuse_windows(platform: str, which: Callable[[str], str | None]) -> None:
    from windows import package as package_windows  # noqa: PLC0415 - it imports this module

    reason = package_windows.refuse(platform, which)
    if reason is not None:
        raise RefusedError(reason)


def makers() -> Mapping[str, Callable[[], Sequence[Path]]]:
    """What makes each target that is made here."""
    import package_freeze  # noqa: PLC0415 - each imports this module
    import package_linux  # noqa: PLC0415
    import package_wheel  # noqa: PLC0415
    from macos import package as package_macos  # noqa: PLC0415
    from windows import package as package_windows  # noqa: PLC0415

    return {
        "folder": package_freeze.make,
        "wheel": package_wheel.make,
        "deb": package_linux.make_deb,
        "appimage": package_linux.make_appimage,
        "windows": package_windows.make,
        "macos": package_macos.make,
    }


def version() -> str:
    """This program's version, as pyproject.toml takes it from the package."""
    text = (dev_env.ROOT / "qcc_desktop" / "__init__.py").read_text(encoding="utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def ensure_tools() -> None:
    """Installs PyInstaller and the builder of wheels into `.venv`, once."""
    ready = subprocess.run(
        [dev_env.executable("python"), "-c", "import PyInstaller, hatchling"],
        capture_output=True,
        check=False,
    )
    if ready.returncode != 0:
        constraint = ("--constraint", str(dev_env.CONSTRAINTS))
        dev_env.pip_install(dev_env.VENV, *constraint, "--editable", ".[package]")


def size_bytes(path: Path) -> int:
    """Size of a file, or of all files below a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(each.lstat().st_size for each in path.rglob("*") if not each.is_dir())
