"""What follows a failed attempt, and what the client is told in the end."""

from dataclasses import replace

import pytest

from qcc_desktop.core.classification.rows import ROWS, verdict
from qcc_desktop.core.failover import (
    BEGIN_WITHIN_S,
    NETWORK_WAITS_S,
    AttemptBudget,
    FinalError,
    GiveUp,
    NextEndpoint,
    RetrySame,
    Situation,
    Step,
    WaitForNetwork,
    final_error,
    next_step,
)
from qcc_desktop.core.failure import Failure, FailureClass

FIRST = Situation(attempts_here=1, is_last=False)
LAST = Situation(attempts_here=1, is_last=True)
AGAIN = Situation(attempts_here=2, is_last=True)


@pytest.mark.parametrize(
    ("row", "situation", "expected"),
    [
        pytest.param(1, FIRST, WaitForNetwork(1.0), id="offline waits"),
        pytest.param(2, FIRST, NextEndpoint(), id="refused goes on"),
        pytest.param(2, LAST, RetrySame(), id="refused by the last one is asked again"),
        pytest.param(2, AGAIN, NextEndpoint(), id="but once"),
        pytest.param(4, FIRST, RetrySame(), id="a stale connection is retried for free"),
        pytest.param(7, LAST, NextEndpoint(), id="a time-out may have been billed"),
        pytest.param(8, LAST, GiveUp(), id="an invalid request is told at once"),
        pytest.param(10, FIRST, RetrySame(stripped=True), id="thinking of another is stripped"),
        pytest.param(
            10,
            replace(FIRST, may_have_moved=False),
            GiveUp(),
            id="thinking of its own is not",
        ),
        pytest.param(11, FIRST, GiveUp(), id="a missing capability is told"),
        pytest.param(
            11, replace(FIRST, may_switch=True), NextEndpoint(), id="unless another has it"
        ),
        pytest.param(13, FIRST, NextEndpoint(), id="a refused key goes on"),
        pytest.param(25, FIRST, NextEndpoint(), id="overload goes on"),
        pytest.param(25, LAST, RetrySame(1.0), id="overload of the last one waits a second"),
        pytest.param(35, FIRST, GiveUp(), id="the client left"),
        pytest.param(36, FIRST, NextEndpoint(), id="the unknown goes on"),
        pytest.param(
            26, replace(LAST, elapsed_s=BEGIN_WITHIN_S), GiveUp(), id="it is too late for more"
        ),
        pytest.param(
            33, replace(LAST, has_content=True), GiveUp(), id="content was paid for already"
        ),
        pytest.param(
            26, replace(LAST, has_content=True), GiveUp(), id="content forbids even a retry"
        ),
    ],
)
def test_next_step(row: int, situation: Situation, expected: Step) -> None:
    assert next_step(verdict(row), situation) == expected


@pytest.mark.parametrize("row", sorted(ROWS))
def test_nothing_is_asked_again_after_content(row: int) -> None:
    assert next_step(verdict(row), replace(LAST, has_content=True)) == GiveUp()


def test_a_request_waits_for_the_network_fifteen_seconds_at_most() -> None:
    steps = []
    for attempts in range(1, 10):
        step = next_step(verdict(1), replace(LAST, attempts_here=attempts))
        if not isinstance(step, WaitForNetwork):
            break
        steps.append(step.delay_s)

    assert tuple(steps) == NETWORK_WAITS_S
    assert sum(steps) <= 15.0


def test_while_offline_other_endpoints_are_asked_before_waiting() -> None:
    offline = replace(FIRST, is_offline=True)

    assert next_step(verdict(2), offline) == NextEndpoint()
    assert next_step(verdict(2), replace(offline, is_last=True)) == WaitForNetwork(1.0)


def test_while_offline_an_answer_is_still_an_answer() -> None:
    assert next_step(verdict(8), replace(LAST, is_offline=True)) == GiveUp()


def test_the_budget_counts_endpoints_and_time() -> None:
    budget = AttemptBudget(max_endpoints=2, started_s=100.0)

    assert budget.allows_another(1, 100.0)
    assert not budget.allows_another(2, 100.0)
    assert not budget.allows_another(1, 100.0 + BEGIN_WITHIN_S)


def test_an_unknown_failure_leaves_one_more_endpoint() -> None:
    budget = AttemptBudget(max_endpoints=4, started_s=0.0)

    rest = budget.after(verdict(36), 1)

    assert rest.allows_another(1, 0.0)
    assert not rest.allows_another(2, 0.0)
    assert budget.after(verdict(26), 1) == budget


def told(*rows: int, retry_after_s: float | None = None) -> FinalError:
    return final_error(
        [(f"E{index}", verdict(row)) for index, row in enumerate(rows)], retry_after_s
    )


@pytest.mark.parametrize(
    ("rows", "status", "verbatim"),
    [
        pytest.param((26, 8), 400, 1, id="the client's own fault first"),
        pytest.param((2, 1), 503, None, id="offline explains the rest"),
        pytest.param((26, 22, 25), 429, 1, id="a rate limit before overload"),
        pytest.param((26, 25), 529, None, id="overload before a server error"),
        pytest.param((13, 26), 502, 1, id="what waiting cures before what needs the person"),
        pytest.param((13, 22), 429, 1, id="a rate limit before a refused key"),
        pytest.param((16, 13), 403, None, id="a refused key before a missing model"),
        pytest.param((12, 12), 402, None, id="no money anywhere"),
        pytest.param((12, 13), 403, None, id="a refused key before no money"),
        pytest.param((3,), 503, None, id="a bad certificate"),
        pytest.param((3, 2), 503, None, id="a refused connection before a bad certificate"),
        pytest.param((16, 16), 404, None, id="nobody has the model"),
    ],
)
def test_the_most_useful_error_is_told(
    rows: tuple[int, ...], status: int, verbatim: int | None
) -> None:
    error = told(*rows)

    assert (error.status, error.verbatim) == (status, verbatim)


@pytest.mark.parametrize("row", sorted(ROWS))
@pytest.mark.parametrize("verbatim", [True, False])
def test_the_client_is_never_told_401(row: int, verbatim: bool) -> None:
    failure = replace(verdict(row), client_status=401, verbatim=verbatim)

    error = final_error([("E", failure)])

    assert (error.status, error.verbatim) == (403, None)


def test_refused_keys_are_named_with_their_endpoints() -> None:
    error = told(13, 16, 12)

    assert error.error_type == "permission_error"
    assert "E0: " in error.message
    assert "E2: " in error.message
    assert "E1" not in error.message
    assert error.should_retry is False


def test_a_single_failure_is_told_with_its_endpoint() -> None:
    assert told(2).message == f"E0: {verdict(2).message}"


def test_several_failures_are_all_told() -> None:
    message = told(2, 5).message

    assert message.startswith("No endpoint can answer.")
    assert "E0: " in message
    assert "E1: " in message


def test_the_clients_own_fault_is_marked() -> None:
    assert told(8).is_clients
    assert not told(26).is_clients


@pytest.mark.parametrize(
    ("row", "soonest_s", "expected"),
    [
        pytest.param(22, 42.0, 42.0, id="the soonest of all endpoints"),
        pytest.param(23, 42.0, 5.0, id="or of the failure itself"),
        pytest.param(22, None, 5.0, id="a rate limit always has one"),
        pytest.param(26, 7.0, 7.0, id="others too"),
        pytest.param(26, 600.0, 20.0, id="but not so long that Claude Code gives up"),
        pytest.param(26, None, None, id="unless nobody knows"),
        pytest.param(8, 7.0, None, id="not for the client's fault"),
        pytest.param(3, 7.0, None, id="not for what a retry cannot cure"),
    ],
)
def test_when_to_come_again(row: int, soonest_s: float | None, expected: float | None) -> None:
    assert told(row, retry_after_s=soonest_s).retry_after_s == expected


def test_failures_of_endpoints_that_were_not_asked_count_but_are_never_verbatim() -> None:
    error = final_error([], 30.0, held=[("E", verdict(22))])

    assert (error.status, error.verbatim, error.retry_after_s) == (429, None, 30.0)


def test_without_any_endpoint_it_says_what_to_do() -> None:
    error = final_error([])

    assert error.status == 503
    assert "Add or enable" in error.message
    assert error.should_retry is False


def test_every_row_makes_an_error_that_a_client_can_show() -> None:
    for failure in ROWS.values():
        error = final_error([("E", failure)])

        assert error.status >= 400
        assert error.message


def test_a_failure_that_forbids_retries_is_told_so() -> None:
    tls: Failure = verdict(3)

    assert tls.kind is FailureClass.PERMANENT
    assert final_error([("E", tls)]).should_retry is False
