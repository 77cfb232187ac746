"""The line that installs Claude Code."""

import pytest

from qcc_desktop.system.finder.install import install_command, install_words


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ("win32", "irm https://claude.ai/install.ps1 | iex"),
        ("darwin", "curl -fsSL https://claude.ai/install.sh | bash"),
        ("linux", "curl -fsSL https://claude.ai/install.sh | bash"),
        ("freebsd14", "npm install -g @anthropic-ai/claude-code"),
    ],
)
def test_each_system_has_its_line(system: str, command: str) -> None:
    assert install_command(system) == command


def test_a_shell_shows_the_line_and_runs_it_as_one_word() -> None:
    words = install_words("linux")

    assert words[:2] == ("sh", "-c")
    assert words[-1] == install_command("linux")


def test_powershell_stays_open_after_the_line() -> None:
    words = install_words("win32")

    assert words[0] == "powershell.exe"
    assert "-NoExit" in words
    assert words[-1] == install_command("win32")
