"""The last hour, minute by minute."""

from datetime import timedelta

import pytest

from qcc_desktop.core.events import ConfigChanged, RequestFinished
from qcc_desktop.core.snapshot import RequestView
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.runtime.clock import utc
from qcc_desktop.services.activity import KEPT_MINUTES, Activity, Minute
from tests.helpers.desk_fakes import NOW, StillClock


class Stage:
    """An activity whose clock and requests the test makes."""

    def __init__(self) -> None:
        self.bus = Bus()
        self.clock = StillClock()
        self.activity = Activity(self.bus, self.clock)

    def finish(self, outcome: str = "ok", first_ms: float | None = None) -> None:
        request = RequestView(1, NOW, "s", "m", "/v1/messages", outcome, first_token_ms=first_ms)
        self.bus.publish(RequestFinished(1, outcome, "ep", 1, request))

    @property
    def last(self) -> Minute:
        return self.activity.minutes()[-1]


def test_a_quiet_hour_is_sixty_zeros_oldest_first() -> None:
    minutes = Stage().activity.minutes()

    assert len(minutes) == KEPT_MINUTES
    assert [minute.at for minute in minutes] == [
        NOW - timedelta(minutes=back) for back in reversed(range(KEPT_MINUTES))
    ]
    assert {
        (minute.requests, minute.failures, minute.first_token_p50_ms) for minute in minutes
    } == {(0, 0, None)}


def test_requests_count_in_the_minute_they_end_in() -> None:
    stage = Stage()
    stage.finish()
    stage.clock.wall += 59
    stage.finish()
    stage.clock.wall += 1
    stage.finish()

    assert [minute.requests for minute in stage.activity.minutes(3)] == [0, 2, 1]
    assert len(stage.activity.minutes(1000)) == KEPT_MINUTES


@pytest.mark.parametrize(
    ("outcome", "failures"),
    [("ok", 0), ("recovered", 0), ("failed", 1), ("cut", 1), ("cancelled", 0), ("client_error", 0)],
)
def test_a_failure_is_what_the_client_saw_fail_by_no_fault_of_its_own(
    outcome: str, failures: int
) -> None:
    stage = Stage()
    stage.finish(outcome)
    stage.bus.publish(ConfigChanged())

    assert (stage.last.requests, stage.last.failures) == (1, failures)


def test_the_time_to_the_first_content_is_told_by_its_percentiles() -> None:
    stage = Stage()
    for number in range(100):
        stage.finish(first_ms=float(number))
    stage.finish("failed")

    assert (stage.last.first_token_p50_ms, stage.last.first_token_p95_ms) == (50.0, 95.0)


def test_a_minute_that_was_shown_still_counts_on() -> None:
    stage = Stage()
    stage.finish(first_ms=10.0)
    before = stage.last
    again = stage.last

    stage.finish(first_ms=30.0)

    assert before is again
    assert (stage.last.requests, stage.last.first_token_p95_ms) == (2, 30.0)


def test_a_long_run_keeps_an_hour_and_no_more() -> None:
    stage = Stage()
    for _ in range(KEPT_MINUTES + 5):
        for _ in range(600):
            stage.finish(first_ms=1.0)
        stage.clock.wall += 60

    minutes = stage.activity.minutes()
    assert sum(minute.requests for minute in minutes) == 600 * (KEPT_MINUTES - 1)
    kept = stage.activity._tallies  # the bound is what is tested
    assert len(kept) == KEPT_MINUTES
    assert max(len(tally.first_tokens_ms) for tally in kept.values()) == 500


def test_a_clock_that_is_set_back_does_not_lose_the_new_requests() -> None:
    stage = Stage()
    for _ in range(KEPT_MINUTES):
        stage.finish()
        stage.clock.wall += 60
    stage.clock.wall -= 7200
    stage.finish()

    assert stage.last == Minute(utc(stage.clock.wall), 1)


def test_after_close_nothing_counts() -> None:
    stage = Stage()
    stage.activity.close()
    stage.finish()

    assert stage.last.requests == 0
