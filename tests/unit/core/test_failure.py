"""What a verdict means when it leaves things unsaid."""

from dataclasses import FrozenInstanceError

import pytest

from qcc_desktop.core.failure import (
    BreakerEffect,
    Failure,
    FailureClass,
    Observation,
    Phase,
    Scope,
)


def test_the_body_of_an_answer_is_not_in_the_repr_of_an_observation() -> None:
    assert "sk-ant" not in repr(Observation(Phase.STATUS, status=401, body=b"key sk-ant-api03"))


def test_a_plain_failure_blames_nobody_and_lets_another_endpoint_try() -> None:
    failure = Failure(FailureClass.TRANSIENT, 2, "dns", "No such host.", Scope.ENDPOINT)

    assert failure.breaker is BreakerEffect.NEUTRAL
    assert (failure.cooldown, failure.quarantine, failure.release_affinity) == (None, False, False)
    assert (failure.switch, failure.switch_if, failure.retry_same) == (True, None, 0)


def test_a_verdict_does_not_change_once_it_is_given() -> None:
    failure = Failure(FailureClass.TRANSIENT, 2, "dns", "No such host.", Scope.ENDPOINT)

    with pytest.raises(FrozenInstanceError):
        failure.row = 3  # type: ignore[misc]  # the point of the test
