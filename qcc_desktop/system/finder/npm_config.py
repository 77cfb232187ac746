r"""Where npm installs globally, from its own configuration files; ``npm`` itself takes a second.

docs.npmjs.com, "config", "npmrc" and "folders": ``npm_config_prefix``, the user's ``~/.npmrc``,
the global ``$PREFIX/etc/npmrc`` and the ``npmrc`` inside npm's own package, which Node's Windows
installer writes as ``prefix=${APPDATA}\npm``. Programs lie in ``$PREFIX/bin``, on Windows in
``$PREFIX``.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from qcc_desktop.system.finder.files import is_file, real, text
from qcc_desktop.system.finder.machine import Machine


def npm_directories(machine: Machine, search: Iterable[Path]) -> tuple[Path, ...]:
    """Return the directories of npm's global programs, likeliest first; ``search`` finds Node."""
    prefixes = dict.fromkeys(_prefixes(machine, tuple(search)))
    return tuple(prefix if machine.is_windows else prefix / "bin" for prefix in prefixes)


def _prefixes(machine: Machine, search: tuple[Path, ...]) -> Iterator[Path]:
    for name in ("npm_config_prefix", "NPM_CONFIG_PREFIX", "PREFIX"):
        if folder := machine.folder(name):
            yield folder
    user = machine.folder("npm_config_userconfig") or machine.folder("NPM_CONFIG_USERCONFIG")
    yield from prefix_of(machine, user or machine.home / ".npmrc")
    own = tuple(_prefixes_of_node(machine, search))
    for prefix in own:
        yield from prefix_of(machine, prefix / "etc" / "npmrc")
        modules = prefix if machine.is_windows else prefix / "lib"
        yield from prefix_of(machine, modules / "node_modules" / "npm" / "npmrc")
    for file in ("/etc/npmrc", "/usr/local/etc/npmrc", "/opt/homebrew/etc/npmrc"):
        yield from prefix_of(machine, machine.at(file))
    if roaming := machine.folder("APPDATA"):
        yield roaming / "npm"
    yield from own
    yield from (machine.home / name for name in (".npm-global", ".npm-packages", ".npm"))


def prefix_of(machine: Machine, npmrc: Path) -> Iterator[Path]:
    """Yield the ``prefix`` that an npmrc sets, ``${NAMES}`` replaced as npm does; or nothing."""
    for line in text(npmrc).splitlines():
        found = re.fullmatch(r"\s*prefix\s*=\s*(.*?)\s*", line)
        if not found:
            continue
        value = re.sub(
            r"\$\{([^}]+)\}", lambda name: machine.variable(name[1]) or name[0], found[1]
        )
        path = machine.path(value.strip("'\""))
        if path.is_absolute():
            yield path


def _prefixes_of_node(machine: Machine, search: tuple[Path, ...]) -> Iterator[Path]:
    """Yield npm's default: where Node is, on Unix the directory above its ``bin``."""
    name = "node.exe" if machine.is_windows else "node"
    for directory in search:
        if is_file(directory / name):
            yield directory if machine.is_windows else real(directory / name).parent.parent
            if not machine.is_windows:
                yield directory.parent
