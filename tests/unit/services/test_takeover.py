"""The wish to lead Claude Code to the proxy, and the files that follow it."""

import json
from pathlib import Path

import pytest
from typing_extensions import override

from qcc_desktop.core.errors import NotRunning, UserFacingError
from qcc_desktop.services.claude_code import Target
from qcc_desktop.services.takeover import Takeover, build_takeover, settings_files
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.storage.secrets import MemorySecrets
from qcc_desktop.system.claude_settings.guarding import Guard
from qcc_desktop.system.claude_settings.status import FileState

TOKEN = "qcc-token-of-this-test"
ORIGINAL = '{"env": {"ANTHROPIC_API_KEY": "sk-mine"}}'


class Person:
    """A home with Claude Code's settings, and a proxy that comes and goes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.file = home / ".claude" / "settings.json"
        self.file.parent.mkdir()
        self.file.write_text(ORIGINAL)
        self.port: int | None = 7860
        self.secrets = MemorySecrets()

    def takeover(self, *, allowed: bool = True, guard: Guard | None = None) -> Takeover:
        """Return the takeover of a program that has just started."""
        paths = paths_below(self.home / "qcc")
        return build_takeover(paths, self.secrets, self._target, {}, allowed=allowed, guard=guard)

    def _target(self) -> Target | None:
        return None if self.port is None else Target("127.0.0.1", self.port, TOKEN)

    @property
    def base_url(self) -> object:
        env = json.loads(self.file.read_text())["env"]
        return env.get("ANTHROPIC_BASE_URL")


class NotedGuard(Guard):
    """Notes whether it stands and what the settings were at each change."""

    def __init__(self, file: Path) -> None:
        super().__init__((), {})
        self.file = file
        self.seen: list[tuple[str, bool]] = []

    @override
    def stand(self) -> None:
        self._note("stand")

    @override
    def dismiss(self) -> None:
        self._note("dismiss")

    def _note(self, what: str) -> None:
        self.seen.append((what, self.file.read_text() == ORIGINAL))


@pytest.fixture
def person(home: Path) -> Person:
    return Person(home)


async def test_on_leads_to_the_proxy_and_off_puts_everything_back(person: Person) -> None:
    takeover = person.takeover()

    on = await takeover.turn_on()
    off = await takeover.turn_off()

    assert (on.wanted, on.active) == (True, True)
    assert (off.wanted, off.active, off.files[0].state) == (False, False, FileState.FOREIGN)
    assert person.file.read_text() == ORIGINAL


async def test_nothing_is_changed_while_the_proxy_does_not_listen(person: Person) -> None:
    person.port = None

    with pytest.raises(NotRunning):
        await person.takeover().turn_on()

    assert person.file.read_text() == ORIGINAL


async def test_the_files_follow_the_proxy_to_another_port(person: Person) -> None:
    takeover = person.takeover()
    await takeover.turn_on()
    person.port = 7861

    outdated = await takeover.status()
    await takeover.heal()

    assert outdated.files[0].state is FileState.OUTDATED
    assert person.base_url == "http://127.0.0.1:7861"


async def test_the_wish_outlasts_a_quit_and_the_files_do_not(person: Person) -> None:
    takeover = person.takeover()
    await takeover.turn_on()

    await takeover.part()
    between = person.file.read_text()
    await person.takeover().heal()

    assert between == ORIGINAL
    assert person.base_url == "http://127.0.0.1:7860"


async def test_a_proxy_that_stops_after_parting_changes_nothing_any_more(person: Person) -> None:
    takeover = person.takeover()
    await takeover.turn_on()
    await takeover.part()

    await takeover.heal()

    assert person.file.read_text() == ORIGINAL


async def test_after_a_crash_the_next_start_leads_to_the_new_port(person: Person) -> None:
    await person.takeover().turn_on()
    person.port = 7869

    await person.takeover().heal()

    assert person.base_url == "http://127.0.0.1:7869"
    await person.takeover().turn_off()
    assert person.file.read_text() == ORIGINAL


async def test_after_a_crash_a_proxy_that_cannot_run_gives_the_files_back(person: Person) -> None:
    await person.takeover().turn_on()
    person.port = None

    await person.takeover().heal()

    assert person.file.read_text() == ORIGINAL
    assert (await person.takeover().status()).wanted


async def test_without_the_wish_a_start_touches_nothing(person: Person) -> None:
    await person.takeover().heal()

    assert person.file.read_text() == ORIGINAL
    assert not (person.home / "qcc").exists()


@pytest.mark.logs("Claude Code's settings could not be set")
async def test_what_a_start_cannot_do_is_logged_and_told(person: Person) -> None:
    await person.takeover().turn_on()
    person.file.write_text("{")
    takeover = person.takeover()

    await takeover.heal()

    status = await takeover.status()
    assert "is broken" in status.notes[0]
    assert status.files[0].state is FileState.BROKEN


async def test_the_preview_shows_the_change_without_secrets(person: Person) -> None:
    shown = await person.takeover().preview()

    assert '"ANTHROPIC_BASE_URL": "http://127.0.0.1:7860"' in shown
    assert "sk-mine" not in shown
    assert TOKEN not in shown
    assert person.file.read_text() == ORIGINAL


async def test_the_demo_touches_no_settings(person: Person) -> None:
    takeover = person.takeover(allowed=False)

    with pytest.raises(UserFacingError, match="demo"):
        await takeover.turn_on()
    await takeover.heal()

    assert person.file.read_text() == ORIGINAL


async def test_the_guard_stands_before_the_first_change_and_goes_after_the_last(
    person: Person,
) -> None:
    guard = NotedGuard(person.file)
    takeover = person.takeover(guard=guard)

    await takeover.turn_on()
    await takeover.turn_off()

    assert guard.seen == [("stand", True), ("dismiss", True)]


async def test_a_quit_dismisses_the_guard_once_the_files_are_given_back(person: Person) -> None:
    guard = NotedGuard(person.file)
    takeover = person.takeover(guard=guard)
    await takeover.turn_on()

    await takeover.part()

    assert guard.seen[1:] == [("dismiss", True)]


@pytest.mark.logs("Claude Code's settings could not be set")
async def test_the_guard_stays_for_what_a_quit_could_not_give_back(person: Person) -> None:
    guard = NotedGuard(person.file)
    takeover = person.takeover(guard=guard)
    await takeover.turn_on()
    person.file.write_text("{")

    await takeover.part()

    assert [what for what, _ in guard.seen] == ["stand"]


async def test_a_takeover_that_fails_needs_no_guard(person: Person) -> None:
    guard = NotedGuard(person.file)
    person.file.write_text("{")

    with pytest.raises(UserFacingError, match="is broken"):
        await person.takeover(guard=guard).turn_on()

    assert [what for what, _ in guard.seen] == ["stand", "dismiss"]


@pytest.mark.parametrize("wanted", [True, False])
async def test_what_a_dead_program_left_is_given_back_and_the_wish_stays(
    person: Person, *, wanted: bool
) -> None:
    await person.takeover().turn_on()
    journal = person.home / "qcc" / "data" / "takeover.json"
    journal.write_text(json.dumps({**json.loads(journal.read_text()), "wanted": wanted}))

    await person.takeover().give_back_unless(lambda: False)

    assert person.file.read_text() == ORIGINAL
    assert (await person.takeover().status()).wanted is wanted


async def test_a_program_that_runs_by_now_keeps_the_files(person: Person) -> None:
    await person.takeover().turn_on()

    await person.takeover().give_back_unless(lambda: True)

    assert person.base_url == "http://127.0.0.1:7860"


def test_a_folder_of_one_s_own_comes_beside_the_usual_one(tmp_path: Path) -> None:
    files = settings_files({"CLAUDE_CONFIG_DIR": str(tmp_path / "own")}, tmp_path)

    assert files == (tmp_path / "own" / "settings.json", tmp_path / ".claude" / "settings.json")
    assert settings_files({"CLAUDE_CONFIG_DIR": str(tmp_path / ".claude")}, tmp_path) == files[1:]
