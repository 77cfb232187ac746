"""Installing Claude Code in a terminal: what runs there, and that its window stays."""

import os
from pathlib import Path

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.claude_installer import ClaudeInstaller
from qcc_desktop.services.preferences import Preferences
from qcc_desktop.system.finder.install import install_command
from tests.helpers.configured import Configured

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for a terminal")


def program(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A computer whose curl brings a script that says hello."""
    program(tmp_path / "bin" / "curl", "echo 'echo hello from the installer'")
    return {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "DISPLAY": ":0"}


async def test_the_command_is_shown_run_and_the_window_waits(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    seen = tmp_path / "seen.txt"
    terminal = program(tmp_path / "bin" / "my-terminal", f'shift\necho | "$@" > {seen} 2>&1')
    configured = Configured(tmp_path)
    await Preferences(configured.configuration).set("claude.terminal", str(terminal))
    installer = ClaudeInstaller(
        configured.configuration, configured.paths, environ=environ, home=tmp_path, platform="linux"
    )

    name = await installer.install()

    assert name == "my-terminal"
    assert seen.read_text().splitlines() == [
        install_command("linux"),
        "",
        "hello from the installer",
        "",
        "Press Return to close this window. ",
    ]


async def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    configured = Configured(tmp_path)
    installer = ClaudeInstaller(
        configured.configuration,
        configured.paths,
        environ={"PATH": "", "DISPLAY": ":0"},
        home=tmp_path,
        platform="linux",
    )

    with pytest.raises(UserFacingError, match=r"No terminal program was found\."):
        await installer.install()
