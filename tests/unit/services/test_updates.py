"""When is asked for updates, what counts as one, and what is kept over a restart."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from packaging.version import Version
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import Settings
from qcc_desktop.services.release_feed import Release
from qcc_desktop.services.updates import (
    DAY_S,
    FIRST_S,
    NOWHERE,
    Update,
    Updates,
    UpdateState,
    UpdateStatus,
    newest,
)

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
        self.found: Sequence[Release] = (NEWER,)
        self.refusal: UserFacingError | None = None
        self.asked = 0

    async def releases(self) -> Sequence[Release]:
        self.asked += 1
        if self.refusal is not None:
            raise self.refusal
        return self.found


class Stage:
    def __init__(self, memory: Path) -> None:
        self.clock = SetClock()
        self.feed: FakeFeed | None = FakeFeed()
        self.settings = Settings()
        self.memory = memory
        self.shown: list[UpdateState] = []
        self.updates = self.start_again()

    def start_again(self, current: str = "1.0") -> Updates:
        self.updates = Updates(
            lambda: self.feed,
            current=current,
            settings=lambda: self.settings,
            clock=self.clock,
            rng=Random(1),
            memory=self.memory,
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


@pytest.mark.parametrize(
    ("current", "published", "expected"),
    [
        pytest.param("1.0", ["1.1"], "1.1", id="newer"),
        pytest.param("1.0", ["1.0"], None, id="the same"),
        pytest.param("1.2", ["1.1", "0.9"], None, id="older ones only"),
        pytest.param("1.9", ["1.10", "1.2"], "1.10", id="ten is more than nine"),
        pytest.param("1.0", ["v1.1"], "1.1", id="with a v"),
        pytest.param("1.0", ["1.1rc1", "1.1.dev3"], None, id="previews are not for everyone"),
        pytest.param("1.1rc1", ["1.1rc2"], "1.1rc2", id="a preview for who runs one"),
        pytest.param("1.1rc1", ["1.1"], "1.1", id="from the preview to the version"),
        pytest.param("1.0", ["nonsense", "", "1.1"], "1.1", id="what is no version is passed over"),
        pytest.param("1.0", [], None, id="nothing"),
    ],
)
def test_the_newest_version_above_this_one_counts(
    current: str, published: list[str], expected: str | None
) -> None:
    found = newest([Release(version) for version in published], Version(current))

    assert (found.version if found else None) == expected


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
        async def releases(self) -> Sequence[Release]:
            asked.set()
            await asyncio.Event().wait()
            return ()

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
