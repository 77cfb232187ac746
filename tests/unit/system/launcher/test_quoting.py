"""Every word arrives as it is, or is refused by name; readers of their own check it."""

import base64
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.quoting import (
    UnsafeArgumentError,
    batch_line,
    encoded_powershell,
    fish_line,
    own_words,
    powershell_line,
    powershell_literal,
    sh_line,
    split_windows_line,
    typed_cmd_line,
    windows_line,
)
from tests.helpers.hostile import ARGUMENTS, FOLDERS

WORDS = (*ARGUMENTS, *FOLDERS)
unix = pytest.mark.skipif(sys.platform == "win32", reason="needs Unix's programs")
TELL = "import os, sys; os.write(1, chr(0).join(sys.argv[1:]).encode())"


@pytest.mark.parametrize("word", WORDS)
def test_a_line_for_a_windows_program_is_taken_apart_into_the_words(word: str) -> None:
    assert split_windows_line(windows_line(["x", word, "end"])) == ("x", word, "end")


@given(st.lists(st.text(alphabet='ab \\"\t%', max_size=8), max_size=4))
def test_any_words_survive_a_windows_line(words: list[str]) -> None:
    assert split_windows_line(windows_line(words)) == tuple(words)


@unix
@pytest.mark.parametrize("shell", ["sh", "dash", "bash", "zsh"])
def test_a_line_for_a_shell_reaches_a_program_word_by_word(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    line = sh_line([sys.executable, "-c", TELL, *WORDS])

    done = subprocess.run([shell, "-c", line], capture_output=True, check=True)

    assert done.stdout.decode().split("\0") == list(WORDS)
    assert shlex.split(line)[3:] == list(WORDS)


@unix
def test_a_line_for_fish_reaches_a_program_word_by_word() -> None:
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    line = fish_line([sys.executable, "-c", TELL, *WORDS])

    done = subprocess.run(["fish", "-N", "-c", line], capture_output=True, check=True)

    assert done.stdout.decode().split("\0") == list(WORDS)


def _fish_words(line: str) -> list[str]:
    """Take fish's quoted words apart: only ``\\\\`` and ``\\'`` mean something within quotes."""
    pieces = re.findall(r"'((?:[^'\\]|\\.)*)'|(\S+)", line, re.DOTALL)
    return [bare or re.sub(r"\\([\\'])", r"\1", quoted) for quoted, bare in pieces]


def test_fish_words_are_found_again_by_a_parser_of_its_own() -> None:
    assert _fish_words(fish_line(WORDS)) == list(WORDS)


def _powershell_words(line: str) -> list[str]:
    """Take a call apart as about_Quoting_Rules says: a doubled quote is one, of whatever kind."""
    quotes = "'‘’‚‛"
    pieces = re.findall(rf"[{quotes}]((?:[^{quotes}]|[{quotes}][{quotes}])*)[{quotes}]", line)
    return [re.sub(rf"[{quotes}]([{quotes}])", r"\1", piece) for piece in pieces]


@pytest.mark.parametrize("word", WORDS)
def test_powershell_gets_the_word_or_it_is_refused(word: str) -> None:
    if '"' in word or not word or (" " in word and word.endswith("\\")):
        with pytest.raises(UnsafeArgumentError, match="cannot be given to Claude Code"):
            powershell_line(["x", word])
        return
    assert _powershell_words(powershell_line(["x", word])) == ["x", word]


def test_an_encoded_script_needs_no_quotes() -> None:
    encoded = encoded_powershell(f"& {powershell_literal('项目 “x”')}")

    assert re.fullmatch(r"[A-Za-z0-9+/=]+", encoded)
    assert base64.b64decode(encoded).decode("utf-16-le") == "& '项目 “x”'"


def _cmd_words(line: str) -> tuple[str, ...]:
    """Take a line apart as cmd.exe does: what is special outside of quotes must not be there."""
    is_quoted = False
    for sign in line:
        is_quoted ^= sign == '"'
        assert is_quoted or sign not in "&|<>^()!\r\n,;="
        assert sign not in "%\r\n"
    assert not is_quoted
    return split_windows_line(line)


@pytest.mark.parametrize("word", WORDS)
def test_nothing_in_a_word_is_special_to_cmd_or_it_is_refused(word: str) -> None:
    try:
        line = batch_line("cmd.exe", "C:\\my tools\\claude.cmd", [word, "end"])
    except UnsafeArgumentError:
        assert set(word) & set('%"\r\n')
        with pytest.raises(UnsafeArgumentError):
            typed_cmd_line([word])
        return
    head, quoted = line.split(" /c ")
    assert head == "cmd.exe /d /v:off /s"
    assert _cmd_words(quoted[1:-1]) == ("C:\\my tools\\claude.cmd", word, "end")
    assert _cmd_words(typed_cmd_line(["x", word])) == ("x", word)


@pytest.mark.parametrize("word", ["wow!", "a^b"])
def test_a_batch_file_that_expands_later_gets_no_word_it_would_change(word: str) -> None:
    text = "@echo off\nSetLocal EnableDelayedExpansion\nx %*"

    batch_line("cmd.exe", "x.cmd", [word])
    with pytest.raises(UnsafeArgumentError, match=re.escape(repr(word))):
        batch_line("cmd.exe", "x.cmd", [word], text)


@pytest.mark.parametrize(
    "write", [windows_line, sh_line, fish_line, powershell_line, typed_cmd_line]
)
def test_a_nul_is_refused_everywhere(write: Callable[[list[str]], str]) -> None:
    with pytest.raises(UnsafeArgumentError, match="NUL"):
        write(["x", "a\0b"])


def test_a_refusal_names_the_word_shortly_and_without_a_key_in_it() -> None:
    with pytest.raises(UnsafeArgumentError) as refused:
        typed_cmd_line(['{"ANTHROPIC_AUTH_TOKEN": "sk-ant-000000000000"}' + "x" * 50])

    assert "sk-ant-0" not in str(refused.value)
    assert "…" in str(refused.value)


@unix
def test_own_words_are_those_of_a_shell() -> None:
    assert own_words("a 'b c' \"d\" e\\ f") == ("a", "b c", "d", "e f")
    with pytest.raises(UserFacingError, match="no partner"):
        own_words("a 'b")


def test_own_words_on_windows_are_those_of_its_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcc_desktop.system.launcher.quoting.os.name", "nt")

    assert own_words('a "b c" \\"d C:\\e') == ("a", "b c", '"d', "C:\\e")
