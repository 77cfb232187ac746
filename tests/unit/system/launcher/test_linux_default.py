"""Which terminal the person uses."""

import sys
from pathlib import Path

import pytest

from qcc_desktop.system.launcher.linux_default import preferred_terminals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")


def _preferred(home: Path, **environ: str) -> tuple[str, ...]:
    return preferred_terminals({"PATH": str(home / "bin"), **environ}, home)


def test_without_settings_there_is_none(tmp_path: Path) -> None:
    assert _preferred(tmp_path) == ()
    assert _preferred(tmp_path, XDG_CURRENT_DESKTOP="KDE:XFCE:GNOME") == ()


def test_the_persons_variable_comes_before_the_desktops_setting(tmp_path: Path) -> None:
    file = tmp_path / ".config" / "kdeglobals"
    file.parent.mkdir()
    file.write_text("[General]\nTerminalApplication=konsole --hold\n[Icons]\nTheme=x\n")

    assert _preferred(tmp_path, XDG_CURRENT_DESKTOP="KDE", TERMINAL="foot") == (
        "foot",
        "konsole --hold",
    )


def test_a_broken_file_is_no_setting(tmp_path: Path) -> None:
    file = tmp_path / ".config" / "kdeglobals"
    file.parent.mkdir()
    file.write_text("no section = here\n")

    assert _preferred(tmp_path, XDG_CURRENT_DESKTOP="KDE") == ()


def test_xfce_keeps_it_among_its_helpers(tmp_path: Path) -> None:
    file = tmp_path / "xdg" / "xfce4" / "helpers.rc"
    file.parent.mkdir(parents=True)
    file.write_text("WebBrowser=firefox\nTerminalEmulator=xfce4-terminal\n")
    config = str(tmp_path / "xdg")

    assert _preferred(tmp_path, XDG_CURRENT_DESKTOP="XFCE", XDG_CONFIG_HOME=config) == (
        "xfce4-terminal",
    )


def test_gnome_and_its_kin_are_asked_by_gsettings(tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "bin" / "gsettings"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$*" > {asked}\necho "\'tilix\'"\n')
    program.chmod(0o755)
    path = f"{program.parent}:/bin:/usr/bin"

    found = _preferred(tmp_path, XDG_CURRENT_DESKTOP="ubuntu:GNOME", PATH=path)

    assert found == ("tilix",)
    assert asked.read_text() == "get org.gnome.desktop.default-applications.terminal exec\n"
