"""Installs in child processes that are killed before each step they take on the disk, in turn.

Run by `test_kill`: ``kill_points.py KIND FOLDER``. Prints ``N points`` once every point was seen;
ends with an error at the first point after which no version starts.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

from qcc_desktop.core.release import Asset, Release
from qcc_desktop.services.update_install import Computer, UpdateInstall
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.system.installation import Installation, InstallationKind

EVENTS = frozenset(
    {
        "open",
        "os.rename",
        "os.link",
        "os.symlink",
        "os.remove",
        "os.rmdir",
        "os.mkdir",
        "os.chmod",
        "os.truncate",
        "shutil.rmtree",
        "shutil.copyfile",
        "subprocess.Popen",
        "ctypes.call_function",
    }
)
MOST_POINTS = 400


class Scene:
    """An installation of version 1.0, the file of 1.1, and who installs it."""

    def __init__(self, kind: InstallationKind, folder: Path, asset: bytes, old: bytes) -> None:
        self.folder = folder
        self.kind = kind
        self.asset = asset
        self.old = old
        self.program = folder / ("QCC.AppImage" if kind == "appimage" else "current/qcc-desktop")

    def lay_out(self) -> None:
        """Be as before the update."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        program = self.program
        if self.kind is InstallationKind.FOLDER:
            program = self.folder / "versions/1.0/qcc-desktop"
            program.parent.mkdir(parents=True)
            (self.folder / "current").symlink_to("versions/1.0")
        program.write_bytes(self.old)
        program.chmod(0o755)
        (self.folder / "download").write_bytes(self.asset)

    def installer(self) -> UpdateInstall:
        """Return what installs, as the program has it."""
        place = self.folder if self.kind is InstallationKind.FOLDER else self.program
        computer = Computer("Linux", "x86_64", dict(os.environ), "qcc-desktop")
        return UpdateInstall(
            paths_below(self.folder / "home"),
            "1.0",
            find=lambda: Installation(self.kind, place),
            computer=lambda: computer,
        )

    def version(self) -> str:
        """Return what the installed program says."""
        return subprocess.run(
            [self.program, "--version"], capture_output=True, text=True, check=True
        ).stdout.strip()


def install_and_die(scene: Scene, release: Release, point: int) -> None:
    """Install in a child process, killed before its step number ``point``."""
    left = point

    def hook(event: str, _arguments: object) -> None:
        nonlocal left
        if event in EVENTS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    installer = scene.installer()
    sys.addaudithook(hook)
    installer._install(scene.folder / "download", release)


def main(kind: InstallationKind, folder: Path, asset: bytes, old: bytes) -> None:
    """Go through all points."""
    import hashlib

    digest = hashlib.sha256(asset).hexdigest()
    found = Asset("https://x/f", len(asset), digest)
    release = Release("1.1", assets=MappingProxyType({f"linux-x86_64-{kind}": found}))
    scene = Scene(kind, folder, asset, old)
    seen = set()
    for point in range(MOST_POINTS):
        scene.lay_out()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                install_and_die(scene, release, point)
                code = 0
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        version = scene.version()
        seen.add(version)
        again = scene.installer()
        again._tidy()
        assert scene.version() == version, f"tidying broke point {point}"
        rest = sorted(path.name for path in folder.rglob("*.new"))
        assert not rest, f"left at point {point}: {rest}"
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            assert seen == {"1.0", "1.1"}
            sys.stdout.write(f"{point} points\n")
            return
    raise AssertionError("it never came to its end")


if __name__ == "__main__":
    name, home, asset_file, old_file = sys.argv[1:]
    main(
        InstallationKind(name),
        Path(home),
        Path(asset_file).read_bytes(),
        Path(old_file).read_bytes(),
    )
