"""What the demo tells about itself and about going on without it."""

import shutil
from pathlib import Path

import pytest

from qcc_desktop.app.demo.guide import (
    NO_SCREEN,
    captioned,
    footer,
    has_screen,
    next_steps,
    program_name,
)


def test_without_a_screen_the_proxy_alone_is_what_starts_for_real() -> None:
    assert next_steps("qcc-desktop", with_screen=False)[-1].endswith(" qcc-desktop serve")
    assert next_steps("qcc-desktop", with_screen=True)[-1].endswith(" qcc-desktop")


def test_the_footer_says_why_the_story_is_in_the_terminal() -> None:
    assert footer("qcc-desktop", with_screen=False)[0] == f"{NO_SCREEN} Ctrl-C ends it."
    assert footer("qcc-desktop", with_screen=True)[0] == "Ctrl-C ends the demo."


@pytest.mark.parametrize(
    ("found", "started_as", "expected"),
    [
        pytest.param(True, "/clone/.venv/bin/qcc-desktop", "qcc-desktop", id="on the path"),
        pytest.param(False, "/clone/.venv/bin/qcc-desktop", ".venv/bin/qcc-desktop", id="below"),
        pytest.param(False, "/opt/bin/qcc-desktop", "/opt/bin/qcc-desktop", id="elsewhere"),
        pytest.param(False, "/usr/lib/python3/__main__.py", "qcc-desktop", id="as a module"),
    ],
)
def test_the_program_is_named_so_that_it_can_be_typed(
    monkeypatch: pytest.MonkeyPatch, found: bool, started_as: str, expected: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if found else None)

    anchor = Path.cwd().anchor
    started, folder = str(Path(anchor, started_as)), Path(anchor, "/clone")
    told = Path(anchor, expected) if expected.startswith("/") else Path(expected)
    assert program_name(started, folder) == str(told)


def test_the_line_in_the_window_names_the_part_once_there_is_one() -> None:
    assert captioned() == "Demo with simulated endpoints · nothing here is kept"
    assert captioned("All is well") == (
        "Demo with simulated endpoints · All is well · nothing here is kept"
    )


def test_a_screen_is_found_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")

    assert not has_screen({"DISPLAY": ""})
    assert has_screen({"DISPLAY": ":0"})
    assert has_screen({"WAYLAND_DISPLAY": "wayland-0"})
