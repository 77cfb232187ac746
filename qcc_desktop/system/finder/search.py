"""Looks everywhere, and tells what it found, best first."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.finder.files import is_dead_link, is_file, real
from qcc_desktop.system.finder.install import install_command
from qcc_desktop.system.finder.installation import Installation, Kind
from qcc_desktop.system.finder.machine import Machine
from qcc_desktop.system.finder.place import Place
from qcc_desktop.system.finder.places import all_places, by_directory, kind_of
from qcc_desktop.system.finder.search_path import own_path, terminal_path
from qcc_desktop.system.finder.start import Start, start_of
from qcc_desktop.system.finder.version import asked_version, version_key, written_version
from qcc_desktop.system.finder.wsl import wsl_installations

_NAMES_WINDOWS = ("claude.exe", "claude.cmd", "claude.bat", "claude.ps1")
"""In the order of PATHEXT; the shell script without a suffix is for Git Bash only."""
_NAMES_UNIX = ("claude",)
_OTHER_CLAUDE = frozenset({"windowsapps", "anthropicclaude"})
"""Folders in which ``claude.exe`` is Claude Desktop (anthropics/claude-code issues 24903, 25075)."""


@dataclass(frozen=True, slots=True)
class _Found:
    installation: Installation
    target: Path | None
    rank: int
    """Order in which the directory was looked into: PATH's first."""


class Finder:
    """Finds Claude Code on one computer; all of it blocks, so call it in a thread.

    The login shell is asked once and remembered until `forget`.
    """

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._lock = threading.Lock()
        self._terminal_path: tuple[Path, ...] | None = None

    def forget(self) -> None:
        """Ask the login shell anew the next time."""
        with self._lock:
            self._terminal_path = None

    def search_path(self) -> tuple[Path, ...]:
        """Return this process's PATH, then what a new terminal's has besides. Blocks."""
        with self._lock:
            if self._terminal_path is None:
                self._terminal_path = terminal_path(self._machine)
            return tuple(dict.fromkeys((*own_path(self._machine), *self._terminal_path)))

    def find(self, *, ask_versions: bool = True) -> tuple[Installation, ...]:
        """Return every installation, the one to start first. Blocks for seconds.

        ``ask_versions``: whether a program may be run to learn its version, when no file tells.
        """
        search = self.search_path()
        places = tuple(all_places(self._machine, search))
        looked = self._look(search, places)
        found = _without_dispatchers(_merged(looked))
        found = sorted(found, key=_order)
        installations = [each.installation for each in found]
        if ask_versions:
            installations = [self._asked(each) for each in installations]
            installations += wsl_installations(self._machine)
        return tuple(installations)

    def first(self, chosen: str = "") -> Installation | None:
        """Return the one to start: the chosen one, else the best, None when there is none.

        A chosen one that is gone or broken gives way. No version is asked for, and when
        this process's PATH has a sound one nothing else is looked at.
        """
        if chosen and (picked := self.examine(Path(chosen))) is not None and picked.is_usable:
            return picked
        for found in self._look(own_path(self._machine), ()):
            if found.installation.is_usable and found.target is not None:
                return found.installation
        everything = self.find(ask_versions=False)
        return everything[0] if everything else None

    def words(self, chosen: str = "") -> tuple[str, ...]:
        """Return the words that start Claude Code, `first` one. Blocks.

        Raises:
            UserFacingError: there is none, or none that starts.
        """
        found = self.first(chosen)
        install = install_command(self._machine.platform)
        if found is None:
            raise UserFacingError(
                "Claude Code was not found on this computer.",
                f"Install it in a terminal: {install}",
            )
        if found.problem:
            raise UserFacingError(
                f"Claude Code does not start from {found.path}. {found.problem}",
                f"Install it in a terminal: {install}",
            )
        return found.words

    def examine(self, program: Path) -> Installation | None:
        """Return what is known of this file, None when it is not there. Blocks.

        Words and problem only are certain: the kind is told from where it leads.
        """
        if not (is_file(program) or is_dead_link(program)):
            return None
        quick = own_path(self._machine)
        if not start_of(program, self._machine, quick).problem:
            return self._found(program, None, quick, 0, on_path=False).installation
        search = self.search_path()
        return self._found(program, None, search, 0, on_path=False).installation

    def _look(self, search: tuple[Path, ...], places: tuple[Place, ...]) -> Iterator[_Found]:
        known = by_directory(places)
        rank = 0
        for directory in search:
            if program := self._program_in(directory):
                place = known.get(real(directory))
                yield self._found(program, place, search, rank, on_path=True)
            rank += 1
        for place in places:
            if program := self._program_in(place.directory):
                better = known.get(real(place.directory), place)
                yield self._found(program, better, search, rank, on_path=False)
            rank += 1

    def _program_in(self, directory: Path) -> Path | None:
        if self._machine.is_windows and directory.name.lower() in _OTHER_CLAUDE:
            return None
        names = _NAMES_WINDOWS if self._machine.is_windows else _NAMES_UNIX
        paths = (directory / name for name in names)
        return next((path for path in paths if is_file(path) or is_dead_link(path)), None)

    def _found(
        self,
        program: Path,
        place: Place | None,
        search: tuple[Path, ...],
        rank: int,
        *,
        on_path: bool,
    ) -> _Found:
        start = start_of(program, self._machine, search)
        target = None if start.target is None else real(start.target)
        if self._machine.is_windows and _is_copy_of_dispatcher(program):
            target = None
        installation = Installation(
            program,
            kind_of(place, target),
            start.words,
            _version_of(start, program),
            is_on_path=on_path,
            problem=start.problem,
        )
        return _Found(installation, target, rank)

    def _asked(self, installation: Installation) -> Installation:
        if installation.version or not installation.is_usable:
            return installation
        return replace(installation, version=asked_version(self._machine, installation.words))


def _is_copy_of_dispatcher(program: Path) -> bool:
    """Whether it is the manager's own program under the name ``claude.exe``.

    Chocolatey's shimgen, Volta before 2.0 and mise with ``windows_shim_mode = "exe"`` do so.
    """
    folder = program.parent
    return (
        program.suffix.lower() == ".exe"
        and folder.name.lower() in {"bin", "shims"}
        and folder.parent.name.lower() in {"chocolatey", "volta", "mise"}
    )


def _version_of(start: Start, program: Path) -> str:
    if start.target is None:
        return ""
    return written_version(real(start.target)) or written_version(program)


def _merged(looked: Iterable[_Found]) -> list[_Found]:
    """Leave one for each program: two links to one thing are one thing."""
    seen: dict[Path, _Found] = {}
    for found in looked:
        key = found.target or real(found.installation.path.parent) / found.installation.path.name
        first = seen.setdefault(key, found)
        if first.installation.kind is Kind.OTHER and found.installation.kind is not Kind.OTHER:
            kind = found.installation.kind
            seen[key] = replace(first, installation=replace(first.installation, kind=kind))
    return list(seen.values())


def _without_dispatchers(found: list[_Found]) -> list[_Found]:
    """Leave a version manager's ``claude`` out when what it would start was found itself.

    Started directly, it needs neither the manager's variables nor its program. The newest one
    takes its place on PATH.
    """
    result = list(found)
    for dispatcher in (each for each in found if each.target is None):
        kind = dispatcher.installation.kind
        real_ones = [
            each
            for each in result
            if each.target is not None
            and each.installation.kind is kind
            and each.installation.is_usable
        ]
        if not real_ones:
            continue
        newest = max(real_ones, key=lambda each: version_key(each.installation.version))
        is_on_path = newest.installation.is_on_path or dispatcher.installation.is_on_path
        result.remove(dispatcher)
        if is_on_path:
            result[result.index(newest)] = replace(
                newest,
                installation=replace(newest.installation, is_on_path=True),
                rank=min(newest.rank, dispatcher.rank),
            )
    return result


def _order(found: _Found) -> tuple[bool, bool, int, tuple[int, ...], int]:
    """Sound before broken, PATH's order, then the newest; of equals the likelier place."""
    each = found.installation
    if each.is_on_path:
        return (not each.is_usable, False, found.rank, (), 0)
    age = tuple(-number for number in version_key(each.version))
    return (not each.is_usable, True, 0, age or (1,), found.rank)
