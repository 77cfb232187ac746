"""A takeover that is cut at any step and within any write loses nothing.

Each run is cut before every step and after every byte; then the disk is looked at in three
ways: only the process died, everything unsynced is lost, names reached the disk before content.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.claude_settings.keeper import SettingsKeeper, Surroundings
from tests.helpers.memory_disk import Breaker, MemoryDisk, PowerCut, StepSecrets, no_lock

SETTINGS = Path("/home/me/.claude/settings.json")
JOURNAL = Path("/home/me/data/takeover.json")
VARIABLES = {"ANTHROPIC_BASE_URL": "http://127.0.0.1:7860", "ANTHROPIC_AUTH_TOKEN": "qcc-token"}
MOVED = {**VARIABLES, "ANTHROPIC_BASE_URL": "http://127.0.0.1:7861"}
ORIGINAL = b"""{
  // my settings
  "env": {
    "ANTHROPIC_AUTH_TOKEN": "sk-ant-mine",
    "ANTHROPIC_API_KEY": "sk-ant-other",
    "EDITOR": "vi",
  },
  "hooks": {}
}
"""
STARTS: dict[str, bytes | None] = {"a file with keys": ORIGINAL, "no file, no folder": None}
Run = Callable[[SettingsKeeper], object]


def take_over(keeper: SettingsKeeper) -> None:
    keeper.point(VARIABLES, retake=True)


def move(keeper: SettingsKeeper) -> None:
    keeper.point(MOVED, retake=False)


def give_back(keeper: SettingsKeeper) -> None:
    keeper.give_back(wanted=False)


def everything(keeper: SettingsKeeper) -> None:
    for step in (take_over, move, give_back):
        step(keeper)


def keeper_on(disk: MemoryDisk, secrets: StepSecrets) -> SettingsKeeper:
    return SettingsKeeper(
        [SETTINGS],
        JOURNAL,
        disk=disk,
        secrets=secrets,
        surroundings=Surroundings(no_lock, lambda _host, _port: False),
    )


class World:
    """One disk and one secret store that break together."""

    def __init__(self, start: bytes | None) -> None:
        self.breaker = Breaker()
        self.disk = MemoryDisk(self.breaker)
        self.disk.put_dir(Path("/home/me/data"))
        if start is not None:
            self.disk.put(SETTINGS, start)
        self.secrets = StepSecrets(self.breaker)
        self.keeper = keeper_on(self.disk, self.secrets)

    def outcomes(self) -> list["Outcome"]:
        """Return what a cut at this moment may leave behind."""
        disks = (
            self.disk.after_kill(),
            self.disk.after_power_loss(),
            self.disk.after_reordering(),
        )
        return [Outcome(disk, dict(self.secrets.kept)) for disk in disks]


@dataclass(frozen=True)
class Outcome:
    """What a crash left."""

    disk: MemoryDisk
    kept: dict[str, str]

    def keeper(self) -> SettingsKeeper:
        return keeper_on(self.disk, StepSecrets(self.disk.breaker, self.kept))

    def copy(self, cut_step: int | None = None) -> "Outcome":
        disk = self.disk.after_kill()
        disk.breaker = Breaker(cut_step)
        return Outcome(disk, dict(self.kept))


@dataclass
class Crashes:
    """Every outcome of every place where a run can be cut; equal ones once."""

    points: int = 0
    distinct: dict[object, Outcome] = field(default_factory=dict)


def crashes_of(start: bytes | None, run: Run) -> Crashes:
    world, crashes = World(start), Crashes()

    def look() -> None:
        crashes.points += 1
        for outcome in world.outcomes():
            state = (outcome.disk.state(), frozenset(outcome.kept.items()))
            crashes.distinct.setdefault(state, outcome)

    world.breaker.on_point = look
    run(world.keeper)
    return crashes


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_after_a_cut_anywhere_giving_back_restores_every_byte(
    start: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    crashes = crashes_of(start, everything)

    for outcome in crashes.distinct.values():
        give_back(outcome.keeper())

        disk = outcome.disk
        assert disk.read(SETTINGS) == start
        assert disk.has_dir(SETTINGS.parent) == (start is not None)
        assert b"sk-ant" not in (disk.read(JOURNAL) or b"")
        beside = [name for name in disk.names if name.parent == SETTINGS.parent]
        assert beside == ([] if start is None else [SETTINGS])
    with capsys.disabled():
        sys.stdout.write(
            f" {crashes.points} cut points, {len(crashes.distinct)} distinct outcomes "
        )
    assert crashes.points > 1000


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_at_every_cut_the_file_is_wholly_the_old_or_wholly_the_new_one(
    start: bytes | None,
) -> None:
    whole = World(start)
    take_over(whole.keeper)
    taken = whole.disk.read(SETTINGS)

    crashes = crashes_of(start, take_over)

    found = {outcome.disk.read(SETTINGS) for outcome in crashes.distinct.values()}
    assert found == {start, taken}


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_after_a_cut_anywhere_the_next_start_takes_over_again_and_the_way_back_still_holds(
    start: bytes | None,
) -> None:
    for outcome in list(crashes_of(start, everything).distinct.values())[::5]:
        move(outcome.keeper())
        assert b"127.0.0.1:7861" in (outcome.disk.read(SETTINGS) or b"")
        give_back(outcome.keeper())

        assert outcome.disk.read(SETTINGS) == start
        assert outcome.kept == {}


def test_a_second_cut_while_giving_back_is_survived_too() -> None:
    for first in list(crashes_of(ORIGINAL, take_over).distinct.values())[::40]:
        for step in range(25):
            second = first.copy(step)
            try:
                give_back(second.keeper())
            except PowerCut:
                for disk in (second.disk.after_kill(), second.disk.after_power_loss()):
                    third = Outcome(disk, dict(second.kept))
                    give_back(third.keeper())
                    assert disk.read(SETTINGS) == ORIGINAL, step
            else:
                assert second.disk.read(SETTINGS) == ORIGINAL, step


def test_a_write_of_another_program_right_before_ours_is_kept() -> None:
    world = World(b'{"env": {"A": "1"}}')
    writes = iter([b'{"env": {"A": "2"}}', b'{"env": {"A": "3"}, "model": "opus"}'])
    read = world.disk.read

    def reading(path: Path) -> bytes | None:
        content = read(path)
        if path == SETTINGS and (theirs := next(writes, None)) is not None:
            world.disk.put(SETTINGS, theirs)
        return content

    world.disk.read = reading  # type: ignore[method-assign]  # the other program, to the moment
    take_over(world.keeper)
    give_back(world.keeper)

    assert read(SETTINGS) == b'{"env": {"A": "3"}, "model": "opus"}'


def test_a_file_that_never_rests_is_left_alone_with_a_sentence() -> None:
    world = World(b"{}")
    read = world.disk.read
    numbers = iter(range(10_000))

    def reading(path: Path) -> bytes | None:
        if path == SETTINGS:
            world.disk.put(SETTINGS, b'{"n": %d}' % next(numbers))
        return read(path)

    world.disk.read = reading  # type: ignore[method-assign]  # the other program, to the moment
    with pytest.raises(UserFacingError, match="again and again"):
        take_over(world.keeper)

    assert b"127.0.0.1" not in (read(SETTINGS) or b"")
