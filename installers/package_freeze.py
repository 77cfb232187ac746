"""The frozen program: PyInstaller's folder, stripped and self-tested."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import dev_env
import dev_package
import package_wheel

SPEC = dev_env.ROOT / "installers" / "pyinstaller" / "qcc-desktop.spec"
NAME = "qcc-desktop"
_ELF = b"\x7fELF"
_NOT_STRIPPED = "numpy.libs"
"""Its libraries were moved about by a tool after which `strip` leaves them unreadable."""


def make() -> Sequence[Path]:
    """Makes `dist/qcc-desktop`."""
    return [freeze(dev_package.DIST)]


def freeze(into: Path, extra: Mapping[str, str] | None = None, *, name: str = NAME) -> Path:
    """Freezes the program into a folder below ``into``, replacing an older one; takes minutes.

    ``extra`` are variables that the spec reads: icon, version information, signing. ``name`` is
    which of the folders that the spec makes is wanted.

    Raises:
        subprocess.CalledProcessError: PyInstaller or the self-test failed, its words were shown.
    """
    dev_package.ensure_tools()
    with tempfile.TemporaryDirectory(prefix="qcc-desktop-freeze-") as scratch:
        metadata = package_wheel.metadata(Path(scratch))
        command = [
            str(dev_env.executable("python")), "-m", "PyInstaller",
            "--noconfirm", "--log-level", "WARN",
            "--workpath", f"{scratch}/work", "--distpath", f"{scratch}/dist", str(SPEC),
        ]  # fmt: skip
        environment = {**os.environ, **(extra or {}), "QCC_DESKTOP_METADATA": str(metadata)}
        with (Path(scratch) / "log").open("w+", encoding="utf-8") as log:
            done = subprocess.run(command, env=environment, stdout=log, stderr=log, check=False)
            if done.returncode != 0:
                log.seek(0)
                print(log.read(), file=sys.stderr)
                raise subprocess.CalledProcessError(done.returncode, command)
        made = Path(scratch) / "dist" / name
        if sys.platform.startswith("linux"):
            strip(made)
        selftest(program_in(made))
        target = into / name
        shutil.rmtree(target, ignore_errors=True)
        into.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)
    return target


def program_in(made: Path) -> Path:
    """The program in a frozen folder or in a macOS application."""
    if made.suffix == ".app":
        return made / "Contents" / "MacOS" / NAME
    return made / (f"{NAME}.exe" if os.name == "nt" else NAME)


def strip(folder: Path) -> None:
    """Takes the names for debuggers out of libraries: 50 MB of 220."""
    if shutil.which("strip") is None:
        print("strip is missing (apt-get install binutils): the program stays larger.")
        return
    libraries = [
        path for path in programs(folder) if ".so" in path.name and _NOT_STRIPPED not in path.parts
    ]
    options = ("--strip-unneeded", "--remove-section=.comment", "--remove-section=.note")
    subprocess.run(["strip", *options, *libraries], check=True)


def programs(folder: Path) -> Iterator[Path]:
    """Programs and libraries of Linux below a folder, links left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == _ELF:
                    yield path


def selftest(program: Path) -> None:
    """Has the frozen program test itself, in an environment that says nothing about our clone.

    Raises:
        subprocess.CalledProcessError: it failed, and said why.
    """
    kept = ("PATH", "HOME", "TMPDIR", "LANG", "SYSTEMROOT", "TEMP", "USERPROFILE", "WINEPREFIX")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    done = subprocess.run(
        [program, "selftest"], env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        print(done.stdout, file=sys.stderr)
        raise subprocess.CalledProcessError(done.returncode, [str(program), "selftest"])
