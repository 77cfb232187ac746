"""Claude Code's own settings that would lead it past the proxy."""

import json
import sys
from pathlib import Path

import pytest

from qcc_desktop.system.launcher import claude_files
from qcc_desktop.system.launcher.claude_files import (
    Overruling,
    read_given_settings,
    read_overruling,
)


def _settings(file: Path, **env: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"env": env}))


def test_user_project_and_local_settings_are_looked_at(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "project"
    _settings(home / ".claude" / "settings.json", ANTHROPIC_API_KEY="k")
    _settings(folder / ".claude" / "settings.json", ANTHROPIC_BASE_URL="u")
    _settings(folder / ".claude" / "settings.local.json", ANTHROPIC_BASE_URL="v")

    found = read_overruling({}, home, folder)

    assert found == Overruling(("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"))


@pytest.mark.skipif(sys.platform == "win32", reason="devices of POSIX")
def test_a_project_cannot_have_us_read_what_never_ends(tmp_path: Path) -> None:
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".claude" / "settings.json").symlink_to("/dev/zero")

    assert read_overruling({}, tmp_path / "home", tmp_path) == Overruling()


def test_a_moved_config_directory_is_followed(tmp_path: Path) -> None:
    _settings(tmp_path / "moved" / "settings.json", ANTHROPIC_API_KEY="k")

    found = read_overruling({"CLAUDE_CONFIG_DIR": str(tmp_path / "moved")}, tmp_path, tmp_path)

    assert found.variables == ("ANTHROPIC_API_KEY",)


def test_managed_settings_are_told_apart_for_nothing_beats_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    managed = tmp_path / "managed.json"
    _settings(managed, ANTHROPIC_BASE_URL="u")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(claude_files._MANAGED, "linux", managed)

    assert read_overruling({}, tmp_path, tmp_path) == Overruling((), ("ANTHROPIC_BASE_URL",))


def test_without_any_settings_nothing_overrules(tmp_path: Path) -> None:
    assert read_overruling({}, tmp_path, tmp_path) == Overruling()


def test_given_settings_are_a_file_beside_the_folder_or_json_itself(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text("{}")

    assert read_given_settings("s.json", tmp_path) == "{}"
    assert read_given_settings(str(tmp_path / "s.json"), Path("/")) == "{}"
    assert read_given_settings(' {"a": 1}', tmp_path) == ' {"a": 1}'
    assert read_given_settings("gone.json", tmp_path) is None
    assert read_given_settings(None, tmp_path) is None
