"""The command ``autostart``, in a home of its own."""

import json
import sys
from pathlib import Path

import pytest

from qcc_desktop.app.cli import main

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the others would touch the real session"
)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["autostart", *words]) == 0
    return capsys.readouterr().out


def entry(home: Path) -> Path:
    return home / ".config" / "autostart" / "qcc-desktop.desktop"


def test_on_and_off_say_what_happens_at_the_next_login(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = said(capsys, "status")
    on = said(capsys, "on")
    was_made = entry(home).exists()
    off = said(capsys, "off")

    assert before == off == "QCC Desktop does not start at login.\n"
    assert on.startswith("QCC Desktop starts at login.\n")
    assert was_made
    assert not entry(home).exists()


def test_status_as_json_is_for_scripts(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "on")

    answer = json.loads(said(capsys, "status", "--json"))

    assert answer["status"] == "on"
    assert answer["entry"] == str(entry(home))
    assert answer["command"].endswith("-m qcc_desktop --hidden")


def test_an_entry_that_the_desktop_switched_off_is_said_to_be(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "on")
    entry(home).write_text(entry(home).read_text("utf-8") + "Hidden=true\n", "utf-8")

    assert said(capsys, "status").startswith("The system's settings keep")


def test_an_entry_of_a_program_that_is_gone_is_said_to_be(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "on")
    text = entry(home).read_text("utf-8").replace(sys.executable, "/gone/python")
    entry(home).write_text(text, "utf-8")

    assert said(capsys, "status").startswith("The entry starts a program that is gone")


def test_a_missing_action_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["autostart"]) == 2
    assert "autostart" in capsys.readouterr().err
