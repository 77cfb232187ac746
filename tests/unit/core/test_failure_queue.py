"""Which endpoints wait to be verified, and when."""

import pytest

from qcc_desktop.core.errors import BugError
from qcc_desktop.core.failure_queue import FailureQueue


def queue_of(*names: str) -> FailureQueue:
    queue = FailureQueue(60.0)
    for name in names:
        queue.put(name, 0.0, 60.0)
    return queue


def test_an_endpoint_is_due_when_it_was_said() -> None:
    queue = queue_of("a")

    assert queue.due(59.9) == ()
    assert queue.due(60.0) == ("a",)
    assert (queue.next_due_s, queue.due_s("a"), queue.due_s("b")) == (60.0, 60.0, None)
    assert "a" in queue
    assert len(queue) == 1


def test_the_one_due_longest_comes_first() -> None:
    queue = queue_of("a")
    queue.hasten("b", 10.0)

    assert queue.due(100.0) == ("b", "a")


@pytest.mark.parametrize(("due_s", "expected_s"), [(50.0, 60.0), (400.0, 400.0)])
def test_one_that_waits_already_is_only_put_off(due_s: float, expected_s: float) -> None:
    queue = queue_of("a")

    queue.put("a", 30.0, due_s)

    assert queue.next_due_s == expected_s


def test_an_endpoint_that_is_being_checked_is_not_due() -> None:
    queue = queue_of("a")
    queue.began("a")

    assert queue.is_probing("a")
    assert not queue.is_probing("b")
    assert queue.due(100.0) == ()
    assert queue.next_due_s is None


def test_checks_that_fail_come_less_and_less_often() -> None:
    queue = queue_of("a")
    gaps, now_s = [], 60.0

    for _ in range(6):
        queue.began("a")
        queue.failed("a", now_s, 0.5)
        due_s = queue.due_s("a")
        assert due_s is not None
        gaps.append(due_s - now_s)
        now_s = due_s

    assert gaps == [120.0, 240.0, 480.0, 600.0, 600.0, 600.0]


def test_a_check_without_a_verdict_comes_again_as_it_did() -> None:
    queue = queue_of("a")
    queue.began("a")

    queue.said_nothing("a", 60.0, 0.5)

    assert queue.due_s("a") == 120.0
    assert not queue.is_probing("a")


def test_a_failed_check_waits_for_the_time_the_upstream_named() -> None:
    queue = queue_of("a")
    queue.began("a")

    queue.failed("a", 60.0, 0.5, not_before_s=9000.0)

    assert queue.due_s("a") == 9000.0


def test_the_person_can_have_it_checked_at_once() -> None:
    queue = queue_of("a")
    queue.began("a")
    queue.failed("a", 60.0, 0.5)

    queue.hasten("a", 61.0)
    queue.hasten("new", 61.0)

    assert set(queue.due(61.0)) == {"a", "new"}


def test_all_can_be_made_due() -> None:
    queue = queue_of("a", "b")

    queue.hasten_all(1.0)

    assert queue.due(1.0) == ("a", "b")


def test_admitting_one_that_waits_changes_nothing() -> None:
    queue = queue_of("a")

    queue.admit("a", 1.0)
    queue.admit("b", 1.0)

    assert (queue.due_s("a"), queue.due_s("b")) == (60.0, 1.0)


@pytest.mark.parametrize("names", [(), ("a",)])
def test_a_check_that_nobody_waits_for_is_a_bug(names: tuple[str, ...]) -> None:
    queue = queue_of(*names)
    if names:
        queue.began("a")

    with pytest.raises(BugError):
        queue.began("a")


def test_results_for_an_endpoint_that_left_are_ignored() -> None:
    queue = queue_of("a")
    queue.began("a")

    assert queue.discard("a")
    queue.failed("a", 60.0, 0.5)
    queue.said_nothing("a", 60.0, 0.5)

    assert len(queue) == 0
    assert not queue.discard("a")
