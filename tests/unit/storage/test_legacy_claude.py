"""The endpoint that Claude Code's own settings name."""

import json
from pathlib import Path
from typing import Any

import pytest

from qcc_desktop.storage.legacy_claude import parse_claude, read_claude
from qcc_desktop.storage.legacy_found import PROXY

ENV = {"ANTHROPIC_BASE_URL": "https://relay.example", "ANTHROPIC_AUTH_TOKEN": "sk-relay"}


def _write(home: Path, name: str, document: Any) -> Path:
    file = home / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document))
    return file


def test_the_variables_of_the_settings_name_the_endpoint(tmp_path: Path) -> None:
    _write(tmp_path, ".claude/settings.json", {"env": ENV, "model": "opus"})

    (found,) = read_claude({}, tmp_path)

    assert found.place.endswith("settings.json")
    assert [(one.base_url, one.key) for one in found.endpoints] == [
        ("https://relay.example", "sk-relay")
    ]


def test_the_folder_of_claude_config_dir_is_looked_into_too(tmp_path: Path) -> None:
    _write(tmp_path, ".claude/settings.json", {"env": ENV})
    _write(tmp_path, "other/settings.json", {"env": {**ENV, "ANTHROPIC_AUTH_TOKEN": "sk-2"}})

    both = read_claude({"CLAUDE_CONFIG_DIR": str(tmp_path / "other")}, tmp_path)
    same = read_claude({"CLAUDE_CONFIG_DIR": str(tmp_path / ".claude")}, tmp_path)

    assert [place.endpoints[0].key for place in both] == ["sk-2", "sk-relay"]
    assert len(same) == 1


def test_behind_a_takeover_of_qcc_the_endpoint_it_put_aside_is_found(tmp_path: Path) -> None:
    taken = {"env": {"ANTHROPIC_BASE_URL": "http://127.0.0.1:9123", "ANTHROPIC_API_KEY": "x"}}
    _write(tmp_path, ".claude/settings.json", taken)
    _write(tmp_path, ".claude/settings.json.qcc_backup", {"env": ENV})
    _write(tmp_path, ".claude/qcc_proxy_info.json", {"proxy_url": "http://127.0.0.1:9123"})

    now, before = read_claude({}, tmp_path)

    assert (now.endpoints, now.remarks) == ((), (PROXY,))
    assert before.endpoints[0].key == "sk-relay"


@pytest.mark.parametrize(
    ("document", "endpoints", "remark"),
    [
        ({}, 0, ""),
        ({"env": {}}, 0, ""),
        ({"env": 7}, 0, "not stored as an object"),
        ({"env": {"ANTHROPIC_BASE_URL": "https://api.anthropic.com"}}, 0, ""),
        ({"apiKeyHelper": "echo 'sk-secret'"}, 0, "which was not run"),
        ({"env": ENV, "apiKeyHelper": "echo 'sk-secret'"}, 1, ""),
    ],
    ids=["nothing", "no variables", "no object", "a login", "helper", "helper and key"],
)
def test_what_names_no_endpoint_is_told_when_it_matters(
    document: dict[str, Any], endpoints: int, remark: str
) -> None:
    found, remarks = parse_claude(document)

    assert len(found) == endpoints
    assert len(remarks) == bool(remark)
    assert remark in "".join(remarks)
    assert "secret" not in "".join(remarks)


def test_an_address_whose_key_a_program_gives_is_told_and_the_program_not_run() -> None:
    (found,), _ = parse_claude(
        {"env": {"ANTHROPIC_BASE_URL": "https://r.example"}, "apiKeyHelper": "x"}
    )

    assert "which was not run" in found.problem


def test_a_broken_file_does_not_hide_the_other(tmp_path: Path) -> None:
    _write(tmp_path, ".claude/settings.json", {}).write_text("{")
    _write(tmp_path, ".claude/settings.json.qcc_backup", {"env": ENV})

    broken, backup = read_claude({}, tmp_path)

    assert "not JSON" in broken.fault
    assert backup.endpoints


def test_a_file_with_comments_is_read_and_said_to_be_one_that_claude_code_ignores(
    tmp_path: Path,
) -> None:
    file = _write(tmp_path, ".claude/settings.json", {"env": ENV})
    file.write_text(f"{{ // mine\n{file.read_text()[1:-1]},\n}}")

    (found,) = read_claude({}, tmp_path)

    assert found.fault == ""
    assert [one.key for one in found.endpoints] == ["sk-relay"]
    (remark,) = found.remarks
    assert remark.startswith("Comments or trailing commas")


def test_a_file_that_is_broken_in_any_other_way_is_still_called_so(tmp_path: Path) -> None:
    _write(tmp_path, ".claude/settings.json", {}).write_text('{"env": {]')

    (found,) = read_claude({}, tmp_path)

    assert "broken" in found.fault
