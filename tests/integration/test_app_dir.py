"""The folder that becomes an AppImage, around a small program: it starts, and stands on its own.

The tool that packs it, and the part of an AppImage that starts it, are had by the release
workflow only; what they are given is looked at here.
"""

import configparser
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

import package_linux

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an AppImage is made on Linux")
_PROGRAM = '#!/bin/sh\ncat "$(dirname "$(readlink -f "$0")")/_internal/word"\necho "$APPDIR $*"\n'


@pytest.fixture(scope="module")
def app_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, moved after it was made, as an AppImage's is when it is mounted."""
    scratch = tmp_path_factory.mktemp("appimage")
    frozen = scratch / "qcc-desktop"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "_internal/word").write_text("frozen\n", encoding="utf-8")
    (frozen / "qcc-desktop").write_text(_PROGRAM, encoding="utf-8")
    (frozen / "qcc-desktop").chmod(0o755)
    made = package_linux.app_dir(frozen, "1.2.0", scratch / "AppDir")
    shutil.rmtree(frozen)
    return made.rename(scratch / "mounted")


def test_what_an_appimage_starts_is_the_program_with_all_its_words(app_dir: Path) -> None:
    said = subprocess.run(
        [app_dir / "AppRun", "launch", "a b"],
        env={"PATH": os.environ["PATH"], "APPDIR": str(app_dir)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.splitlines() == ["frozen", f"{app_dir} launch a b"]


def test_the_menu_entry_names_the_program_and_the_icon_beside_it(app_dir: Path) -> None:
    entry = configparser.ConfigParser(interpolation=None)
    (file,) = app_dir.glob("*.desktop")
    entry.read(file, encoding="utf-8")
    facts = entry["Desktop Entry"]
    icon = (app_dir / f"{facts['Icon']}.png").read_bytes()

    assert facts["Exec"].split()[0] == "qcc-desktop"
    assert icon == (app_dir / ".DirIcon").read_bytes()
    assert struct.unpack(">II", icon[16:24]) == (256, 256)


def test_no_link_leads_outside(app_dir: Path) -> None:
    links = [path for path in app_dir.rglob("*") if path.is_symlink()]

    assert links
    assert all(link.exists() and link.resolve().is_relative_to(app_dir) for link in links)
    assert not [link for link in links if link.readlink().is_absolute()]


@pytest.mark.parametrize(
    ("tool", "words", "files"),
    [
        ("desktop-file-validate", (), "*.desktop"),
        ("appstreamcli", ("validate", "--no-net", "--pedantic"), "usr/share/metainfo/*.xml"),
    ],
)
def test_desktops_and_software_centres_take_it(
    app_dir: Path, tool: str, words: tuple[str, ...], files: str
) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    (file,) = app_dir.glob(files)

    said = subprocess.run([tool, *words, file], capture_output=True, text=True, check=False)

    assert said.returncode == 0, said.stdout
