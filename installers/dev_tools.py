"""Foreign programs the tests and the benchmark run against, kept below `.tools/`.

Each lives in a folder named after its exact version and is installed once:

- `claude-VERSION/`: the Claude Code command line, from npm;
- `qcc-0.6.0/`: the predecessor, from the Python package index, in its own virtual environment.

Run as a program it installs them and prints one path a line:

    python installers/dev_tools.py claude            the newest Claude Code and 2.1.197
    python installers/dev_tools.py claude 2.1.197    that version only
    python installers/dev_tools.py qcc
"""

import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

import dev_env

TOOLS = dev_env.ROOT / ".tools"
CLAUDE_PACKAGE = "@anthropic-ai/claude-code"
OLD_CLAUDE = "2.1.197"
"""Reacts differently to broken streams than later versions do, so both are tested."""

QCC_VERSION = "0.6.0"
_NEWEST_MAX_AGE_S = 24 * 3600


def newest_claude() -> str:
    """Version of the newest Claude Code on npm; asked at most once a day.

    Raises:
        SystemExit: npm is missing.
        subprocess.CalledProcessError: npm failed and no earlier answer is remembered.
    """
    remembered = TOOLS / "claude-newest"
    if remembered.is_file() and time.time() - remembered.stat().st_mtime < _NEWEST_MAX_AGE_S:  # noqa: TID251 - compared with a file's time
        return remembered.read_text(encoding="utf-8").strip()
    try:
        version = _npm("view", CLAUDE_PACKAGE, "version").strip()
    except subprocess.CalledProcessError:
        if not remembered.is_file():
            raise
        return remembered.read_text(encoding="utf-8").strip()
    TOOLS.mkdir(exist_ok=True)
    remembered.write_text(version + "\n", encoding="utf-8")
    return version


def claude(version: str | None = None) -> Path:
    """Path of a Claude Code of this version (none: the newest), installed if need be.

    Raises:
        SystemExit: npm is missing, or what it installed holds no program.
        subprocess.CalledProcessError: npm failed; its own message was shown.
    """
    folder = TOOLS / f"claude-{version or newest_claude()}"
    program = folder / "node_modules" / ".bin" / ("claude.cmd" if os.name == "nt" else "claude")
    if not program.exists():
        wanted = f"{CLAUDE_PACKAGE}@{folder.name.removeprefix('claude-')}"
        folder.mkdir(parents=True, exist_ok=True)
        _npm(
            "install",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
            str(folder),
            wanted,
        )
    if not program.exists():
        raise SystemExit(f"npm installed {folder.name}, but there is no {program}.")
    return program


def claudes() -> dict[str, Path]:
    """Version and path of each Claude Code that the end-to-end tests run, newest first."""
    versions = dict.fromkeys((newest_claude(), OLD_CLAUDE))
    return {version: claude(version) for version in versions}


def qcc() -> Path:
    """Path of the `qcc` program of the predecessor, installed if need be.

    Raises:
        subprocess.CalledProcessError: pip failed; its own message was shown.
    """
    environment = TOOLS / f"qcc-{QCC_VERSION}"
    program = dev_env.executable("qcc", environment=environment)
    if not program.exists():
        TOOLS.mkdir(exist_ok=True)
        venv.create(environment, with_pip=True, clear=True)
        dev_env.pip_install(environment, f"qcc=={QCC_VERSION}")
    return program


def _npm(*arguments: str) -> str:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed for Claude Code's command line; install Node.js first.")
    return subprocess.run(
        [npm, *arguments], stdout=subprocess.PIPE, text=True, check=True, cwd=dev_env.ROOT
    ).stdout


def main(arguments: list[str]) -> int:
    """Installs what was asked for and prints its paths; 2 on wrong usage."""
    match arguments:
        case ["claude"]:
            paths = list(claudes().values())
        case ["claude", version]:
            paths = [claude(version)]
        case ["qcc"]:
            paths = [qcc()]
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    for path in paths:
        print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
