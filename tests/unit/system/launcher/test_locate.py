"""Finding the ``claude`` program."""

from pathlib import Path, PureWindowsPath

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.locate import (
    candidate_dirs,
    find_claude,
    shim_target,
    start_command,
)

NPM_SHIM = r"""@ECHO off
GOTO start
:find_dp0
SET dp0=%~dp0
EXIT /b
:start
SETLOCAL
CALL :find_dp0
IF EXIST "%dp0%\node.exe" (
  SET "_prog=%dp0%\node.exe"
) ELSE (
  SET "_prog=node"
  SET PATHEXT=%PATHEXT:;.JS;=;%
)
endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\node_modules\@anthropic-ai\claude-code\cli.js" %*
"""
EXE_SHIM = r'@"%~dp0\node_modules\@anthropic-ai\claude-code\bin\claude.exe"   %*'


def _program(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    program = directory / "claude"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


def test_the_path_comes_first(tmp_path: Path) -> None:
    on_path = _program(tmp_path / "bin")
    _program(tmp_path / "home" / ".local" / "bin")

    assert find_claude({"PATH": str(tmp_path / "bin")}, tmp_path / "home") == on_path


@pytest.mark.parametrize(
    "place",
    [
        ".local/bin",
        ".claude/local",
        ".npm-global/bin",
        ".volta/bin",
        ".bun/bin",
        ".nvm/versions/node/v22.1.0/bin",
        ".local/share/fnm/node-versions/v22/installation/bin",
    ],
)
def test_installers_places_are_searched_when_the_path_lacks_it(tmp_path: Path, place: str) -> None:
    program = _program(tmp_path / place)

    assert find_claude({"PATH": ""}, tmp_path) == program


def test_npms_prefix_is_searched(tmp_path: Path) -> None:
    program = _program(tmp_path / "prefix" / "bin")

    assert find_claude({"PATH": "", "NPM_CONFIG_PREFIX": str(tmp_path / "prefix")}, tmp_path) == (
        program
    )


def test_a_missing_program_is_told_with_the_way_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qcc_desktop.system.launcher.locate.candidate_dirs", lambda *_: ())

    with pytest.raises(UserFacingError, match="npm install"):
        find_claude({"PATH": ""}, tmp_path)


def test_windows_places_are_those_of_npm_on_windows() -> None:
    environ = {"APPDATA": r"C:\Users\a\AppData\Roaming"}

    dirs = candidate_dirs(environ, Path("home"), platform="win32")

    assert any(str(place).replace("/", "\\").endswith(r"Roaming\npm") for place in dirs)


@pytest.mark.parametrize(
    ("shim", "target"),
    [
        (NPM_SHIM, r"C:\npm\node_modules\@anthropic-ai\claude-code\cli.js"),
        (EXE_SHIM, r"C:\npm\node_modules\@anthropic-ai\claude-code\bin\claude.exe"),
        ("@echo off\nclaude.exe", None),
        ("", None),
    ],
    ids=["node script", "program", "no npm shim", "empty"],
)
def test_what_an_npm_shim_runs_is_read_from_it(shim: str, target: str | None) -> None:
    assert shim_target(shim, str(PureWindowsPath("C:/npm"))) == target


def test_a_shim_is_passed_by_and_anything_else_started_as_it_is(tmp_path: Path) -> None:
    shim = tmp_path / "claude.cmd"
    shim.write_text(NPM_SHIM)
    odd = tmp_path / "odd.cmd"
    odd.write_text("@echo off")

    node, script = start_command(shim)

    assert node == "node"
    assert script.endswith("cli.js")
    assert start_command(odd) == (str(odd),)
    assert start_command(tmp_path / "claude") == (str(tmp_path / "claude"),)

    (tmp_path / "node.exe").touch()
    assert start_command(shim)[0] == str(tmp_path / "node.exe")
