"""``launch --list``, run in this process."""

import json
import os
from pathlib import Path

import pytest

from tests.helpers.program import InProcess

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the made program is a shell script")


@pytest.fixture
def cli(
    qcc_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> InProcess:
    return InProcess(qcc_home, capsys, monkeypatch)


@pytest.fixture
def claude(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that calls itself Claude Code, on PATH."""
    program = tmp_path / "bin" / "claude"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "2.1.77 (Claude Code)"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.defpath}")
    return program


def test_the_list_names_version_and_place_and_marks_the_launched_one(
    cli: InProcess, claude: Path
) -> None:
    answer = cli("launch", "--list")

    assert answer.returncode == 0
    row = next(line for line in answer.stdout.splitlines() if str(claude) in line)
    assert row.split()[:2] == ["*", "2.1.77"]


def test_the_list_as_json_has_what_starts_it(cli: InProcess, claude: Path) -> None:
    first = json.loads(cli("launch", "--list", "--json").stdout)[0]

    assert first == {
        "path": str(claude),
        "kind": "other",
        "version": "2.1.77",
        "command": [str(claude)],
        "on_path": True,
        "problem": "",
        "launched": True,
    }


def test_the_chosen_one_is_marked(cli: InProcess, claude: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "claude"
    own.parent.mkdir()
    own.write_bytes(claude.read_bytes())
    own.chmod(0o755)
    cli("config", "set", "claude.executable", str(own))

    listed = json.loads(cli("launch", "--list", "--json").stdout)

    assert [each["path"] for each in listed if each["launched"]] == [str(own)]


def test_json_without_list_is_refused(cli: InProcess) -> None:
    answer = cli("launch", "--json")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "qcc-desktop: --json goes with --list only.\n"
