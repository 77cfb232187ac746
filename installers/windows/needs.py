"""Prints what the program for Windows is built from, one requirement a line, on any system.

pip works out for the system it runs on what a package needs, even with ``--platform``: asked on
Linux it leaves out what only Windows needs. So the walk from package to package is made here, in
the project's own environment; what is not installed in it needs nothing more itself.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

WINDOWS = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
}


def needs(
    roots: Sequence[str], environment: Mapping[str, str] = WINDOWS
) -> Iterator[tuple[str, str]]:
    """Yield the name and the accepted versions of each package below ``roots``, once.

    Raises:
        PackageNotFoundError: a root is not installed, so that nobody knows what it needs.
    """
    waiting = [Requirement(root) for root in roots]
    for root in waiting:
        distribution(root.name)
    seen: set[str] = set()
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        if name not in seen:
            seen.add(name)
            yield name, str(asked.specifier)
        waiting += [each for each in _below(asked, environment) if _is_new(each, seen)]


def _is_new(need: Requirement, seen: set[str]) -> bool:
    return canonicalize_name(need.name) not in seen or bool(need.extras)


def _below(asked: Requirement, environment: Mapping[str, str]) -> Iterator[Requirement]:
    try:
        listed = distribution(asked.name).requires or []
    except PackageNotFoundError:
        return
    for need in map(Requirement, listed):
        marker = need.marker
        if marker is None or any(
            marker.evaluate({**environment, "extra": extra}) for extra in asked.extras or {""}
        ):
            yield need


if __name__ == "__main__":
    for package, versions in needs(sys.argv[1:]):
        if package != "qcc-desktop":
            print(f"{package}{versions}")
