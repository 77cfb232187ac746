"""Where Claude Code is led."""

import os
from pathlib import Path

import pytest

from qcc_desktop.core.errors import NotRunning, UserFacingError
from qcc_desktop.services.claude_code import ClaudeCode, Target
from qcc_desktop.services.shells import Shell
from qcc_desktop.system.launcher.claude_files import Overruling
from tests.helpers.configured import Configured

TOKEN = "qcc-token-of-this-test"


def _claude_code(directory: Path, target: Target | None, **environ: str) -> ClaudeCode:
    configured = Configured(directory / "qcc")
    return ClaudeCode(
        configured.configuration,
        configured.paths,
        lambda: target,
        environ=environ,
        home=directory,
    )


def _installed(directory: Path) -> str:
    program = directory / "bin" / ("claude.exe" if os.name == "nt" else "claude")
    program.parent.mkdir()
    program.touch(mode=0o755)
    return str(program.parent)


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://127.0.0.1:7861"), ("::1", "http://[::1]:7861")],
)
def test_the_variables_name_the_port_it_really_listens_on(
    tmp_path: Path, host: str, url: str
) -> None:
    claude_code = _claude_code(tmp_path, Target(host, 7861, TOKEN))

    assert claude_code.environment() == {"ANTHROPIC_BASE_URL": url, "ANTHROPIC_AUTH_TOKEN": TOKEN}
    assert url in claude_code.shell_lines(Shell.SH)


def test_while_the_proxy_is_off_there_are_none(tmp_path: Path) -> None:
    claude_code = _claude_code(tmp_path, None)

    with pytest.raises(NotRunning):
        claude_code.environment()
    with pytest.raises(NotRunning):
        claude_code.shell_lines(Shell.FISH)


def test_variables_in_the_way_are_named(tmp_path: Path) -> None:
    claude_code = _claude_code(tmp_path, None, ANTHROPIC_API_KEY="k", HOME="/h")

    assert claude_code.removed_variables == ("ANTHROPIC_API_KEY",)


async def test_managed_settings_that_lead_past_the_proxy_stop_the_launch_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claude_code = _claude_code(
        tmp_path, Target("127.0.0.1", 1, TOKEN), PATH=_installed(tmp_path), DISPLAY=":0"
    )
    managed = Overruling((), ("ANTHROPIC_BASE_URL",))
    monkeypatch.setattr("qcc_desktop.services.claude_code.read_overruling", lambda *_: managed)

    with pytest.raises(UserFacingError, match=r"organisation's .* ANTHROPIC_BASE_URL"):
        claude_code.here_command(claude_code.plan(tmp_path))
    with pytest.raises(UserFacingError, match="organisation's"):
        await claude_code.launch(tmp_path)


def test_no_token_shows_in_a_repr() -> None:
    assert TOKEN not in repr(Target("127.0.0.1", 1, TOKEN))
