"""The line that installs Claude Code."""

import pytest

from qcc_desktop.system.finder.install import install_command, npm_install_command


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


def test_npms_line_is_there_for_those_who_want_it() -> None:
    assert npm_install_command() == "npm install -g @anthropic-ai/claude-code"
