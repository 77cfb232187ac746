"""Claude Code's settings files on a real disk: led to the proxy and given back."""

import json
import os
import sys
from pathlib import Path

import pytest
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.secrets import MemorySecrets
from qcc_desktop.system.claude_settings.disk import RealDisk
from qcc_desktop.system.claude_settings.inspection import look
from qcc_desktop.system.claude_settings.keeper import SettingsKeeper, Surroundings
from qcc_desktop.system.claude_settings.status import FileState
from tests.helpers.memory_disk import no_lock
from tests.helpers.root_powers import without_root_powers

TOKEN = "qcc-" + "t" * 43
VARIABLES = {"ANTHROPIC_BASE_URL": "http://127.0.0.1:7860", "ANTHROPIC_AUTH_TOKEN": TOKEN}
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")


def _go_on() -> None:
    """Wait for nobody."""


class Place:
    """A settings file, and what keeps it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / ".claude" / "settings.json"
        self.journal = folder / "data" / "takeover.json"
        self.secrets = MemorySecrets()
        self.answering: set[int] = set()
        self.settle = _go_on

    def write(self, text: str) -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_bytes(text.encode())

    def read(self) -> str:
        return self.file.read_bytes().decode()

    @property
    def keeper(self) -> SettingsKeeper:
        return SettingsKeeper(
            [self.file],
            self.journal,
            disk=RealDisk(),
            secrets=self.secrets,
            surroundings=Surroundings(
                no_lock, lambda _host, port: port in self.answering, self.settle
            ),
        )

    def take(self, *, retake: bool = True) -> tuple[str, ...]:
        return self.keeper.point(VARIABLES, retake=retake)

    def give_back(self) -> tuple[str, ...]:
        return self.keeper.give_back(wanted=False)

    def state(self) -> FileState:
        return look(self.keeper, VARIABLES)[0].state


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_missing_folder_is_made_and_goes_again(place: Place) -> None:
    place.take()
    assert place.state() is FileState.OURS

    place.give_back()

    assert not place.file.parent.exists()


def test_a_folder_that_others_use_meanwhile_stays(place: Place) -> None:
    place.take()
    (place.file.parent / "projects").mkdir()

    place.give_back()

    assert [path.name for path in place.file.parent.iterdir()] == ["projects"]


@posix_only
def test_the_mode_of_the_file_stays(place: Place) -> None:
    place.write("{}")
    place.file.chmod(0o640)

    place.take()

    assert place.file.stat().st_mode & 0o777 == 0o640


@posix_only
def test_a_link_stays_a_link_and_its_target_is_changed(place: Place, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.json"
    target.write_text("{}")
    place.file.parent.mkdir()
    place.file.symlink_to(target)

    place.take()

    assert place.file.is_symlink()
    assert TOKEN in target.read_text()
    place.give_back()
    assert place.file.is_symlink()
    assert target.read_text() == "{}"


@posix_only
def test_what_is_no_file_is_neither_read_nor_replaced(place: Place, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    place.file.parent.mkdir()
    place.file.symlink_to(pipe)

    with pytest.raises(UserFacingError, match="no ordinary file"):
        place.take()

    assert pipe.is_fifo()


@posix_only
def test_a_read_only_file_is_left_alone_with_a_sentence(place: Place) -> None:
    place.write("{}")
    place.file.chmod(0o444)

    with pytest.raises(UserFacingError, match="is read-only"):
        place.take()

    assert place.read() == "{}"
    assert place.keeper.journal.files == ()
    assert not place.keeper.journal.wanted


@pytest.mark.parametrize(
    "content",
    [b'{"env": ', b"[]", b"\xff\xfe{\x00}\x00", b'{"env": "x"}', b'{"a": "\xe9"}'],
    ids=["cut off", "a list", "UTF-16", "env is text", "Latin-1"],
)
def test_a_broken_file_is_left_alone_with_a_sentence(place: Place, content: bytes) -> None:
    place.write("")
    place.file.write_bytes(content)

    with pytest.raises(UserFacingError, match=r"is broken .* and stays as it is"):
        place.take()

    assert place.file.read_bytes() == content


def test_a_file_that_breaks_meanwhile_is_given_back_once_it_is_mended(place: Place) -> None:
    place.write('{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-mine"}}')
    place.take()
    good = place.read()
    place.write(good[:-1])

    with pytest.raises(UserFacingError, match="is broken"):
        place.give_back()
    place.write(good)
    place.give_back()

    assert place.read() == '{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-mine"}}'


def test_no_former_key_lies_in_the_journal(place: Place) -> None:
    place.write(
        '{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-one", "ANTHROPIC_API_KEY": "sk-two",'
        ' "ANTHROPIC_BASE_URL": "https://me:sk-three@host"}, "apiKeyHelper": "echo sk-four"}'
    )

    place.take()

    assert "sk-" not in place.journal.read_text()
    assert TOKEN not in place.journal.read_text()
    assert "sk-" not in place.read()


def test_a_secret_store_that_refuses_leaves_everything_as_it_was(place: Place) -> None:
    class Full(MemorySecrets):
        @override
        def set(self, name: str, secret: str) -> None:
            raise UserFacingError("The keychain is locked.")

    place.secrets = Full()
    place.write('{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-one"}}')

    with pytest.raises(UserFacingError, match="locked"):
        place.take()

    assert place.read() == '{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-one"}}'


def test_a_locked_keychain_on_the_way_back_loses_nothing(place: Place) -> None:
    class Locked(MemorySecrets):
        @override
        def get(self, name: str) -> str | None:
            raise UserFacingError("The keychain is locked.")

    place.write('{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-one"}}')
    place.take()
    taken, unlocked = place.read(), place.secrets
    place.secrets = Locked()

    with pytest.raises(UserFacingError, match="locked"):
        place.give_back()
    assert place.read() == taken
    place.secrets = unlocked
    place.give_back()

    assert "sk-one" in place.read()


def test_a_former_key_that_has_gone_from_the_keychain_is_told(place: Place) -> None:
    place.write('{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-one"}}')
    place.take()
    place.secrets = MemorySecrets()

    notes = place.give_back()

    assert "no longer in the keychain" in notes[0]
    assert place.read() == '{"env": {}}'


QCC = {
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:7861",
    "ANTHROPIC_API_KEY": "proxy-managed",
    "ANTHROPIC_AUTH_TOKEN": "proxy-managed",
}


def test_a_placeholder_of_a_dead_qcc_is_not_put_back_and_that_is_said(place: Place) -> None:
    place.write(json.dumps({"env": QCC, "apiKeyHelper": "echo 'proxy-managed'", "model": "opus"}))

    assert place.state() is FileState.PLACEHOLDER
    taken = place.take()
    given = place.give_back()

    assert "placeholder of QCC" in taken[0]
    assert "was not put back; QCC does not answer" in given[0]
    assert json.loads(place.read()) == {"env": {}, "model": "opus"}


def test_a_placeholder_whose_program_answers_is_put_back(place: Place) -> None:
    place.answering = {7861}
    place.write(json.dumps({"env": QCC}))

    place.take()
    notes = place.give_back()

    assert notes == ()
    assert json.loads(place.read()) == {"env": QCC}


def test_our_own_proxy_at_the_port_of_a_dead_qcc_does_not_count_as_its_answer(
    place: Place,
) -> None:
    place.answering = {7860}
    place.write(json.dumps({"env": {**QCC, "ANTHROPIC_BASE_URL": "http://localhost:7860"}}))

    place.take()
    place.give_back()

    assert json.loads(place.read()) == {"env": {}}


def test_what_a_forgotten_takeover_left_is_found_and_taken_out(place: Place) -> None:
    place.write('{"model": "opus"}')
    place.take()
    place.journal.unlink()

    assert place.state() is FileState.LEFTOVER
    notes = place.give_back()

    assert "was taken out" in notes[0]
    assert json.loads(place.read()) == {"model": "opus", "env": {}}


def test_a_takeover_of_another_running_qcc_desktop_is_left_alone(place: Place) -> None:
    place.answering = {7860}
    place.write(json.dumps({"env": VARIABLES}))

    notes = place.give_back()

    assert "another QCC Desktop that runs" in notes[0]
    assert json.loads(place.read()) == {"env": VARIABLES}


def test_what_another_program_changed_since_is_not_fought_over(place: Place) -> None:
    place.write("{}")
    place.take()
    place.write(place.read().replace(TOKEN, "sk-theirs"))

    assert place.state() is FileState.CHANGED
    healed = place.take(retake=False)
    given = place.give_back()

    assert "left as it is" in healed[0]
    assert "ANTHROPIC_AUTH_TOKEN was changed since by others, and stays" in given[0]
    assert json.loads(place.read()) == {"env": {"ANTHROPIC_AUTH_TOKEN": "sk-theirs"}}


def test_who_had_read_the_file_before_and_writes_it_after_does_not_bring_ours_back(
    place: Place,
) -> None:
    place.write('{"env": {"ANTHROPIC_API_KEY": "sk-mine"}}')
    place.take()
    stale = [place.read()]

    def write_stale() -> None:
        if stale:
            place.write(stale.pop())

    place.settle = write_stale

    place.give_back()

    assert place.read() == '{"env": {"ANTHROPIC_API_KEY": "sk-mine"}}'


def test_a_file_with_comments_is_said_to_be_of_no_use_to_claude_code(place: Place) -> None:
    place.write("{} // mine")
    place.take()

    assert "loads none of it" in look(place.keeper, VARIABLES)[0].sentence


def test_one_broken_file_does_not_keep_the_other_from_being_led(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.write("{")
    other = tmp_path / "own" / "settings.json"
    keeper = SettingsKeeper(
        [other, place.file],
        place.journal,
        disk=RealDisk(),
        secrets=place.secrets,
        surroundings=Surroundings(no_lock, lambda _host, _port: False),
    )

    notes = keeper.point(VARIABLES, retake=True)

    assert "is broken" in notes[0]
    states = [file.state for file in look(keeper, VARIABLES)]
    assert states == [FileState.OURS, FileState.BROKEN]
    assert other.exists()


@posix_only
def test_a_folder_that_cannot_be_written_is_told(place: Place) -> None:
    place.write("{}")
    place.file.parent.chmod(0o500)

    with without_root_powers(), pytest.raises(UserFacingError, match="cannot be written"):
        place.take()

    place.file.parent.chmod(0o700)
    assert place.read() == "{}"
