"""When is asked for updates, what counts as one, and what is kept over a restart."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.release import Release
from qcc_desktop.core.settings import Settings
from qcc_desktop.services.update_state import (
    NOWHERE,
    UNEXPECTED,
    Manner,
    Update,
    UpdateState,
    UpdateStatus,
    UpdateStep,
)
from qcc_desktop.services.updates import DAY_S, FIRST_S, Updates
from qcc_desktop.system.installation import InstallationKind
from qcc_desktop.system.updating.journal import Entry, Outcome

NEWER = Release("1.1", "https://example.org/1.1", "Calmer.")


class SetClock:
    """Stands until it is moved; monotonic and wall time move together."""

    def __init__(self) -> None:
        self.now = 0.0
        self.wall = 1_790_000_000.0

    def now_s(self) -> float:
        return self.now

    def wall_s(self) -> float:
        return self.wall

    def move(self, seconds: float) -> None:
        self.now += seconds
        self.wall += seconds


class FakeFeed:
    def __init__(self) -> None:
        self.found = NEWER
        self.refusal: UserFacingError | None = None
        self.asked = 0

    async def release(self) -> Release:
        self.asked += 1
        if self.refusal is not None:
            raise self.refusal
        return self.found


class FakeWays:
    """Installs as it is told: up to an error, or until it is let go."""

    def __init__(self) -> None:
        self.how = Manner(InstallationKind.APPIMAGE, has_key=True, is_writable=True)
        self.kept: Entry | None = None
        self.done: list[str] = []
        self.in_use = ""
        """One character for each time that tidying leaves something."""
        self.refusal: Exception | None = None
        self.gate: asyncio.Event | None = None

    async def manner(self) -> Manner:
        return self.how

    async def past(self) -> Entry | None:
        return self.kept

    async def tidy(self) -> None:
        self.done.append("tidy")
        if self.refusal is not None:
            raise self.refusal
        self.kept = None
        self.in_use = self.in_use[1:]

    async def has_left(self) -> bool:
        return self.kept is not None or bool(self.in_use)

    async def download(self, release: Release, on_progress: Callable[[float], None]) -> Path:
        for share in (0.001, 0.002, 0.5):
            on_progress(share)
        if self.gate is not None:
            await self.gate.wait()
        on_progress(1.0)
        return Path("/downloaded")

    async def install(self, file: Path, release: Release) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.done.append(f"install {release.version} from {file.as_posix()}")

    async def restart(self) -> None:
        self.done.append("restart")


class Stage:
    def __init__(self, memory: Path) -> None:
        self.clock = SetClock()
        self.feed: FakeFeed | None = FakeFeed()
        self.settings = Settings()
        self.memory = memory
        self.shown: list[UpdateState] = []
        self.ways: FakeWays | None = None
        self.updates = self.start_again()

    def start_again(self, current: str = "1.0") -> Updates:
        self.updates = Updates(
            lambda: self.feed,
            current=current,
            settings=lambda: self.settings,
            clock=self.clock,
            rng=Random(1),
            memory=self.memory,
            ways=self.ways,
        )
        self.updates.subscribe(self.shown.append)
        return self.updates

    @property
    def asked(self) -> int:
        assert self.feed is not None
        return self.feed.asked

    async def look(self) -> None:
        """Look as the hourly task does."""
        await self.updates._look()


@pytest_asyncio.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage(tmp_path / "updates.json")
    yield made
    await made.updates.stop()


async def test_a_check_finds_the_newer_version_and_tells(stage: Stage) -> None:
    state = await stage.updates.check_now()

    assert state.status is UpdateStatus.AVAILABLE
    assert state.update == Update("1.1", NEWER.notes_url, NEWER.summary)
    assert state.checked_at is not None
    assert stage.shown[-1] == state == stage.updates.state


async def test_a_failed_check_says_why_and_keeps_what_was_known(stage: Stage) -> None:
    await stage.updates.check_now()
    assert stage.feed is not None
    stage.feed.refusal = UserFacingError("The list of versions cannot be reached.")

    state = await stage.updates.check_now()

    assert state.status is UpdateStatus.FAILED
    assert state.message == "The list of versions cannot be reached."
    assert state.update == Update("1.1", NEWER.notes_url, NEWER.summary)


async def test_a_build_without_a_place_says_so_and_asks_nobody(stage: Stage) -> None:
    stage.feed = None

    await stage.look()
    state = await stage.updates.check_now()

    assert state == UpdateState(UpdateStatus.NOWHERE, message=NOWHERE)
    assert not stage.memory.exists()


async def test_nothing_is_asked_in_the_first_minute(stage: Stage) -> None:
    await stage.look()
    stage.clock.move(FIRST_S - 1)
    await stage.look()
    early = stage.asked
    stage.clock.move(FIRST_S + 2)
    await stage.look()

    assert early == 0
    assert stage.asked == 1


async def test_it_is_asked_once_a_day(stage: Stage) -> None:
    for _ in range(48):
        stage.clock.move(3600)
        await stage.look()

    assert stage.asked == 2


async def test_a_failed_question_is_not_repeated_the_same_day(stage: Stage) -> None:
    assert stage.feed is not None
    stage.feed.refusal = UserFacingError("No.")
    for _ in range(20):
        stage.clock.move(3600)
        await stage.look()

    assert stage.asked == 1


async def test_a_restart_asks_again_only_when_the_day_is_over(stage: Stage) -> None:
    stage.clock.move(1000)
    await stage.look()
    stage.start_again()
    stage.clock.move(1000)
    await stage.look()
    same_day = stage.asked, stage.updates.state
    stage.clock.move(DAY_S)
    await stage.look()

    assert same_day[0] == 1
    assert same_day[1].update == Update("1.1", NEWER.notes_url, NEWER.summary)
    assert stage.asked == 2


async def test_after_the_update_the_old_news_is_none(stage: Stage) -> None:
    await stage.updates.check_now()

    stage.start_again(current="1.1")
    await stage.look()

    assert stage.updates.state.status is UpdateStatus.CURRENT
    assert stage.updates.state.update is None


async def test_a_clock_that_was_set_back_does_not_end_the_questions(stage: Stage) -> None:
    stage.clock.move(1000)
    await stage.look()
    stage.clock.wall -= 10 * DAY_S

    await stage.look()

    assert stage.asked == 2


async def test_the_option_switches_the_questions_off_but_not_the_persons_own(stage: Stage) -> None:
    stage.settings = replace(Settings(), updates_check=False)
    stage.clock.move(DAY_S)
    await stage.look()
    by_itself = stage.asked

    await stage.updates.check_now()

    assert by_itself == 0
    assert stage.asked == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: "",
        lambda kept: "[]",
        lambda kept: json.dumps(kept | {"format": 99}),
        lambda kept: json.dumps(kept | {"asked_at_s": "x"}),
        lambda kept: json.dumps(kept | {"asked_at_s": 1e300}),
        lambda kept: json.dumps(kept | {"update": {"other": 1}}),
    ],
    ids=["empty", "list", "newer format", "no number", "absurd number", "other fields"],
)
async def test_a_memory_that_cannot_be_read_is_no_loss(
    stage: Stage, spoil: Callable[[dict[str, object]], str]
) -> None:
    await stage.updates.check_now()
    kept = json.loads(stage.memory.read_bytes())
    stage.memory.write_text(spoil(kept))

    stage.start_again()
    await stage.look()

    assert stage.updates.state.status is UpdateStatus.NEVER


async def test_a_memory_that_cannot_be_written_keeps_nothing_from_working(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    stage = Stage(tmp_path / "file" / "updates.json")

    assert (await stage.updates.check_now()).status is UpdateStatus.AVAILABLE


async def test_stopping_ends_a_question_at_once(stage: Stage) -> None:
    asked = asyncio.Event()

    class Endless(FakeFeed):
        @override
        async def release(self) -> Release:
            asked.set()
            await asyncio.Event().wait()
            return NEWER

    stage.feed = Endless()
    stage.clock.move(-1000)
    stage.updates.start()
    stage.updates.start()
    stage.updates._began_s = -10_000.0
    async with asyncio.timeout(5):
        await asked.wait()

        await stage.updates.stop()

    assert stage.updates.state.status is UpdateStatus.NEVER


@pytest.mark.logs("A listener of the updates failed")
async def test_a_listener_that_fails_keeps_no_other_from_hearing(stage: Stage) -> None:
    def broken(state: UpdateState) -> None:
        raise RuntimeError(state.status)

    stage.updates.subscribe(broken)
    heard: list[UpdateState] = []
    unsubscribe = stage.updates.subscribe(heard.append)

    await stage.updates.check_now()
    unsubscribe()
    unsubscribe()
    await stage.updates.check_now()

    assert [state.status for state in heard] == ["never", "available"]


def equip(stage: Stage, *, current: str = "1.0") -> FakeWays:
    """Give the program a way to install, and start it again."""
    stage.ways = ways = FakeWays()
    stage.start_again(current)
    return ways


async def test_an_update_is_downloaded_put_in_place_and_started(stage: Stage) -> None:
    ways = equip(stage)
    quits: list[str] = []
    stage.updates.on_restart = lambda: quits.append("quit")

    state = await stage.updates.install()

    assert ways.done == ["install 1.1 from /downloaded", "restart"]
    assert quits == ["quit"]
    assert state.step is UpdateStep.RESTARTING
    steps = [
        (shown.step, shown.share) for shown in stage.shown if shown.step is not UpdateStep.NONE
    ]
    assert steps == [
        (UpdateStep.DOWNLOADING, 0.0),
        (UpdateStep.DOWNLOADING, 0.5),
        (UpdateStep.DOWNLOADING, 1.0),
        (UpdateStep.INSTALLING, 1.0),
        (UpdateStep.RESTARTING, 1.0),
    ]


@pytest.mark.parametrize(
    "how",
    [
        Manner(InstallationKind.APPIMAGE, has_key=False, is_writable=True),
        Manner(InstallationKind.APPIMAGE, has_key=True, is_writable=False),
        Manner(InstallationKind.PORTABLE, has_key=True, is_writable=True),
        Manner(InstallationKind.DEB, has_key=True, is_writable=True),
    ],
)
@pytest.mark.may_log("was not installed")
async def test_what_others_update_is_not_touched(stage: Stage, how: Manner) -> None:
    ways = equip(stage)
    ways.how = how

    state = await stage.updates.install()

    assert ways.done == []
    assert state.trouble == "This build does not install updates."
    assert not how.can_install


@pytest.mark.may_log("was not installed")
async def test_a_failed_installation_says_why_until_it_is_dismissed(stage: Stage) -> None:
    ways = equip(stage)
    ways.refusal = UserFacingError("The new version failed its self-test.", "What it said: x")

    failed = await stage.updates.install()
    stage.updates.dismiss()

    assert (failed.step, failed.trouble) == (
        UpdateStep.NONE,
        "The new version failed its self-test.",
    )
    assert failed.hint == "What it said: x"
    assert stage.updates.state.trouble == ""


@pytest.mark.logs("Task install the update failed")
async def test_a_fault_of_ours_is_said_and_leaves_the_program_usable(stage: Stage) -> None:
    ways = equip(stage)
    ways.refusal = RuntimeError("ours")

    state = await stage.updates.install()

    assert (state.step, state.trouble) == (UpdateStep.NONE, UNEXPECTED)


@pytest.mark.may_log("was not installed")
@pytest.mark.parametrize("version", ["1.0", "0.9"])
async def test_a_downgrade_is_not_installed(stage: Stage, version: str) -> None:
    ways = equip(stage)
    assert stage.feed is not None
    stage.feed.found = Release(version)

    state = await stage.updates.install()

    assert state.trouble == "There is no newer version any more."
    assert ways.done == []


@pytest.mark.may_log("was not installed")
async def test_an_old_document_is_refused_also_after_a_restart(stage: Stage) -> None:
    ways = equip(stage)
    assert stage.feed is not None
    stage.feed.found = replace(NEWER, published=datetime(2026, 11, 20, tzinfo=UTC))
    await stage.updates.check_now()
    stage.start_again()
    stage.feed.found = Release("1.05", published=datetime(2026, 11, 19, tzinfo=UTC))

    state = await stage.updates.check_now()
    installed = await stage.updates.install()

    assert state.status is UpdateStatus.FAILED
    assert "older than one that was seen" in state.message
    assert state.update == Update("1.1", NEWER.notes_url, NEWER.summary)
    assert "older than one that was seen" in installed.trouble
    assert ways.done == []


async def test_a_download_can_be_cancelled_and_asked_for_again(stage: Stage) -> None:
    ways = equip(stage)
    ways.gate = asyncio.Event()
    halfway = asyncio.Event()
    stage.updates.subscribe(lambda state: halfway.set() if state.share >= 0.5 else None)
    asked = asyncio.ensure_future(stage.updates.install())  # noqa: TID251 - two at once
    async with asyncio.timeout(5):
        await halfway.wait()
        stage.updates.cancel()
        cancelled = await asked
    ways.gate.set()

    again = await stage.updates.install()

    assert cancelled.step is UpdateStep.NONE
    assert cancelled.trouble == ""
    assert again.step is UpdateStep.RESTARTING


async def test_cancelling_what_is_not_underway_does_nothing(stage: Stage) -> None:
    equip(stage)

    stage.updates.cancel()
    await stage.updates.install()
    stage.updates.cancel()

    assert stage.updates.state.step is UpdateStep.RESTARTING


@pytest.mark.parametrize(
    ("entry", "current", "is_told"),
    [
        pytest.param(Entry(Outcome.SWITCHED, "1.0", "1.1"), "1.1", True, id="updated"),
        pytest.param(Entry(Outcome.UNDERWAY, "1.0", "1.1"), "1.1", True, id="killed after it"),
        pytest.param(Entry(Outcome.UNDERWAY, "1.0", "1.1"), "1.0", False, id="killed before it"),
        pytest.param(Entry(Outcome.PUT_BACK, "1.0", "1.1", "log"), "1.0", True, id="failed"),
        pytest.param(Entry(Outcome.PUT_BACK, "1.0", "1.1", "log"), "1.1", False, id="by hand"),
    ],
)
async def test_the_next_start_tells_how_it_went_and_later_takes_the_rest_away(
    stage: Stage, entry: Entry, current: str, is_told: bool
) -> None:
    ways = equip(stage, current=current)
    ways.kept = entry

    await stage.look()
    told, early = stage.updates.state.past, list(ways.done)
    stage.clock.move(3 * FIRST_S)
    await stage.look()
    await stage.look()
    stage.updates.dismiss()

    assert told == (entry if is_told else None)
    assert early == []
    assert ways.done == ["tidy"]
    assert stage.updates.state.past is None


async def test_what_is_still_in_use_is_taken_away_later(stage: Stage) -> None:
    ways = equip(stage)
    ways.in_use = "xx"
    stage.clock.move(3 * FIRST_S)

    for _ in range(4):
        await stage.look()

    assert ways.done == ["tidy", "tidy"]


async def test_what_cannot_be_taken_away_stops_nothing(stage: Stage) -> None:
    ways = equip(stage)
    ways.kept = Entry(Outcome.UNDERWAY, "1.0", "1.1")
    ways.refusal = OSError("busy")
    stage.clock.move(3 * FIRST_S)

    await stage.look()
    await stage.updates.check_now()

    assert stage.updates.state.status is UpdateStatus.AVAILABLE
