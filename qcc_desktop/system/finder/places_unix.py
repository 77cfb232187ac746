"""Where macOS and Linux have ``claude``.

- Native: ``~/.local/bin/claude`` links to ``~/.local/share/claude/versions/2.1.330``
  (code.claude.com/docs/en/setup; anthropics/claude-code issues 19965 and 45260).
- ``migrate-installer``: ``~/.claude/local/claude``, a script (anthropics/claude-agent-sdk-python
  pull request 39).
- nvm: README, ``$NVM_DIR/versions/node/*``. fnm: src/directories.rs, ``node-versions/*/installation``.
- Volta: layout v4, ``tools/image/packages/<name>``, made with ``npm install --prefix``.
- mise: docs "npm backend" and "directories", ``installs/<tool>/<version>``; asdf: the same shape.
- bun: ``$BUN_INSTALL/bin``. pnpm: ``$PNPM_HOME``, since version 11 its ``bin`` (pnpm.io/cli/setup).
- Yarn 1: classic.yarnpkg.com/docs/cli/global.
- Homebrew: docs.brew.sh/Installation (prefixes), the cask links to ``Caskroom/claude-code``.
- Nix: the profiles of the Nix manual, NixOS and home-manager.
"""

from collections.abc import Iterator
from pathlib import Path

from qcc_desktop.system.finder.installation import Kind
from qcc_desktop.system.finder.machine import Machine
from qcc_desktop.system.finder.place import Place, places_below

_PACKAGE = "@anthropic-ai/claude-code"


def unix_places(machine: Machine) -> Iterator[Place]:
    """Yield every directory of installers that know no configuration file, likeliest first."""
    home = machine.home
    data = machine.folder("XDG_DATA_HOME") or home / ".local" / "share"
    yield Place(Kind.NATIVE, home / ".local" / "bin")
    yield Place(Kind.NPM_LOCAL, home / ".claude" / "local")
    yield Place(Kind.NPM_LOCAL, home / ".claude" / "local" / "node_modules" / ".bin")
    yield from _homebrew(machine)
    yield from _node_managers(machine, data)
    yield from _package_managers(machine, data)
    yield from _nix(machine)
    for directory in ("/usr/local/bin", "/usr/bin", "/snap/bin"):
        yield Place(Kind.SYSTEM, machine.at(directory))
    yield Place(Kind.OTHER, home / "bin")
    app = home / "Library" / "Application Support" / "Claude"
    yield from places_below(Kind.DESKTOP, app, "claude-code/*")
    yield Place(Kind.NPM, home / "node_modules" / ".bin")


def _homebrew(machine: Machine) -> Iterator[Place]:
    prefixes = [machine.at("/opt/homebrew"), machine.at("/home") / "linuxbrew" / ".linuxbrew"]
    if named := machine.folder("HOMEBREW_PREFIX"):
        prefixes.insert(0, named)
    for prefix in (*prefixes, machine.home / ".linuxbrew"):
        yield Place(Kind.HOMEBREW, prefix / "bin")


def _node_managers(machine: Machine, data: Path) -> Iterator[Place]:
    home = machine.home
    for nvm in (machine.folder("NVM_DIR"), home / ".nvm", home / ".config" / "nvm"):
        yield from places_below(Kind.NVM, nvm, "versions/node/*/bin")
    mac = home / "Library" / "Application Support" / "fnm"
    for fnm in (machine.folder("FNM_DIR"), data / "fnm", mac, home / ".fnm"):
        yield from places_below(
            Kind.FNM, fnm, "aliases/default/bin", "node-versions/*/installation/bin"
        )
    volta = machine.folder("VOLTA_HOME") or home / ".volta"
    yield from places_below(Kind.VOLTA, volta, f"tools/image/packages/{_PACKAGE}/bin", "bin")
    mise = machine.folder("MISE_DATA_DIR") or data / "mise"
    yield from places_below(Kind.MISE, mise, "installs/npm-anthropic-ai-claude-code/*/bin")
    yield from places_below(Kind.MISE, mise, "installs/claude*/*", "installs/claude*/*/bin")
    yield from places_below(Kind.MISE, mise, "installs/node/*/bin", "shims")
    asdf = machine.folder("ASDF_DATA_DIR") or home / ".asdf"
    yield from places_below(
        Kind.ASDF, asdf, "installs/nodejs/*/bin", "installs/nodejs/*/.npm/bin", "shims"
    )


def _package_managers(machine: Machine, data: Path) -> Iterator[Place]:
    home = machine.home
    bun = machine.folder("BUN_INSTALL") or home / ".bun"
    yield from places_below(Kind.BUN, bun, "bin")
    for pnpm in (machine.folder("PNPM_HOME"), home / "Library" / "pnpm", data / "pnpm"):
        yield from places_below(Kind.PNPM, pnpm, "", "bin")
    yield from places_below(Kind.YARN, home, ".yarn/bin", ".config/yarn/global/node_modules/.bin")
    shared = machine.at("/usr/local/share/.config/yarn/global/node_modules/.bin")
    yield Place(Kind.YARN, shared)


def _nix(machine: Machine) -> Iterator[Place]:
    user = machine.variable("USER") or machine.home.name
    yield Place(Kind.NIX, machine.home / ".nix-profile" / "bin")
    yield Place(Kind.NIX, machine.home / ".local" / "state" / "nix" / "profile" / "bin")
    for directory in (
        f"/etc/profiles/per-user/{user}/bin",
        "/nix/var/nix/profiles/default/bin",
        "/run/current-system/sw/bin",
    ):
        yield Place(Kind.NIX, machine.at(directory))
