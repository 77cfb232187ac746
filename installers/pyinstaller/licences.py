"""The licences of all that the frozen program is made of: one text for each part, in one folder.

Packages of Python bring their texts along. Those of what has no package, Python itself, Qt and
the libraries behind both, lie in `installers/licenses`. The program shows the folder under Help.
"""

import platform
import sqlite3
import ssl
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from qcc_desktop.services.package_facts import Component, licences

FOLDER = "licenses"
"""Its name in the frozen program, see `qcc_desktop.services.package_facts`."""
TEXTS = Path(__file__).resolve().parents[1] / "licenses"

_QT = "PySide6_Essentials"
_QT_PREFACE = (
    "Qt and PySide6 are used under the GNU Lesser General Public License, version 3, as shared"
    " libraries. They lie in the folder PySide6 and may be replaced by builds of your own of the"
    " same version. Their sources: https://download.qt.io/official_releases/QtForPython/ and"
    " https://download.qt.io/official_releases/qt/."
)
_MICROSOFT = (
    "Distributable code of Microsoft Visual Studio, unchanged, under its licence terms:"
    " https://visualstudio.microsoft.com/license-terms/."
)


class Part(NamedTuple):
    """A part that is no package of Python, with the files in `TEXTS` that hold its licence."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]
    system: str = ""
    """The one that it goes along on (`sys.platform`); empty is every one."""


PARTS = (
    Part("Python", platform.python_version(), "PSF-2.0", ("Python",)),
    Part("OpenSSL", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0", ("Apache-2.0",)),
    Part("SQLite", sqlite3.sqlite_version, "public domain", ("SQLite",)),
    Part("zlib", zlib.ZLIB_RUNTIME_VERSION, "Zlib", ("zlib",)),
    Part("bzip2", "", "bzip2-1.0.6", ("bzip2",)),
    Part("liblzma", "", "public domain", ("xz",)),
    Part("libffi", "", "MIT", ("libffi",)),
    Part("PyInstaller", "", "GPL-2.0-or-later WITH Bootloader-exception", ("PyInstaller",)),
    Part("ICU", "", "Unicode-3.0", ("ICU",), system="linux"),
    Part("libxcb", "", "MIT", ("libxcb",), system="linux"),
    Part("libxkbcommon", "", "MIT", ("libxkbcommon",), system="linux"),
)


def components(system: str = sys.platform) -> Iterator[Component]:
    """Yield everything that goes along on ``system``, each with the whole of its text."""
    for component in licences():
        if component.name == _QT:
            texts = _texts("LGPL-3.0", "GPL-3.0", "Qt-third-party")
            yield component._replace(text=f"{_QT_PREFACE}\n\n{texts}")
        elif component.name == "shiboken6":
            yield component._replace(text=f"As {_QT}, whose entry holds the texts.")
        elif component.name != "Python":
            yield component
    for part in PARTS:
        if part.system in {"", system}:
            yield Component(part.name, part.version, part.licence, _texts(*part.files))
    if system == "win32":
        yield Component("Microsoft Visual C++ Runtime", "", "proprietary", _MICROSOFT)


def write(folder: Path, system: str = sys.platform) -> Path:
    """Write one file for each part into ``folder``, made anew, and return it."""
    folder.mkdir(parents=True)
    for part in components(system):
        head = f"{part.name} {part.version}".strip()
        text = f"{head}\n{part.licence}\n\n{part.text}\n"
        (folder / f"{part.name}.txt").write_text(text, encoding="utf-8", newline="\n")
    return folder


def _texts(*names: str) -> str:
    return "\n\n".join(
        (TEXTS / f"{name}.txt").read_text(encoding="utf-8").strip() for name in names
    )
