"""Where sessions are bound, in the file: written, read back, and forgotten in time."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from qcc_desktop.core.classification.rows import verdict
from qcc_desktop.core.kept import HeldEndpoint, KeptSession
from qcc_desktop.core.usage import Usage
from qcc_desktop.storage.history_file import HistoryFile
from qcc_desktop.storage.state_store import ForgetfulState, KeptState, StateStore
from tests.helpers.desk_fakes import StillClock
from tests.unit.storage.usage_records import NOON

TTL_S, DAYS = 18_000, 30
WHOLE = KeptSession(
    "s1",
    NOON,
    endpoint_id="b",
    home_id="a",
    pin_id="b",
    moves=2,
    model="claude-x",
    folder="/home/me/项目",
    turns=7,
    usage=Usage(1, 2, 3, 4),
)
REFUSED = HeldEndpoint("a", NOON - timedelta(hours=1), verdict(13))


class Home:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = StillClock()
        self.make()

    def make(self) -> None:
        self.file = HistoryFile(self.path, self.clock, collect_s=0.001)
        self.store = StateStore(self.file, self.clock)
        self.store.keep_for(TTL_S, DAYS)
        self.file.start()

    async def restarted(self) -> KeptState:
        await self.file.stop()
        self.make()
        return await self.store.load()


@pytest_asyncio.fixture
async def at_home(tmp_path: Path) -> AsyncIterator[Home]:
    made = Home(tmp_path / "history.sqlite3")
    yield made
    await made.file.stop()


async def test_the_first_start_finds_nothing_and_makes_no_file(at_home: Home) -> None:
    assert await at_home.store.load() == KeptState()
    assert not at_home.path.exists()


async def test_everything_of_a_session_survives(at_home: Home) -> None:
    at_home.store.note([WHOLE])

    assert await at_home.restarted() == KeptState((WHOLE,))


async def test_the_newest_of_a_session_counts_and_what_is_gone_is_forgotten(at_home: Home) -> None:
    moved = KeptSession("s1", NOON, endpoint_id="c")
    at_home.store.note([WHOLE, KeptSession("s2", NOON)])
    at_home.store.note([moved])
    at_home.store.note([], ["s2"])
    await at_home.restarted()
    at_home.store.note([KeptSession("s3", NOON - timedelta(seconds=1))], ["never known"])

    kept = (await at_home.restarted()).sessions
    assert [(each.key, each.endpoint_id) for each in kept] == [("s1", "c"), ("s3", "")]


async def test_an_endpoint_that_needs_the_person_is_known_again(at_home: Home) -> None:
    at_home.store.note([], held=(REFUSED,))

    (held,) = (await at_home.restarted()).held
    assert (held.endpoint_id, held.since) == ("a", REFUSED.since)
    assert (held.failure.kind, held.failure.row) == (REFUSED.failure.kind, REFUSED.failure.row)
    assert held.failure.message == REFUSED.failure.message
    assert held.failure.quarantine


async def test_what_is_held_takes_the_place_of_what_was(at_home: Home) -> None:
    at_home.store.note([], held=(REFUSED,))
    await at_home.restarted()
    at_home.store.note([WHOLE])
    assert len((await at_home.restarted()).held) == 1
    at_home.store.note([], held=())

    assert (await at_home.restarted()).held == ()


async def test_a_kind_of_failure_that_is_not_known_here_is_left_out(at_home: Home) -> None:
    at_home.store.note([], held=(REFUSED,))
    await at_home.file.ask(lambda file: file and file.execute("UPDATE held_endpoint SET kind='x'"))

    assert (await at_home.restarted()).held == ()


@pytest.mark.parametrize(
    ("age_s", "pin", "is_kept"),
    [
        (TTL_S - 1, "", True),
        (TTL_S + 1, "", False),
        (TTL_S + 1, "a", True),
        (DAYS * 86_400 + 1, "a", False),
        (-3600, "", True),
    ],
    ids=["young", "old", "old and pinned", "very old and pinned", "the clock was set back"],
)
async def test_sessions_are_forgotten_in_time(
    at_home: Home, age_s: float, pin: str, is_kept: bool
) -> None:
    at_home.store.note([KeptSession("s", NOON - timedelta(seconds=age_s), pin_id=pin)])

    assert bool((await at_home.restarted()).sessions) is is_kept


async def test_no_more_sessions_are_kept_than_can_be_remembered(at_home: Home) -> None:
    at_home.store.note(
        [KeptSession(f"s{number}", NOON - timedelta(seconds=number)) for number in range(10_003)]
    )

    kept = (await at_home.restarted()).sessions
    assert len(kept) == 10_000
    assert (kept[0].key, kept[-1].key) == ("s0", "s9999")


async def test_nonsense_of_clients_and_endpoints_does_no_harm(at_home: Home) -> None:
    at_home.store.note([KeptSession("\ud800", NOON, model="m" * 99_999, usage=Usage(10**40))])
    at_home.store.note([], ["\udfff"])

    (kept,) = (await at_home.restarted()).sessions
    assert kept.key == "?"


async def test_a_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    store = ForgetfulState()
    store.note([WHOLE], held=(REFUSED,))

    assert await store.load() == KeptState()
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - no pathlib in a coroutine
