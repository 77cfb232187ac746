"""Where installers put ``claude``, whatever PATH says, and who wrote a file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from qcc_desktop.system.finder.files import real
from qcc_desktop.system.finder.installation import Kind
from qcc_desktop.system.finder.machine import Machine
from qcc_desktop.system.finder.npm_config import npm_directories
from qcc_desktop.system.finder.place import Place
from qcc_desktop.system.finder.places_unix import unix_places
from qcc_desktop.system.finder.places_windows import windows_places

_SHARED = frozenset({Kind.NATIVE, Kind.NPM, Kind.HOMEBREW, Kind.SYSTEM, Kind.OTHER})
"""Several installers write to their directories, so that the target of the link tells more."""

_MARKS = (
    ("/claude/versions/", Kind.NATIVE),
    ("/caskroom/", Kind.HOMEBREW),
    ("/cellar/", Kind.HOMEBREW),
    ("/nix/store/", Kind.NIX),
    ("/winget/packages/", Kind.WINGET),
    ("/.pnpm/", Kind.PNPM),
    ("/pnpm/global/", Kind.PNPM),
    ("/yarn/", Kind.YARN),
    ("/node_modules/", Kind.NPM),
)


def all_places(machine: Machine, search: Iterable[Path]) -> Iterator[Place]:
    """Yield every directory to look into; ``search`` is the PATH in which Node is looked for."""
    for place in windows_places(machine) if machine.is_windows else unix_places(machine):
        yield place
        if place.kind is Kind.NPM_LOCAL:  # after what Anthropic installs, before the others
            for directory in npm_directories(machine, search):
                yield Place(Kind.NPM, directory)


def by_directory(places: Iterable[Place]) -> dict[Path, Place]:
    """Return the places by where they really are; who writes there alone wins over who shares.

    npm's own prefix, for one, is a Node version of nvm.
    """
    found: dict[Path, Place] = {}
    for place in places:
        key = real(place.directory)
        if key not in found or (found[key].kind in _SHARED and place.kind not in _SHARED):
            found[key] = place
    return found


def kind_of(place: Place | None, target: Path | None) -> Kind:
    """Return who installed what lies in ``place`` and leads to ``target``."""
    kind = place.kind if place else Kind.OTHER
    if kind not in _SHARED:
        return kind
    route = target.as_posix().lower() if target else ""
    unmarked = Kind.OTHER if kind is Kind.NATIVE and not route.endswith(".exe") else kind
    return next((marked for mark, marked in _MARKS if mark in route), unmarked)
