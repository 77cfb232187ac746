"""The autostart file: quoted right, read back, respected when the desktop switched it off."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcc_desktop.system.autostart.linux import (
    DesktopFile,
    autostart_file,
    entry_text,
    exec_line,
    exec_words,
)
from qcc_desktop.system.autostart.state import AutostartStatus, LoginCommand

COMMAND = LoginCommand((sys.executable, "-m", "qcc_desktop", "--hidden"))
_WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1
)


def made(tmp_path: Path, command: LoginCommand = COMMAND) -> DesktopFile:
    return DesktopFile(command, tmp_path / "autostart" / "qcc-desktop.desktop")


def file_of(tmp_path: Path) -> Path:
    return tmp_path / "autostart" / "qcc-desktop.desktop"


def edit(tmp_path: Path, old: str, new: str) -> None:
    file = file_of(tmp_path)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        pytest.param(("/opt/qcc", "--hidden"), "/opt/qcc --hidden", id="plain"),
        pytest.param(("/opt/QCC 2/q",), '"/opt/QCC 2/q"', id="space"),
        pytest.param(("/home/陳/q",), "/home/陳/q", id="unicode"),
        pytest.param(("/a%20b/q",), '"/a%%20b/q"', id="per cent"),
        pytest.param(('/a"b',), r'"/a\\"b"', id="quote"),
        pytest.param(("/a$b`c",), r'"/a\\$b\\`c"', id="dollar and backtick"),
        pytest.param(("/a\\b",), r'"/a\\\\b"', id="backslash: four, as the specification says"),
        pytest.param(("/a\nb",), r'"/a\nb"', id="newline"),
    ],
)
def test_the_exec_key_is_quoted_as_the_specification_says(
    words: tuple[str, ...], line: str
) -> None:
    assert exec_line(words) == line


@settings(max_examples=150, deadline=None)
@given(_WORDS)
def test_whatever_the_path_every_reader_gets_it_back(words: list[str]) -> None:
    line = exec_line(tuple(words))

    assert exec_words(line) == tuple(words)
    assert "\n" not in line


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ab %$`\"\\'&;~()é", min_size=1), min_size=1))
def test_a_shells_reading_of_the_quotes_is_the_same(words: list[str]) -> None:
    """A second opinion: once unescaped, the value is what a POSIX shell splits alike."""
    value = exec_line(tuple(words)).replace("\\\\", "\\")

    done = subprocess.run(
        ("/bin/sh", "-c", f"printf '%s\\0' {value}"), capture_output=True, check=True, text=True
    )

    assert [word.replace("%%", "%") for word in done.stdout.split("\0")[:-1]] == words


def test_switching_on_makes_an_entry_that_is_read_as_on(tmp_path: Path) -> None:
    entry = made(tmp_path)
    before = entry.read().status

    entry.write()

    assert before is AutostartStatus.OFF
    assert entry.read().status is AutostartStatus.ON
    assert entry.read().place == str(file_of(tmp_path))


def test_switching_off_leaves_nothing_behind(tmp_path: Path) -> None:
    entry = made(tmp_path)
    entry.write()

    entry.remove()
    entry.remove()

    assert entry.read().status is AutostartStatus.OFF
    assert list(file_of(tmp_path).parent.iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Terminal=false", "Hidden=true", id="hidden, by the specification"),
        pytest.param("-enabled=true", "-enabled=false", id="GNOME"),
    ],
)
def test_an_entry_that_the_desktop_switched_off_is_blocked_until_it_is_switched_on(
    tmp_path: Path, old: str, new: str
) -> None:
    entry = made(tmp_path)
    entry.write()

    edit(tmp_path, old, new)
    found = entry.read().status
    entry.write()

    assert found is AutostartStatus.BLOCKED
    assert entry.read().status is AutostartStatus.ON


def test_what_another_group_of_the_file_says_does_not_count(tmp_path: Path) -> None:
    entry = made(tmp_path)
    entry.write()

    with file_of(tmp_path).open("a", encoding="utf-8") as file:
        file.write("[Desktop Action new]\nHidden=true\nExec=other\n")

    assert entry.read().status is AutostartStatus.ON


def test_an_entry_of_a_program_that_was_moved_is_stale_and_orphaned(tmp_path: Path) -> None:
    made(tmp_path, LoginCommand((str(tmp_path / "old place" / "qcc"), "--hidden"))).write()

    found = made(tmp_path).read()

    assert found.status is AutostartStatus.STALE
    assert found.is_orphaned
    assert found.command == f"{tmp_path / 'old place' / 'qcc'} --hidden"


@pytest.mark.parametrize("variables", [{}, {"QCC_DESKTOP_HOME": "/somewhere else"}])
def test_an_entry_of_another_copy_that_is_there_is_stale_only(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    made(tmp_path, LoginCommand((sys.executable, "other.py"), variables)).write()

    found = made(tmp_path).read()

    assert found.status is AutostartStatus.STALE
    assert not found.is_orphaned


@pytest.mark.parametrize("text", ["", "garbage", "[Desktop Entry]\n", "\xff\x00"])
def test_an_entry_that_starts_nothing_is_stale(tmp_path: Path, text: str) -> None:
    file_of(tmp_path).parent.mkdir()
    file_of(tmp_path).write_text(text, "latin-1")

    found = made(tmp_path).read()

    assert found.status is AutostartStatus.STALE
    assert found.is_orphaned


@pytest.mark.parametrize(
    ("variable", "place"),
    [("/xdg", "/xdg/autostart"), ("", "~/.config/autostart"), ("rel", "~/.config/autostart")],
)
def test_the_entry_lies_where_the_desktop_looks(home: Path, variable: str, place: str) -> None:
    expected = Path(place.replace("~", str(home))) / "qcc-desktop.desktop"

    assert autostart_file({"XDG_CONFIG_HOME": variable}) == expected


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_home_of_a_portable_program_reaches_it(tmp_path: Path) -> None:
    """The line is run, as a session would run it, and tells what it got."""
    script = tmp_path / "pro gram.sh"
    script.write_text('#!/bin/sh\nprintf "%s|%s" "$QCC_DESKTOP_HOME" "$1"\n')
    script.chmod(0o700)
    command = LoginCommand((str(script), "--hidden"), {"QCC_DESKTOP_HOME": "/home/陳 ü/q=c"})
    line = next(line for line in entry_text(command).splitlines() if line.startswith("Exec="))

    done = subprocess.run(
        exec_words(line.removeprefix("Exec=")), capture_output=True, check=True, text=True
    )

    assert done.stdout == "/home/陳 ü/q=c|--hidden"


def test_the_entry_names_the_program_without_which_it_is_nothing() -> None:
    command = LoginCommand(("/opt/q c\\c/qcc-desktop", "--hidden"), {"QCC_DESKTOP_HOME": "/h"})

    assert "TryExec=/opt/q c\\\\c/qcc-desktop" in entry_text(command).splitlines()
