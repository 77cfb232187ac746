"""Foreign programs are fetched once and found again."""

import os
from pathlib import Path

import pytest

import dev_tools


class Npm:
    """Stands for npm: answers `view`, and "installs" by making the program's file."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []

    def __call__(self, *arguments: str) -> str:
        self.calls.append(arguments)
        if arguments[0] == "view":
            return "9.9.9\n"
        folder = Path(arguments[arguments.index("--prefix") + 1]) / "node_modules" / ".bin"
        folder.mkdir(parents=True)
        (folder / ("claude.cmd" if os.name == "nt" else "claude")).touch()
        return ""


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Npm:
    fake = Npm()
    monkeypatch.setattr(dev_tools, "TOOLS", tmp_path / ".tools")
    monkeypatch.setattr(dev_tools, "_npm", fake)
    return fake


def test_the_newest_version_is_asked_for_once(npm: Npm) -> None:
    assert dev_tools.newest_claude() == "9.9.9"
    assert dev_tools.newest_claude() == "9.9.9"

    assert [call[0] for call in npm.calls] == ["view"]


def test_a_version_is_installed_once(npm: Npm) -> None:
    first = dev_tools.claude("1.2.3")

    assert dev_tools.claude("1.2.3") == first
    assert first.is_file()
    assert [call[-1] for call in npm.calls] == ["@anthropic-ai/claude-code@1.2.3"]


def test_both_tested_versions_are_told_newest_first(npm: Npm) -> None:
    assert list(dev_tools.claudes()) == ["9.9.9", dev_tools.OLD_CLAUDE]


def test_an_installation_without_a_program_is_an_error(
    npm: Npm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev_tools, "_npm", lambda *_: "")

    with pytest.raises(SystemExit, match=r"no .*claude"):
        dev_tools.claude("1.2.3")


def test_wrong_usage_shows_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev_tools.main([]) == 2
    assert "dev_tools.py claude" in capsys.readouterr().err
