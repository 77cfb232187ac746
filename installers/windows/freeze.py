"""Freezes the program for Windows: on Windows itself, or on Linux through Wine."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import dev_env
import dev_package
import dev_tools
import package_freeze
import package_wheel
from windows import version_info, wine

NAME = package_freeze.NAME
PROGRAMS = (f"{NAME}.exe", f"{NAME}w.exe")
"""With a console, for commands; without one, for the tray."""
_PREFIX = dev_tools.TOOLS / "wine-prefix"


def freeze(into: Path, scratch: Path) -> Path:
    """Makes the folder of the program below ``into``; what passes no self-test is not kept.

    Raises:
        subprocess.CalledProcessError: PyInstaller or the self-test failed, its words were shown.
    """
    for name in version_info.PROGRAMS:
        text = version_info.text(dev_package.version(), name)
        (scratch / f"{name}.version").write_text(text, encoding="utf-8")
    extra = {"QCC_DESKTOP_ICON": str(icon(scratch)), "QCC_DESKTOP_VERSION_FILES": str(scratch)}
    if os.name == "nt":
        return package_freeze.freeze(into, extra)
    return _through_wine(into, extra)


def icon(scratch: Path) -> Path:
    """Makes the icon of programs and set-up and, beside it, the set-up's picture (``.bmp``)."""
    file = scratch / "qcc-desktop.ico"
    command = [dev_env.executable("python"), Path(__file__).with_name("icon.py")]
    for made in (file, file.with_suffix(".bmp")):
        subprocess.run([*command, made], check=True)
    return file


def _through_wine(into: Path, extra: dict[str, str]) -> Path:
    wine.prepare(_PREFIX)
    dev_package.ensure_tools()  # before it is asked what PyInstaller itself needs
    python = wine.python()
    with tempfile.TemporaryDirectory(prefix="qcc-desktop-freeze-") as directory:
        scratch = Path(directory)
        variables = {name: wine.path(Path(value)) for name, value in extra.items()}
        variables["QCC_DESKTOP_METADATA"] = wine.path(package_wheel.metadata(scratch))
        variables |= {"PYTHONUTF8": "1", "QCC_DESKTOP_KEPT": wine.NUMPY_KEPT}
        places = ("--workpath", wine.path(scratch / "w"), "--distpath", wine.path(scratch / "d"))
        options = ("--noconfirm", "--log-level", "WARN", *places)
        words = (python, "-m", "PyInstaller", *options, wine.path(package_freeze.SPEC))
        wine.run(_PREFIX, words, extra=variables)
        made = scratch / "d" / NAME
        wine.run(_PREFIX, (made / PROGRAMS[0], "selftest"))
        target = into / NAME
        shutil.rmtree(target, ignore_errors=True)
        into.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)
    return target
