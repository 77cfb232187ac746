"""What is started at login: this program, hidden, from wherever it runs."""

import os
import sys
from pathlib import Path

import pytest

from qcc_desktop.app.commands.parser import build_parser
from qcc_desktop.system.autostart.command import login_command


def test_from_a_source_tree_python_is_started_with_the_package() -> None:
    command = login_command({})

    name = (
        "pythonw.exe" if os.name == "nt" else Path(sys.executable).name
    )  # the one without a console
    assert command.words[0] == str(Path(sys.executable).with_name(name))
    assert command.words[1:] == ("-m", "qcc_desktop", "--hidden")
    assert not command.variables


def test_the_command_line_is_one_that_the_program_understands() -> None:
    words = list(login_command({}).words[3:])

    assert build_parser().parse_args(words).hidden


def test_a_packed_program_is_started_by_its_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/QCC Desktop/qcc-desktop")

    assert login_command({}).words == ("/opt/QCC Desktop/qcc-desktop", "--hidden")


def test_an_appimage_is_started_by_its_file_not_by_its_mount(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/tmp/.mount_QCCx/qcc-desktop")

    words = login_command(
        {"APPIMAGE": "/home/ada/QCC.AppImage", "APPDIR": "/tmp/.mount_QCCx"}
    ).words

    assert words == ("/home/ada/QCC.AppImage", "--hidden")


def test_a_portable_program_takes_its_home_with_it(tmp_path: Path) -> None:
    command = login_command({"QCC_DESKTOP_HOME": str(tmp_path / "a" / ".." / "b")})

    assert command.variables == {"QCC_DESKTOP_HOME": str(tmp_path / "b")}


def test_python_on_windows_opens_no_console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pythonw.exe").touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))

    assert login_command({}).words[0] == str(tmp_path / "pythonw.exe")
