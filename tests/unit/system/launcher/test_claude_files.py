"""Claude Code's own settings that would lead it past the proxy."""

import json
import sys
from pathlib import Path

import pytest

from qcc_desktop.system.launcher import claude_files
from qcc_desktop.system.launcher.claude_files import Overruling, read_overruling


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
