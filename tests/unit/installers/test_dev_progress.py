"""What a person sees while something is installed."""

import io
import subprocess
import sys

import pytest
from typing_extensions import override

import dev_progress


class Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_terminal_shows_the_stage_and_in_the_end_only_that_it_is_done() -> None:
    screen = Terminal()

    dev_progress.run(python("print('half way')"), stage=str.upper, screen=screen)

    drawn = screen.getvalue().split("\r\x1b[K")
    assert any(part.endswith(" s  HALF WAY") for part in drawn)
    assert drawn[-1].endswith(" s  done\n")


def test_a_pipe_stays_silent() -> None:
    screen = io.StringIO()

    dev_progress.run(python("print('half way')"), stage=str.upper, screen=screen)

    assert screen.getvalue() == ""


@pytest.mark.parametrize("kind", [Terminal, io.StringIO])
def test_a_failure_shows_the_end_of_what_the_command_said(kind: type[io.StringIO]) -> None:
    screen = kind()
    fails = python(
        "import sys; [print('line', n, flush=True) for n in range(30)]; sys.exit('no such package')"
    )

    with pytest.raises(subprocess.CalledProcessError) as raised:
        dev_progress.run(fails, stage=lambda line: line, screen=screen)

    assert raised.value.returncode == 1
    assert "no such package" in screen.getvalue()
    assert "line 29" in screen.getvalue()
    assert screen.getvalue().count("\nline 3\n") == 0


def test_the_stages_of_pip() -> None:
    stage = dev_progress.PipStage()

    told = [
        stage("Obtaining file:///somewhere"),
        stage("  Installing build dependencies: started"),
        stage("Collecting httpx<1,>=0.28 (from qcc-desktop==0.1.0)"),
        stage("  Downloading httpx-0.28.1-py3-none-any.whl (73 kB)"),
        stage("Collecting anyio (from httpx)"),
        stage("  Using cached anyio-4.0.0-py3-none-any.whl (9 kB)"),
        stage("Building editable for qcc-desktop (pyproject.toml): started"),
        stage("Installing collected packages: anyio, httpx"),
        stage("Successfully installed anyio-4.0.0 httpx-0.28.1"),
    ]

    assert told == [
        "",
        "",
        "looking up packages (1 found)",
        "downloading httpx (1 found)",
        "looking up packages (2 found)",
        "looking up packages (2 found)",
        "preparing the project",
        "installing 2 packages",
        "",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Get:3 http://example.com stable/main amd64 xvfb amd64 2:21 [3 kB]", "downloading"),
        ("Unpacking xvfb (2:21.1.7) ...", "unpacking xvfb"),
        ("Setting up libegl1:amd64 (1.6.0-1) ...", "setting up libegl1"),
        ("Reading package lists...", ""),
    ],
)
def test_the_stages_of_apt(line: str, told: str) -> None:
    assert dev_progress.apt_stage(line) == told
