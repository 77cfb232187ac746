"""`qcc-desktop demo` as a process: what a person sees, and what scripts rely on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.program import COMMAND, Cli, Serve

pytestmark = pytest.mark.e2e
_PARTS = 7


@pytest.fixture
def cli(qcc_home: Path) -> Cli:
    return Cli(qcc_home, {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""})


def test_one_story_is_played_and_every_request_answered_beside_a_running_program(
    cli: Cli, qcc_home: Path
) -> None:
    with Serve(cli):
        before = {path: path.stat().st_mtime_ns for path in qcc_home.rglob("*.json")}
        began_s = time.monotonic()

        done = cli("demo", "--once", "--headless")

        assert time.monotonic() - began_s < 60
        status = cli.json("status", "--json")
        after = {path: path.stat().st_mtime_ns for path in qcc_home.rglob("*.json")}

    assert (done.returncode, done.stderr) == (0, ""), done
    assert "\x1b" not in done.stdout
    assert "requests were answered." in done.stdout
    assert done.stdout.count(f"/{_PARTS}  ") == _PARTS
    assert (status["totals"]["requests"], status["endpoints"]) == (0, [])
    assert after == before


def test_without_a_screen_and_without_qt_the_demo_plays_in_the_terminal(cli: Cli) -> None:
    code = (
        "import sys\n"
        "from qcc_desktop.app.demo import performance\n"
        "from qcc_desktop.app.demo.script import Beat\n"
        "code = performance.run(once=True, headless=False, story=(Beat('All is well'),))\n"
        "sys.exit(code or 10 * any(name.startswith('PySide6') for name in sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], env=cli.environ, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done
    assert done.stdout.startswith("No screen here, so the demo runs in this terminal.\n")
    assert done.stdout.splitlines()[-1] == "Start for real:  qcc-desktop serve"


def test_the_window_shows_the_story_and_the_program_ends_with_it(qcc_home: Path) -> None:
    code = (
        "import sys\n"
        "from qcc_desktop.app.demo import performance\n"
        "from qcc_desktop.app.demo.script import Beat\n"
        "sys.exit(performance.run(once=True, headless=False, story=(Beat('All is well'),)))"
    )
    environ = Cli(qcc_home, {"QT_QPA_PLATFORM": "offscreen"}).environ

    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done
    assert "look at the tray icon" in done.stdout
    assert "requests were answered." in done.stdout
    assert done.stdout.splitlines()[-1] == "Start for real:  qcc-desktop"
    assert not qcc_home.exists()


@pytest.mark.skipif(os.name == "nt", reason="a console event would reach the tests too")
def test_ctrl_c_ends_the_demo_cleanly(cli: Cli) -> None:
    with subprocess.Popen(
        [*COMMAND, "demo", "--headless"],
        env=cli.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        while "2/7" not in process.stdout.readline():
            assert process.poll() is None

        process.send_signal(signal.SIGINT)
        said, complaints = process.communicate(timeout=20)

    assert (process.returncode, complaints) == (0, "")
    assert "All is well" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal of this kind")
def test_in_a_terminal_the_story_is_drawn_and_the_screen_put_back(cli: Cli) -> None:
    import pty

    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "demo", "--headless"],
        env={**cli.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24"},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    ) as process:
        os.close(follower)
        shown = b""
        while b"first word after" not in shown:
            shown += os.read(leader, 65536)
        process.send_signal(signal.SIGINT)
        while chunk := _read(leader):
            shown += chunk
        process.wait(20)
    os.close(leader)

    text = shown.decode()
    assert process.returncode == 0, text
    assert all(words in text for words in ("QCC Desktop demo", "Aurora", "● green", "Ctrl-C"))
    assert text.rindex("\x1b[?1049l") > text.index("\x1b[?1049h")
    assert "Traceback" not in text


def _read(leader: int) -> bytes:
    """Read what is there; the end of a pseudo-terminal is an error on Linux."""
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""
