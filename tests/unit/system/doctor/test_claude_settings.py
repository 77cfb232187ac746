"""Where Claude Code's settings files lead, read from real files."""

import os
import sys
from pathlib import Path

import pytest

from qcc_desktop.core.diagnosis import Finding, Verdict
from qcc_desktop.system.doctor import claude_settings
from qcc_desktop.system.doctor.claude_settings import check_claude_settings

KEY = "sk-ant-planted-0123456789"


@pytest.fixture(autouse=True)
def nothing_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claude_settings, "answers", lambda host, port: port == 8080)


def _check(home: Path, text: str | None, own_ports: tuple[int, ...] = ()) -> tuple[Finding, ...]:
    if text is not None:
        file = home / ".claude" / "settings.json"
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
    return check_claude_settings({}, home, own_ports)


def _env(url: str, key: str = KEY) -> str:
    return f'{{"env": {{"ANTHROPIC_BASE_URL": "{url}", "ANTHROPIC_AUTH_TOKEN": "{key}"}}}}'


@pytest.mark.parametrize("text", [None, "", "{}", '{"env": {}}', '{"env": null}', "[]"])
def test_settings_that_lead_nowhere_are_well(tmp_path: Path, text: str | None) -> None:
    (finding,) = _check(tmp_path, text)

    assert finding.verdict is Verdict.OK


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes in its file system")
@pytest.mark.timeout(20)
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / ".claude").mkdir()
    os.mkfifo(tmp_path / ".claude" / "settings.json")

    (finding,) = _check(tmp_path, None)

    assert finding.verdict is Verdict.PROBLEM
    assert "no ordinary file" in finding.detail.plain()


def test_a_takeover_of_the_running_proxy_is_well(tmp_path: Path) -> None:
    (finding,) = _check(tmp_path, _env("http://127.0.0.1:7860"), own_ports=(7860,))

    assert finding.verdict is Verdict.OK
    assert "takeover" in finding.detail.plain()


@pytest.mark.parametrize(
    ("key", "owner"),
    [("proxy-managed", "QCC"), ("PROXY_MANAGED", "cc-switch"), (KEY, "another program")],
)
def test_an_address_where_nobody_answers_is_a_problem_and_its_author_is_named(
    tmp_path: Path, key: str, owner: str
) -> None:
    (finding,) = _check(tmp_path, _env("http://127.0.0.1:15721", key))

    assert finding.verdict is Verdict.PROBLEM
    assert "127.0.0.1:15721" in finding.detail.plain()
    assert f"left by {owner}" in finding.detail.plain()
    assert "ANTHROPIC_BASE_URL, ANTHROPIC_AUTH_TOKEN" in finding.remedy.plain()
    assert "planted" not in repr(finding)


@pytest.mark.parametrize(
    "text",
    ['{ // mine\n "model": "x" }', '{"model": /* mine */ "x"}', '{"url": "http://x/*", }'],
    ids=["line", "block", "last comma"],
)
def test_comments_and_last_commas_are_told_for_claude_code_then_loads_nothing(
    tmp_path: Path, text: str
) -> None:
    (finding,) = _check(tmp_path, text)

    assert finding.verdict is Verdict.PROBLEM
    assert "comments or a last comma" in finding.detail.plain()


@pytest.mark.parametrize(
    "url", ["http://localhost:8080", "https://user:word@api.example.com/x?k=y"]
)
def test_another_address_that_may_answer_is_a_note_without_its_secrets(
    tmp_path: Path, url: str
) -> None:
    (finding,) = _check(tmp_path, _env(url))

    assert finding.verdict is Verdict.NOTE
    assert "word" not in repr(finding)


def test_a_placeholder_without_an_address_is_a_problem(tmp_path: Path) -> None:
    (finding,) = _check(tmp_path, '{"env": {"ANTHROPIC_API_KEY": "PROXY_MANAGED"}}')

    assert finding.verdict is Verdict.PROBLEM
    assert "cc-switch" in finding.detail.plain()


def test_a_broken_file_is_a_problem_and_nothing_of_it_is_told(tmp_path: Path) -> None:
    (finding,) = _check(tmp_path, f'{{"env": {{"ANTHROPIC_API_KEY": "{KEY}"')

    assert finding.verdict is Verdict.PROBLEM
    assert "planted" not in repr(finding)


def test_the_folder_of_claude_config_dir_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(_env("http://127.0.0.1:15721"))

    found = check_claude_settings({"CLAUDE_CONFIG_DIR": str(tmp_path)}, tmp_path / "home", ())

    assert [finding.verdict for finding in found] == [Verdict.PROBLEM]
