"""A user of a Windows of its own, run by Wine: files, registry and programs as the user has them."""

import json
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from windows import wine

_NONE: Mapping[str, str] = {}
_DEADLINE_S = 240.0
_LOOK_S = 0.1
_NOISE = (
    "\\Software\\Wine",
    "\\Explorer\\",
    "\\MuiCache",
    "\\Internet Settings",
    "\\SystemCertificates",
)
"""Keys that Wine and Windows themselves write while any program runs."""


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until ``holds``; Windows programs under Wine tell us nothing by themselves."""
    end_s = time.monotonic() + _DEADLINE_S
    while not holds():
        assert time.monotonic() < end_s, f"in vain: {what}"
        time.sleep(_LOOK_S)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class WineUser:
    """The one user of a fresh Wine prefix below ``folder``."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.prefix = folder / "prefix"
        self._started: list[subprocess.Popen[bytes]] = []
        self._variables = {**variables, "QT_QPA_PLATFORM": "windows"}
        wine.prepare(self.prefix)
        self._wait_for_server()  # what was started for that knows nothing of the screen
        users = self.prefix / "drive_c" / "users"
        (self.home,) = (each for each in users.iterdir() if each.name != "Public")
        self.local = self.home / "AppData" / "Local"
        self.roaming = self.home / "AppData" / "Roaming"
        self.place = self.local / "Programs" / "QCC Desktop"
        self.data = self.local / "qcc-desktop"
        self.link = self.roaming / "Microsoft/Windows/Start Menu/Programs" / "QCC Desktop.lnk"

    def run(
        self, *words: str | Path, extra: Mapping[str, str] = _NONE
    ) -> "subprocess.CompletedProcess[str]":
        """Run a Windows program to its end."""
        return wine.run(self.prefix, words, extra={**self._variables, **extra}, check=False)

    def set_up(self, *words: str | Path) -> int:
        """Run a set-up to its end and return its exit code.

        What it says is not read: the program that it starts has its output still.
        """
        quiet = subprocess.DEVNULL
        done = wine.run(self.prefix, words, extra=self._variables, output=quiet, check=False)
        return done.returncode

    def qcc(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the installed program."""
        return self.run(self.place / "qcc-desktop.exe", *words)

    def start(
        self, *words: str | Path, extra: Mapping[str, str] = _NONE
    ) -> "subprocess.Popen[bytes]":
        """Start a Windows program that stays."""
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            ["wine", *map(str, words)],
            env={**wine.environ(self.prefix), **self._variables, **extra},
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
        )
        self._started.append(process)
        return process

    def runtime(self) -> dict[str, Any] | None:
        """What the running program tells about itself."""
        try:
            found: dict[str, Any] = json.loads((self.data / "runtime.json").read_bytes())
        except (OSError, ValueError):
            return None
        return found

    def put_aside(self) -> list[str]:
        """Return what an upgrade could not delete, for it was in use."""
        return sorted(path.name for path in self.place.glob("former*"))

    def setup_log(self) -> str:
        """Return what the last set-up or uninstaller wrote down."""
        (file,) = self.home.rglob("qcc-desktop-setup.log")
        return file.read_text(encoding="utf-16")

    def registry(self) -> dict[str, str]:
        """Every value below this user's ``Software``; keys without one are Windows' own shelves."""
        found: dict[str, str] = {}
        key = ""
        for line in self.run("reg", "query", r"HKCU\Software", "/s").stdout.splitlines():
            if line.startswith("HKEY_"):
                key = line.strip()
            elif line.strip():
                name, _, value = line.strip().partition("    ")
                found[rf"{key}\{name}"] = value.strip()
        return {
            key: value for key, value in found.items() if not any(part in key for part in _NOISE)
        }

    def files(self) -> set[str]:
        """Every file and folder of the user's but what is in the folder for temporary ones."""
        return {
            str(path.relative_to(self.home))
            for path in self.home.rglob("*")
            if "Temp" not in path.relative_to(self.home).parts
        }

    def close(self) -> None:
        """End every Windows program of this user."""
        subprocess.run(["wineserver", "-k"], env=wine.environ(self.prefix), check=False)
        self._wait_for_server()
        while self._started:
            self._started.pop().wait(_DEADLINE_S)

    def _wait_for_server(self) -> None:
        """Wait until no Windows program runs; the registry is on disk then."""
        subprocess.run(["wineserver", "-w"], env=wine.environ(self.prefix), check=False)
