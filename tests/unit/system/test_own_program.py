"""The frozen program by its lasting name, with a console for commands and none for the tray."""

from pathlib import Path

import pytest

from qcc_desktop.system.own_program import (
    CONSOLE,
    WINDOWED,
    console_program,
    windowed_program,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (CONSOLE, WINDOWED):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize("started", [CONSOLE, WINDOWED, WINDOWED.upper()])
def test_on_windows_each_kind_of_start_gets_its_own_program(folder: Path, started: str) -> None:
    assert console_program(str(folder / started), {}).lower() == str(folder / CONSOLE).lower()
    assert windowed_program(str(folder / started), {}).lower() == str(folder / WINDOWED).lower()


def test_a_program_that_lies_alone_is_both() -> None:
    assert console_program("/nowhere/qcc-desktopw.exe", {}) == "/nowhere/qcc-desktopw.exe"
    assert windowed_program("/usr/lib/qcc-desktop/qcc-desktop", {}) == (
        "/usr/lib/qcc-desktop/qcc-desktop"
    )


def test_an_appimage_is_its_file() -> None:
    environ = {"APPIMAGE": "/home/ada/QCC.AppImage", "APPDIR": "/tmp/.mount_QCCx"}

    assert console_program("/tmp/.mount_QCCx/usr/bin/qcc-desktop", environ) == (
        "/home/ada/QCC.AppImage"
    )


def test_the_appimage_of_the_terminal_it_was_started_in_is_not_ours() -> None:
    environ = {"APPIMAGE": "/home/ada/Terminal.AppImage", "APPDIR": "/tmp/.mount_Terx"}

    assert console_program("/usr/lib/qcc-desktop/qcc-desktop", environ) == (
        "/usr/lib/qcc-desktop/qcc-desktop"
    )
