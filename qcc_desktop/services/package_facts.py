"""What the installed packages tell about this program: versions, licences, the manual.

Loaded when it is first asked for: the libraries behind it take 50 ms of a start.
"""

import platform
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import InvalidRequirement, Requirement

from qcc_desktop import __version__

PACKAGE = "qcc-desktop"
_ROOT = Path(__file__).resolve().parents[2]
_PACKED = Path(__file__).resolve().parents[1] / "resources"
"""Where a wheel and the frozen program carry the Chinese manual; the English is their metadata."""
_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_LICENCES = _ROOT / "licenses"
"""Where the frozen program carries one text for each part, see `installers/pyinstaller`."""
_LONGEST_NAME = 60


class Component(NamedTuple):
    """The fields of `services.about.Licence`."""

    name: str
    version: str
    licence: str
    text: str = ""


def versions() -> tuple[str, str, str, str]:
    """Return program, Python, Qt and system (`services.about.Versions`). Blocks."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return __version__, platform.python_version(), _version("PySide6-Essentials"), system


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def manual(*, is_chinese: bool) -> str:
    """Return the README: of a clone, else the one that the installed package carries. Blocks."""
    names = ("README.zh-CN.md", "README.md") if is_chinese else ("README.md",)
    is_clone = (_ROOT / "pyproject.toml").is_file()
    for name in names:
        file = (_ROOT if is_clone else _PACKED) / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    try:
        found = distribution(PACKAGE).metadata
    except PackageNotFoundError:
        return ""
    # as a field: importlib_metadata, which keyring loads, puts its own finder into the place of
    # the standard one, and its values have no payload
    return "".join(found.get_all("Description") or ())


def licences() -> tuple[Component, ...]:
    """Return this program's licence, then those of everything it is built from. Blocks."""
    if getattr(sys, "frozen", False) and _LICENCES.is_dir():
        return written_licences(_LICENCES)
    found = {item.name: item for item in map(_licence, _parts())}
    own = found.pop(PACKAGE, None)
    python = Component("Python", platform.python_version(), "PSF-2.0")
    return (*([own] if own else []), *_by_name([*found.values(), python]))


def written_licences(folder: Path) -> tuple[Component, ...]:
    """Return what lies in a folder: one file for each part, this program's own first. Blocks."""
    found = [_read(file) for file in folder.glob("*.txt")]
    own = [item for item in found if item.name == PACKAGE]
    return (*own, *_by_name(item for item in found if item.name != PACKAGE))


def _read(file: Path) -> Component:
    """Read a file of name and version, licence, an empty line, and the text."""
    head, licence, _, text = f"{file.read_text(encoding='utf-8')}\n\n\n".split("\n", 3)
    return Component(file.stem, head.removeprefix(file.stem).strip(), licence, text.strip())


def _by_name(components: Iterable[Component]) -> list[Component]:
    return sorted(components, key=lambda item: item.name.lower())


def _parts() -> Iterator[Distribution]:
    """Walk from this program's package along what each needs here, extras included."""
    waiting: list[tuple[str, frozenset[str]]] = [(PACKAGE, frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        entry = waiting.pop()
        if entry in seen:
            continue
        seen.add(entry)
        name, extras = entry
        try:
            part = distribution(name)
        except PackageNotFoundError:
            continue
        yield part
        waiting += _needs(part, extras)


def _needs(part: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for line in part.requires or []:
        try:
            need = Requirement(line)
        except InvalidRequirement:
            continue
        wanted = extras or {""}
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in wanted):
            yield need.name, frozenset(need.extras)


def _licence(part: Distribution) -> Component:
    fields = part.metadata
    return Component(fields["Name"], part.version, _name_of(part), _text(part))


def _name_of(part: Distribution) -> str:
    """Return what the licence is called: its expression, its classifier, or its own words."""
    if expression := _first(part, "License-Expression"):
        return expression
    classifiers = [str(each) for each in part.metadata.get_all("Classifier") or []]
    names = [each.rpartition("::")[2].strip() for each in classifiers if "License ::" in each]
    if names:
        return ", ".join(names)
    words = _first(part, "License").strip().splitlines()
    return words[0] if words and len(words[0]) <= _LONGEST_NAME else ""


def _first(part: Distribution, field: str) -> str:
    values = part.metadata.get_all(field) or [""]
    return str(values[0])


def _text(part: Distribution) -> str:
    texts = []
    for file in part.files or []:
        if ".dist-info/" in str(file) and _LICENCE_FILE.search(file.as_posix()):
            try:
                texts.append(file.read_text(encoding="utf-8").strip())
            except (OSError, UnicodeDecodeError):
                continue
    return "\n\n".join(texts)
