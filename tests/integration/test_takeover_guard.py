"""The guard as a process: what it runs, when, what it shares with us, and who replaces it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from qcc_desktop.system.claude_settings import guard
from qcc_desktop.system.claude_settings.guarding import Guard
from tests.helpers.guards import guard_of, guards_of, waited_for, zombies_of

_MEGABYTE = 1024 * 1024
_MARK = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('ran')"
_END_S = 20.0
FORMS = {
    "as a file": (sys.executable, "-I", "-S", guard.__file__),
    "as a frozen program": (sys.executable, "-m", "qcc_desktop", "guard"),
}


class Watched:
    """A guard of this process whose command leaves a mark."""

    def __init__(self, mark: Path, words: tuple[str, ...]) -> None:
        self.mark = mark
        command = (sys.executable, "-c", _MARK, str(mark))
        self.guard = Guard((*words, *command), os.environ, rests_s=(0.0, 0.0))
        self.command = (*words, *command)


@pytest.fixture(params=FORMS.values(), ids=list(FORMS))
def watched(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    made = Watched(tmp_path / "mark", request.param)
    yield made
    made.guard.dismiss()


def test_a_goodbye_ends_the_guard_and_nothing_is_run(watched: Watched) -> None:
    watched.guard.stand()
    process = guard_of(os.getpid())

    watched.guard.dismiss()

    assert not process.is_running()
    assert not zombies_of(os.getpid())
    assert not watched.mark.exists()


def test_a_pipe_that_ends_without_a_goodbye_has_the_command_run(watched: Watched) -> None:
    with subprocess.Popen(watched.command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(_END_S)

    waited_for(watched.mark.exists)


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
def test_signals_for_the_program_do_not_end_the_guard(tmp_path: Path) -> None:
    command = Watched(tmp_path / "mark", FORMS["as a file"]).command
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        waited_for(lambda: _ignores(process.pid, signal.SIGHUP))
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGHUP)

        process.stdin.write(b".")
        process.stdin.close()

        assert process.wait(_END_S) == 0


def test_standing_twice_is_one_guard_and_it_can_be_sent_away_twice(watched: Watched) -> None:
    watched.guard.stand()
    watched.guard.stand()
    standing = guards_of(os.getpid())
    watched.guard.dismiss()
    watched.guard.dismiss()
    watched.guard.stand()
    again = guards_of(os.getpid())

    assert (len(standing), len(again)) == (1, 1)
    assert standing != again


@pytest.mark.logs("died 3 times")
def test_a_guard_is_replaced_twice_and_then_given_up(watched: Watched) -> None:
    watched.guard.stand()
    seen: set[psutil.Process] = set()
    for _ in range(3):
        waited_for(lambda: bool(set(guards_of(os.getpid())) - seen))
        (standing,) = set(guards_of(os.getpid())) - seen
        seen.add(standing)
        standing.kill()

    watched.guard._watcher.join(_END_S)  # type: ignore[union-attr]

    assert not guards_of(os.getpid())
    assert not zombies_of(os.getpid())
    watched.guard.stand()
    waited_for(lambda: len(guards_of(os.getpid())) == 1)


@pytest.mark.logs("have no guard")
def test_a_guard_that_cannot_be_started_is_no_error(tmp_path: Path) -> None:
    unguarded = Guard((str(tmp_path / "gone"),), os.environ)

    unguarded.stand()
    unguarded.dismiss()

    assert not guards_of(os.getpid())


@pytest.mark.skipif(sys.platform != "linux", reason="measured on Linux")
def test_it_takes_10_megabytes_at_most_and_no_time(tmp_path: Path) -> None:
    watched = Watched(tmp_path / "mark", FORMS["as a file"])
    watched.guard.stand()
    process = guard_of(os.getpid())
    waited_for(lambda: _ignores(process.pid, signal.SIGHUP))
    waited_for(lambda: process.status() == psutil.STATUS_SLEEPING)
    before = process.num_ctx_switches()

    taken = process.memory_info().rss
    with pytest.raises(psutil.TimeoutExpired):
        process.wait(0.5)

    assert taken <= 10 * _MEGABYTE
    assert process.num_ctx_switches().voluntary == before.voluntary
    watched.guard.dismiss()


def _ignores(pid: int, number: signal.Signals) -> bool:
    """Whether a process has got as far as ignoring a signal (proc(5), ``SigIgn``)."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    (ignored,) = (line.split()[1] for line in lines if line.startswith("SigIgn:"))
    return bool(int(ignored, 16) >> (number - 1) & 1)
