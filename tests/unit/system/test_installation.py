"""Which way of installing is recognised by what."""

import os
from pathlib import Path

import pytest

from qcc_desktop.system.installation import (
    INSTALLABLE,
    Installation,
    InstallationKind,
    Surroundings,
    find_installation,
)


def frozen(program: Path, system: str, **environ: str) -> Installation:
    around = Surroundings(program, Path("/x/qcc_desktop"), Path("/x"), True, system, environ)
    return find_installation(around)


def python(package: Path, prefix: Path) -> InstallationKind:
    program = prefix / "bin/python"
    return find_installation(Surroundings(program, package, prefix, False, "Linux", {})).kind


def test_an_appimage_is_the_file_that_was_started(tmp_path: Path) -> None:
    mount = tmp_path / "mount"
    image = tmp_path / "QCC.AppImage"
    image.touch()

    found = frozen(mount / "usr/bin/qcc-desktop", "Linux", APPIMAGE=str(image), APPDIR=str(mount))

    assert found == Installation(InstallationKind.APPIMAGE, image)
    assert found.is_writable


def test_the_appimage_of_the_terminal_it_was_started_in_is_not_taken_for_it(
    tmp_path: Path,
) -> None:
    found = frozen(
        tmp_path / "portable/qcc-desktop",
        "Linux",
        APPIMAGE="/apps/Terminal.AppImage",
        APPDIR="/tmp/.mount_terminal",
    )

    assert found == Installation(InstallationKind.PORTABLE)


@pytest.mark.skipif(os.name == "nt", reason="Linux keeps versions so")
def test_a_folder_of_versions_is_known_by_its_link(tmp_path: Path) -> None:
    program = tmp_path / "versions/1.0/qcc-desktop"
    program.parent.mkdir(parents=True)
    without_link = frozen(program, "Linux")
    (tmp_path / "current").symlink_to("versions/1.0")

    assert without_link == Installation(InstallationKind.PORTABLE)
    assert frozen(program, "Linux") == Installation(InstallationKind.FOLDER, tmp_path)


@pytest.mark.parametrize(
    "program", ["/usr/lib/qcc-desktop/qcc-desktop", "/opt/qcc-desktop/qcc-desktop"]
)
def test_the_systems_folders_belong_to_the_package_manager(program: str) -> None:
    assert frozen(Path(program), "Linux") == Installation(InstallationKind.DEB)


def test_the_set_up_of_windows_leaves_its_uninstaller_and_the_zip_has_none(
    tmp_path: Path,
) -> None:
    portable = frozen(tmp_path / "qcc-desktop.exe", "Windows")
    (tmp_path / "uninstall.exe").touch()

    assert portable == Installation(InstallationKind.PORTABLE)
    assert frozen(tmp_path / "qcc-desktop.exe", "Windows") == Installation(
        InstallationKind.SETUP, tmp_path
    )


def test_an_application_of_macos_is_its_bundle() -> None:
    program = Path("/Applications/QCC Desktop.app/Contents/MacOS/qcc-desktop")

    assert frozen(program, "Darwin") == Installation(
        InstallationKind.APP, Path("/Applications/QCC Desktop.app")
    )
    assert frozen(Path("/tmp/qcc-desktop"), "Darwin").kind is InstallationKind.PORTABLE


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        (".local/share/pipx/venvs/qcc-desktop", InstallationKind.PIPX),
        (".local/share/uv/tools/qcc-desktop", InstallationKind.UV),
        (".cache/uv/archive-v0/x7Y", InstallationKind.UVX),
        ("project/.venv", InstallationKind.PIP),
    ],
)
def test_ways_of_python_are_told_apart_by_the_environments_place(
    tmp_path: Path, prefix: str, expected: InstallationKind
) -> None:
    home = tmp_path / prefix

    assert python(home / "lib/python3.12/site-packages/qcc_desktop", home) is expected


def test_a_clone_and_a_package_of_the_system_are_recognised(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()

    assert python(tmp_path / "qcc_desktop", tmp_path / ".venv") is InstallationKind.SOURCE
    system = Path("/usr/lib/python3/dist-packages/qcc_desktop")
    assert python(system, Path("/usr")) is InstallationKind.DEB


def test_this_clone_is_told_only() -> None:
    found = find_installation()

    assert found.kind is InstallationKind.SOURCE
    assert found.kind not in INSTALLABLE
    assert not found.is_writable
