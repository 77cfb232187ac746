"""Every layout that an installer leaves is found, with its kind, version and start."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from qcc_desktop.system.finder.installation import Kind
from qcc_desktop.system.finder.machine import MACHINE_ENVIRONMENT, USER_ENVIRONMENT
from qcc_desktop.system.finder.search import Finder
from tests.helpers.claude_trees import (
    ASDF_SHIM,
    EXE,
    MISE_BATCH,
    NATIVE,
    OLD_SCRIPT,
    PACKAGE,
    PLACEHOLDER,
    SCRIPT,
    VOLTA_BATCH,
    Computer,
    manifest,
    npm_batch,
    npm_node_batch,
    npm_powershell,
    npm_shell,
    pnpm_batch,
    pnpm_node_batch,
)

WINDOWS_PACKAGE = PACKAGE.replace("/", "\\")
V = "2.1.330"
LINUXBREW = "/home" + "/linuxbrew/.linuxbrew"


@dataclass(frozen=True)
class Layout:
    """What an installer leaves and what is to be found in it."""

    name: str
    platform: str
    files: dict[str, str]
    kind: Kind
    path: str
    words: tuple[str, ...] = ()
    """As names of the tree; empty: the path itself."""
    version: str = V
    is_on_path: bool = False
    environ: dict[str, str] = field(default_factory=dict)
    user: dict[str, str] = field(default_factory=dict)
    system: dict[str, str] = field(default_factory=dict)


def npm_tree(lib: str, binary: str, *, js: bool = False) -> dict[str, str]:
    """What ``npm install -g`` leaves on Unix: a package and a link to its program."""
    program = "cli.js" if js else "bin/claude.exe"
    return {
        f"{lib}/{PACKAGE}/package.json": manifest(V),
        f"{lib}/{PACKAGE}/{program}": SCRIPT if js else NATIVE,
        f"{binary}/claude": f"-> {lib}/{PACKAGE}/{program}",
    }


def windows_npm_tree(prefix: str, *, js: bool = False) -> dict[str, str]:
    """What ``npm install -g`` leaves on Windows: a package and three shims."""
    target = f"{WINDOWS_PACKAGE}\\" + ("cli.js" if js else "bin\\claude.exe")
    return {
        f"{prefix}/{PACKAGE}/package.json": manifest(V),
        f"{prefix}/{PACKAGE}/{'cli.js' if js else 'bin/claude.exe'}": SCRIPT if js else EXE,
        f"{prefix}/claude": npm_shell(target.replace("\\", "/")),
        f"{prefix}/claude.cmd": npm_node_batch(target) if js else npm_batch(target),
        f"{prefix}/claude.ps1": npm_powershell(target.replace("\\", "/")),
    }


UNIX = [
    Layout(
        "native on linux",
        "linux",
        {
            "~/.local/share/claude/versions/2.1.330": NATIVE,
            "~/.local/bin/claude": "-> ~/.local/share/claude/versions/2.1.330",
        },
        Kind.NATIVE,
        "~/.local/bin/claude",
    ),
    Layout(
        "native on macos, on the login shell's path list",
        "darwin",
        {
            "~/.local/share/claude/versions/2.1.330": NATIVE,
            "~/.local/bin/claude": "-> ~/.local/share/claude/versions/2.1.330",
            "/etc/paths": "/usr/local/bin\n/usr/bin\n",
        },
        Kind.NATIVE,
        "~/.local/bin/claude",
    ),
    Layout(
        "npm, prefix in ~/.npmrc",
        "linux",
        {
            "~/.npmrc": "registry=x\nprefix = ${HOME}/packages\n",
            **npm_tree("~/packages/lib", "~/packages/bin"),
        },
        Kind.NPM,
        "~/packages/bin/claude",
        environ={"HOME": "{home}"},
    ),
    Layout(
        "npm, prefix in the environment",
        "linux",
        npm_tree("/opt/tools/lib", "/opt/tools/bin"),
        Kind.NPM,
        "/opt/tools/bin/claude",
        environ={"npm_config_prefix": "{root}/opt/tools"},
    ),
    Layout(
        "npm, prefix in the global npmrc beside node",
        "linux",
        {
            "/opt/node/bin/node": NATIVE,
            "/opt/node/etc/npmrc": "prefix='{root}'\n",
            **npm_tree("~/global/lib", "~/global/bin"),
        },
        Kind.NPM,
        "~/global/bin/claude",
        environ={"PATH": "{root}/opt/node/bin"},
    ),
    Layout(
        "npm as root, below /usr/local",
        "linux",
        npm_tree("/usr/local/lib", "/usr/local/bin"),
        Kind.NPM,
        "/usr/local/bin/claude",
    ),
    Layout(
        "npm whose postinstall did not run",
        "linux",
        {
            **npm_tree("/usr/local/lib", "/usr/local/bin"),
            f"/usr/local/lib/{PACKAGE}/bin/claude.exe": PLACEHOLDER,
            f"/usr/local/lib/{PACKAGE}/node_modules/@anthropic-ai/claude-code-linux-x64/claude": NATIVE,
        },
        Kind.NPM,
        "/usr/local/bin/claude",
        (f"/usr/local/lib/{PACKAGE}/node_modules/@anthropic-ai/claude-code-linux-x64/claude",),
    ),
    Layout(
        "migrate-installer",
        "darwin",
        {
            "~/.claude/local/claude": '#!/bin/bash\nexec "{home}/.claude/local/node_modules/.bin/claude" "$@"',
            f"~/.claude/local/{PACKAGE}/package.json": manifest("1.0.90"),
            f"~/.claude/local/{PACKAGE}/cli.js": OLD_SCRIPT,
            "~/.claude/local/node_modules/.bin/claude": "-> ../@anthropic-ai/claude-code/cli.js",
            "/usr/local/bin/node": NATIVE,
        },
        Kind.NPM_LOCAL,
        "~/.claude/local/claude",
        (
            "/usr/local/bin/node",
            "--no-warnings",
            "--enable-source-maps",
            f"~/.claude/local/{PACKAGE}/cli.js",
        ),
        "1.0.90",
        environ={"PATH": "{root}/usr/local/bin"},
    ),
    Layout(
        "nvm, a script and the node beside it",
        "linux",
        {
            "~/.nvm/versions/node/v22.1.0/bin/node": NATIVE,
            **npm_tree(
                "~/.nvm/versions/node/v22.1.0/lib", "~/.nvm/versions/node/v22.1.0/bin", js=True
            ),
        },
        Kind.NVM,
        "~/.nvm/versions/node/v22.1.0/bin/claude",
        (
            "~/.nvm/versions/node/v22.1.0/bin/node",
            f"~/.nvm/versions/node/v22.1.0/lib/{PACKAGE}/cli.js",
        ),
    ),
    Layout(
        "nvm, the version in use",
        "linux",
        {
            "~/.nvm/versions/node/v22.1.0/bin/node": NATIVE,
            **npm_tree("~/.nvm/versions/node/v22.1.0/lib", "~/.nvm/versions/node/v22.1.0/bin"),
        },
        Kind.NVM,
        "~/.nvm/versions/node/v22.1.0/bin/claude",
        is_on_path=True,
        environ={"PATH": "{home}/.nvm/versions/node/v22.1.0/bin:/usr/bin"},
    ),
    Layout(
        "nvm elsewhere",
        "darwin",
        npm_tree("/opt/nvm/versions/node/v20.0.0/lib", "/opt/nvm/versions/node/v20.0.0/bin"),
        Kind.NVM,
        "/opt/nvm/versions/node/v20.0.0/bin/claude",
        environ={"NVM_DIR": "{root}/opt/nvm"},
    ),
    Layout(
        "fnm on linux",
        "linux",
        npm_tree(
            "~/.local/share/fnm/node-versions/v22.1.0/installation/lib",
            "~/.local/share/fnm/node-versions/v22.1.0/installation/bin",
        ),
        Kind.FNM,
        "~/.local/share/fnm/node-versions/v22.1.0/installation/bin/claude",
    ),
    Layout(
        "fnm on macos",
        "darwin",
        npm_tree(
            "~/Library/Application Support/fnm/node-versions/v22.1.0/installation/lib",
            "~/Library/Application Support/fnm/node-versions/v22.1.0/installation/bin",
        ),
        Kind.FNM,
        "~/Library/Application Support/fnm/node-versions/v22.1.0/installation/bin/claude",
    ),
    Layout(
        "volta, its shim on the path",
        "darwin",
        {
            "~/.volta/bin/volta-shim": NATIVE,
            "~/.volta/bin/claude": "-> ~/.volta/bin/volta-shim",
            **npm_tree(
                "~/.volta/tools/image/packages/@anthropic-ai/claude-code/lib",
                "~/.volta/tools/image/packages/@anthropic-ai/claude-code/bin",
            ),
        },
        Kind.VOLTA,
        "~/.volta/tools/image/packages/@anthropic-ai/claude-code/bin/claude",
        is_on_path=True,
        environ={"PATH": "{home}/.volta/bin"},
    ),
    Layout(
        "volta, its packages kept elsewhere",
        "linux",
        {"~/.volta/bin/volta-shim": NATIVE, "~/.volta/bin/claude": "-> volta-shim"},
        Kind.VOLTA,
        "~/.volta/bin/claude",
        version="",
        is_on_path=True,
        environ={"PATH": "{home}/.volta/bin"},
    ),
    Layout(
        "mise, npm backend",
        "linux",
        {
            "~/.local/bin/mise": NATIVE,
            "~/.local/share/mise/shims/claude": "-> ~/.local/bin/mise",
            **npm_tree(
                f"~/.local/share/mise/installs/npm-anthropic-ai-claude-code/{V}/lib",
                f"~/.local/share/mise/installs/npm-anthropic-ai-claude-code/{V}/bin",
            ),
            "~/.local/share/mise/installs/npm-anthropic-ai-claude-code/latest": f"-> ./{V}",
        },
        Kind.MISE,
        "~/.local/share/mise/installs/npm-anthropic-ai-claude-code/latest/bin/claude",
    ),
    Layout(
        "mise, the program itself",
        "darwin",
        {f"~/.local/share/mise/installs/claude/{V}/claude": NATIVE},
        Kind.MISE,
        f"~/.local/share/mise/installs/claude/{V}/claude",
    ),
    Layout(
        "asdf, a shim before the real one",
        "linux",
        {
            "~/.asdf/shims/claude": ASDF_SHIM,
            **npm_tree("~/.asdf/installs/nodejs/22.1.0/lib", "~/.asdf/installs/nodejs/22.1.0/bin"),
        },
        Kind.ASDF,
        "~/.asdf/installs/nodejs/22.1.0/bin/claude",
        is_on_path=True,
        environ={"PATH": "{home}/.asdf/shims"},
    ),
    Layout(
        "bun on linux",
        "linux",
        npm_tree("~/.bun/install/global", "~/.bun/bin"),
        Kind.BUN,
        "~/.bun/bin/claude",
    ),
    Layout(
        "pnpm on linux",
        "linux",
        {
            f"~/.local/share/pnpm/global/5/{PACKAGE}/package.json": manifest(V),
            f"~/.local/share/pnpm/global/5/{PACKAGE}/cli.js": SCRIPT,
            "~/.local/share/pnpm/claude": npm_shell(f"global/5/{PACKAGE}/cli.js"),
            "/usr/bin/node": NATIVE,
        },
        Kind.PNPM,
        "~/.local/share/pnpm/claude",
        ("/usr/bin/node", f"~/.local/share/pnpm/global/5/{PACKAGE}/cli.js"),
        environ={"PATH": "{root}/usr/bin"},
    ),
    Layout(
        "pnpm 11 on macos",
        "darwin",
        {
            f"~/Library/pnpm/global/v11/abc/{PACKAGE}/package.json": manifest(V),
            f"~/Library/pnpm/global/v11/abc/{PACKAGE}/bin/claude.exe": NATIVE,
            "~/Library/pnpm/bin/claude": f"-> ~/Library/pnpm/global/v11/abc/{PACKAGE}/bin/claude.exe",
        },
        Kind.PNPM,
        "~/Library/pnpm/bin/claude",
    ),
    Layout(
        "yarn 1",
        "linux",
        {
            **npm_tree("~/.config/yarn/global", "~/.config/yarn/global/node_modules/.bin"),
            "~/.yarn/bin/claude": "-> ~/.config/yarn/global/node_modules/.bin/claude",
        },
        Kind.YARN,
        "~/.yarn/bin/claude",
    ),
    Layout(
        "homebrew on apple silicon",
        "darwin",
        {
            f"/opt/homebrew/Caskroom/claude-code/{V}/claude": NATIVE,
            "/opt/homebrew/bin/claude": f"-> /opt/homebrew/Caskroom/claude-code/{V}/claude",
        },
        Kind.HOMEBREW,
        "/opt/homebrew/bin/claude",
    ),
    Layout(
        "homebrew on intel",
        "darwin",
        {
            f"/usr/local/Caskroom/claude-code/{V}/claude": NATIVE,
            "/usr/local/bin/claude": f"-> /usr/local/Caskroom/claude-code/{V}/claude",
            "/etc/paths": "/usr/local/bin\n/usr/bin\n",
        },
        Kind.HOMEBREW,
        "/usr/local/bin/claude",
        is_on_path=True,
    ),
    Layout(
        "npm of homebrew's node",
        "darwin",
        npm_tree("/opt/homebrew/lib", "/opt/homebrew/bin"),
        Kind.NPM,
        "/opt/homebrew/bin/claude",
    ),
    Layout(
        "linuxbrew",
        "linux",
        {
            f"{LINUXBREW}/Caskroom/claude-code/{V}/claude": NATIVE,
            f"{LINUXBREW}/bin/claude": f"-> {LINUXBREW}/Caskroom/claude-code/{V}/claude",
        },
        Kind.HOMEBREW,
        f"{LINUXBREW}/bin/claude",
    ),
    Layout(
        "nix profile, a wrapper that sets variables",
        "linux",
        {
            f"/nix/store/abc-claude-code-{V}/bin/claude": '#!/nix/store/x-bash-5/bin/bash -e\nexport DISABLE_AUTOUPDATER=1\nexec -a "$0" "/nix/store/abc/.claude-wrapped"  "$@"\n',
            "~/.nix-profile/bin/claude": f"-> /nix/store/abc-claude-code-{V}/bin/claude",
        },
        Kind.NIX,
        "~/.nix-profile/bin/claude",
    ),
    Layout(
        "a package of the system",
        "linux",
        {"/usr/bin/claude": NATIVE},
        Kind.SYSTEM,
        "/usr/bin/claude",
        version="",
        is_on_path=True,
        environ={"PATH": "{root}/usr/bin"},
    ),
    Layout(
        "brought by the Claude app on macos",
        "darwin",
        {f"~/Library/Application Support/Claude/claude-code/{V}/claude": NATIVE},
        Kind.DESKTOP,
        f"~/Library/Application Support/Claude/claude-code/{V}/claude",
    ),
]

WINDOWS = [
    Layout(
        "native, in the user's registry path",
        "win32",
        {"~/.local/bin/claude.exe": EXE},
        Kind.NATIVE,
        "~/.local/bin/claude.exe",
        version="",
        is_on_path=True,
        environ={"USERPROFILE": "{home}"},
        user={"Path": r"%USERPROFILE%\.local\bin;%NOTHING%\x"},
    ),
    Layout(
        "npm, a program",
        "win32",
        windows_npm_tree("~/AppData/Roaming/npm"),
        Kind.NPM,
        "~/AppData/Roaming/npm/claude.cmd",
        (f"~/AppData/Roaming/npm/{PACKAGE}/bin/claude.exe",),
        environ={"APPDATA": r"{home}\AppData\Roaming"},
    ),
    Layout(
        "npm, a script, node from the machine's registry path",
        "win32",
        {
            **windows_npm_tree("~/AppData/Roaming/npm", js=True),
            "/Program Files/nodejs/node.exe": EXE,
        },
        Kind.NPM,
        "~/AppData/Roaming/npm/claude.cmd",
        ("/Program Files/nodejs/node.exe", f"~/AppData/Roaming/npm/{PACKAGE}/cli.js"),
        is_on_path=True,
        environ={"APPDATA": r"{home}\AppData\Roaming", "ProgramFiles": r"{root}\Program Files"},
        user={"PATH": r"%APPDATA%\npm"},
        system={"Path": r"%ProgramFiles%\nodejs"},
    ),
    Layout(
        "npm, prefix in npm's own npmrc",
        "win32",
        {
            "/nodejs/node.exe": EXE,
            "/nodejs/node_modules/npm/npmrc": "prefix=${APPDATA}\\elsewhere\r\n",
            **windows_npm_tree("~/AppData/Roaming/elsewhere"),
        },
        Kind.NPM,
        "~/AppData/Roaming/elsewhere/claude.cmd",
        (f"~/AppData/Roaming/elsewhere/{PACKAGE}/bin/claude.exe",),
        environ={"APPDATA": r"{home}\AppData\Roaming", "Path": r"{root}\nodejs"},
    ),
    Layout(
        "nvm-windows, version in use and its folder are one",
        "win32",
        {
            "~/AppData/Local/nvm/v22.1.0/node.exe": EXE,
            **windows_npm_tree("~/AppData/Local/nvm/v22.1.0", js=True),
            "/nvm4w/nodejs": "-> ~/AppData/Local/nvm/v22.1.0",
        },
        Kind.NVM_WINDOWS,
        "/nvm4w/nodejs/claude.cmd",
        (
            f"/nvm4w/nodejs/{PACKAGE}/../../../node.exe",
            f"~/AppData/Local/nvm/v22.1.0/{PACKAGE}/cli.js",
        ),
        is_on_path=True,
        user={
            "NVM_HOME": r"{home}\AppData\Local\nvm",
            "NVM_SYMLINK": r"{root}\nvm4w\nodejs",
            "Path": "%NVM_HOME%;%NVM_SYMLINK%",
        },
    ),
    Layout(
        "fnm",
        "win32",
        windows_npm_tree("~/AppData/Roaming/fnm/node-versions/v22.1.0/installation"),
        Kind.FNM,
        "~/AppData/Roaming/fnm/node-versions/v22.1.0/installation/claude.cmd",
        (f"~/AppData/Roaming/fnm/node-versions/v22.1.0/installation/{PACKAGE}/bin/claude.exe",),
    ),
    Layout(
        "volta",
        "win32",
        {
            "/Program Files/Volta/volta.exe": EXE,
            "~/AppData/Local/Volta/bin/claude.cmd": VOLTA_BATCH,
            **windows_npm_tree(
                "~/AppData/Local/Volta/tools/image/packages/@anthropic-ai/claude-code"
            ),
        },
        Kind.VOLTA,
        "~/AppData/Local/Volta/tools/image/packages/@anthropic-ai/claude-code/claude.cmd",
        (
            f"~/AppData/Local/Volta/tools/image/packages/@anthropic-ai/claude-code/{PACKAGE}/bin/claude.exe",
        ),
    ),
    Layout(
        "volta, only its shim",
        "win32",
        {
            "/Program Files/Volta/volta.exe": EXE,
            "~/AppData/Local/Volta/bin/claude.cmd": VOLTA_BATCH,
        },
        Kind.VOLTA,
        "~/AppData/Local/Volta/bin/claude.cmd",
        ("/Program Files/Volta/volta.exe", "run", "claude"),
        version="",
        is_on_path=True,
        environ={"LOCALAPPDATA": r"{home}\AppData\Local"},
        user={"Path": r"%LOCALAPPDATA%\Volta\bin"},
        system={"Path": r"{root}\Program Files\Volta"},
    ),
    Layout(
        "mise, only its shim",
        "win32",
        {
            "~/AppData/Local/mise/shims/claude.cmd": MISE_BATCH,
            "~/AppData/Local/mise/bin/mise.exe": EXE,
        },
        Kind.MISE,
        "~/AppData/Local/mise/shims/claude.cmd",
        ("~/AppData/Local/mise/bin/mise.exe", "x", "--", "claude"),
        version="",
    ),
    Layout(
        "bun, its own launcher",
        "win32",
        {"~/.bun/bin/claude.exe": EXE, "~/.bun/bin/claude.bunx": "\0"},
        Kind.BUN,
        "~/.bun/bin/claude.exe",
        version="",
    ),
    Layout(
        "pnpm",
        "win32",
        {
            f"~/AppData/Local/pnpm/global/5/{PACKAGE}/package.json": manifest(V),
            f"~/AppData/Local/pnpm/global/5/{PACKAGE}/bin/claude.exe": EXE,
            "~/AppData/Local/pnpm/claude.CMD".replace("CMD", "cmd"): pnpm_batch(
                f"global\\5\\{WINDOWS_PACKAGE}\\bin\\claude.exe"
            ),
        },
        Kind.PNPM,
        "~/AppData/Local/pnpm/claude.cmd",
        (f"~/AppData/Local/pnpm/global/5/{PACKAGE}/bin/claude.exe",),
    ),
    Layout(
        "yarn 1, a script",
        "win32",
        {
            f"~/AppData/Local/Yarn/Data/global/{PACKAGE}/package.json": manifest(V),
            f"~/AppData/Local/Yarn/Data/global/{PACKAGE}/cli.js": SCRIPT,
            "~/AppData/Local/Yarn/bin/claude.cmd": pnpm_node_batch(
                f"..\\Data\\global\\{WINDOWS_PACKAGE}\\cli.js"
            ),
            "/nodejs/node.exe": EXE,
        },
        Kind.YARN,
        "~/AppData/Local/Yarn/bin/claude.cmd",
        ("/nodejs/node.exe", f"~/AppData/Local/Yarn/Data/global/{PACKAGE}/cli.js"),
        environ={"PATH": r"{root}\nodejs"},
    ),
    Layout(
        "winget, linked",
        "win32",
        {
            "~/AppData/Local/Microsoft/WinGet/Packages/Anthropic.ClaudeCode_Microsoft.Winget.Source_8wekyb3d8bbwe/claude.exe": EXE,
            "~/AppData/Local/Microsoft/WinGet/Links/claude.exe": "-> ~/AppData/Local/Microsoft/WinGet/Packages/Anthropic.ClaudeCode_Microsoft.Winget.Source_8wekyb3d8bbwe/claude.exe",
        },
        Kind.WINGET,
        "~/AppData/Local/Microsoft/WinGet/Links/claude.exe",
        version="",
    ),
    Layout(
        "winget without links",
        "win32",
        {
            "~/AppData/Local/Microsoft/WinGet/Packages/Anthropic.ClaudeCode_Microsoft.Winget.Source_8wekyb3d8bbwe/claude.exe": EXE
        },
        Kind.WINGET,
        "~/AppData/Local/Microsoft/WinGet/Packages/Anthropic.ClaudeCode_Microsoft.Winget.Source_8wekyb3d8bbwe/claude.exe",
        version="",
    ),
    Layout(
        "scoop",
        "win32",
        {
            f"~/scoop/apps/claude-code/{V}/claude.exe": EXE,
            f"~/scoop/apps/claude-code/{V}/manifest.json": f'{{"version": "{V}"}}',
            "~/scoop/apps/claude-code/current": f"-> ~/scoop/apps/claude-code/{V}",
            "~/scoop/shims/claude.exe": EXE,
            "~/scoop/shims/claude.shim": 'path = "{home}\\scoop\\apps\\claude-code\\current\\claude.exe"\r\n',
        },
        Kind.SCOOP,
        "~/scoop/shims/claude.exe",
        ("~/scoop/apps/claude-code/current/claude.exe",),
    ),
    Layout(
        "chocolatey",
        "win32",
        {
            "/ProgramData/chocolatey/bin/claude.exe": EXE,
            "/ProgramData/chocolatey/lib/claude-code/tools/claude.exe": EXE,
            "/ProgramData/chocolatey/lib/claude-code/claude-code.nuspec": f"<metadata><version>{V}</version></metadata>",
        },
        Kind.CHOCOLATEY,
        "/ProgramData/chocolatey/lib/claude-code/tools/claude.exe",
        environ={"ProgramData": r"{root}\ProgramData"},
    ),
    Layout(
        "brought by the Claude app",
        "win32",
        {f"~/AppData/Roaming/Claude/claude-code/{V}/claude.exe": EXE},
        Kind.DESKTOP,
        f"~/AppData/Roaming/Claude/claude-code/{V}/claude.exe",
    ),
]


def _computer(layout: Layout, root: Path) -> Computer:
    computer = Computer(
        root,
        layout.platform,
        layout.environ,
        {USER_ENVIRONMENT: layout.user, MACHINE_ENVIRONMENT: layout.system},
    )
    files = {name: computer.named(text) for name, text in layout.files.items()}
    if layout.name.startswith("npm, prefix in the global"):
        files["/opt/node/etc/npmrc"] = f"prefix='{computer.home}/global'\n"
    computer.add(files)
    return computer


@pytest.mark.parametrize(
    "layout", [*UNIX, *WINDOWS], ids=lambda each: f"{each.platform}: {each.name}"
)
def test_what_an_installer_leaves_is_found_once_and_rightly(layout: Layout, tmp_path: Path) -> None:
    computer = _computer(layout, tmp_path)

    (found,) = Finder(computer.machine()).find()

    words = layout.words or (layout.path,)
    expected = [str(computer.place(each)) if each[0] in "~/" else each for each in words]
    assert [_plain(word) for word in found.words] == [_plain(word) for word in expected]
    assert (found.kind, found.path) == (layout.kind, computer.place(layout.path))
    assert (found.version, found.is_on_path, found.problem) == (
        layout.version,
        layout.is_on_path,
        "",
    )


def _plain(word: str) -> str:
    """A path with its links followed, but for its last part: shims start by their name."""
    path = Path(word)
    return str(path.parent.resolve() / path.name) if path.is_absolute() else word
