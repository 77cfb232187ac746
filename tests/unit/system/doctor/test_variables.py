"""Which lines of which profiles lead Claude Code elsewhere."""

import os
from pathlib import Path

import pytest

from qcc_desktop.core.diagnosis import Verdict
from qcc_desktop.system.doctor import variables

KEY = "sk-ant-planted-0123456789"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"export ANTHROPIC_API_KEY={KEY}", "ANTHROPIC_API_KEY"),
        (f"  ANTHROPIC_AUTH_TOKEN='{KEY}'", "ANTHROPIC_AUTH_TOKEN"),
        (f"export FOO=1 ANTHROPIC_API_KEY={KEY}", "ANTHROPIC_API_KEY"),
        (f"[ -f x ] && export ANTHROPIC_API_KEY={KEY}", "ANTHROPIC_API_KEY"),
        (f"declare -x ANTHROPIC_API_KEY={KEY}", "ANTHROPIC_API_KEY"),
        (f"set -gx ANTHROPIC_API_KEY {KEY}", "ANTHROPIC_API_KEY"),
        (f"set --global --export ANTHROPIC_API_KEY {KEY}", "ANTHROPIC_API_KEY"),
        (f"SETUVAR --export ANTHROPIC_API_KEY:{KEY}", "ANTHROPIC_API_KEY"),
        (f"setenv ANTHROPIC_API_KEY {KEY}", "ANTHROPIC_API_KEY"),
        (f'$env:ANTHROPIC_API_KEY = "{KEY}"', "ANTHROPIC_API_KEY"),
        (f'$Env:anthropic_api_key="{KEY}"', "ANTHROPIC_API_KEY"),
        (
            f"[Environment]::SetEnvironmentVariable('ANTHROPIC_API_KEY', '{KEY}', 'User')",
            "ANTHROPIC_API_KEY",
        ),
        ("export CLAUDE_CODE_USE_BEDROCK=1", "CLAUDE_CODE_USE_BEDROCK"),
    ],
)
def test_an_assignment_is_seen_in_every_shells_way(line: str, name: str) -> None:
    found = variables.assignment(line)

    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize(
    "line",
    [
        "unset ANTHROPIC_API_KEY",
        "set -e ANTHROPIC_API_KEY",
        "set -q ANTHROPIC_API_KEY or echo none",
        "echo $ANTHROPIC_API_KEY",
        'if [ "$ANTHROPIC_API_KEY" = "" ]; then',
        "Remove-Item Env:ANTHROPIC_API_KEY",
        "export MY_ANTHROPIC_API_KEY=x",
        "export ANTHROPIC_API_KEY_OLD=x",
        "export ANTHROPIC_API_KEY=",
        "export ANTHROPIC_MODEL=opus",
    ],
)
def test_what_sets_no_such_variable_is_left_alone(line: str) -> None:
    assert variables.assignment(line) is None


def _profiles(home: Path) -> dict[str, str]:
    return {
        ".bashrc": f"alias ll='ls -l'\n# export ANTHROPIC_API_KEY={KEY}\nexport ANTHROPIC_API_KEY={KEY}\n",
        ".zshenv": f"export ANTHROPIC_AUTH_TOKEN={KEY}\n",
        ".config/fish/conf.d/claude.fish": f"set -gx ANTHROPIC_API_KEY {KEY}\n",
        ".config/powershell/profile.ps1": f'\n$env:CLAUDE_CODE_OAUTH_TOKEN = "{KEY}"\n',
    }


def _write(home: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def test_profiles_are_named_with_the_line_and_the_variable_but_never_its_value(
    tmp_path: Path,
) -> None:
    _write(tmp_path, _profiles(tmp_path))

    (finding,) = variables.check_profiles({}, tmp_path, ())

    said = finding.detail.plain() + finding.remedy.plain()
    assert finding.verdict is Verdict.NOTE
    assert "~/.bashrc line 3 (ANTHROPIC_API_KEY)" in said
    assert "~/.zshenv line 1 (ANTHROPIC_AUTH_TOKEN)" in said
    assert "~/.config/fish/conf.d/claude.fish line 1 (ANTHROPIC_API_KEY)" in said
    assert "~/.config/powershell/profile.ps1 line 2 (CLAUDE_CODE_OAUTH_TOKEN)" in said
    assert "line 2 (ANTHROPIC_API_KEY)" not in said
    assert "planted" not in said + repr(finding)


def test_a_profile_in_utf_16_as_powershell_writes_it_is_read(tmp_path: Path) -> None:
    profile = tmp_path / "profile.ps1"
    profile.write_text('$env:ANTHROPIC_API_KEY = "x"\r\n', encoding="utf-16")

    assert [place.line for place in variables.assignments(profile)] == [1]


def test_a_profile_that_leads_to_this_proxy_is_no_conflict(tmp_path: Path) -> None:
    _write(tmp_path, {".bashrc": "export ANTHROPIC_BASE_URL=http://127.0.0.1:7860\n"})

    (finding,) = variables.check_profiles({}, tmp_path, (7860,))

    assert finding.verdict is Verdict.OK


def test_zsh_profiles_are_found_where_zdotdir_says(tmp_path: Path) -> None:
    _write(tmp_path, {"zsh/.zshrc": "export ANTHROPIC_API_KEY=x\n"})

    (finding,) = variables.check_profiles({"ZDOTDIR": str(tmp_path / "zsh")}, tmp_path, ())

    assert "zsh/.zshrc line 1" in finding.detail.plain()


def test_variables_of_this_process_are_named_without_their_values() -> None:
    environ = {"ANTHROPIC_API_KEY": KEY, "CLAUDE_CODE_USE_VERTEX": "1", "PATH": "/bin"}

    (finding,) = variables.check_environment(environ, ())

    assert finding.verdict is Verdict.NOTE
    assert "ANTHROPIC_API_KEY, CLAUDE_CODE_USE_VERTEX" in finding.detail.plain()
    remedy = finding.remedy.plain()
    assert remedy.endswith(
        "Remove-Item Env:ANTHROPIC_API_KEY, Env:CLAUDE_CODE_USE_VERTEX"
        if os.name == "nt"
        else "unset ANTHROPIC_API_KEY CLAUDE_CODE_USE_VERTEX"
    )
    assert "planted" not in repr(finding)


def test_a_terminal_that_leads_to_this_proxy_is_well() -> None:
    environ = {"ANTHROPIC_BASE_URL": "http://127.0.0.1:7860", "ANTHROPIC_AUTH_TOKEN": "t"}

    (finding,) = variables.check_environment(environ, (7860,))

    assert finding.verdict is Verdict.OK


def test_registry_variables_come_with_the_command_that_removes_each() -> None:
    (finding,) = variables.judge_registry({"User": ["ANTHROPIC_API_KEY"], "Machine": []})

    assert finding.verdict is Verdict.NOTE
    assert "SetEnvironmentVariable('ANTHROPIC_API_KEY', $null, 'User')" in finding.remedy.plain()


def test_a_registry_without_them_is_well() -> None:
    (finding,) = variables.judge_registry({"User": [], "Machine": []})

    assert finding.verdict is Verdict.OK
