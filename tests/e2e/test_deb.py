"""The Debian package that was built here: what it holds, and what its scripts do to a program.

It runs where ``dev.py package --target deb`` has made the package of this version. The package is
unpacked into a folder, not installed, so the machine stays as it is.
"""

import configparser
import gzip
import os
import shutil
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

import dev_package
import package_linux
from qcc_desktop import __version__
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.storage.runtime_file import RuntimeInfo, find_running

PROGRAM = "usr/lib/qcc-desktop/qcc-desktop"
SETTINGS = '{\n  "model": "opus",\n  "env": {"MY_OWN": "留下"}\n}\n'
_LICENCES = ("qcc-desktop", "Python", "PySide6_Essentials", "OpenSSL", "httpx", "ICU", "libxcb")
_WAIT_S = 60.0

packages = sorted(dev_package.DIST.glob(f"qcc-desktop_{__version__}_*.deb"))

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="not installed: dpkg-deb"),
    pytest.mark.skipif(
        not packages, reason="not made: python3 installers/dev.py package --target deb"
    ),
]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The package's files and its scripts."""

    root: Path
    control: Path

    @property
    def program(self) -> Path:
        """The frozen program."""
        return self.root / PROGRAM

    def run(self, home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end, in an environment with nothing but a home."""
        return subprocess.run(
            [self.program, *words],
            env=_environment(home),
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unpacked]:
    folder = tmp_path_factory.mktemp("deb")
    made = Unpacked(folder / "root", folder / "control")
    subprocess.run(["dpkg-deb", "--extract", packages[-1], made.root], check=True)
    subprocess.run(["dpkg-deb", "--control", packages[-1], made.control], check=True)
    yield made
    shutil.rmtree(folder)


def _environment(home: Path) -> Mapping[str, str]:
    return {"HOME": str(home), "QCC_DESKTOP_HOME": str(home / "qcc"), "PATH": "/usr/bin:/bin"}


def test_the_program_tests_itself_and_says_its_version(unpacked: Unpacked, tmp_path: Path) -> None:
    tested = unpacked.run(tmp_path, "selftest")

    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert unpacked.run(tmp_path, "--version").stdout == f"qcc-desktop {__version__}\n"


def test_the_command_menu_entry_and_icons_belong_to_each_other(unpacked: Unpacked) -> None:
    share = unpacked.root / "usr/share"
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(share / "applications/qcc-desktop.desktop", encoding="utf-8")
    menu = entry["Desktop Entry"]
    command = unpacked.root / "usr/bin" / menu["Exec"]

    assert command.resolve() == unpacked.program.resolve()
    assert os.access(command, os.X_OK)
    for size in package_linux.ICON_SIZES_PX:
        icon = share / f"icons/hicolor/{size}x{size}/apps/{menu['Icon']}.png"
        assert QImage(str(icon)).size().toTuple() == (size, size)
    assert (share / f"icons/hicolor/scalable/apps/{menu['Icon']}.svg").is_file()


def test_software_centres_the_manual_and_autostart_find_what_they_look_for(
    unpacked: Unpacked,
) -> None:
    share = unpacked.root / "usr/share"
    about = ET.parse(share / "metainfo" / package_linux.METAINFO)
    manual = gzip.decompress((share / "man/man1/qcc-desktop.1.gz").read_bytes())

    assert about.findtext("launchable") == "qcc-desktop.desktop"
    release = about.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__
    assert b".TH QCC-DESKTOP 1" in manual
    assert not (unpacked.root / "etc").exists()  # nobody asked to start it at login


def test_the_licences_of_all_that_is_inside_go_along(unpacked: Unpacked) -> None:
    licences = unpacked.program.parent / "_internal/licenses"
    notice = (unpacked.root / "usr/share/doc/qcc-desktop/copyright").read_text(encoding="utf-8")

    for name in _LICENCES:
        assert len((licences / f"{name}.txt").read_text(encoding="utf-8")) > 500, name
    assert "/usr/lib/qcc-desktop/_internal/licenses" in notice
    assert "License: MIT" in notice


def _script(unpacked: Unpacked, name: str, notes: Path, *words: str) -> str:
    """Run a script of the package, led to the unpacked program instead of an installed one."""
    text = (unpacked.control / name).read_text(encoding="utf-8")
    led = text.replace(f"PROGRAM=/{PROGRAM}", f"PROGRAM={unpacked.program}")
    led = led.replace("NOTES=/run/qcc-desktop-upgrade", f"NOTES={notes}")
    assert led.count(str(notes)) == led.count(str(unpacked.program)) == 1
    command = ["sh", "-c", led, name, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def _until(look: Callable[[], object]) -> None:
    end_s = time.monotonic() + _WAIT_S
    while not look():
        assert time.monotonic() < end_s
        time.sleep(0.05)


def _running(home: Path) -> RuntimeInfo | None:
    return find_running(paths_below(home / "qcc").runtime_file)


@pytest.mark.skipif(os.geteuid() != 0, reason="dpkg runs a package's scripts as root")
def test_an_upgrade_stops_the_program_gives_settings_back_and_starts_it_again(
    unpacked: Unpacked, tmp_path: Path
) -> None:
    settings, notes = tmp_path / ".claude/settings.json", tmp_path / "notes"
    settings.parent.mkdir()
    settings.write_text(SETTINGS, encoding="utf-8")
    environment = {**_environment(tmp_path), "SPACES": "a b\nc"}
    command = [str(unpacked.program), "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL) as old:
        _until(lambda: _running(tmp_path))
        assert unpacked.run(tmp_path, "takeover", "on", "--yes").returncode == 0
        assert "ANTHROPIC_BASE_URL" in settings.read_text(encoding="utf-8")

        said = _script(unpacked, "prerm", notes, "upgrade", "9.9.9")

        assert old.wait(_WAIT_S) == 0
    assert "Stopping QCC Desktop" in said
    assert settings.read_text(encoding="utf-8") == SETTINGS
    assert notes.stat().st_mode & 0o077 == 0

    _script(unpacked, "postinst", notes, "configure", "0.0.1")

    _until(lambda: _running(tmp_path))
    again = _running(tmp_path)
    assert again is not None
    try:
        _until(lambda: "ANTHROPIC_BASE_URL" in settings.read_text(encoding="utf-8"))
        lies_in = Path(f"/proc/{again.pid}")
        assert (lies_in / "cwd").readlink() == tmp_path
        assert b"SPACES=a b\nc" in (lies_in / "environ").read_bytes().split(b"\0")
        assert not notes.exists()
    finally:
        removed = _script(unpacked, "prerm", notes, "remove")
    assert "still runs" not in removed
    assert not Path(f"/proc/{again.pid}/exe").exists()
    assert settings.read_text(encoding="utf-8") == SETTINGS
    assert not notes.exists()


def test_a_program_of_another_place_is_let_alone(unpacked: Unpacked, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copy("/bin/sleep", other)
    with subprocess.Popen([other, "60"]) as process:
        assert _script(unpacked, "prerm", tmp_path / "notes", "remove") == ""

        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
