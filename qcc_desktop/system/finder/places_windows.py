r"""Where Windows has ``claude``.

- Native: ``%USERPROFILE%\.local\bin\claude.exe``, a copy (code.claude.com/docs/en/setup).
- WinGet: ``%LOCALAPPDATA%\Microsoft\WinGet\Links``, a link for which developer mode is needed;
  else only ``Packages\Anthropic.ClaudeCode_<source>`` (winget-cli, doc/Settings.md, portables).
- Scoop: ``shims`` and ``apps\<name>\current``, user and global (ScoopInstaller/Scoop wiki).
- Chocolatey: ``%ChocolateyInstall%\bin`` and ``lib`` (docs.chocolatey.org, shims).
- nvm-windows: ``NVM_HOME`` with one folder a version, ``NVM_SYMLINK`` for the one in use
  (coreybutler/nvm-windows, README). fnm: ``%APPDATA%\fnm``, no ``bin`` below ``installation``.
- Volta: ``%LOCALAPPDATA%\Volta`` (crates/volta-core/src/layout/windows.rs).
- mise: ``%LOCALAPPDATA%\mise`` (mise docs, directories). pnpm: ``%LOCALAPPDATA%\pnpm``.
- Claude Desktop brings its own (open-webui/computer issue 157), replaced at each update.
- Yarn 1: ``%LOCALAPPDATA%\Yarn\bin`` and ``Data\global`` (yarnpkg/yarn issues 1226, 6234).
"""

from collections.abc import Iterator
from pathlib import Path

from qcc_desktop.system.finder.installation import Kind
from qcc_desktop.system.finder.machine import Machine
from qcc_desktop.system.finder.place import Place, places_below

_PACKAGE = "@anthropic-ai/claude-code"


def windows_places(machine: Machine) -> Iterator[Place]:
    """Yield every directory of installers that know no configuration file, likeliest first."""
    home = machine.home
    local = machine.folder("LOCALAPPDATA") or home / "AppData" / "Local"
    roaming = machine.folder("APPDATA") or home / "AppData" / "Roaming"
    yield Place(Kind.NATIVE, home / ".local" / "bin")
    yield Place(Kind.NPM_LOCAL, home / ".claude" / "local")
    yield Place(Kind.NPM_LOCAL, home / ".claude" / "local" / "node_modules" / ".bin")
    yield from _installers(machine, local)
    yield from _node_managers(machine, local, roaming)
    yield from _package_managers(machine, local)
    yield from places_below(Kind.DESKTOP, roaming, "Claude/claude-code/*")


def _installers(machine: Machine, local: Path) -> Iterator[Place]:
    programs = machine.folder("ProgramFiles")
    for winget in (local / "Microsoft" / "WinGet", programs and programs / "WinGet"):
        yield from places_below(
            Kind.WINGET, winget or None, "Links", "Packages/Anthropic.ClaudeCode*"
        )
    shared = machine.folder("ProgramData")
    scoops = (
        machine.folder("SCOOP") or machine.home / "scoop",
        machine.folder("SCOOP_GLOBAL") or (shared / "scoop" if shared else None),
    )
    for scoop in scoops:
        yield from places_below(Kind.SCOOP, scoop, "shims", "apps/claude*/current")
    choco = machine.folder("ChocolateyInstall") or (shared / "chocolatey" if shared else None)
    yield from places_below(Kind.CHOCOLATEY, choco, "bin", "lib/claude*/tools")


def _node_managers(machine: Machine, local: Path, roaming: Path) -> Iterator[Place]:
    yield from places_below(Kind.NVM_WINDOWS, machine.folder("NVM_SYMLINK"), "")
    for nvm in (machine.folder("NVM_HOME"), roaming / "nvm", local / "nvm"):
        yield from places_below(Kind.NVM_WINDOWS, nvm, "v*")
    for fnm in (machine.folder("FNM_DIR"), roaming / "fnm", machine.home / ".fnm"):
        yield from places_below(Kind.FNM, fnm, "aliases/default", "node-versions/*/installation")
    volta = machine.folder("VOLTA_HOME") or local / "Volta"
    yield from places_below(Kind.VOLTA, volta, f"tools/image/packages/{_PACKAGE}", "bin")
    mise = machine.folder("MISE_DATA_DIR") or local / "mise"
    yield from places_below(Kind.MISE, mise, "installs/npm-anthropic-ai-claude-code/*")
    yield from places_below(Kind.MISE, mise, "installs/claude*/*", "installs/node/*", "shims")


def _package_managers(machine: Machine, local: Path) -> Iterator[Place]:
    bun = machine.folder("BUN_INSTALL") or machine.home / ".bun"
    yield from places_below(Kind.BUN, bun, "bin")
    for pnpm in (machine.folder("PNPM_HOME"), local / "pnpm"):
        yield from places_below(Kind.PNPM, pnpm, "", "bin")
    yield from places_below(Kind.YARN, local, "Yarn/bin", "Yarn/Data/global/node_modules/.bin")
