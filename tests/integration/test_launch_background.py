"""A launch with nothing running starts the program in the background."""

import os
import signal
import sys
from pathlib import Path

import pytest

from qcc_desktop.storage.paths import paths_below
from qcc_desktop.storage.runtime_file import find_running
from tests.helpers.program import Cli

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
NO_SCREEN = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "SSH_CONNECTION": "here"}


def _cli(home: Path, directory: Path) -> Cli:
    program = directory / "bin" / "claude"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s" "$ANTHROPIC_BASE_URL"\n')
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return Cli(home, {**NO_SCREEN, "PATH": path})


def test_claude_code_runs_through_a_proxy_that_was_not_running(
    tmp_path: Path, qcc_home: Path
) -> None:
    cli = _cli(qcc_home, tmp_path)

    first = cli("launch", "--here", str(tmp_path))
    second = cli("launch", "--here", str(tmp_path))
    info = find_running(paths_below(qcc_home).runtime_file)
    assert info is not None
    os.kill(info.pid, signal.SIGTERM)

    assert first.returncode == 0, first.stderr
    assert first.stdout == f"http://127.0.0.1:{info.port}"
    assert f"started in the background; 'kill {info.pid}' ends it." in first.stderr
    assert (second.returncode, second.stdout, second.stderr) == (0, first.stdout, "")


def test_when_it_cannot_start_the_launch_says_why(tmp_path: Path, qcc_home: Path) -> None:
    cli = _cli(qcc_home, tmp_path)
    paths_below(qcc_home).instance_lock.mkdir(parents=True)

    done = cli("launch", "--here", str(tmp_path))

    assert (done.returncode, done.stdout) == (3, "")
    assert "could not be started." in done.stderr
    assert "instance.lock cannot be locked" in done.stderr


@pytest.mark.parametrize("way", [("--here",), ("--editor", "code"), ()])
def test_nothing_is_started_for_a_folder_that_is_not_there(
    tmp_path: Path, qcc_home: Path, way: tuple[str, ...]
) -> None:
    cli = _cli(qcc_home, tmp_path)

    done = cli("launch", *way, str(tmp_path / "nowhere"))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("qcc-desktop: There is no folder ")
    assert not paths_below(qcc_home).runtime_file.exists()


@pytest.mark.parametrize("way", [("--here",), ()])
def test_nothing_is_started_without_claude_code(
    tmp_path: Path, qcc_home: Path, way: tuple[str, ...]
) -> None:
    environ = {**NO_SCREEN, "PATH": str(tmp_path), "HOME": str(tmp_path)}
    cli = Cli(qcc_home, environ)

    done = cli("launch", *way, str(tmp_path))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("qcc-desktop: Claude Code was not found on this computer.")
    assert not paths_below(qcc_home).runtime_file.exists()
