"""How a copy of the program finishes an update on Windows; the set-ups here are shell scripts."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from qcc_desktop.app.cli import main as command_line
from qcc_desktop.services.update_install import UpdateInstall
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.system.installation import Installation, InstallationKind
from qcc_desktop.system.updating.journal import Entry, Journal, Outcome
from qcc_desktop.system.updating.listing import Listing
from qcc_desktop.system.updating.setup import COMMAND, Job, finish, hand_over
from tests.helpers.releases import script

pytestmark = pytest.mark.skipif(os.name == "nt", reason="programs are shell scripts")
PROGRAM = "qcc-desktop"


class Stage:
    """Version 1.0 installed, its copy made, and a set-up to write."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "place"
        self.place.mkdir()
        self.write(self.place / PROGRAM, script("1.0"))
        (self.place / "library").write_text("1.0")
        self.copy = folder / "copy"
        self.setup = folder / "setup"
        self.journal = Journal(folder / "update.json")
        self.log = folder / "log"
        self.file = folder / "job.json"
        self.started = folder / "started"
        self.job = Job(
            setup=str(self.setup),
            place=str(self.place),
            former_copy=str(self.copy),
            program=PROGRAM,
            tester=PROGRAM,
            former="1.0",
            version="1.1",
            journal=str(folder / "update.json"),
            log=str(self.log),
            process=_ended_process(),
            listed={"DisplayVersion": "1.0", "EstimatedSize": 1000},
        )
        self.list: Listing = {**self.job.listed, "DisplayVersion": "1.1"}

    def write(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        file.chmod(0o755)

    def write_setup(self, program: bytes, *, then: str = "exit 0") -> None:
        """Make a set-up that installs ``program`` when it is silent."""
        source = self.setup.with_name("new-program")
        self.write(source, program)
        text = (
            f'#!/bin/sh\n[ "$1" = /S ] || exit 9\ncp -p "{source}" "{self.place}/{PROGRAM}"\n'
            f'echo 1.1 > "{self.place}/library"\ntouch "{self.place}/added"\n{then}\n'
        )
        self.write(self.setup, text.encode())

    def finish(self) -> bool:
        shutil.copytree(self.place, self.copy, dirs_exist_ok=True)
        return finish(self.job, os.environ, write_listing=self.write_listing)

    def write_listing(self, listing: Listing) -> None:
        self.list = listing

    def installed(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.place.iterdir()}


def _ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_a_good_set_up_is_run_silently_and_noted(stage: Stage) -> None:
    stage.write_setup(script("1.1"))

    assert stage.finish()

    assert stage.installed()["library"] == b"1.1\n"
    assert stage.list["DisplayVersion"] == "1.1"
    assert stage.journal.read() == Entry(Outcome.SWITCHED, "1.0", "1.1")


@pytest.mark.parametrize(
    ("program", "then"),
    [
        pytest.param(script("1.1", selftest="exit 1"), "exit 0", id="its self-test fails"),
        pytest.param(b"nonsense", "exit 0", id="it does not start"),
        pytest.param(b"nonsense", "exit 2", id="it was cut off"),
        pytest.param(script("1.05"), "exit 0", id="it is another version"),
    ],
)
def test_a_version_that_does_not_work_is_put_back_whole(
    stage: Stage, program: bytes, then: str
) -> None:
    before = stage.installed()
    stage.write_setup(program, then=then)

    assert not stage.finish()

    assert stage.installed() == before
    assert stage.list == {"DisplayVersion": "1.0", "EstimatedSize": 1000}
    assert stage.journal.read() == Entry(Outcome.PUT_BACK, "1.0", "1.1", str(stage.log))
    assert stage.log.exists()


def test_a_set_up_that_refuses_changes_nothing(stage: Stage) -> None:
    stage.write(stage.setup, b"#!/bin/sh\nexit 4\n")
    (stage.place / "in-use").write_text("by another program")

    assert not stage.finish()

    assert (stage.place / "in-use").exists()
    assert "code 4" in stage.log.read_text()
    entry = stage.journal.read()
    assert entry is not None
    assert entry.outcome is Outcome.PUT_BACK


def test_a_set_up_that_is_gone_is_a_failed_update(stage: Stage) -> None:
    before = stage.installed()

    assert not stage.finish()

    assert stage.installed() == before


def test_a_job_that_was_cut_off_is_finished_by_doing_it_again(stage: Stage) -> None:
    stage.write_setup(script("1.1", selftest="exit 1"))
    before = stage.installed()
    shutil.copytree(stage.place, stage.copy)
    (stage.place / PROGRAM).write_bytes(b"half")

    assert not finish(stage.job, os.environ)
    assert not finish(stage.job, os.environ)

    assert stage.installed() == before


def test_the_copy_waits_for_the_program_and_starts_what_is_installed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(stage.started)
    monkeypatch.setenv("STARTED", str(stage.started))
    stage.write_setup(script("1.1"))
    shutil.copytree(stage.place, stage.copy)
    with subprocess.Popen(["sleep", "0.3"]) as running:
        job = replace(stage.job, process=running.pid)
        stage.file.write_text(json.dumps(asdict(job)))

        code = command_line([COMMAND, str(stage.file)])

        assert running.poll() is not None
    assert code == 0
    assert stage.started.read_text() == "1.1\n"


def test_handing_over_starts_the_copy_with_the_job(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(stage.started)
    monkeypatch.setenv("STARTED", str(stage.started))
    stage.write(stage.place / PROGRAM, b'#!/bin/sh\necho "$0" "$@" > "$STARTED"\n')

    hand_over(stage.job, stage.file, os.environ)

    words = stage.started.read_text().split()
    assert words == [str(stage.copy / PROGRAM), COMMAND, str(stage.file)]
    assert Job(**json.loads(stage.file.read_text())) == stage.job


async def test_the_running_program_takes_away_what_its_set_up_put_aside(tmp_path: Path) -> None:
    place = tmp_path / "QCC Desktop"
    (place / "former" / "parts").mkdir(parents=True)
    installation = Installation(InstallationKind.SETUP, place)
    ways = UpdateInstall(paths_below(tmp_path / "home"), "1.1", find=lambda: installation)

    before = await ways.has_left()
    await ways.tidy()

    assert before
    assert not await ways.has_left()
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"setup": 1}'])
def test_a_job_that_cannot_be_read_is_none(stage: Stage, content: str | None) -> None:
    if content is not None:
        stage.file.write_text(content)

    assert command_line([COMMAND, str(stage.file)]) == 2
