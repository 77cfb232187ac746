"""What is held against an endpoint that failed, and what ends it."""

from math import inf

import pytest

from qcc_desktop.core.doubt import EXCUSED_S, FLAPPING_S, TRUSTED, Doubt

NOW_S = 100.0


def after(*steps: tuple[str, float]) -> Doubt:
    """The doubt after ``steps`` of (what, at); an answer is one to a request of its moment."""
    doubt = TRUSTED
    for what, at_s in steps:
        match what:
            case "blamed":
                doubt = doubt.blamed(at_s)
            case "excused":
                doubt = doubt.excused(at_s, at_s + 10.0)
            case _:
                doubt = doubt.answered(at_s, at_s)
    return doubt


@pytest.mark.parametrize(
    ("steps", "holds", "holds_later"),
    [
        pytest.param([], False, False, id="nothing happened"),
        pytest.param([("blamed", 0)], True, True, id="time alone proves nothing"),
        pytest.param([("blamed", 0), ("answered", 1)], False, False, id="one answer does"),
        pytest.param(
            [("blamed", 0), ("blamed", 1), ("answered", 2)], True, True, id="not after two failures"
        ),
        pytest.param(
            [("blamed", 0), ("blamed", 1), ("answered", 2), ("answered", 3)],
            False,
            False,
            id="then two in a row",
        ),
        pytest.param(
            [("blamed", 0), ("answered", 1), ("blamed", 2), ("answered", 3)],
            True,
            True,
            id="an answer between them does not hide that it flaps",
        ),
        pytest.param(
            [("blamed", 0), ("blamed", 1), ("answered", 2), ("blamed", 3), ("answered", 4)],
            True,
            True,
            id="a failure breaks the row",
        ),
        pytest.param(
            [("blamed", 0), ("blamed", 1), ("answered", FLAPPING_S)],
            False,
            False,
            id="one answer again when the first failure is long past",
        ),
        pytest.param([("excused", 0)], True, False, id="an excused one ends by itself"),
        pytest.param([("excused", 0), ("answered", 1)], False, False, id="or with an answer"),
        pytest.param(
            [("blamed", 0), ("excused", 1)], True, True, id="an excuse does not cover a real one"
        ),
        pytest.param([("excused", 0), ("blamed", 1)], True, True, id="nor does an earlier one"),
    ],
)
def test_what_ends_a_doubt(steps: list[tuple[str, float]], holds: bool, holds_later: bool) -> None:
    doubt = after(*steps)

    assert (doubt.holds(5.0), doubt.holds(100_000.0)) == (holds, holds_later)
    assert doubt.needs_proof is holds_later


def test_an_answer_to_an_older_request_proves_nothing() -> None:
    doubt = TRUSTED.blamed(NOW_S)

    assert doubt.answered(NOW_S - 1.0, NOW_S + 1.0) is doubt
    assert TRUSTED.answered(NOW_S, NOW_S) is TRUSTED


@pytest.mark.parametrize(
    ("pause_s", "ends_s"), [(10.0, 10.0), (EXCUSED_S, EXCUSED_S), (9999.0, EXCUSED_S)]
)
def test_an_excused_failure_is_over_with_its_pause_and_after_a_minute(
    pause_s: float, ends_s: float
) -> None:
    doubt = TRUSTED.excused(NOW_S, NOW_S + pause_s)

    assert (doubt.failed_s, doubt.until_s) == (NOW_S, NOW_S + ends_s)
    assert doubt.holds(NOW_S + ends_s - 0.1)
    assert not doubt.holds(NOW_S + ends_s)


def test_what_is_settled_stays_known() -> None:
    doubt = TRUSTED.blamed(1.0).blamed(2.0).settled()

    assert (doubt.failed_s, doubt.until_s, doubt.latest_s, doubt.before_s) == (None, inf, 2.0, 1.0)
