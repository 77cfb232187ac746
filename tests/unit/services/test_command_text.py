"""The command that is copied."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qcc_desktop.services.claude_code import ClaudeCode, program_words
from qcc_desktop.services.shells import Shell
from qcc_desktop.system.launcher.quoting import UnsafeArgumentError
from tests.helpers.configured import Configured
from tests.helpers.hostile import ARGUMENTS

TELL = "import os, sys; os.write(1, chr(0).join([os.environ['QCC_DESKTOP_HOME'], *sys.argv[1:]]).encode())"
FOLDER = Path("/srv/it's 项目")


def _claude_code(home: Path, *own: str) -> ClaudeCode:
    configured = Configured(home)
    return ClaudeCode(
        configured.configuration, configured.paths, lambda: None, environ={}, own_command=own
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("shell", [Shell.SH, Shell.FISH])
def test_pasted_into_a_shell_it_does_what_a_launch_does(tmp_path: Path, shell: Shell) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    home = tmp_path / "qcc's home"
    text = _claude_code(home, sys.executable, "-c", TELL).command_text(
        FOLDER, ARGUMENTS, shell, endpoint_id="ep-1"
    )

    done = subprocess.run([shell, "-c", text], capture_output=True, check=True)

    assert done.stdout.decode().split("\0") == [
        *(str(home), "launch", "--here", str(FOLDER), "--endpoint", "ep-1", "--"),
        *ARGUMENTS,
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="paths as Unix writes them")
@pytest.mark.parametrize(
    ("shell", "text"),
    [
        (
            Shell.POWERSHELL,
            "$env:QCC_DESKTOP_HOME = '{home}'; & 'qcc' 'launch' '--here' '/srv/it''s 项目'",
        ),
        (Shell.CMD, 'set "QCC_DESKTOP_HOME={home}" & qcc launch --here "/srv/it\'s 项目"'),
    ],
)
def test_windows_shells_get_their_own_words(tmp_path: Path, shell: Shell, text: str) -> None:
    claude_code = _claude_code(tmp_path, "qcc")

    assert claude_code.command_text(FOLDER, (), shell) == text.format(home=tmp_path)


def test_what_a_shell_would_change_is_refused_by_name(tmp_path: Path) -> None:
    claude_code = _claude_code(tmp_path, "qcc")

    with pytest.raises(UnsafeArgumentError, match="100%"):
        claude_code.command_text(FOLDER, ("all 100%",), Shell.CMD)


@pytest.mark.parametrize("name", ["python.exe", "pythonw.exe"])
def test_a_terminal_gets_the_python_that_has_a_console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / name))

    assert program_words() == (str(tmp_path / "python.exe"), "-m", "qcc_desktop")


def test_a_frozen_program_is_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert program_words() == (sys.executable,)
