"""The two READMEs say the same, and what they say exists."""

import re
from pathlib import Path

import pytest

_FENCE = re.compile(r"^```\w*\n(.*?)^```", re.M | re.S)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.fixture(scope="module")
def english(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chinese(root: Path) -> str:
    return (root / "README.zh-CN.md").read_text(encoding="utf-8")


def _levels(text: str) -> list[str]:
    return re.findall(r"^(#+) ", _FENCE.sub("", text), re.M)


def _commands(text: str) -> list[str]:
    """Lines of the code blocks without their comments."""
    lines = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    return [stripped for line in lines if (stripped := re.sub(r"\s+#.*", "", line).strip())]


def _code(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", _FENCE.sub("", text)))


def test_both_have_the_same_outline(english: str, chinese: str) -> None:
    assert len(_levels(english)) > 5
    assert _levels(english) == _levels(chinese)


def test_both_show_the_same_commands(english: str, chinese: str) -> None:
    assert _commands(english) == _commands(chinese)


def test_both_name_the_same_options_files_and_variables(english: str, chinese: str) -> None:
    assert _code(english) == _code(chinese)


def test_the_first_two_commands_start_and_test_the_program(english: str) -> None:
    assert _commands(english)[:2] == [
        "python3 installers/dev.py run",
        "python3 installers/dev.py test",
    ]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_linked_files_exist(root: Path, name: str) -> None:
    links = _LINK.findall((root / name).read_text(encoding="utf-8"))

    assert [link for link in links if not (root / link).exists()] == []
