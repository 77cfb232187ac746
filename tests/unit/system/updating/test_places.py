"""The parts around an installation: bundles, the key, the journal, the environment, the swap."""

import os
import plistlib
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.updating.bundle import Bundle
from qcc_desktop.system.updating.exchange import exchange
from qcc_desktop.system.updating.journal import Entry, Journal, Outcome
from qcc_desktop.system.updating.release_key import release_key
from qcc_desktop.system.updating.selftest import SAID_IN, SelfTest, clean_environ
from qcc_desktop.system.updating.versions import Versions
from tests.helpers.releases import Signer, script

unix = pytest.mark.skipif(os.name == "nt", reason="there is no such call on Windows")


def bundle(folder: Path, version: str) -> Path:
    made = folder / "QCC Desktop.app"
    (made / "Contents/MacOS").mkdir(parents=True)
    program = made / "Contents/MacOS/qcc-desktop"
    program.write_bytes(script(version))
    program.chmod(0o755)
    facts = plistlib.dumps({"CFBundleExecutable": "qcc-desktop"})
    (made / "Contents/Info.plist").write_bytes(facts)
    return made


def archive(tmp_path: Path, version: str) -> Path:
    (tmp_path / "source").mkdir()
    made = tmp_path / "new.tar.gz"
    with tarfile.open(made, "w:gz") as opened:
        opened.add(bundle(tmp_path / "source", version), "QCC Desktop.app")
    return made


@unix
def test_an_application_changes_places_with_its_successor_and_back(tmp_path: Path) -> None:
    (tmp_path / "Applications").mkdir()
    place = bundle(tmp_path / "Applications", "1.0")
    way = Bundle(place)

    staged = way.stage(archive(tmp_path, "1.1"), "1.1")
    staged_text = Path(staged[0]).read_bytes()
    switched = way.switch()
    after = Path(switched[0]).read_bytes()
    way.put_back()
    way.tidy()

    program = place / "Contents/MacOS/qcc-desktop"
    assert {"encodings.utf_8_sig", "encodings.idna", "encodings.utf_16_be"} < set(sys.modules)
    assert staged_text == after == script("1.1")
    assert switched == (str(program),)
    assert program.read_bytes() == script("1.0")
    assert os.listdir(place.parent) == [place.name]  # noqa: PTH208 - a name is enough


@unix
def test_what_is_no_application_is_refused(tmp_path: Path) -> None:
    place = bundle(tmp_path, "1.0")
    made = archive(tmp_path, "1.1")
    way = Bundle(place)
    (place / "Contents/Info.plist").write_text("<nonsense")
    with tarfile.open(made, "w:gz") as opened:
        opened.add(place, "Other.app")

    with pytest.raises(UserFacingError, match="no application"):
        way.stage(made, "1.1")


@unix
def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()

    exchange(tmp_path / "one", tmp_path / "other")

    assert (tmp_path / "one" / "other").exists()
    assert (tmp_path / "other" / "one").exists()
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "missing")


def test_the_key_is_read_from_the_first_place_that_has_one(tmp_path: Path) -> None:
    broken, empty, whole = (tmp_path / name for name in ("broken", "empty", "whole"))
    for folder in (broken, empty, whole):
        folder.mkdir()
    (broken / "release.pub").write_text("nonsense")
    (whole / "release.pub").write_text(Signer().key_file)

    assert release_key((broken, empty, whole)) == Signer().key
    assert release_key((broken, empty)) is None


def test_a_frozen_program_looks_for_its_key_in_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources/release.pub").write_text(Signer(3).key_file)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert release_key() == Signer(3).key


def test_the_journal_keeps_one_entry(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "data" / "update.json")
    entry = Entry(Outcome.PUT_BACK, "1.0", "1.1", "/log")

    nothing = journal.read()
    journal.write(Entry(Outcome.UNDERWAY, "1.0", "1.1"))
    journal.write(entry)
    kept = journal.read()
    journal.clear()
    journal.clear()

    assert nothing is None
    assert kept == entry
    assert journal.read() is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 9}', '{"format": 1, "outcome": "x"}'])
def test_a_journal_that_cannot_be_read_says_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "update.json"
    file.write_text(text)

    assert Journal(file).read() is None


def test_another_version_gets_the_persons_environment_and_not_ours() -> None:
    environ = {
        "PATH": "/bin",
        "APPIMAGE": "/a",
        "APPDIR": "/b",
        "_PYI_ARCHIVE_FILE": "/c",
        "LD_LIBRARY_PATH": "/ours",
        "LD_LIBRARY_PATH_ORIG": "/theirs",
    }

    assert clean_environ(environ) == {
        "PATH": "/bin",
        "LD_LIBRARY_PATH": "/theirs",
        "PYINSTALLER_RESET_ENVIRONMENT": "1",
    }


@unix
def test_a_self_test_that_hangs_is_ended_and_has_failed(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(script("1.1", selftest="echo Waiting.; exec sleep 60"))
    program.chmod(0o755)
    test = SelfTest(os.environ, tmp_path / "log", timeout_s=0.3)

    with pytest.raises(UserFacingError, match="failed its self-test") as raised:
        test.run((str(program),))

    assert raised.value.hint == f"{SAID_IN}{tmp_path / 'log'}"
    assert (tmp_path / "log").read_text() == "Waiting.\nIt took too long.\n"


@unix
def test_a_version_that_still_runs_is_not_taken_away(tmp_path: Path) -> None:
    for version in ("1.0", "1.1", "0.9"):
        (tmp_path / "versions" / version).mkdir(parents=True)
    (tmp_path / "current").symlink_to("versions/1.1")
    program = tmp_path / "versions/1.0/sleep"
    shutil.copy2(shutil.which("sleep") or "", program)
    way = Versions(tmp_path, "qcc-desktop")
    with subprocess.Popen([program, "60"]) as running:
        way.tidy()
        kept = sorted(os.listdir(tmp_path / "versions"))  # noqa: PTH208 - names are enough
        running.kill()
    way.tidy()

    assert kept == ["1.0", "1.1"]
    assert os.listdir(tmp_path / "versions") == ["1.1"]  # noqa: PTH208 - names are enough
