"""What an engine knows at its end, and another one at its start: nothing is sent."""

import random
from datetime import UTC, datetime, timedelta

from typing_extensions import override

from qcc_desktop.core.classification.rows import verdict
from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.health import Health
from qcc_desktop.core.kept import HeldEndpoint, KeptSession
from qcc_desktop.core.usage import Usage
from qcc_desktop.proxy.engine import Engine
from qcc_desktop.runtime.bus import Bus
from tests.helpers.desk_fakes import StillClock

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CONFIG = Config(
    endpoints=(
        Endpoint("a", "A", "https://a.example"),
        Endpoint("b", "B", "https://b.example", priority=2),
    )
)
WHOLE = KeptSession(
    "s1",
    NOW - timedelta(minutes=4),
    endpoint_id="b",
    home_id="a",
    moves=1,
    model="claude-x",
    folder="/home/me/shop",
    turns=7,
    usage=Usage(1, 2, 3, 4),
)


class BootedClock(StillClock):
    """A computer that was started a minute ago: monotonic time began then."""

    @override
    def now_s(self) -> float:
        return 60.0


class AnyKey:
    def key_of(self, endpoint_id: str) -> str | None:
        return f"key-of-{endpoint_id}"


def engine_at(clock: StillClock) -> Engine:
    engine = Engine(
        keys=AnyKey(), sink=Bus(), clock=clock, rng=random.Random(1), token=lambda: "token"
    )
    engine.apply(CONFIG)
    return engine


def test_what_is_restored_is_shown_and_would_be_kept_again() -> None:
    engine = engine_at(BootedClock())
    engine.restore([WHOLE], [])

    (shown,) = engine.snapshot().sessions
    assert (shown.key, shown.endpoint_id, shown.home_id) == ("s1", "b", "a")
    assert (shown.folder, shown.model, shown.turns) == ("/home/me/shop", "claude-x", 7)
    assert (shown.usage, shown.last_seen) == (Usage(1, 2, 3, 4), WHOLE.last_seen)
    assert engine.session_keys() == ("s1",)
    assert engine.kept_sessions(["s1", "unknown"]) == (WHOLE,)


def test_sessions_are_restored_in_the_order_of_their_use() -> None:
    engine = engine_at(BootedClock())
    sessions = [KeptSession(f"s{n}", NOW - timedelta(minutes=n)) for n in (3, 1, 2)]
    engine.restore(sessions, [])

    assert engine.session_keys() == ("s1", "s2", "s3")


def test_what_rested_too_long_is_not_restored_unless_it_is_pinned() -> None:
    engine = engine_at(BootedClock())
    old = NOW - timedelta(hours=6)
    engine.restore([KeptSession("old", old), KeptSession("pinned", old, pin_id="b")], [])

    assert engine.session_keys() == ("pinned",)
    assert engine.snapshot().sessions[0].pin_id == "b"


def test_a_clock_that_was_set_back_makes_nobody_younger_than_now() -> None:
    engine = engine_at(BootedClock())
    engine.restore([KeptSession("s", NOW + timedelta(hours=1))], [])

    (shown,) = engine.snapshot().sessions
    assert shown.last_seen == NOW
    assert engine.kept_sessions(["s"])[0].last_seen == NOW


def test_an_endpoint_that_needs_the_person_is_out_from_the_start() -> None:
    since = NOW - timedelta(days=1)
    engine = engine_at(BootedClock())
    engine.restore([], [HeldEndpoint("a", since, verdict(13))])

    first, second = engine.snapshot().endpoints
    assert (first.health, second.health) == (Health.QUARANTINED, Health.HEALTHY)
    assert first.reason == "The endpoint refused the key."
    assert first.last_error is not None
    assert first.last_error.at == since
    (held,) = engine.held_endpoints()
    assert (held.endpoint_id, held.since) == ("a", since)
