"""Finds the ``claude`` program: PATH first, then where its installers put it."""

import ntpath
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError

_MISSING = UserFacingError(
    "Claude Code was not found on this computer.",
    "Install it with 'npm install -g @anthropic-ai/claude-code', or put 'claude' on the PATH.",
)


def candidate_dirs(
    environ: Mapping[str, str], home: Path, *, platform: str = sys.platform
) -> tuple[Path, ...]:
    """Return the directories outside PATH in which installers put ``claude``, likeliest first."""
    found = [home / ".local" / "bin", home / ".claude" / "local"]
    prefix = environ.get("NPM_CONFIG_PREFIX") or environ.get("npm_config_prefix")
    if platform == "win32":
        if roaming := environ.get("APPDATA"):
            found.append(Path(roaming) / "npm")
        if prefix:
            found.append(Path(prefix))
        return tuple(found)
    if prefix:
        found.append(Path(prefix) / "bin")
    found += [
        home / ".npm-global" / "bin",
        home / ".npm-packages" / "bin",
        home / ".volta" / "bin",
        home / ".bun" / "bin",
        home / "node_modules" / ".bin",
        Path("/usr/local/bin"),
        Path("/opt/homebrew/bin"),
    ]
    return tuple(found)


def version_manager_dirs(home: Path) -> tuple[Path, ...]:
    """Return the ``bin`` directories of nvm's and fnm's Node versions, newest name first."""
    patterns = (
        ".nvm/versions/node/*/bin",
        ".local/share/fnm/node-versions/*/installation/bin",
    )
    return tuple(
        directory for pattern in patterns for directory in sorted(home.glob(pattern), reverse=True)
    )


def find_claude(environ: Mapping[str, str], home: Path) -> Path:
    """Return the program.

    Raises:
        UserFacingError: it is nowhere to be found.
    """
    for path in _search_paths(environ, home):
        if found := shutil.which("claude", path=path):
            return Path(found)
    raise _MISSING


def _search_paths(environ: Mapping[str, str], home: Path) -> Iterable[str]:
    yield environ.get("PATH", "")
    yield from map(str, candidate_dirs(environ, home))
    yield from map(str, version_manager_dirs(home))


def start_command(program: Path) -> tuple[str, ...]:
    """Return the words that start ``program``, past npm's ``.cmd`` shim on Windows.

    ``cmd.exe`` would read ``&``, ``|`` and ``%`` in the arguments of a batch file, so what the
    shim runs is started instead. Reads the shim; call in a thread.
    """
    if program.suffix.lower() != ".cmd":
        return (str(program),)
    target = shim_target(program.read_text(errors="replace"), str(program.parent))
    if target is None:
        return (str(program),)
    if target.lower().endswith((".js", ".cjs", ".mjs")):
        beside = program.parent / "node.exe"
        return (str(beside) if beside.exists() else "node", target)
    return (target,)


def shim_target(shim: str, directory: str) -> str | None:
    r"""Return the file that the text of an npm ``.cmd`` shim runs, None when it is no such shim.

    cmd-shim writes ``"%dp0%\node_modules\...\cli.js"   %*`` (npm/cmd-shim, lib/index.js).
    """
    match = re.search(r'"%(?:~dp0|dp0%)\\([^"%]+)"\s+%\*', shim)
    return ntpath.normpath(ntpath.join(directory, match[1])) if match else None
